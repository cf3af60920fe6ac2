/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "script/fixture.h"
#include "support/cmocka_all.h"
#include "support/torture.h"

/* ---- A kind of places ---- */

static const char *client_words[] = {"/bin/sh", "-c", "exit 0", NULL};

static staged_status begin(void *place, const staged_place_command *command,
                           staged_place_client *client, staged_place_end *failure)
{
    (void)place;
    (void)command;
    (void)failure;
    client->words = client_words;
    return STAGED_OK;
}

static void look(void *job, staged_place_look *seen)
{
    (void)job;
    seen->state = STAGED_PLACE_STATE_RUNS;
    seen->job = "17";
    seen->next_s = 1;
}

static const staged_place_kind simple = {
    .size = sizeof simple, .name = "simple", .begin = begin, .look = look};
static const staged_place_kind nameless = {.size = sizeof nameless, .begin = begin};

/* ---- Mistakes of an author ---- */

typedef staged_status declaration(staged_script *script);

static declaration *declare;

static staged_status init(staged_call *c)
{
    STAGED_TRY(staged_script_add_place_kind(c->script, &simple));
    STAGED_TRY(staged_script_add_place(c->script, "p", "simple", NULL));
    return declare == NULL ? STAGED_OK : declare(c->script);
}

/* It does not look at the status. */
static staged_status init_careless(staged_call *c)
{
    (void)init(c);
    return STAGED_OK;
}

static staged_status work(staged_call *c)
{
    return staged_run(c->script, "true");
}

static const staged_class careful = {
    STAGED_CLASS("Careful"),
    .methods = STAGED_METHODS(STAGED_ON(STAGED_HOOK_INIT, init),
                              STAGED_STAGE("work", "Working", work, .place = "p"))};
static const staged_class careless = {
    STAGED_CLASS("Careless"),
    .methods = STAGED_METHODS(STAGED_ON(STAGED_HOOK_INIT, init_careless),
                              STAGED_STAGE("work", "Working", work, .place = "p"))};

static staged_status no_kind(staged_script *script)
{
    return staged_script_add_place_kind(script, NULL);
}

static staged_status nameless_kind(staged_script *script)
{
    return staged_script_add_place_kind(script, &nameless);
}

static staged_status kind_twice(staged_script *script)
{
    return staged_script_add_place_kind(script, &simple);
}

static staged_status no_name(staged_script *script)
{
    return staged_script_add_place(script, NULL, "simple", NULL);
}

static staged_status no_kind_of_place(staged_script *script)
{
    return staged_script_add_place(script, "q", NULL, NULL);
}

static staged_status unknown_kind(staged_script *script)
{
    return staged_script_add_place(script, "q", "simpel", NULL);
}

static staged_status place_twice(staged_script *script)
{
    return staged_script_add_place(script, "p", "simple", NULL);
}

static staged_status here(staged_script *script)
{
    return staged_script_add_place(script, "here", "simple", NULL);
}

static staged_status words_of_none(staged_script *script)
{
    return staged_script_add_place(script, "q", "simple", STAGED_TEXTS("--fast"));
}

static void test_mistakes_are_bugs(void **state)
{
    (void)state;
    static const struct {
        declaration *declare;
        const char *message;
    } cases[] = {
        {no_kind, "the kind of places is NULL"},
        {nameless_kind, "a kind of places needs `.name` and `.begin`"},
        {kind_twice, "there is already a kind of places 'simple'"},
        {no_name, "the name of a place is NULL"},
        {no_kind_of_place, "the kind of a place is NULL"},
        {unknown_kind, "unknown kind of places 'simpel'; did you mean 'simple'?"},
        {place_twice, "place 'p' is declared twice"},
        {here, "'here' is this machine"},
        {words_of_none, "place 'q': simple takes no words: '--fast'"},
    };
    for (size_t i = 0; i < 2 * (sizeof cases / sizeof *cases); i++) {
        declare = cases[i / 2].declare;
        staged_script *script = fixture_script(i % 2 == 0 ? &careful : &careless, NULL, NULL);
        assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", "work")), 70);
        if (strstr(fixture_printed(), cases[i / 2].message) == NULL)
            fail_msg("'%s' is not in: %s", cases[i / 2].message, fixture_printed());
        staged_script_free(script);
    }
    declare = NULL;
}

/* ---- What becomes known ---- */

typedef struct seen {
    int begins, places, ends;
    char job[8];
} seen;

static bool is_at_p(const staged_event *event)
{
    return event->place != NULL && strcmp(event->place, "p") == 0;
}

static void note(void *context, const staged_event *event)
{
    seen *all = context;
    if (event->kind == STAGED_EVENT_COMMAND_BEGIN)
        all->begins += is_at_p(event);
    if (event->kind == STAGED_EVENT_COMMAND_END)
        all->ends += is_at_p(event) && event->process->place != NULL;
    if (event->kind != STAGED_EVENT_PLACE)
        return;
    all->places += is_at_p(event) && event->number == 1 && event->folder == NULL;
    (void)snprintf(all->job, sizeof all->job, "%s", event->look->job);
}

static void test_events(void **state)
{
    (void)state;
    seen all = {0};
    staged_script *script = fixture_script(&careful, NULL, NULL);
    assert_int_equal(staged_script_add_observer(
                         script, STAGED_OPTIONS(staged_observer, .notify = note, .context = &all)),
                     STAGED_OK);
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", "work")), 0);
    assert_int_equal(all.begins, 1);
    assert_int_equal(all.places, 1);
    assert_int_equal(all.ends, 1);
    assert_string_equal(all.job, "17");
    assert_string_equal(staged_script_command_record(script, 0)->place, "p");
    assert_non_null(strstr(fixture_output(script), "Executing on p:  true"));
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", "work", "--on", "here")), 0);
    assert_null(staged_script_command_record(script, 1)->place);
    /* What the command line said counts for one run. */
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", "work")), 0);
    assert_string_equal(staged_script_command_record(script, 2)->place, "p");
    staged_script_free(script);
}

/* ---- Scripts that use scripts ---- */

static const staged_class inner_class = {
    STAGED_CLASS("Inner"), .methods = STAGED_METHODS(STAGED_ON(STAGED_HOOK_INIT, init))};

static const char *const *words_of_outer;

static staged_status init_outer(staged_call *c)
{
    STAGED_TRY(init(c));
    return staged_script_add_place(c->script, "q", "ssh", words_of_outer);
}

static staged_status q_of_two(staged_script *script)
{
    return staged_script_add_place(script, "q", "ssh", STAGED_TEXTS("box", "--wait", "2"));
}

/* As each attempt at a stage does. */
static staged_status use_twice(staged_call *c)
{
    for (int i = 0; i < 2; i++) {
        staged_script *inner = staged_script_new_inner(c->script, NULL, &inner_class);
        if (inner == NULL)
            return STAGED_NO_MEMORY;
        STAGED_TRY(staged_script_parse_args(inner, STAGED_TEXTS(NULL)));
        STAGED_TRY(staged_run(inner, "true", .place = "p"));
    }
    return STAGED_OK;
}

static const staged_class outer_class = {
    STAGED_CLASS("Outer"), .methods = STAGED_METHODS(STAGED_ON(STAGED_HOOK_INIT, init_outer),
                                                     STAGED_STAGE("use", "Using", use_twice))};
static const staged_class bare_class = {
    STAGED_CLASS("Bare"), .methods = STAGED_METHODS(STAGED_STAGE("use", "Using", use_twice))};

static int use(const staged_class *outer, declaration *of_inner, const char *const *of_outer)
{
    declare = of_inner;
    words_of_outer = of_outer;
    staged_script *script = fixture_script(outer, NULL, NULL);
    const int code = fixture_run(script, STAGED_TEXTS("--stage", "use"));
    if (code != 0)
        (void)fprintf(stderr, "%s\n", fixture_printed());
    staged_script_free(script);
    declare = NULL;
    return code;
}

static void test_inner_scripts(void **state)
{
    (void)state;
    assert_int_equal(use(&bare_class, NULL, NULL), 0);
    assert_int_equal(use(&bare_class, q_of_two, NULL), 0);
    assert_int_equal(use(&outer_class, NULL, STAGED_TEXTS("box")), 0);
}

/* ---- Without memory ---- */

static staged_status make_and_run(void *context)
{
    (void)context;
    staged_script *script = fixture_script(&careful, NULL, NULL);
    if (script == NULL)
        return STAGED_NO_MEMORY;
    char stage[] = "--stage", work_stage[] = "work", on[] = "--on", both[] = "work=p";
    char *words[] = {stage, work_stage, on, both, NULL};
    const int exit_status = staged_script_run(script, 4, words);
    staged_script_free(script);
    return exit_status == 0 ? STAGED_OK : STAGED_NO_MEMORY;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_true(torture_forgiving(make_and_run, NULL) > 100);
}

/* Nobody's own files count. */
static int set_up(void **state)
{
    char *folder = strdup("/tmp/test-places-XXXXXX");
    *state = mkdtemp(folder);
    (void)setenv("XDG_CONFIG_HOME", folder, 1);
    (void)setenv("XDG_STATE_HOME", folder, 1);
    return *state == NULL;
}

static int tear_down(void **state)
{
    char command[256];
    (void)snprintf(command, sizeof command, "rm -r '%s'", (const char *)*state);
    free(*state);
    return system(command);
}

TEST_GROUP(places)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_mistakes_are_bugs),
        cmocka_unit_test(test_events),
        cmocka_unit_test(test_inner_scripts),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("script places", tests, set_up, tear_down);
}
