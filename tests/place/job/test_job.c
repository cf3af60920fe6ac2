/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdlib.h>
#include <string.h>

#include <staged/secrets.h>

#include "place/framework.h"
#include "support/cmocka_all.h"
#include "support/runner.h"
#include "support/torture.h"

/* ---- A kind whose "there" is a shell here ---- */

/* What it is to do, and what was asked of it. */
static struct {
    staged_place_end failure; /* of begin; its status decides */
    staged_status begins;
    staged_place_end end;
    bool tells_end;
    int waits; /* how many looks say that it waits */
    bool takes_input;
    int looks, stops, releases;
    double grace_s;
    char words[512];
    char environment[512];
} asked;

static const char *client_words[] = {"/bin/sh", "-c", "cat; echo out; echo err >&2; exit 3", NULL};

static void join(char *text, size_t size, const char *const *words)
{
    *text = '\0';
    for (; words != NULL && *words != NULL; words++) {
        strncat(text, *words, size - strlen(text) - 1);
        strncat(text, "|", size - strlen(text) - 1);
    }
}

static staged_status begin(void *place, const staged_place_command *command,
                           staged_place_client *client, staged_place_end *failure)
{
    (void)place;
    join(asked.words, sizeof asked.words, command->words);
    join(asked.environment, sizeof asked.environment, command->environment);
    if (asked.begins != STAGED_OK) {
        *failure = asked.failure;
        return asked.begins;
    }
    client->words = client_words;
    client->job = &asked;
    client->takes_input = asked.takes_input;
    return STAGED_OK;
}

static void look(void *job, staged_place_look *seen)
{
    (void)job;
    asked.looks++;
    if (asked.stops > 0)
        seen->state = STAGED_PLACE_STATE_GONE;
    else
        seen->state =
            asked.looks <= asked.waits ? STAGED_PLACE_STATE_WAITS : STAGED_PLACE_STATE_RUNS;
    seen->job = "17";
    seen->reason = seen->state == STAGED_PLACE_STATE_WAITS ? "for resources" : NULL;
    seen->next_s = 0.001;
}

static void stop(void *job, double grace_s)
{
    (void)job;
    asked.stops++;
    asked.grace_s = grace_s;
}

static void end(void *job, int exit_code, staged_place_end *told)
{
    (void)job;
    if (asked.tells_end)
        *told = asked.end;
    else
        told->exit_code = exit_code;
}

static void release(void *job)
{
    (void)job;
    asked.releases++;
}

static const staged_place_kind simple = {.size = sizeof simple, .name = "simple", .begin = begin};
static const staged_place_kind queue = {
    .size = sizeof queue, .name = "queue", .begin = begin, .look = look};
static const staged_place_kind whole = {.size = sizeof whole,
                                        .name = "whole",
                                        .begin = begin,
                                        .look = look,
                                        .stop = stop,
                                        .end = end,
                                        .release = release};

static int set_up(void **state)
{
    memset(&asked, 0, sizeof asked);
    client_words[2] = "cat; echo out; echo err >&2; exit 3";
    stg_places *places = stg_places_new();
    stg_error error = {0};
    assert_int_equal(stg_places_add_kind(places, &simple, &error), STAGED_OK);
    assert_int_equal(stg_places_add_kind(places, &queue, &error), STAGED_OK);
    assert_int_equal(stg_places_add_kind(places, &whole, &error), STAGED_OK);
    assert_int_equal(stg_places_add(places, "simple", "simple", NULL, &error), STAGED_OK);
    assert_int_equal(stg_places_add(places, "queue", "queue", NULL, &error), STAGED_OK);
    assert_int_equal(stg_places_add(places, "whole", "whole", NULL, &error), STAGED_OK);
    *state = places;
    return 0;
}

static int tear_down(void **state)
{
    stg_places_free(*state);
    return 0;
}

static const stg_place_limits no_limits = {.timeout_ns = INT64_MAX, .wait_ns = INT64_MAX};

static stg_place_job *begin_at(void **state, const char *name,
                               const staged_process_options *options,
                               const stg_place_limits *limits, staged_status expected)
{
    stg_place *place;
    stg_place_job *job;
    stg_error error = {0};
    assert_int_equal(stg_places_find(*state, name, &place, &error), STAGED_OK);
    assert_int_equal(
        stg_place_begin(place, options, "/folder", "name", NULL, limits, NULL, &job, &error),
        expected);
    stg_error_free(&error);
    return job;
}

static staged_completed_process *run_at(void **state, const char *name,
                                        const staged_process_options *options,
                                        const stg_place_limits *limits, staged_status expected)
{
    stg_place_job *job = begin_at(state, name, options, limits, STAGED_OK);
    staged_completed_process *result;
    assert_int_equal(stg_place_run(job, NULL, NULL, &result), expected);
    assert_non_null(result);
    assert_non_null(result->place);
    stg_place_job_free(job);
    return result;
}

#define OPTIONS(...)                                                                               \
    STAGED_OPTIONS(staged_process_options, .command = "true",                                      \
                   .output = STAGED_STREAM(STAGED_STREAM_CAPTURE),                                 \
                   .error_output = STAGED_STREAM(STAGED_STREAM_CAPTURE), __VA_ARGS__)

static void test_the_client_stands_for_the_command(void **state)
{
    staged_completed_process *result =
        run_at(state, "simple", OPTIONS(.environment = (const char *const[]){"A=1", NULL}),
               &no_limits, STAGED_OK);
    assert_string_equal(asked.words, "/bin/sh|-c|true|");
    assert_string_equal(asked.environment, "A=1|");
    assert_string_equal(result->output, "out\n");
    assert_string_equal(result->error_output, "err\n");
    assert_int_equal(result->exit_code, 3);
    assert_false(result->expected);
    assert_int_equal(result->place->failure, STAGED_PLACE_OK);
    staged_completed_process_free(result);
}

static void test_the_kind_knows_the_end(void **state)
{
    asked.tells_end = true;
    asked.end = (staged_place_end){
        .size = sizeof asked.end, .exit_code = -9, .job = "17", .node = "n1", .user_ns = 5};
    staged_completed_process *result =
        run_at(state, "whole", OPTIONS(.expected_codes = (const int[]){-9}, .expected_count = 1),
               &no_limits, STAGED_OK);
    assert_int_equal(result->exit_code, -9);
    assert_int_equal(result->signal, 9);
    assert_true(result->expected);
    assert_string_equal(result->place->job, "17");
    assert_string_equal(result->place->node, "n1");
    assert_int_equal(result->user_ns, 5);
    assert_int_equal(asked.releases, 1);
    staged_completed_process_free(result);
}

static void test_a_failure_of_the_place_is_no_exit_code(void **state)
{
    client_words[2] = "exit 0";
    asked.tells_end = true;
    asked.end = (staged_place_end){.size = sizeof asked.end,
                                   .failure = STAGED_PLACE_NODE,
                                   .message = "the node n1 failed",
                                   .may_pass = true};
    staged_completed_process *result =
        run_at(state, "whole", OPTIONS(.drain_s = 0), &no_limits, STAGED_FAILED);
    assert_false(result->expected);
    assert_string_equal(staged_completed_process_error(result), "the node n1 failed");
    assert_int_equal(result->place->failure, STAGED_PLACE_NODE);
    assert_true(result->place->may_pass);
    staged_completed_process_free(result);
}

static void test_a_client_that_cannot_be_started(void **state)
{
    asked.tells_end = true;
    asked.end = (staged_place_end){.size = sizeof asked.end, .exit_code = -15};
    client_words[0] = "/no/such/client";
    const char *const names[] = {"simple", "whole"};
    for (size_t i = 0; i < 2; i++) {
        staged_completed_process *result =
            run_at(state, names[i], OPTIONS(.drain_s = 0), &no_limits, STAGED_FAILED);
        assert_false(result->expected);
        assert_int_equal(result->exit_code, 0);
        assert_int_equal(result->place->failure, STAGED_PLACE_REFUSED);
        assert_false(result->place->may_pass);
        assert_non_null(strstr(staged_completed_process_error(result), "/no/such/client"));
        assert_string_equal(result->place->message, staged_completed_process_error(result));
        staged_completed_process_free(result);
    }
    client_words[0] = "/bin/sh";
    assert_int_equal(asked.stops, 1);
}

static void test_a_failed_beginning(void **state)
{
    asked.begins = STAGED_FAILED;
    asked.failure = (staged_place_end){.size = sizeof asked.failure,
                                       .failure = STAGED_PLACE_REFUSED,
                                       .message = "no such partition"};
    stg_place_job *job = begin_at(state, "whole", OPTIONS(.drain_s = 0), &no_limits, STAGED_FAILED);
    assert_non_null(job);
    staged_completed_process *result;
    assert_int_equal(stg_place_run(job, NULL, NULL, &result), STAGED_FAILED);
    assert_string_equal(staged_completed_process_error(result), "no such partition");
    assert_int_equal(result->place->failure, STAGED_PLACE_REFUSED);
    assert_int_equal(asked.releases, 0);
    staged_completed_process_free(result);
    stg_place_job_free(job);
}

/* What a status means, of a kind that says no more, and of what is missing before it is asked. */
static void test_failures_by_status(void **state)
{
    static const struct {
        staged_status status;
        staged_place_failure failure;
        bool may_pass;
    } rows[] = {{STAGED_NOT_FOUND, STAGED_PLACE_REFUSED, false},
                {STAGED_NOT_ALLOWED, STAGED_PLACE_REFUSED, false},
                {STAGED_BAD_INPUT, STAGED_PLACE_REFUSED, false},
                {STAGED_IO, STAGED_PLACE_OTHER, true},
                {STAGED_FAILED, STAGED_PLACE_OTHER, false}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        for (int is_asked = 0; is_asked < 2; is_asked++) {
            stg_place_job *job;
            asked.begins = rows[i].status;
            asked.failure = (staged_place_end){.size = sizeof asked.failure};
            if (is_asked) {
                job = begin_at(state, "whole", OPTIONS(.drain_s = 0), &no_limits, STAGED_FAILED);
            } else {
                stg_error error = {0};
                stg_place *place;
                assert_int_equal(stg_places_find(*state, "whole", &place, &error), STAGED_OK);
                stg_error_set(&error, rows[i].status, "no folder");
                assert_int_equal(
                    stg_place_fail(place, OPTIONS(.drain_s = 0), &no_limits, &job, &error),
                    rows[i].status);
                stg_error_free(&error);
            }
            staged_completed_process *result;
            assert_int_equal(stg_place_run(job, NULL, NULL, &result), STAGED_FAILED);
            assert_int_equal(result->place->failure, rows[i].failure);
            assert_int_equal(result->place->may_pass, rows[i].may_pass);
            assert_string_equal(result->place->message,
                                is_asked ? "the command could not be started" : "no folder");
            staged_completed_process_free(result);
            stg_place_job_free(job);
        }
    }
}

static void test_input(void **state)
{
    const staged_stream *input = STAGED_STREAM(STAGED_STREAM_BYTES, .bytes = "in\n", .length = 3);
    asked.takes_input = true;
    staged_completed_process *result =
        run_at(state, "simple", OPTIONS(.input = input), &no_limits, STAGED_OK);
    assert_string_equal(result->output, "in\nout\n");
    staged_completed_process_free(result);
    asked.takes_input = false;
    stg_place_job *job =
        begin_at(state, "whole", OPTIONS(.input = input), &no_limits, STAGED_FAILED);
    assert_non_null(job);
    /* What had begun was stopped, and has no client. */
    assert_int_equal(asked.stops, 1);
    assert_null(stg_place_client(job)->arguments);
    assert_int_equal(stg_place_run(job, NULL, NULL, &result), STAGED_FAILED);
    assert_int_equal(result->place->failure, STAGED_PLACE_REFUSED);
    assert_string_equal(staged_completed_process_error(result),
                        "a command at 'whole' cannot be given input: have it read a file, or give "
                        "it none (</dev/null)");
    staged_completed_process_free(result);
    stg_place_job_free(job);
    assert_int_equal(asked.releases, 1);
}

static void test_limits(void **state)
{
    client_words[2] = "sleep 60";
    asked.waits = 1000000;
    asked.tells_end = true;
    asked.end = (staged_place_end){
        .size = sizeof asked.end, .failure = STAGED_PLACE_CANCELLED, .message = "it was cancelled"};
    /* Its time does not count while it waits. */
    staged_completed_process *result =
        run_at(state, "whole", OPTIONS(.grace_s = -1),
               &(stg_place_limits){.timeout_ns = 1, .wait_ns = 20000000}, STAGED_FAILED);
    assert_int_equal(result->place->failure, STAGED_PLACE_WAITED);
    assert_string_equal(staged_completed_process_error(result),
                        "waited 0.02 s for resources at 'whole' without beginning");
    assert_false(result->timed_out);
    assert_int_equal(asked.stops, 1);
    staged_completed_process_free(result);
    asked.waits = asked.stops = 0;
    result = run_at(state, "whole", OPTIONS(.grace_s = -1),
                    &(stg_place_limits){.timeout_ns = 20000000, .wait_ns = 1}, STAGED_TIMED_OUT);
    assert_true(result->timed_out);
    assert_int_equal(result->place->failure, STAGED_PLACE_OK);
    assert_int_equal(asked.stops, 1);
    staged_completed_process_free(result);
}

/* The signal that ends its client is ours, not the command's. */
static void test_a_wait_without_end(void **state)
{
    client_words[2] = "sleep 60";
    asked.waits = 1000000;
    staged_completed_process *result =
        run_at(state, "queue", OPTIONS(.grace_s = -1),
               &(stg_place_limits){.timeout_ns = INT64_MAX, .wait_ns = 20000000}, STAGED_FAILED);
    assert_int_equal(result->place->failure, STAGED_PLACE_WAITED);
    assert_int_equal(result->exit_code, 0);
    assert_int_equal(result->signal, 0);
    assert_string_equal(staged_completed_process_error(result),
                        "waited 0.02 s for resources at 'queue' without beginning");
    staged_completed_process_free(result);
}

static void test_a_limit_of_both(void **state)
{
    client_words[2] = "sleep 60";
    asked.waits = 1000000;
    asked.tells_end = true;
    asked.end = (staged_place_end){
        .size = sizeof asked.end, .failure = STAGED_PLACE_CANCELLED, .message = "it was cancelled"};
    const stg_place_limits both = {
        .timeout_ns = INT64_MAX, .wait_ns = INT64_MAX, .whole_ns = 20000000};
    staged_completed_process *result =
        run_at(state, "whole", OPTIONS(.grace_s = -1), &both, STAGED_FAILED);
    assert_string_equal(staged_completed_process_error(result),
                        "waited 0.02 s for resources at 'whole' without beginning");
    staged_completed_process_free(result);
    asked.waits = asked.stops = 0;
    result = run_at(state, "whole", OPTIONS(.grace_s = -1), &both, STAGED_TIMED_OUT);
    assert_true(result->timed_out);
    staged_completed_process_free(result);
}

static void refuse(void **state, const staged_process_options *options, const char *message)
{
    stg_place *place;
    stg_place_job *job;
    stg_error error = {0};
    assert_int_equal(stg_places_find(*state, "simple", &place, &error), STAGED_OK);
    assert_int_equal(
        stg_place_begin(place, options, "/folder", "name", NULL, &no_limits, NULL, &job, &error),
        STAGED_FAILED);
    assert_string_equal(stg_error_text(&error), message);
    assert_non_null(job);
    staged_completed_process *result;
    assert_int_equal(stg_place_run(job, NULL, NULL, &result), STAGED_FAILED);
    assert_int_equal(result->place->failure, STAGED_PLACE_REFUSED);
    assert_string_equal(staged_completed_process_error(result), message);
    staged_completed_process_free(result);
    stg_place_job_free(job);
    stg_error_free(&error);
}

static void test_what_a_place_cannot_have(void **state)
{
    refuse(state, OPTIONS(.nice = 5),
           "a command at 'simple' cannot have another niceness: put nice before the command");
    refuse(state, OPTIONS(.user = "nobody"),
           "a command at 'simple' cannot have another user or group: have the place log in as that "
           "user, or use sudo there");
    refuse(state, OPTIONS(.keep_descriptors = (const int[]){5}, .keep_count = 1),
           "a command at 'simple' cannot have other descriptors than the three standard ones");
}

static void test_a_line_with_a_secret_is_no_argument(void **state)
{
    staged_secrets *secrets = staged_secrets_new();
    assert_int_equal(staged_secrets_add(secrets, "hunter2222", 10), STAGED_OK);
    staged_completed_process *result =
        run_at(state, "simple",
               STAGED_OPTIONS(staged_process_options, .command = "login hunter2222",
                              .secrets = secrets, .output = STAGED_STREAM(STAGED_STREAM_CAPTURE),
                              .error_output = STAGED_STREAM(STAGED_STREAM_CAPTURE)),
               &no_limits, STAGED_OK);
    assert_string_equal(asked.words, "/bin/sh|-c|eval \"unset STAGED_LINE; $STAGED_LINE\"|");
    assert_string_equal(asked.environment, "STAGED_LINE=login hunter2222|");
    staged_completed_process_free(result);
    staged_secrets_free(secrets);
}

TEST_GROUP(job)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_the_client_stands_for_the_command, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_the_kind_knows_the_end, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_failure_of_the_place_is_no_exit_code, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_a_client_that_cannot_be_started, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_failed_beginning, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_failures_by_status, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_input, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_limits, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_wait_without_end, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_limit_of_both, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_what_a_place_cannot_have, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_line_with_a_secret_is_no_argument, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
