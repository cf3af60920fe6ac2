/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What programs that run scripts in other languages say of them. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <staged/bridge.h>

#include "script/fixture.h"
#include "support/cmocka_all.h"
#include "support/torture.h"

static const staged_location guest = {"guest.sh", 7};

static const char *const make_words[] = {"make", "all it needs", NULL};

/* How a stage's command goes, and what is said of it. */
typedef struct outside {
    int exit_code;
    bool timed_out;
    const int *expected_codes;
    const char *says; /* NULL: it went as expected */
} outside;

static staged_status run_outside(staged_call *c)
{
    const outside *run = staged_script_user(c->script);
    staged_outside_command *command;
    STAGED_TRY(staged_outside_command_begin(
        c->script,
        STAGED_RUN_OPTIONS(.argv = make_words, .expected_codes = run->expected_codes,
                           .directory = "src"),
        NULL, &command));
    if (staged_script_is_dry_run(c->script)) {
        assert_null(command);
        return STAGED_OK;
    }
    char *failure;
    staged_outside_command_end(command, run->exit_code, run->timed_out, &failure);
    if (run->says == NULL) {
        assert_null(failure);
        return STAGED_OK;
    }
    assert_string_equal(failure, run->says);
    const staged_status status =
        staged_fail_command_at(c->script, &guest, failure, "make 'all it needs'", "in f");
    free(failure);
    return status;
}

static const staged_class runs_outside = {
    STAGED_CLASS("RunsOutside"),
    .methods = STAGED_METHODS(STAGED_STAGE("build", "Building", run_outside, .by_default = true)),
};

static staged_script *script_for(const staged_class *script_class, const outside *run)
{
    return staged_script_new(
        script_class, STAGED_OPTIONS(staged_script_options, .user = (void *)(uintptr_t)run,
                                     .console = STAGED_OPTIONS(staged_console_options,
                                                               .to_text = true, .width = 80)));
}

static void test_commands(void **state)
{
    (void)state;
    const outside runs[] = {
        {.exit_code = 0},
        {.exit_code = 3, .says = "exit code 3"},
        {.exit_code = 3, .expected_codes = (const int[]){0, 3, -1}},
        {.exit_code = 0, .expected_codes = (const int[]){3, -1}, .says = "exit code 0"},
        {.exit_code = -9, .says = "killed by signal 9 (SIGKILL)"},
    };
    for (size_t i = 0; i < sizeof runs / sizeof runs[0]; i++) {
        staged_script *script = script_for(&runs_outside, &runs[i]);
        assert_int_equal(fixture_run(script, (const char *const[]){NULL}), runs[i].says != NULL);
        const char *output = fixture_output(script);
        assert_non_null(strstr(output, "Executing:  (cd src || exit; make 'all it needs')"));
        assert_int_equal(strstr(output, "guest.sh:7") != NULL, runs[i].says != NULL);
        const staged_command_record *record = staged_script_command_record(script, 0);
        assert_true(record->ended);
        assert_int_equal(record->exit_code, runs[i].exit_code);
        assert_string_equal(record->failure, runs[i].says == NULL ? "" : runs[i].says);
        assert_null(staged_script_command_record(script, 1));
        staged_script_free(script);
    }
}

static void test_a_dry_run_shows_it(void **state)
{
    (void)state;
    static const outside run = {0};
    staged_script *script = script_for(&runs_outside, &run);
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--dry-run")), 0);
    assert_non_null(strstr(fixture_output(script), "make 'all it needs'"));
    assert_null(strstr(fixture_output(script), "Executing:"));
    staged_script_free(script);
}

static void test_a_command_in_two_ways(void **state)
{
    (void)state;
    staged_script *script = script_for(&runs_outside, NULL);
    staged_outside_command *command;
    assert_int_equal(
        staged_outside_command_begin(
            script, STAGED_RUN_OPTIONS(.command = "make", .argv = make_words), NULL, &command),
        STAGED_FAILED);
    assert_null(command);
    char *failure;
    staged_outside_command_end(NULL, 0, false, &failure);
    assert_null(failure);
    staged_script_free(script);
}

static staged_status find_bug(staged_call *c)
{
    assert_true(isinf(staged_script_time_left(c->script)));
    return staged_fail_bug_text(c->script, &guest, "no verb '[red]%s'");
}

static staged_status look_at_limit(staged_call *c)
{
    const double left_s = staged_script_time_left(c->script);
    assert_true(left_s > 0 && left_s <= 5);
    return STAGED_OK;
}

static const staged_class buggy = {
    STAGED_CLASS("Buggy"),
    .methods = STAGED_METHODS(
        STAGED_STAGE("limited", "Limited", look_at_limit, .by_default = true, .time_limit_s = 5),
        STAGED_STAGE("one", "One", find_bug, .by_default = true)),
};

static void test_bugs_and_limits(void **state)
{
    (void)state;
    staged_script *script = script_for(&buggy, NULL);
    assert_int_equal(fixture_run(script, (const char *const[]){NULL}), 70);
    assert_int_equal(staged_stage_outcome(script, "limited"), STAGED_OUTCOME_PASSED);
    assert_non_null(strstr(fixture_output(script), "no verb '[red]%s'"));
    assert_non_null(strstr(fixture_output(script), "guest.sh:7"));
    staged_script_free(script);
}

/* ---- A command whose place fails, without memory ---- */

static staged_status begin_there(void *place, const staged_place_command *command,
                                 staged_place_client *client, staged_place_end *failure)
{
    static const char *const words[] = {"true", NULL};
    (void)place;
    (void)command;
    (void)failure;
    client->words = words;
    return STAGED_OK;
}

static void end_there(void *job, int exit_code, staged_place_end *end)
{
    (void)job;
    (void)exit_code;
    end->failure = STAGED_PLACE_LOST;
    end->message = "the connection was lost";
}

static const staged_place_kind losing = {
    .size = sizeof losing, .name = "losing", .begin = begin_there, .end = end_there};

static staged_status add_losing(staged_call *c)
{
    STAGED_TRY(staged_super(c));
    STAGED_TRY(staged_script_add_place_kind(c->script, &losing));
    return staged_script_add_place(c->script, "there", "losing", NULL);
}

static staged_status lose(staged_call *c)
{
    staged_outside_command *command;
    STAGED_TRY(staged_outside_command_begin(
        c->script, STAGED_RUN_OPTIONS(.argv = make_words, .place = "there"), NULL, &command));
    /* Its client succeeds. */
    const staged_completed_process *there = staged_outside_command_judge(command, 0);
    assert_non_null(there);
    assert_false(there->expected);
    assert_non_null(there->place);
    assert_int_not_equal(there->place->failure, STAGED_PLACE_OK);
    char *failure;
    staged_outside_command_end(command, 0, false, &failure);
    free(failure);
    return STAGED_OK;
}

static const staged_class loses = {
    STAGED_CLASS("Loses"),
    .methods = STAGED_METHODS(STAGED_ON(STAGED_HOOK_INIT, add_losing),
                              STAGED_STAGE("lose", "Losing", lose, .by_default = true)),
};

static staged_status run_losing(void *context)
{
    (void)context;
    staged_script *script = fixture_script(&loses, NULL, NULL);
    if (script == NULL)
        return STAGED_NO_MEMORY;
    char *words[] = {NULL};
    const int exit_status = staged_script_run(script, 0, words);
    staged_script_free(script);
    return exit_status == 0 ? STAGED_OK : STAGED_NO_MEMORY;
}

static void test_a_failing_place_without_memory(void **state)
{
    (void)state;
    assert_true(torture_forgiving(run_losing, NULL) > 100);
}

TEST_GROUP(bridge)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_commands),
        cmocka_unit_test(test_a_dry_run_shows_it),
        cmocka_unit_test(test_a_command_in_two_ways),
        cmocka_unit_test(test_bugs_and_limits),
        cmocka_unit_test(test_a_failing_place_without_memory),
    };
    return cmocka_run_group_tests_name("script bridge", tests, NULL, NULL);
}
