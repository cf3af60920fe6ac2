/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Commands run by several threads at once, some of them ended, do not get into each other's way. */
#include <staged/process.h>

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "leftovers.h"
#include "support/cmocka_all.h"

enum { THREADS = 6, ROUNDS = 12 };

static const char *run_one(int thread, int round)
{
    char command[100], expected[40];
    staged_completed_process *result;
    (void)snprintf(command, sizeof command, "read x; echo \"$x\"; echo %d.%d; exit %d", thread,
                   round, round);
    (void)snprintf(expected, sizeof expected, "in\n%d.%d\n", thread, round);
    const staged_process_options options = {
        .size = sizeof options,
        .command = command,
        .input = STAGED_STREAM(STAGED_STREAM_BYTES, .bytes = "in\n", .length = 3),
        .output = STAGED_STREAM(STAGED_STREAM_CAPTURE)};
    const char *problem = NULL;
    if (staged_process_run(&options, &result) != STAGED_OK)
        problem = "not run";
    else if (result->exit_code != round || strcmp(result->output, expected) != 0)
        problem = "another result";
    staged_completed_process_free(result);
    return problem;
}

static const char *end_one(void)
{
    staged_completed_process *result;
    const staged_process_options options = {.size = sizeof options,
                                            .command = "(sleep 1000 &); sleep 1000",
                                            .timeout_s = 0.02,
                                            .grace_s = 60};
    const char *problem = NULL;
    if (staged_process_run(&options, &result) != STAGED_TIMED_OUT)
        problem = "not timed out";
    else if (result->signal != SIGTERM)
        problem = "ended otherwise";
    staged_completed_process_free(result);
    return problem;
}

static void *work(void *context)
{
    const int thread = *(const int *)context;
    for (int round = 0; round < ROUNDS; round++) {
        const char *problem = round % 4 == 3 ? end_one() : run_one(thread, round);
        if (problem != NULL) {
            char *copy = strdup(problem);
            return copy;
        }
    }
    return NULL;
}

static void test_commands_of_several_threads(void **state)
{
    (void)state;
    pthread_t threads[THREADS];
    int numbers[THREADS];
    for (int i = 0; i < THREADS; i++) {
        numbers[i] = i;
        assert_int_equal(pthread_create(&threads[i], NULL, work, &numbers[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        void *problem;
        assert_int_equal(pthread_join(threads[i], &problem), 0);
        if (problem != NULL)
            fail_msg("%s", (const char *)problem);
    }
}

TEST_GROUP(threads)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_commands_of_several_threads)};
    return cmocka_run_group_tests_name("process threads", tests, NULL, NULL);
}
