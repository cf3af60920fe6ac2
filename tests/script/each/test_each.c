/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "script/each/each_fixture.h"
#include "support/cmocka_all.h"
#include "support/torture.h"

/* ---- Words ---- */

static void test_words(void **state)
{
    (void)state;
    const char *const *two = STAGED_TEXTS("x y", "it's");
    each_keep(RUN(0, .words = STAGED_TEXTS("printf", "[%s]"), .items = two, .jobs = 1));
    assert_string_equal(fixture_printed(), "[x y][it's]");
    each_keep(RUN(0, .words = STAGED_TEXTS("printf", "[%s]", "{}.o", "-{}-{}", "end"), .items = two,
                  .jobs = 1));
    assert_string_equal(fixture_printed(), "[x y.o][-x y-x y][end][it's.o][-it's-it's][end]");
    each_assert_counts(2, 0, 0);
    assert_null(staged_each_result_failure(each_result, 0));
}

static const char *const *make_words(staged_script *script, const char *item, void *context)
{
    static const char *words[4];
    assert_ptr_equal(context, each_folder);
    words[0] = "printf";
    words[1] = "<%s>";
    words[2] = item;
    if (strcmp(item, "bad") != 0)
        return words;
    return staged_fail(script, "no words for it") == STAGED_FAILED ? NULL : words;
}

static void test_words_of_a_function(void **state)
{
    (void)state;
    each_keep(RUN(0, .make_words = make_words, .context = each_folder,
                  .items = STAGED_TEXTS("", "a\nb", "-n"), .jobs = 1));
    assert_string_equal(fixture_printed(), "<><a\nb><-n>");
    staged_script *script = RUN(1, .make_words = make_words, .context = each_folder, .jobs = 1,
                                .items = STAGED_TEXTS("a", "bad", "c"));
    assert_true(each_shows(script, "no words for it"));
    each_assert_counts(1, 1, 1);
    each_keep(script);
}

/* ---- What is said ---- */

static void test_lines_now_and_then(void **state)
{
    (void)state;
    virtual_clock clock;
    virtual_clock_init(&clock);
    clock.step_ns = 10000000000;
    each_options = *STAGED_OPTIONS(staged_each_options, .words = STAGED_TEXTS("true"),
                                   .name = "slow", .items = STAGED_TEXTS("a", "b", "c"), .jobs = 1);
    staged_script *script = each_run_on(&clock, STAGED_TEXTS("--stage", "go"), 0);
    assert_true(each_shows(script, "slow:  1 of 3, 0.0/s, "));
    assert_true(each_shows(script, " s left"));
    each_keep(script);
}

static void test_dry_run(void **state)
{
    (void)state;
    each_options = *STAGED_OPTIONS(staged_each_options, .words = STAGED_TEXTS("touch", "{}"),
                                   .items = STAGED_TEXTS("a", "b"), .jobs = 3);
    staged_script *script = each_run_on(NULL, STAGED_TEXTS("--stage", "go", "--dry-run"), 0);
    assert_true(each_shows(script, "Would run 2 items, 3 at a time:  touch '{}'"));
    assert_null(each_result);
    each_keep(script);
    each_options = *STAGED_OPTIONS(staged_each_options, .make_words = make_words, .name = "those",
                                   .file = "not/made/yet", .jobs = 1);
    script = each_run_on(NULL, STAGED_TEXTS("--stage", "go", "--dry-run"), 0);
    assert_true(each_shows(script, "Would run the items of not/made/yet, 1 at a time:  those"));
    each_keep(script);
}

/* How often a character stands in a text. */
static size_t count(const char *text, char character)
{
    size_t found = 0;
    for (; *text != '\0'; text++)
        found += *text == character;
    return found;
}

/* The log has the beginning of a long item, and something in place of an empty one. */
static void test_names(void **state)
{
    enum { LONG = 100000 };
    (void)state;
    char *item = calloc(1, LONG + 1);
    assert_non_null(item);
    memset(item, '@', LONG);
    for (int exit_code = 0; exit_code < 2; exit_code++) {
        staged_script *script =
            RUN(exit_code, SH(exit_code == 0 ? "echo" : "exit 1"), .halt_failures = 1, .jobs = 1,
                .items = STAGED_TEXTS(item, item));
        assert_in_range(count(fixture_output(script), '@'), 1, 1000);
        each_keep(script);
    }
    assert_int_equal(strlen(staged_each_result_failure(each_result, 0)->item), LONG);
    free(item);
    each_options = *STAGED_OPTIONS(staged_each_options, .make_words = make_words,
                                   .context = each_folder, .items = STAGED_TEXTS(""));
    staged_script *script = each_run_on(NULL, STAGED_TEXTS("--stage", "go"), 0);
    assert_true(each_shows(script, " '' "));
    each_keep(script);
}

static staged_status with_secret(staged_call *c)
{
    STAGED_TRY(staged_script_add_secret(c->script, "hunter2hunter2"));
    return each_body(c);
}

static const staged_class secretive = {
    STAGED_CLASS("Secretive"),
    .methods = STAGED_METHODS(STAGED_STAGE("go", "Going", with_secret)),
};

static void test_secrets(void **state)
{
    (void)state;
    each_options = *STAGED_OPTIONS(staged_each_options, SH("echo $1; exit 1"),
                                   .items = STAGED_TEXTS("hunter2hunter2"));
    staged_script *script = fixture_script(&secretive, NULL, NULL);
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", "go")), 1);
    assert_string_equal(fixture_printed(), "***\n");
    assert_null(strstr(fixture_output(script), "hunter2"));
    assert_string_equal(staged_each_result_failure(each_result, 0)->item, "***");
    each_keep(script);
}

static int told[3];

static void note(void *context, const staged_event *event)
{
    (void)context;
    if (event->each == NULL)
        return;
    told[event->kind - STAGED_EVENT_EACH_BEGIN]++;
    assert_string_equal(event->each->name, "true");
    assert_int_equal(event->each->number, 1);
    assert_int_equal(event->each->total, 2);
    if (event->kind == STAGED_EVENT_ITEM) {
        assert_string_equal(event->each->item, event->each->index == 0 ? "a" : "b");
        assert_int_equal(event->outcome, STAGED_OUTCOME_PASSED);
        assert_int_equal(event->process->exit_code, 0);
    }
    if (event->kind == STAGED_EVENT_EACH_END)
        assert_int_equal(event->each->passed, 2);
}

static void test_events(void **state)
{
    (void)state;
    each_options = *STAGED_OPTIONS(staged_each_options, .words = STAGED_TEXTS("true"),
                                   .items = STAGED_TEXTS("a", "b"));
    staged_script *script = fixture_script(&eaching, NULL, NULL);
    assert_int_equal(
        staged_script_add_observer(script, STAGED_OPTIONS(staged_observer, .notify = note)),
        STAGED_OK);
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", "go")), 0);
    assert_int_equal(told[0], 1);
    assert_int_equal(told[1], 2);
    assert_int_equal(told[2], 1);
    size_t count;
    assert_string_equal(staged_script_commands(script, &count)[0],
                        "# For each item of true:  true");
    each_keep(script);
}

/* ---- Mistakes ---- */

static void test_senseless_options(void **state)
{
    (void)state;
    const double no_number = strtod("nan", NULL);
    const char *const *words = STAGED_TEXTS("true");
    const char *const *items = STAGED_TEXTS("a");
#define SENSELESS(...)                                                                             \
    {                                                                                              \
        .size = sizeof(staged_each_options), __VA_ARGS__                                           \
    }
    const staged_each_options senseless[] = {
        SENSELESS(.items = items),
        SENSELESS(.words = STAGED_TEXTS(NULL), .items = items),
        SENSELESS(.words = words, .make_words = make_words, .items = items),
        SENSELESS(.words = words),
        SENSELESS(.words = words, .items = items, .file = "f"),
        SENSELESS(.words = words, .items = items, .delay_s = no_number),
        SENSELESS(.words = words, .items = items, .timeout_s = no_number),
        SENSELESS(.words = words, .items = items, .halt_percent = no_number),
        SENSELESS(.words = words, .items = items, .halt_percent = -1),
        SENSELESS(.words = words, .items = items, .attempts = -1),
        SENSELESS(.words = words, .items = items, .delay_s = -1),
        {.words = words, .items = items},
    };
    staged_script *script = fixture_script(&eaching, NULL, NULL);
    for (size_t i = 0; i < sizeof senseless / sizeof senseless[0]; i++)
        assert_int_equal(staged_each_with(script, &senseless[i]), STAGED_FAILED);
    assert_string_equal(fixture_output(script), "");
    each_keep(script);
}

static staged_status run_once(void *context)
{
    (void)context;
    staged_script *script = fixture_script(&eaching, NULL, NULL);
    if (script == NULL)
        return STAGED_NO_MEMORY;
    const staged_status status =
        staged_each_with(script, STAGED_OPTIONS(staged_each_options, SH("exit $1"), .attempts = 2,
                                                .items = STAGED_TEXTS("0", "1", "0"), .jobs = 2,
                                                .keep_order = true, .check = STAGED_NO));
    staged_script_free(script);
    /* That an item cannot be begun ends all. */
    return status == STAGED_FAILED ? STAGED_NO_MEMORY : status;
}

/* One item more or less has failed then; nothing is lost or left. */
static void test_out_of_memory(void **state)
{
    (void)state;
    assert_true(torture_forgiving(run_once, NULL) > 0);
}

TEST_GROUP(each)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_words_of_a_function),
        cmocka_unit_test(test_lines_now_and_then),
        cmocka_unit_test(test_dry_run),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_secrets),
        cmocka_unit_test(test_events),
        cmocka_unit_test(test_senseless_options),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests(tests, each_make_folder, each_remove_folder);
}
