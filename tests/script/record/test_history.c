/* SPDX-License-Identifier: BSD-3-Clause */
#include "script/record/history.h"

#include "support/cmocka_all.h"
#include "support/torture.h"

static stg_history history;

static void tell(staged_event_kind kind, unsigned number, const char *command, const char *failure)
{
    static const char *const environment[] = {"A=1", NULL};
    static const staged_process_options options = {
        .size = sizeof options, .directory = "/tmp", .environment = environment};
    static const staged_completed_process process = {.exit_code = 3};
    const staged_observer observer = stg_history_observer(&history);
    observer.notify(observer.context, &(staged_event){.kind = kind,
                                                      .number = number,
                                                      .command = command,
                                                      .stage = "one",
                                                      .attempt = 2,
                                                      .options = &options,
                                                      .process = &process,
                                                      .duration_ns = 7,
                                                      .message = failure});
}

static void test_it_keeps_all_that_is_known(void **state)
{
    (void)state;
    tell(STAGED_EVENT_STAGE_BEGIN, 0, NULL, "");
    tell(STAGED_EVENT_COMMAND_BEGIN, 1, "first", "");
    tell(STAGED_EVENT_COMMAND_BEGIN, 2, "second", "");
    tell(STAGED_EVENT_COMMAND_END, 1, "first", "exit code 3");
    assert_int_equal(history.count, 2);
    const staged_command_record *first = &history.records[0];
    assert_string_equal(first->command, "first");
    assert_string_equal(first->stage, "one");
    assert_int_equal(first->attempt, 2);
    assert_string_equal(first->directory, "/tmp");
    assert_string_equal(first->environment[0], "A=1");
    assert_null(first->environment[1]);
    assert_null(first->without);
    assert_true(first->ended);
    assert_int_equal(first->exit_code, 3);
    assert_int_equal(first->duration_ns, 7);
    assert_false(history.records[1].ended);
    assert_string_equal(history.texts[1], "second");
    assert_null(history.texts[2]);
    stg_history_free(&history);
}

static void test_an_end_without_a_beginning(void **state)
{
    (void)state;
    tell(STAGED_EVENT_COMMAND_END, 9, "first", "");
    assert_int_equal(history.count, 0);
    stg_history_free(&history);
}

static void test_questions_are_not_listed(void **state)
{
    (void)state;
    history = (stg_history){0};
    const staged_observer observer = stg_history_observer(&history);
    observer.notify(observer.context, &(staged_event){.kind = STAGED_EVENT_COMMAND_BEGIN,
                                                      .command = "hostname",
                                                      .stage = "",
                                                      .unlisted = true});
    assert_int_equal(history.count, 0);
    stg_history_free(&history);
}

static staged_status keep(void *context)
{
    (void)context;
    tell(STAGED_EVENT_COMMAND_BEGIN, 1, "first", "");
    tell(STAGED_EVENT_COMMAND_END, 1, "first", "exit code 3");
    const staged_status status = history.failed ? STAGED_NO_MEMORY : STAGED_OK;
    stg_history_free(&history);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_true(torture(keep, NULL) > 3);
}

TEST_GROUP(history)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_it_keeps_all_that_is_known),
        cmocka_unit_test(test_an_end_without_a_beginning),
        cmocka_unit_test(test_questions_are_not_listed),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("script history", tests, NULL, NULL);
}
