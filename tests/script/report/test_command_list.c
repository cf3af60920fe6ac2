/* SPDX-License-Identifier: BSD-3-Clause */
#include <staged/console.h>

#include "script/report/command_list.h"
#include "support/cmocka_all.h"

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

static void assert_list(const char *expected)
{
    staged_console *console =
        staged_console_new(STAGED_OPTIONS(staged_console_options, .to_text = true));
    staged_renderable *list = stg_history_list(&history);
    assert_int_equal(staged_console_print_renderable(console, NULL, list), STAGED_OK);
    assert_string_equal(staged_console_text(console), expected);
    staged_renderable_free(list);
    staged_console_free(console);
}

static void test_no_directory_for_our_own(void **state)
{
    (void)state;
    static const staged_process_options options = {.size = sizeof options, .timeout_s = 0.001};
    static const staged_completed_process process = {.exit_code = 3};
    history = (stg_history){0};
    const staged_observer observer = stg_history_observer(&history);
    staged_event event = {.kind = STAGED_EVENT_COMMAND_BEGIN,
                          .number = 1,
                          .command = "make",
                          .stage = "",
                          .options = &options,
                          .process = &process,
                          .message = ""};
    observer.notify(observer.context, &event);
    assert_list("make\n");
    event.kind = STAGED_EVENT_COMMAND_END;
    event.message = "exit code 3";
    observer.notify(observer.context, &event);
    assert_list("make  # exit code 3\n");
    stg_history_free(&history);
}

static void test_a_command_after_the_other(void **state)
{
    (void)state;
    history = (stg_history){0};
    tell(STAGED_EVENT_COMMAND_BEGIN, 1, "first", "");
    tell(STAGED_EVENT_COMMAND_BEGIN, 2, "second", "");
    tell(STAGED_EVENT_COMMAND_END, 1, "first", "exit code 3");
    assert_list("(cd /tmp || exit; first)  # exit code 3\n(cd /tmp || exit; second)\n");
    history.failed = true;
    assert_list("(cd /tmp || exit; first)  # exit code 3\n(cd /tmp || exit; second)\n"
                "# Some commands are missing: out of memory.\n");
    stg_history_free(&history);
}

TEST_GROUP(command_list)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_directory_for_our_own),
        cmocka_unit_test(test_a_command_after_the_other),
    };
    return cmocka_run_group_tests_name("script command_list", tests, NULL, NULL);
}
