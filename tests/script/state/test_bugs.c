/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Mistakes of an author that would pass silently: each is told with its place, and ends the script
 * with 70. */
#include <stdlib.h>
#include <string.h>

#include "base/text/buf.h"
#include "script/fixture.h"
#include "script/state/bugs.h"
#include "support/cmocka_all.h"

static staged_status (*mistake)(staged_call *c);
static const char *mistaken_hook;
static int mistake_line; /* set on the line of the mistake */

#define HERE (mistake_line = __LINE__)

static staged_status make_mistake(staged_call *c, const char *hook)
{
    return strcmp(mistaken_hook, hook) == 0 ? mistake(c) : STAGED_OK;
}

static staged_status init(staged_call *c)
{
    return make_mistake(c, STAGED_HOOK_INIT);
}

static staged_status build_parser(staged_call *c)
{
    STAGED_TRY(staged_super(c));
    staged_parser *parser = staged_script_parser(c->script);
    staged_parser_add_argument(parser, "--level", .type = STAGED_ARG_INT);
    staged_parser_add_argument(parser, "--name");
    return make_mistake(c, STAGED_HOOK_BUILD_PARSER);
}

static staged_status parse_args(staged_call *c)
{
    STAGED_TRY(make_mistake(c, STAGED_HOOK_PARSE_ARGS));
    return staged_super(c);
}

static staged_status body(staged_call *c)
{
    return make_mistake(c, STAGED_HOOK_BODY);
}

static staged_status summary(staged_call *c)
{
    STAGED_TRY(staged_super(c));
    return make_mistake(c, STAGED_HOOK_SUMMARY);
}

static const staged_class fallible = {
    STAGED_CLASS("Fallible"),
    .methods = STAGED_METHODS(
        STAGED_STAGE("build", "Building", body), STAGED_STAGE("install", "Installing", body),
        STAGED_ON(STAGED_HOOK_INIT, init), STAGED_ON(STAGED_HOOK_BUILD_PARSER, build_parser),
        STAGED_ON(STAGED_HOOK_PARSE_ARGS, parse_args), STAGED_ON(STAGED_HOOK_SUMMARY, summary))};

/* Runs the mistake in a hook; returns the exit status.  The words are where people look. */
static int run(const char *hook, staged_status (*function)(staged_call *c), const char *words)
{
    mistaken_hook = hook;
    mistake = function;
    mistake_line = 0;
    staged_script *script = fixture_script(&fallible, STAGED_TEXTS("build"), NULL);
    const int exit_status = fixture_run(script, STAGED_TEXTS("--stage", "build", "--name", "x"));
    char place[64];
    (void)snprintf(place, sizeof place, "test_bugs.c:%d: ", mistake_line);
    stg_buf said = {0};
    stg_buf_addf(&said, "%s%s%s", fixture_printed(), staged_script_error(script),
                 fixture_output(script));
    if (strstr(stg_buf_text(&said), words) == NULL)
        print_message("not told: %s\nbut: %s\n", words, stg_buf_text(&said));
    assert_non_null(strstr(stg_buf_text(&said), words));
    if (mistake_line > 0)
        assert_non_null(strstr(stg_buf_text(&said), place));
    stg_buf_free(&said);
    staged_script_free(script);
    return exit_status;
}

/* ---- Arguments ---- */

static staged_status ask_bool(staged_call *c)
{
    HERE, (void)staged_args_bool(c->script, "dry_run");
    return STAGED_OK;
}

static staged_status ask_list(staged_call *c)
{
    HERE, (void)staged_namespace_list(staged_script_args(c->script), "stage");
    return STAGED_OK;
}

static staged_status ask_misspelt(staged_call *c)
{
    HERE, (void)staged_args_int(c->script, "levle");
    return STAGED_OK;
}

static staged_status ask_wrong_kind(staged_call *c)
{
    HERE, (void)staged_args_int(c->script, "name");
    return STAGED_OK;
}

static staged_status set_early(staged_call *c)
{
    (void)staged_namespace_set(staged_script_args(c->script), "level", staged_value_int(1));
    return STAGED_OK;
}

static void test_getters(void **state)
{
    (void)state;
    const char *early = "is read before the arguments are parsed";
    assert_int_equal(run(STAGED_HOOK_INIT, ask_bool, early), 70);
    assert_int_equal(run(STAGED_HOOK_BUILD_PARSER, ask_list, early), 70);
    assert_int_equal(run(STAGED_HOOK_PARSE_ARGS, ask_bool, early), 70);
    assert_int_equal(run(STAGED_HOOK_INIT, set_early, "is set before the arguments are parsed"),
                     70);
    assert_int_equal(run(STAGED_HOOK_BODY, ask_misspelt, "did you mean 'level'?"), 70);
    assert_int_equal(run(STAGED_HOOK_BODY, ask_wrong_kind, "is a text, but was read as an integer"),
                     70);
    assert_int_equal(run(STAGED_HOOK_SUMMARY, ask_misspelt, "did you mean 'level'?"), 70);
}

/* ---- Names ---- */

static staged_status misspelt_default(staged_call *c)
{
    HERE, staged_parser_set_default(staged_script_parser(c->script), "levle", staged_value_int(1));
    return STAGED_OK;
}

static staged_status misspelt_default_text(staged_call *c)
{
    staged_parser *parser = staged_script_parser(c->script);
    HERE, staged_parser_set_default_text(parser, "buildretry_attempts", "1");
    return STAGED_OK;
}

static staged_status foreign_default_list(staged_call *c)
{
    HERE, staged_parser_set_default_list(staged_script_parser(c->script), "xyz", STAGED_TEXTS("a"));
    return STAGED_OK;
}

static staged_status null_default(staged_call *c)
{
    HERE, staged_parser_set_default(staged_script_parser(c->script), NULL, staged_value_int(1));
    return STAGED_OK;
}

static staged_status default_for_another_stage(staged_call *c)
{
    staged_parser_set_default(staged_script_parser(c->script), "install_retry_attempts",
                              staged_value_int(1));
    return STAGED_OK;
}

static void test_defaults(void **state)
{
    (void)state;
    assert_int_equal(run(STAGED_HOOK_BUILD_PARSER, misspelt_default, "did you mean 'level'?"), 70);
    assert_int_equal(run(STAGED_HOOK_BUILD_PARSER, misspelt_default_text,
                         "did you mean 'build_retry_attempts'?"),
                     70);
    assert_int_equal(
        run(STAGED_HOOK_BUILD_PARSER, foreign_default_list, "set for 'xyz', but no argument has"),
        70);
    assert_int_equal(run(STAGED_HOOK_BUILD_PARSER, null_default, "NULL"), 70);
    assert_int_equal(run(STAGED_HOOK_BUILD_PARSER, default_for_another_stage, "Success"), 0);
}

static staged_status hide_misspelt(staged_call *c)
{
    HERE, staged_stage_hide_retry_arguments(c->script, "biuld");
    return STAGED_OK;
}

static staged_status retry_argument_of_misspelt(staged_call *c)
{
    HERE, (void)staged_stage_retry_delay_argument(c->script, "buidl");
    return STAGED_OK;
}

static staged_status select_misspelt(staged_call *c)
{
    return HERE, staged_stage_select(c->script, "bild", true);
}

static staged_status ask_selected_misspelt(staged_call *c)
{
    HERE, (void)staged_stage_is_selected(c->script, "bild");
    return STAGED_OK;
}

static staged_status ask_null(staged_call *c)
{
    HERE, (void)staged_stage_outcome(c->script, NULL);
    return STAGED_OK;
}

static staged_status ask_unregistered(staged_call *c)
{
    return staged_stage_is_selected(c->script, "install") ? STAGED_FAILED : STAGED_OK;
}

static staged_status ask_dry_run(staged_call *c)
{
    return staged_script_is_dry_run(c->script) ? STAGED_FAILED : STAGED_OK;
}

static staged_status ask_selected(staged_call *c)
{
    return HERE, staged_stage_is_selected(c->script, "build") ? STAGED_OK : STAGED_OK;
}

static staged_status set_and_ask_dry_run(staged_call *c)
{
    staged_script_set_dry_run(c->script, true);
    return staged_script_is_dry_run(c->script) ? STAGED_OK : STAGED_FAILED;
}

static void test_asked_too_early(void **state)
{
    (void)state;
    const char *early = "before the arguments are parsed; ask after staged_super";
    assert_int_equal(run(STAGED_HOOK_INIT, ask_dry_run, early), 70);
    assert_int_equal(run(STAGED_HOOK_INIT, ask_selected, early), 70);
    assert_int_equal(run(STAGED_HOOK_INIT, set_and_ask_dry_run, "Success"), 0);
    assert_int_equal(run(STAGED_HOOK_BODY, ask_dry_run, "Success"), 0);
}

static staged_status run_misspelt(staged_call *c)
{
    return HERE, staged_stage_run(c->script, "bild");
}

static staged_status call_misspelt(staged_call *c)
{
    return HERE, staged_script_call(c->script, "sumary", NULL);
}

static staged_status resolve_misspelt(staged_call *c)
{
    return HERE, staged_args_resolve_path(c->script, "nmae");
}

static void test_stages_and_methods(void **state)
{
    (void)state;
    const char *hint = "did you mean 'build'?";
    assert_int_equal(run(STAGED_HOOK_BUILD_PARSER, hide_misspelt, hint), 70);
    assert_int_equal(run(STAGED_HOOK_BUILD_PARSER, retry_argument_of_misspelt, hint), 70);
    assert_int_equal(run(STAGED_HOOK_BODY, select_misspelt, hint), 70);
    assert_int_equal(run(STAGED_HOOK_BODY, ask_selected_misspelt, hint), 70);
    assert_int_equal(run(STAGED_HOOK_BODY, ask_null, "there is no stage ''"), 70);
    assert_int_equal(run(STAGED_HOOK_BODY, run_misspelt, hint), 70);
    assert_int_equal(run(STAGED_HOOK_BODY, call_misspelt, "did you mean 'summary'?"), 70);
    assert_int_equal(run(STAGED_HOOK_BODY, resolve_misspelt, "did you mean 'name'?"), 70);
    assert_int_equal(run(STAGED_HOOK_BODY, ask_unregistered, "Success"), 0);
}

/* ---- NULL ---- */

/* Of which the compiler does not know that it is NULL; clang warns of a format that is not a
 * literal and has no arguments. */
static const char *nothing;

static staged_status log_null(staged_call *c)
{
    return HERE, staged_log(c->script, nothing, "");
}

static staged_status fail_null(staged_call *c)
{
    return HERE, staged_fail(c->script, nothing, "");
}

static staged_status heading_null(staged_call *c)
{
    return HERE, staged_log_heading(c->script, NULL, nothing, "");
}

static staged_status run_null(staged_call *c)
{
    return HERE, staged_runf(c->script, nothing, "");
}

static staged_status ask_null_question(staged_call *c)
{
    const char *answer;
    return HERE, staged_ask(c->script, &answer, nothing, "");
}

static staged_status answer_null(staged_call *c)
{
    const char **volatile answer = NULL;
    return HERE, staged_ask(c->script, answer, "true");
}

static staged_status prefix_null(staged_call *c)
{
    const char *path;
    return staged_unique_directory(c->script, nothing, &path);
}

static staged_status path_null(staged_call *c)
{
    const char **volatile path = NULL;
    return staged_unique_directory(c->script, "x", path);
}

static staged_status duration_null(staged_call *c)
{
    return staged_script_add_duration(c->script, nothing, 1);
}

static staged_status class_null(staged_call *c)
{
    return staged_script_new_inner(c->script, NULL, NULL) == NULL ? STAGED_FAILED : STAGED_OK;
}

static staged_status argument_null(staged_call *c)
{
    return staged_args_text(c->script, nothing) == NULL ? STAGED_OK : STAGED_FAILED;
}

static staged_status set_null(staged_call *c)
{
    return staged_namespace_set(staged_script_args(c->script), nothing, staged_value_int(1)) ==
                   STAGED_OK
               ? STAGED_FAILED
               : STAGED_OK;
}

static staged_status section_null(staged_call *c)
{
    return staged_summary_set_section(c->script, "heading", nothing, "");
}

static staged_status heading_of_section_null(staged_call *c)
{
    return staged_summary_set_section(c->script, nothing, "text");
}

static staged_status record_null(staged_call *c)
{
    return staged_script_add_command(c->script, nothing);
}

static staged_status settings_null(staged_call *c)
{
    return HERE, staged_stage_set_retry(c->script, "build", NULL);
}

static staged_status name_null(staged_call *c)
{
    return staged_script_set_name(c->script, nothing);
}

static staged_status work_null(staged_call *c)
{
    return staged_background_start(c->script, "nothing", NULL, NULL) == NULL ? STAGED_FAILED
                                                                             : STAGED_OK;
}

/* What is dropped here has no warning from any compiler. */
static staged_status bad_limit(staged_call *c)
{
    (void)(HERE, staged_stage_set_time_limit(c->script, "build", -1));
    return STAGED_OK;
}

static staged_status bad_deadline(staged_call *c)
{
    (void)staged_script_set_deadline(c->script, -1);
    return STAGED_OK;
}

static staged_status bad_retry(staged_call *c)
{
    const staged_retry_settings settings = {.delay_s = -1};
    (void)(HERE, staged_stage_set_retry(c->script, "build", &settings));
    return STAGED_OK;
}

static void test_no_amounts(void **state)
{
    (void)state;
    staged_status (*const mistakes[])(staged_call *) = {bad_limit, bad_deadline, bad_retry};
    for (size_t i = 0; i < sizeof mistakes / sizeof mistakes[0]; i++)
        assert_int_equal(run(STAGED_HOOK_BODY, mistakes[i], " must be a non-negative number"), 70);
}

static void test_null(void **state)
{
    (void)state;
    staged_status (*const mistakes[])(staged_call *) = {
        log_null,          fail_null,   heading_null, run_null,
        ask_null_question, answer_null, prefix_null,  path_null,
        duration_null,     class_null,  section_null, heading_of_section_null,
        record_null,       name_null,   settings_null};
    for (size_t i = 0; i < sizeof mistakes / sizeof mistakes[0]; i++)
        assert_int_equal(run(STAGED_HOOK_BODY, mistakes[i], " is NULL"), 70);
    assert_int_equal(run(STAGED_HOOK_BODY, argument_null, "'NULL' is not the name of an argument"),
                     70);
    assert_int_equal(run(STAGED_HOOK_BODY, set_null, "'NULL' is not the name of an argument"), 70);
    assert_int_equal(run(STAGED_HOOK_BODY, work_null, "the function to run is NULL"), 70);
}

/* ---- A class's record ---- */

typedef struct counters {
    int runs;
} counters;

static staged_status count_run(staged_call *c)
{
    counters *self = c->data;
    self->runs++;
    return STAGED_OK;
}

static staged_status read_only(staged_call *c)
{
    const counters *self = c->data;
    return self->runs == 0 ? STAGED_OK : STAGED_FAILED;
}

static const staged_class forgetful = {
    STAGED_CLASS("Forgetful"),
    .methods = STAGED_METHODS(STAGED_STAGE("count", "Counting", count_run),
                              STAGED_STAGE("read", "Reading", read_only))};

static void test_forgotten_data_size(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&forgetful, NULL, NULL);
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", "read")), 0);
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", "count")), 70);
    assert_non_null(strstr(staged_script_error(script), "test_bugs.c:"));
    assert_non_null(strstr(staged_script_error(script),
                           "Forgetful: 'body' uses data, but the class has none; give it "
                           "`.data_size = sizeof(...)`"));
    staged_script_free(script);
}

/* Rows without their size, and a table without an end. */
static void test_no_table(void **state)
{
    (void)state;
    static const staged_method endless[] = {STAGED_STAGE("one", "One", read_only), {.kind = 77}};
    const staged_class classes[] = {
        {STAGED_CLASS("Braces"), .methods = {endless, 0}},
        {STAGED_CLASS("Braces"), .methods = {endless, sizeof endless[0]}}};
    for (size_t i = 0; i < 2; i++) {
        staged_script *script = fixture_script(&classes[i], NULL, NULL);
        assert_int_equal(fixture_run(script, (const char *const[]){NULL}), 70);
        assert_non_null(
            strstr(fixture_printed(),
                   "Braces: `.methods` is not a table; write `.methods = STAGED_METHODS(...)`"));
        staged_script_free(script);
    }
}

TEST_GROUP(bugs)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_getters),
        cmocka_unit_test(test_defaults),
        cmocka_unit_test(test_stages_and_methods),
        cmocka_unit_test(test_null),
        cmocka_unit_test(test_asked_too_early),
        cmocka_unit_test(test_no_amounts),
        cmocka_unit_test(test_forgotten_data_size),
        cmocka_unit_test(test_no_table),
    };
    return cmocka_run_group_tests_name("script bugs", tests, NULL, NULL);
}
