/* SPDX-License-Identifier: BSD-3-Clause */
#include <string.h>

#include "script/fixture.h"
#include "support/cmocka_all.h"

static const char *const names[] = {"a b", "$c", NULL};
static const char *volatile nothing;

static staged_status put_together(staged_call *c)
{
    staged_shell_line *line = staged_shell_line_new(c->script, "printf '%s|'");
    staged_shell_line_add(line, "--tag %s %d%%", "it's", 7);
    staged_shell_line_add_options(line, "--name", names);
    staged_shell_line_add_options(line, "--none", NULL);
    staged_shell_line_add_text(line, STAGED_HERE, "\"%s\"");
    staged_completed_process *done;
    STAGED_TRY(staged_shell_line_run_with(
        line, STAGED_RUN_OPTIONS(.output = STAGED_STREAM_CAPTURE, .result = &done)));
    assert_string_equal(done->output, "--tag|it's|7%|--name|a b|--name|$c|%s|");
    staged_completed_process_free(done);
    staged_shell_line_add(line, "more");
    return staged_shell_line_run_with(line, STAGED_RUN_OPTIONS(.pretty_print = true));
}

/* Nothing is run with a word that is missing, also where something else happened meanwhile. */
static staged_status lack_a_value(staged_call *c)
{
    staged_shell_line *line = staged_shell_line_new(c->script, "touch never");
    staged_shell_line_add(line, "--tag %s", nothing);
    staged_shell_line_add(line, "--name %s", nothing);
    STAGED_TRY(staged_run(c->script, "true"));
    return staged_shell_line_run_with(line, STAGED_RUN_OPTIONS(.pretty_print = true));
}

static staged_status begin_with_nothing(staged_call *c)
{
    staged_shell_line *line = staged_shell_line_new(c->script, nothing);
    staged_shell_line_add(line, "more");
    staged_shell_line_add_options(line, "--name", names);
    return staged_shell_line_run_with(line, STAGED_RUN_OPTIONS(.pretty_print = true));
}

static const staged_class putting_together = {
    STAGED_CLASS("PuttingTogether"),
    .methods = STAGED_METHODS(STAGED_STAGE("all", "All", put_together),
                              STAGED_STAGE("lacking", "Lacking a value", lack_a_value),
                              STAGED_STAGE("nothing", "Nothing", begin_with_nothing)),
};

static staged_script *run_stage(const char *stage, int exit_status)
{
    staged_script *script = fixture_script(&putting_together, NULL, NULL);
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", stage)), exit_status);
    return script;
}

static void test_pieces(void **state)
{
    (void)state;
    staged_script *script = run_stage("all", 0);
    size_t count = 0;
    const char *const *commands = staged_script_commands(script, &count);
    assert_int_equal(count, 2);
    assert_string_equal(commands[0],
                        "printf '%s|' --tag 'it'\"'\"'s' 7% --name 'a b' --name '$c' \"%s\"");
    assert_non_null(strstr(commands[1], "more"));
    staged_script_free(script);
}

static void test_a_missing_value(void **state)
{
    (void)state;
    staged_script *script = run_stage("lacking", 1);
    assert_non_null(
        strstr(staged_script_error(script), "a value of the command is NULL: touch never --tag"));
    assert_non_null(strstr(staged_script_error(script), "--tag"));
    assert_null(strstr(staged_script_error(script), "--name"));
    staged_script_free(script);
}

static void test_no_line(void **state)
{
    (void)state;
    staged_script *script = run_stage("nothing", 70);
    assert_non_null(strstr(staged_script_error(script), "the beginning of a command is NULL"));
    staged_script_free(script);
}

TEST_GROUP(shell_line)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pieces),
        cmocka_unit_test(test_a_missing_value),
        cmocka_unit_test(test_no_line),
    };
    return cmocka_run_group_tests_name("script shell_line", tests, NULL, NULL);
}
