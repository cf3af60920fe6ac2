/* SPDX-License-Identifier: BSD-3-Clause
 *
 * All that the headers and docs/ allow several threads of one script to do, at once and beside what
 * the script's own thread does meanwhile.  Build with -Db_sanitize=thread to have the accesses
 * watched. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "script/fixture.h"
#include "script/state/fail.h"
#include "script/state/object.h"
#include "support/cmocka_all.h"

enum { THREADS = 4, ROUNDS = 5, STAGES = 3 };

/* ---- What each thread does ---- */

static bool run_commands(staged_script *script, int number, int i)
{
    staged_completed_process *done = NULL;
    char expected[32];
    (void)snprintf(expected, sizeof expected, "%d-%d\n", number, i);
    bool worked =
        staged_runf(script, "echo %d-%d >/dev/null", number, i) == STAGED_OK &&
        staged_run(script, NULL, .argv = STAGED_TEXTS("printf", "%s", expected),
                   .process = STAGED_OPTIONS(staged_process_options,
                                             .output = STAGED_STREAM(STAGED_STREAM_CAPTURE)),
                   .result = &done) == STAGED_OK &&
        strcmp(done->output, expected) == 0;
    staged_completed_process_free(done);
    const char *answer = NULL;
    worked = worked && staged_ask(script, &answer, "echo %d", i) == STAGED_OK && atoi(answer) == i;
    worked = worked && staged_ask_read_only(script, &answer, "echo %d", i) == STAGED_OK;
    staged_shell_line *line = staged_shell_line_new(script, "test");
    staged_shell_line_add(line, "%s = %d", staged_format(script, "%d", i), i);
    worked = worked &&
             staged_shell_line_run_with(line, STAGED_RUN_OPTIONS(.timeout_s = 60)) == STAGED_OK;
    return worked && staged_run(script, "exit 3") == STAGED_FAILED &&
           staged_script_add_command(script, "# by hand") == STAGED_OK;
}

static bool print(staged_script *script, int number, int i)
{
    staged_renderable *text = staged_text_new(NULL, "drawn");
    const bool drawn = staged_log_renderable(script, text) == STAGED_OK;
    staged_renderable_free(text);
    return drawn && staged_log(script, "thread %d, line %d", number, i) == STAGED_OK &&
           staged_log_heading(script, NULL, "heading of %d", number) == STAGED_OK &&
           staged_log_dry_run(script, 0, "nothing") == STAGED_OK &&
           staged_console_log(staged_script_console(script), "direct") == STAGED_OK &&
           staged_log(script, "[bad") == STAGED_OK && staged_log(script, "[/]") == STAGED_FAILED;
}

/* Answers whether all of it went as documented. */
static bool use(staged_script *script, int number)
{
    for (int i = 0; i < ROUNDS; i++) {
        staged_forget_failure(script);
        if (!run_commands(script, number, i) || !print(script, number, i) ||
            staged_script_is_dry_run(script) ||
            staged_fail(script, "%d failed", number) != STAGED_FAILED)
            return false;
    }
    return true;
}

typedef struct worker {
    pthread_t thread;
    staged_script *script;
    int number;
    bool worked;
} worker;

static void *in_a_thread(void *context)
{
    worker *w = context;
    w->worked = use(w->script, w->number);
    return NULL;
}

/* The words of a work's failure are its own. */
static staged_status beside_a_stage(staged_background *background, void *context)
{
    worker *w = context;
    char own[32];
    (void)snprintf(own, sizeof own, "%d failed", w->number);
    w->worked =
        use(w->script, w->number) && strcmp(staged_script_error(w->script), own) == 0 &&
        !staged_background_cancelled(background) && staged_background_running(background) &&
        staged_background_run(background, STAGED_OPTIONS(staged_process_options, .command = "true"),
                              NULL) == STAGED_OK;
    return STAGED_OK;
}

/* ---- What the script's own thread does meanwhile ---- */

static void count_logs(void *context, const staged_event *event)
{
    int *logs = context;
    if (event->kind == STAGED_EVENT_LOG)
        ++*logs;
}

static int observed_logs;

static staged_status be_busy(staged_call *c)
{
    staged_script *script = c->script;
    STAGED_TRY(staged_script_set_deadline(script, 3600));
    STAGED_TRY(staged_stage_set_time_limit(script, c->stage, 600));
    STAGED_TRY(staged_script_set_name(script, "another"));
    staged_script_set_start_time_ns(script, staged_script_start_time_ns(script) + 1);
    staged_script_set_dry_run(script, false);
    STAGED_TRY(staged_script_add_observer(
        script, STAGED_OPTIONS(staged_observer, .notify = count_logs, .context = &observed_logs,
                               .wants_logs = true)));
    stg_ignore(staged_fail(script, "the stage's own"));
    if (strcmp(staged_script_error(script), "the stage's own") != 0)
        return staged_fail(script, "another thread's words");
    STAGED_TRY(staged_run(script, "true"));
    return staged_log(script, "busy");
}

/* Runs stages while all the threads work. */
static staged_status run_threads(staged_call *c)
{
    static const char *const names[STAGES] = {"one", "two", "three"};
    worker workers[2 * THREADS];
    for (int i = 0; i < 2 * THREADS; i++)
        workers[i] = (worker){.script = c->script, .number = i};
    for (int i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_create(&workers[i].thread, NULL, in_a_thread, &workers[i]), 0);
        assert_non_null(
            staged_background_start(c->script, "work", beside_a_stage, &workers[THREADS + i]));
    }
    staged_status status = STAGED_OK;
    for (int i = 0; i < STAGES && status == STAGED_OK; i++)
        status = staged_stage_run(c->script, names[i]);
    for (int i = 0; i < THREADS; i++)
        (void)pthread_join(workers[i].thread, NULL);
    while (c->script->run->works != NULL)
        assert_int_equal(staged_background_join(c->script->run->works), STAGED_OK);
    for (int i = 0; i < 2 * THREADS; i++)
        assert_true(workers[i].worked);
    return status;
}

static const staged_class threaded = {
    STAGED_CLASS("Threaded"), .methods = STAGED_METHODS(STAGED_STAGE("one", "One", be_busy),
                                                        STAGED_STAGE("two", "Two", be_busy),
                                                        STAGED_STAGE("three", "Three", be_busy),
                                                        STAGED_ON(STAGED_HOOK_MAIN, run_threads))};

static int count(const char *text, const char *part)
{
    int found = 0;
    for (; (text = strstr(text, part)) != NULL; text += strlen(part))
        found++;
    return found;
}

static void test_threads_share_a_script(void **state)
{
    (void)state;
    const int rounds = 2 * THREADS * ROUNDS;
    observed_logs = 0;
    staged_script *script = fixture_script(&threaded, NULL, NULL);
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", "one", "two", "three")), 0);
    size_t commands = 0;
    int failed = 0;
    const staged_command_record *record;
    while ((record = staged_script_command_record(script, commands)) != NULL) {
        assert_true(record->ended);
        failed += record->exit_code == 3 && strcmp(record->command, "exit 3") == 0;
        commands++;
    }
    assert_int_equal(commands, 5 * rounds + STAGES);
    assert_int_equal(failed, rounds);
    assert_int_equal(count(fixture_output(script), "thread "), rounds);
    assert_true(observed_logs > 0);
    staged_script_free(script);
}

TEST_GROUP(threads)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_threads_share_a_script)};
    return cmocka_run_group_tests_name("script threads", tests, NULL, NULL);
}
