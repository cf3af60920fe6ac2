/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Commands and log lines of several threads of one script.  Build with -Db_sanitize=thread to have
 * the accesses watched. */
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "script/fixture.h"
#include "script/object.h"
#include "support/cmocka_all.h"

enum { THREADS = 4, COMMANDS = 10 };

typedef struct worker {
    pthread_t thread;
    staged_script *script;
    int number;
    int failures;
} worker;

static void *work(void *context)
{
    worker *w = context;
    for (int i = 0; i < COMMANDS; i++) {
        staged_completed_process done;
        char expected[32];
        (void)snprintf(expected, sizeof expected, "%d-%d\n", w->number, i);
        if (staged_runf(w->script, "echo %d-%d >/dev/null", w->number, i) != STAGED_OK ||
            staged_log(w->script, "thread %d, line %d", w->number, i) != STAGED_OK ||
            staged_run(w->script, NULL, .argv = STAGED_TEXTS("printf", "%s", expected),
                       .process.output.kind = STAGED_STREAM_CAPTURE, .result = &done) != STAGED_OK)
            w->failures++;
        else if (strcmp(done.output, expected) != 0)
            w->failures++;
        staged_completed_process_free(&done);
        if (staged_run(w->script, "exit 3") != STAGED_FAILED)
            w->failures++;
    }
    return NULL;
}

static staged_status run_threads(staged_call *c)
{
    worker workers[THREADS];
    for (int i = 0; i < THREADS; i++) {
        workers[i] = (worker){.script = c->script, .number = i};
        assert_int_equal(pthread_create(&workers[i].thread, NULL, work, &workers[i]), 0);
    }
    int failures = 0;
    for (int i = 0; i < THREADS; i++) {
        (void)pthread_join(workers[i].thread, NULL);
        failures += workers[i].failures;
    }
    return failures == 0 ? STAGED_OK : staged_fail(c->script, "%d went wrong", failures);
}

static const staged_class threaded = {
    .name = "Threaded",
    .methods = STAGED_METHODS(STAGED_STAGE("work", "Working together", run_threads))};

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
    staged_script *script = fixture_script(&threaded, NULL, NULL);
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", "work")), 0);
    size_t commands;
    const staged_command_record *records = staged_command_records(script, &commands);
    assert_int_equal(commands, 3 * THREADS * COMMANDS);
    int failed = 0;
    for (size_t i = 0; i < commands; i++) {
        assert_true(records[i].ended);
        failed += records[i].exit_code == 3 && strcmp(records[i].command, "exit 3") == 0;
    }
    assert_int_equal(failed, THREADS * COMMANDS);
    assert_int_equal(count(fixture_output(script), "thread "), THREADS * COMMANDS);
    staged_script_free(script);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_threads_share_a_script)};
    return cmocka_run_group_tests_name("script threads", tests, NULL, NULL);
}
