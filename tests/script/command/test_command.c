/* SPDX-License-Identifier: BSD-3-Clause */
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "script/fixture.h"
#include "script/state/fail.h"
#include "support/cmocka_all.h"

typedef staged_status command_runner(staged_script *script);

static command_runner *runner;

static staged_status work(staged_call *c)
{
    return runner(c->script);
}

static const staged_class commands = {
    STAGED_CLASS("Commands"), .methods = STAGED_METHODS(STAGED_STAGE("work", "Working", work))};

/* Runs a script whose stage calls `run`; returns the script, which the caller frees. */
static staged_script *run_script(command_runner *run, int exit_status, bool dry)
{
    runner = run;
    staged_script *script = fixture_script(&commands, NULL, NULL);
    const int got = dry ? fixture_run(script, STAGED_TEXTS("--stage", "work", "--dry-run"))
                        : fixture_run(script, STAGED_TEXTS("--stage", "work"));
    if (got != exit_status)
        assert_int_equal(got, exit_status);
    return script;
}

static void assert_recorded(staged_script *script, const char *expected)
{
    stg_buf all = {0};
    const char *const *command = staged_script_commands(script, NULL);
    for (; *command != NULL; command++)
        stg_buf_addf(&all, "%s|", *command);
    assert_string_equal(stg_buf_text(&all), expected);
    stg_buf_free(&all);
}

static staged_status all_ways(staged_script *script)
{
    staged_completed_process *done;
    STAGED_TRY(
        staged_run(script, "printf 'a b'", .result = &done,
                   .process = STAGED_OPTIONS(staged_process_options,
                                             .output = STAGED_STREAM(STAGED_STREAM_CAPTURE))));
    assert_string_equal(done->output, "a b");
    staged_completed_process_free(done);
    STAGED_TRY(staged_run(script, NULL, .argv = STAGED_TEXTS("test", "a b", "=", "a b")));
    STAGED_TRY(staged_runf(script, "test %s = %s -a %d = 5", "it's", "it's", 5));
    STAGED_TRY(staged_run(script, "true --flag value 'a b'", .pretty_print = true,
                          .print_command = STAGED_NO));
    STAGED_TRY(staged_run(script, "exit 3", .check = STAGED_NO, .result = &done));
    assert_int_equal(done->exit_code, 3);
    staged_completed_process_free(done);
    const int fine[] = {0, 4};
    return staged_run(script, "exit 4",
                      .process = STAGED_OPTIONS(staged_process_options, .expected_codes = fine,
                                                .expected_count = 2));
}

static void test_commands_are_logged_run_and_recorded(void **state)
{
    (void)state;
    staged_script *script = run_script(all_ways, 0, false);
    assert_recorded(script,
                    "printf 'a b'|test 'a b' = 'a b'|test 'it'\"'\"'s' = 'it'\"'\"'s' -a 5 = 5|"
                    "true \\\n    --flag value \\\n    'a b'|exit 3|exit 4|");
    assert_non_null(strstr(fixture_output(script), "Executing:  printf 'a b'"));
    assert_null(strstr(fixture_output(script), "Executing:  true"));
    staged_script_free(script);
}

static staged_status fails(staged_script *script)
{
    staged_completed_process *done;
    assert_int_equal(
        staged_run(script, "echo lost; exit 2", .result = &done,
                   .process = STAGED_OPTIONS(staged_process_options,
                                             .output = STAGED_STREAM(STAGED_STREAM_CAPTURE))),
        STAGED_FAILED);
    assert_null(done);
    return staged_run(script, "exit 3");
}

static staged_status cannot_start(staged_script *script)
{
    return staged_run(script, NULL, .argv = STAGED_TEXTS("/no/such/program"), .check = STAGED_NO);
}

static staged_status times_out(staged_script *script)
{
    return staged_run(script, "sleep 100", .check = STAGED_NO,
                      .process = STAGED_OPTIONS(staged_process_options, .timeout_s = 0.02));
}

static staged_status is_killed(staged_script *script)
{
    return staged_run(script, "kill -9 $$");
}

static staged_status complains(staged_script *script)
{
    return staged_run(script, "seq 12 >&2; exit 3",
                      .process =
                          STAGED_OPTIONS(staged_process_options,
                                         .error_output = STAGED_STREAM(STAGED_STREAM_CAPTURE)));
}

static staged_status says_nothing(staged_script *script)
{
    return staged_run(script, NULL);
}

static staged_status has_a_bad_format(staged_script *script)
{
    const char *volatile format = "echo %n";
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
#pragma GCC diagnostic ignored "-Wformat-security"
    return staged_runf(script, format);
#pragma GCC diagnostic pop
}

static staged_status lacks_a_value(staged_script *script)
{
    const char *volatile none = NULL;
    return staged_runf(script, "rm -rf %s/%s", "cache", none);
}

static staged_status asks_without_a_value(staged_script *script)
{
    const char *answer;
    const char *volatile none = NULL;
    const staged_status status = staged_ask(script, &answer, "ls %s", none);
    assert_null(answer);
    return status;
}

/* What would be done by the value, and must not be. */
static const char hostile[] = "x  $(touch pwned)`touch pwned`'; touch pwned; '\"";

static staged_status cannot_quote(staged_script *script)
{
    return staged_runf(script, "touch pwned; cat <<END\n%s\nEND", hostile);
}

static staged_status cannot_quote_a_question(staged_script *script)
{
    const char *answer;
    const staged_status status =
        staged_ask(script, &answer, "touch pwned; echo `echo %s`", hostile);
    assert_null(answer);
    return status;
}

static staged_status has_a_nul(staged_script *script)
{
    return staged_runf(script, "touch pwned%c", '\0');
}

static void test_failures_have_a_reason(void **state)
{
    (void)state;
    static const struct {
        command_runner *run;
        const char *reason;
    } cases[] = {
        {fails, "exit code 3: exit 3"},
        {cannot_start, "/no/such/program"},
        {times_out, "timed out after "},
        {is_killed, "killed by signal 9 (SIGKILL): kill -9 $$"},
        {complains, "exit code 3: seq 12 >&2; exit 3\n3\n4\n"},
        {has_a_bad_format, "invalid format of a command: echo %n"},
        {lacks_a_value, "a value of the command is NULL: rm -rf cache/'(null)'"},
        {asks_without_a_value, "a value of the command is NULL: ls '(null)'"},
        {cannot_quote, "value 1 of the command is inside a here-document, where it cannot be "
                       "quoted: put it into a variable first"},
        {cannot_quote_a_question, "value 1 of the command is inside backquotes, where it cannot be "
                                  "quoted: write $(...) instead of `...`: touch pwned; echo `"},
        {has_a_nul, "a value of the command contains a NUL byte: touch pwned%c"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        staged_script *script = run_script(cases[i].run, 1, false);
        if (strstr(staged_script_error(script), cases[i].reason) == NULL)
            print_message("got: %s\n", staged_script_error(script));
        assert_non_null(strstr(staged_script_error(script), cases[i].reason));
        assert_non_null(strstr(fixture_output(script), "Stage 'work' failed:"));
        assert_non_null(strstr(fixture_output(script), "Failure"));
        staged_script_free(script);
    }
    assert_int_not_equal(access("pwned", F_OK), 0);
    staged_script *script = run_script(says_nothing, 70, false);
    assert_non_null(
        strstr(staged_script_error(script), "either as a line for the shell or as `.argv`"));
    staged_script_free(script);
}

static staged_status quotes_where_it_stands(staged_script *script)
{
    const char *answer;
    STAGED_TRY(staged_ask(script, &answer, "printf '<%%s>' %s \"%s\" '%s' \"$(printf %%s \"%s\")\"",
                          hostile, hostile, hostile, hostile));
    char expected[4 * sizeof hostile + 20];
    (void)snprintf(expected, sizeof expected, "<%s><%s><%s><%s>", hostile, hostile, hostile,
                   hostile);
    assert_string_equal(answer, expected);
    return staged_runf(script, "test \"name is %s.\" = 'name is %s.'", hostile, hostile);
}

static void test_values_are_quoted_where_they_stand(void **state)
{
    (void)state;
    staged_script_free(run_script(quotes_where_it_stands, 0, false));
    assert_int_not_equal(access("pwned", F_OK), 0);
    /* A mistake is found by a dry run as well. */
    staged_script_free(run_script(cannot_quote, 1, true));
    staged_script_free(run_script(cannot_quote_a_question, 1, true));
}

static staged_status would_fail(staged_script *script)
{
    staged_completed_process *done;
    STAGED_TRY(
        staged_run(script, "echo [red]; exit 3", .result = &done,
                   .process = STAGED_OPTIONS(staged_process_options,
                                             .output = STAGED_STREAM(STAGED_STREAM_CAPTURE))));
    assert_int_equal(done->exit_code, 0);
    assert_string_equal(done->output, "echo [red]; exit 3");
    staged_completed_process_free(done);
    return STAGED_OK;
}

/* What we ignore it does as well, from its first moment on. */
static staged_status is_stubborn(staged_script *script)
{
    void (*before)(int) = signal(SIGTERM, SIG_IGN);
    const staged_status status = staged_run(
        script, "sleep 100",
        .process = STAGED_OPTIONS(staged_process_options, .timeout_s = 0.05, .grace_s = 0.01));
    (void)signal(SIGTERM, before);
    return status;
}

static void test_killed_processes_are_named(void **state)
{
    (void)state;
    staged_script *script = run_script(is_stubborn, 1, false);
    assert_non_null(strstr(fixture_output(script), "Did not end after SIGTERM:"));
    assert_non_null(strstr(fixture_output(script), "(killed)"));
    staged_script_free(script);
}

static void test_a_dry_run_only_shows(void **state)
{
    (void)state;
    staged_script *script = run_script(would_fail, 0, true);
    assert_recorded(script, "");
    assert_non_null(strstr(fixture_output(script), "DRY-RUN MODE:  The command executed"));
    assert_non_null(strstr(fixture_output(script), "echo [red]; "));
    staged_script_free(script);
}

/* ---- Questions ---- */

static staged_status asks(staged_script *script)
{
    const char *answer = NULL;
    STAGED_TRY(staged_ask(script, &answer, "printf '%%s\\n\\n' %s", "two words"));
    assert_string_equal(answer, "two words");
    return STAGED_OK;
}

static staged_status asks_in_vain(staged_script *script)
{
    const char *answer = NULL;
    const staged_status status =
        staged_ask(script, &answer, "echo unheard; echo 'ill' >&2; exit 3");
    assert_null(answer);
    return status;
}

/* No answer must not look like one. */
static staged_status asks_nothing(staged_script *script)
{
    const char *answer = NULL;
    const staged_status status = staged_ask(script, &answer, "echo unheard");
    assert_int_equal(status, STAGED_UNKNOWN);
    assert_null(answer);
    return status;
}

static staged_status only_reads(staged_script *script)
{
    const char *answer = NULL;
    STAGED_TRY(staged_ask_read_only(script, &answer, "printf '%%s\\n' %s", "two words"));
    assert_string_equal(answer, "two words");
    staged_completed_process *done;
    STAGED_TRY(
        staged_run(script, "printf read", .reads_only = true, .result = &done,
                   .process = STAGED_OPTIONS(staged_process_options,
                                             .output = STAGED_STREAM(STAGED_STREAM_CAPTURE))));
    assert_string_equal(done->output, "read");
    staged_completed_process_free(done);
    return STAGED_OK;
}

static void test_questions(void **state)
{
    (void)state;
    staged_script *script = run_script(asks, 0, false);
    assert_recorded(script, "");
    assert_null(strstr(fixture_output(script), "two words"));
    staged_script_free(script);
    script = run_script(asks_in_vain, 1, false);
    assert_string_equal(staged_script_error(script),
                        "exit code 3: echo unheard; echo 'ill' >&2; exit 3\nill");
    staged_script_free(script);
    script = run_script(asks_nothing, 1, true);
    assert_string_equal(staged_script_error(script),
                        "a dry run does not run this command; if it only reads, use "
                        "staged_ask_read_only: echo unheard");
    staged_script_free(script);
}

static void test_dry_run_runs_what_only_reads(void **state)
{
    (void)state;
    staged_script *script = run_script(only_reads, 0, true);
    assert_recorded(script, "printf read|");
    staged_script_free(script);
    staged_script_free(run_script(only_reads, 0, false));
}

/* ---- Results ---- */

static staged_status forgets_to_capture(staged_script *script)
{
    staged_completed_process *done;
    return staged_run(script, "true", .result = &done);
}

static staged_status wants_the_code_alone(staged_script *script)
{
    staged_completed_process *done;
    STAGED_TRY(staged_run(script, "exit 3", .check = STAGED_NO, .result = &done));
    assert_int_equal(done->exit_code, 3);
    assert_string_equal(done->output, "");
    assert_string_equal(done->error_output, "");
    staged_completed_process_free(done);
    return STAGED_OK;
}

static void test_a_result_without_a_capture(void **state)
{
    (void)state;
    staged_script *script = run_script(forgets_to_capture, 70, false);
    assert_non_null(strstr(staged_script_error(script), "test_command.c:"));
    assert_non_null(strstr(staged_script_error(script), "STAGED_STREAM_CAPTURE"));
    assert_recorded(script, "");
    staged_script_free(script);
    staged_script_free(run_script(wants_the_code_alone, 0, false));
}

/* ---- Failures that nobody looks at ---- */

/* What a compiler without a warning (tcc) lets pass. */
static staged_status drops(staged_script *script)
{
    stg_ignore(staged_run(script, "exit 3"));
    stg_ignore(staged_run(script, "true"));
    return STAGED_OK;
}

static staged_status drops_what_is_not_listed(staged_script *script)
{
    stg_ignore(staged_run(script, "exit 3", .record_command = STAGED_NO));
    return STAGED_OK;
}

static staged_status drops_what_was_refused(staged_script *script)
{
    stg_ignore(staged_runf(script, "echo `%s`", "x"));
    return STAGED_OK;
}

static staged_status drops_what_lacks_a_value(staged_script *script)
{
    const char *answer;
    const char *volatile none = NULL;
    stg_ignore(staged_ask(script, &answer, "echo %s", none));
    return STAGED_OK;
}

static staged_status asks_whether(staged_script *script)
{
    const char *answer;
    return staged_ask(script, &answer, "exit 3") == STAGED_OK ? STAGED_FAILED : STAGED_OK;
}

static staged_status forgets(staged_script *script)
{
    if (staged_run(script, "exit 3") != STAGED_OK)
        staged_forget_failure(script);
    assert_string_equal(staged_script_error(script), "");
    return STAGED_OK;
}

static staged_status reads_the_words(staged_script *script)
{
    return staged_run(script, "exit 3") != STAGED_OK && *staged_script_error(script) != '\0'
               ? STAGED_OK
               : STAGED_FAILED;
}

static staged_status tries_until_it_works(staged_script *script)
{
    (void)remove("tried");
    while (staged_run(script, "test -e tried || { touch tried; false; }") != STAGED_OK)
        continue;
    (void)remove("tried");
    return STAGED_OK;
}

static staged_status does_not_mind(staged_script *script)
{
    return staged_run(script, "exit 3", .check = STAGED_NO);
}

static void test_ignored_failure(void **state)
{
    (void)state;
    const char *told = "A command failed, but the script went on:";
    staged_status (*const careless[])(staged_script *) = {
        drops, drops_what_is_not_listed, drops_what_was_refused, drops_what_lacks_a_value};
    for (size_t i = 0; i < sizeof careless / sizeof careless[0]; i++) {
        staged_script *script = run_script(careless[i], 0, false);
        assert_non_null(strstr(fixture_output(script), told));
        assert_non_null(strstr(fixture_output(script), "Success, although 1 command failed"));
        staged_script_free(script);
    }
    staged_status (*const careful[])(staged_script *) = {
        forgets, reads_the_words, tries_until_it_works, does_not_mind, asks_whether};
    for (size_t i = 0; i < sizeof careful / sizeof careful[0]; i++) {
        staged_script *script = run_script(careful[i], 0, false);
        assert_null(strstr(fixture_output(script), "A command failed"));
        assert_null(strstr(fixture_output(script), "although"));
        staged_script_free(script);
    }
}

static staged_status run_short_forms(staged_call *c)
{
    staged_completed_process *done;
    STAGED_TRY(staged_run(c->script, "pwd; echo $NAME; exit 2", .directory = "/",
                          .environment = STAGED_TEXTS("NAME=value"), .timeout_s = 60,
                          .expected_codes = STAGED_CODES(0, 2), .output = STAGED_STREAM_CAPTURE,
                          .result = &done));
    assert_string_equal(done->output, "/\nvalue\n");
    staged_completed_process_free(done);
    STAGED_TRY(staged_runf_with(
        c->script, STAGED_RUN_OPTIONS(.output = STAGED_STREAM_CAPTURE, .result = &done),
        "printf '%%s|' %s", "two words"));
    assert_string_equal(done->output, "two words|");
    staged_completed_process_free(done);
    STAGED_TRY(staged_run_words_with(
        c->script, STAGED_RUN_OPTIONS(.output = STAGED_STREAM_CAPTURE, .result = &done), "printf",
        "%s|", "$HOME"));
    assert_string_equal(done->output, "$HOME|");
    staged_completed_process_free(done);
    STAGED_TRY(staged_run_words(c->script, "true"));
    const char *missing = NULL;
    assert_int_equal(staged_run_words(c->script, "rm", "-rf", missing, "/"), STAGED_FAILED);
    assert_string_equal(staged_script_error(c->script),
                        "a value of the command is NULL: rm -rf ...");
    assert_int_equal(staged_run(c->script, "sleep 100", .timeout_s = 0.02), STAGED_FAILED);
    assert_non_null(strstr(staged_script_error(c->script), "timed out"));
    return STAGED_OK;
}

static const staged_class short_forms = {
    STAGED_CLASS("ShortForms"),
    .methods = STAGED_METHODS(STAGED_STAGE("run", "Running", run_short_forms, .by_default = true)),
};

static void test_short_forms(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&short_forms, NULL, NULL);
    assert_int_equal(fixture_run(script, (const char *const[]){NULL}), 0);
    size_t count;
    const char *const *recorded = staged_script_commands(script, &count);
    assert_int_equal(count, 5);
    assert_string_equal(recorded[1], "printf '%s|' 'two words'");
    assert_string_equal(recorded[2], "printf '%s|' '$HOME'");
    staged_script_free(script);
}

TEST_GROUP(command)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_commands_are_logged_run_and_recorded),
        cmocka_unit_test(test_failures_have_a_reason),
        cmocka_unit_test(test_values_are_quoted_where_they_stand),
        cmocka_unit_test(test_killed_processes_are_named),
        cmocka_unit_test(test_a_dry_run_only_shows),
        cmocka_unit_test(test_questions),
        cmocka_unit_test(test_dry_run_runs_what_only_reads),
        cmocka_unit_test(test_a_result_without_a_capture),
        cmocka_unit_test(test_ignored_failure),
        cmocka_unit_test(test_short_forms),
    };
    return cmocka_run_group_tests_name("script command", tests, NULL, NULL);
}
