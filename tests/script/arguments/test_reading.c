/* SPDX-License-Identifier: BSD-3-Clause */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "script/fixture.h"
#include "script/state/object.h"
#include "support/cmocka_all.h"

static staged_status nothing(staged_call *call)
{
    (void)call;
    return STAGED_OK;
}

static const staged_class plain = {
    STAGED_CLASS("Plain"),
    .methods = STAGED_METHODS(STAGED_STAGE("one", "The first", nothing),
                              STAGED_STAGE("two", "The second", nothing)),
};

static void test_stage_arguments_are_taken_over(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&plain, NULL, NULL);
    assert_int_equal(
        fixture_run(script, STAGED_TEXTS("--stage", "two", "--one-retry-attempts", "3",
                                         "--one-retry-delay", "0.5", "--two-retry-timeout", "7")),
        0);
    assert_false(staged_stage_is_selected(script, "one"));
    assert_true(staged_stage_is_selected(script, "two"));
    const staged_retry_settings one = staged_stage_retry(script, "one");
    assert_int_equal(one.attempts, 3);
    assert_float_equal(one.delay_s, 0.5, 0);
    assert_float_equal(one.timeout_s, 60, 0);
    assert_float_equal(staged_stage_retry(script, "two").timeout_s, 7, 0);
    assert_false(staged_script_is_dry_run(script));
    assert_int_equal(staged_args_int(script, "one_retry_attempts"), 3);
    assert_float_equal(staged_args_float(script, "one_retry_delay"), 0.5, 0);
    assert_false(staged_args_bool(script, "dry_run"));
    assert_string_equal(staged_args_list(script, "stage")[0], "two");
    assert_null(staged_args_text(script, "no_such"));
    assert_non_null(strstr(staged_namespace_error(staged_script_args(script)), "no_such"));
    staged_script_free(script);
    script = fixture_script(&plain, NULL, NULL);
    assert_null(staged_args_path(script, "stage"));
    staged_script_free(script);
}

static staged_status parse(staged_call *c)
{
    STAGED_TRY(staged_super(c));
    if (staged_stage_is_selected(c->script, "two") && !staged_stage_is_selected(c->script, "one"))
        return staged_fail_usage(c->script, "'two' needs 'one' [really]");
    return STAGED_OK;
}

static const staged_class picky = {STAGED_CLASS("Picky"), .bases = STAGED_BASES(&plain),
                                   .methods =
                                       STAGED_METHODS(STAGED_ON(STAGED_HOOK_PARSE_ARGS, parse))};

static void test_raise_parser_error(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&picky, NULL, NULL);
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", "two")), 1);
    assert_non_null(strstr(fixture_printed(), "usage: test "));
    assert_string_equal(fixture_output(script), "\n'two' needs 'one' [really]\n");
    staged_script_free(script);
}

static staged_status refuse_at_once(staged_call *c)
{
    STAGED_TRY(staged_script_add_secret(c->script, "hunter22"));
    return staged_fail_usage(c->script, "not with %s", "hunter22");
}

static const staged_class hasty = {
    STAGED_CLASS("Hasty"), .bases = STAGED_BASES(&plain),
    .methods = STAGED_METHODS(STAGED_ON(STAGED_HOOK_PARSE_ARGS, refuse_at_once))};

static void test_raise_parser_error_first_of_all(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&hasty, NULL, NULL);
    assert_int_equal(fixture_run(script, (const char *const[]){NULL}), 1);
    assert_non_null(strstr(fixture_printed(), "usage: test "));
    assert_string_equal(fixture_output(script), "\nnot with ***\n");
    staged_script_free(script);
}

static void test_help_that_cannot_be_written(void **state)
{
    (void)state;
    const int full = open("/dev/full", O_WRONLY);
    if (full < 0)
        return; /* there is no such thing everywhere */
    (void)fflush(stdout);
    const int output = dup(STDOUT_FILENO);
    (void)dup2(full, STDOUT_FILENO);
    char name[] = "test";
    char help[] = "--help";
    char *argv[] = {name, help, NULL};
    const int exit_status = staged_main(&plain, 2, argv);
    clearerr(stdout);
    (void)dup2(output, STDOUT_FILENO);
    (void)close(output);
    (void)close(full);
    assert_int_equal(exit_status, 74);
}

static void test_wrong_command_lines(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&plain, NULL, NULL);
    assert_null(script->arguments.args);
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--no-such-option")), 2);
    assert_non_null(strstr(fixture_printed(), "unrecognized arguments: --no-such-option"));
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", "three")), 2);
    assert_string_equal(fixture_output(script), "");
    staged_script_free(script);
}

/* ---- Words for another program ---- */

static staged_status keep_unknown(staged_call *c)
{
    STAGED_TRY(staged_super(c));
    staged_parser_set_keep_unknown(staged_script_parser(c->script), true);
    return STAGED_OK;
}

static staged_status say_the_rest(staged_call *c)
{
    const char *words[8] = {"echo"};
    const char *const *rest = staged_namespace_unknown(staged_script_args(c->script));
    for (size_t i = 0; rest[i] != NULL && i < 6; i++)
        words[i + 1] = rest[i];
    return staged_run(c->script, NULL, .argv = words);
}

static const staged_class wrapper = {
    STAGED_CLASS("Wrapper"),
    .methods = STAGED_METHODS(STAGED_ON(STAGED_HOOK_BUILD_PARSER, keep_unknown),
                              STAGED_STAGE("say", "Saying the rest", say_the_rest))};

static void test_unknown_words_go_to_a_command(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&wrapper, NULL, NULL);
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", "say", "--loud", "two words")), 0);
    assert_non_null(strstr(fixture_output(script), "Executing:  echo --loud 'two words'"));
    char *line =
        staged_parser_command_line(staged_script_parser(script), staged_script_args(script), -1);
    assert_non_null(line);
    assert_non_null(strstr(line, " --stage say"));
    assert_string_equal(line + strlen(line) - strlen(" --loud 'two words'"), " --loud 'two words'");
    free(line);
    staged_script_free(script);
}

/* What people write on a command line is theirs to mend, and is told before anything runs. */
static void test_numbers_that_are_no_amounts(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"--one-retry-attempts", "-1"}, {"--one-retry-delay", "-0.5"}, {"--two-retry-delay", "nan"},
        {"--two-retry-timeout", "-60"}, {"--deadline", "-1"},          {"--two-time-limit", "nan"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        staged_script *script = fixture_script(&plain, NULL, NULL);
        assert_non_null(staged_script_parser(script));
        staged_script_add_time_limit_arguments(script);
        assert_int_equal(fixture_run(script, STAGED_TEXTS(cases[i][0], cases[i][1])), 2);
        char error[100];
        (void)snprintf(error, sizeof error,
                       "test: error: argument %s: must be a non-negative number\n", cases[i][0]);
        assert_non_null(strstr(fixture_printed(), error));
        assert_string_equal(fixture_output(script), "");
        staged_script_free(script);
    }
}

static staged_status set_bad_defaults(staged_call *c)
{
    STAGED_TRY(staged_super(c));
    staged_script_add_time_limit_arguments(c->script);
    staged_parser *parser = staged_script_parser(c->script);
    staged_parser_set_default(parser, "one_retry_attempts", staged_value_int(-1));
    staged_parser_set_default_text(parser, "one_retry_delay", "nan");
    staged_parser_set_default(parser, "two_retry_timeout", staged_value_int(-5));
    staged_parser_set_default(parser, "two_time_limit", staged_value_float(-0.5));
    staged_parser_set_default(parser, "deadline", staged_value_int(-1));
    return STAGED_OK;
}

/* The place is that of the stages' class. */
#define ROW(of_stage, its_heading, at)                                                             \
    {                                                                                              \
        .kind = STAGED_METHOD_KIND_STAGE, .name = STAGED_HOOK_BODY, .stage = of_stage,             \
        .heading = its_heading, .file = "bad.c", .line = at, .function = nothing                   \
    }
static const staged_class at_bad_places = {
    STAGED_CLASS("AtBadPlaces"),
    .methods = STAGED_METHODS(ROW("one", "The first", 11), ROW("two", "The second", 12),
                              STAGED_ON(STAGED_HOOK_BUILD_PARSER, set_bad_defaults)),
};

/* The author's are bugs, told all at once. */
static void test_defaults_that_are_no_amounts(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&at_bad_places, NULL, NULL);
    assert_int_equal(fixture_run(script, (const char *const[]){NULL}), 70);
    static const char *const bugs[] = {
        "bad.c:11: --deadline: ",        "bad.c:11: --one-retry-attempts: ",
        "bad.c:11: --one-retry-delay: ", "bad.c:12: --two-retry-timeout: ",
        "bad.c:12: --two-time-limit: ",
    };
    for (size_t i = 0; i < sizeof bugs / sizeof bugs[0]; i++) {
        char bug[100];
        (void)snprintf(bug, sizeof bug, "%sthe default must be a non-negative number\n", bugs[i]);
        assert_non_null(strstr(fixture_printed(), bug));
    }
    staged_script_free(script);
}

static staged_status set_default_of_wrong_type(staged_call *c)
{
    STAGED_TRY(staged_super(c));
    staged_parser_set_default_text(staged_script_parser(c->script), "two_retry_delay", "soon");
    return STAGED_OK;
}

static const staged_class mistyped = {
    STAGED_CLASS("Mistyped"),
    .methods = STAGED_METHODS(ROW("one", "The first", 11), ROW("two", "The second", 12),
                              STAGED_ON(STAGED_HOOK_BUILD_PARSER, set_default_of_wrong_type)),
};

static void test_a_default_of_the_wrong_type(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&mistyped, NULL, NULL);
    assert_int_equal(fixture_run(script, (const char *const[]){NULL}), 70);
    assert_non_null(strstr(fixture_printed(), "bad.c:12: --two-retry-delay: "));
    staged_script_free(script);
}

TEST_GROUP(reading)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_stage_arguments_are_taken_over),
        cmocka_unit_test(test_raise_parser_error),
        cmocka_unit_test(test_raise_parser_error_first_of_all),
        cmocka_unit_test(test_help_that_cannot_be_written),
        cmocka_unit_test(test_wrong_command_lines),
        cmocka_unit_test(test_unknown_words_go_to_a_command),
        cmocka_unit_test(test_numbers_that_are_no_amounts),
        cmocka_unit_test(test_defaults_that_are_no_amounts),
        cmocka_unit_test(test_a_default_of_the_wrong_type),
    };
    return cmocka_run_group_tests_name("script reading", tests, NULL, NULL);
}
