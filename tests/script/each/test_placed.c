/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "script/each/each_fixture.h"
#include "support/cmocka_all.h"
#include "support/torture.h"

/* A place whose commands run here, after all.  What an item does is its last word:
 *   fail N    the place fails N times, and may recover
 *   cancel    the place says that somebody has cancelled it
 *   refuse    it cannot begin
 *   wait      waits for a connection before it begins
 *   anything else  runs */
typedef struct place_job {
    const char *words[8];
    char *copies[8];
    char item[32];
    bool is_stopped, has_waited;
} place_job;

static struct {
    int begun, stops, most, runs;
    char folder[512];
    char directory[64];
} seen;

static void release(void *given)
{
    place_job *job = given;
    for (size_t i = 0; job != NULL && i < sizeof job->copies / sizeof job->copies[0]; i++)
        free(job->copies[i]);
    free(job);
}

static staged_status begin(void *place, const staged_place_command *command,
                           staged_place_client *client, staged_place_end *failure)
{
    (void)place;
    struct stat facts;
    size_t count = 0;
    while (command->words[count + 1] != NULL)
        count++;
    seen.begun++;
    assert_int_equal(stat(command->folder, &facts), 0);
    (void)snprintf(seen.folder, sizeof seen.folder, "%s", command->folder);
    (void)snprintf(seen.directory, sizeof seen.directory, "%s",
                   command->directory == NULL ? "" : command->directory);
    if (strcmp(command->words[count], "refuse") == 0) {
        failure->failure = STAGED_PLACE_REFUSED;
        failure->message = "no node has a million CPUs";
        return STAGED_FAILED;
    }
    for (int i = 0; i < 2 && strcmp(command->words[count], "wait") == 0; i++)
        command->tell_waiting(command->teller, i == 0 ? "for a connection: no route" : "for more");
    place_job *job = calloc(1, sizeof *job);
    bool has_memory = job != NULL;
    for (size_t i = 0; has_memory && i <= count; i++) {
        job->words[i] = job->copies[i] = strdup(command->words[i]);
        has_memory = job->copies[i] != NULL;
    }
    if (!has_memory) {
        release(job);
        return STAGED_NO_MEMORY;
    }
    (void)snprintf(job->item, sizeof job->item, "%s", command->words[count]);
    client->job = job;
    client->words = job->words;
    seen.runs++;
    seen.most = seen.runs > seen.most ? seen.runs : seen.most;
    return STAGED_OK;
}

static void look(void *given, staged_place_look *look)
{
    place_job *job = given;
    /* The time until it runs does not count. */
    look->state = job->is_stopped   ? STAGED_PLACE_STATE_GONE
                  : job->has_waited ? STAGED_PLACE_STATE_RUNS
                                    : STAGED_PLACE_STATE_WAITS;
    job->has_waited = true;
    look->job = "4711";
    look->next_s = 0.01;
}

static void stop(void *given, double grace_s)
{
    place_job *job = given;
    (void)grace_s;
    seen.stops++;
    job->is_stopped = true;
}

static int failures_left;

static void end(void *given, int exit_code, staged_place_end *end)
{
    const place_job *job = given;
    seen.runs--;
    end->exit_code = exit_code;
    if (strcmp(job->item, "fail") == 0 && failures_left-- > 0) {
        end->failure = STAGED_PLACE_NODE;
        end->message = "the node n3 failed";
        end->may_pass = true;
    } else if (strcmp(job->item, "cancel") == 0) {
        end->failure = STAGED_PLACE_CANCELLED;
        end->message = "somebody cancelled it";
        end->left = "job 4711";
    }
}

static const staged_place_kind own = {.size = sizeof own,
                                      .needs_folder = true,
                                      .name = "own",
                                      .begin = begin,
                                      .look = look,
                                      .stop = stop,
                                      .end = end,
                                      .release = release};

static staged_status init(staged_call *c)
{
    STAGED_TRY(staged_super(c));
    STAGED_TRY(staged_script_add_place(c->script, "hpc", "slurm", NULL));
    STAGED_TRY(staged_script_add_place_kind(c->script, &own));
    return staged_script_add_place(c->script, "there", "own", NULL);
}

static const staged_class placed = {
    STAGED_CLASS("Placed"),
    .methods = STAGED_METHODS(STAGED_STAGE("go", "Going", each_body, .place = "there"),
                              STAGED_STAGE("stay", "Staying", each_body),
                              STAGED_ON(STAGED_HOOK_INIT, init)),
};

static staged_script *run(const char *const *words, int exit_status,
                          const staged_each_options *wanted)
{
    memset(&seen, 0, sizeof seen);
    each_options = *wanted;
    staged_script *script = fixture_script(&placed, NULL, NULL);
    assert_int_equal(fixture_run(script, words), exit_status);
    each_keep(script);
    return script;
}
#define RUN_THERE(exit_status, ...)                                                                \
    run(STAGED_TEXTS("--stage", "go"), exit_status,                                                \
        STAGED_OPTIONS(staged_each_options, __VA_ARGS__))

static const staged_failed_item *failed(size_t index)
{
    const staged_failed_item *item = staged_each_result_failure(each_result, index);
    assert_non_null(item);
    return item;
}

/* Without a record, what a place keeps lies there. */
static int make_folders(void **state)
{
    return each_make_folder(state) != 0 || setenv("XDG_STATE_HOME", each_folder, 1) != 0;
}

/* ---- Tests ---- */

static void test_many_at_once(void **state)
{
    (void)state;
    RUN_THERE(0, SH("echo a; sleep 0.05; echo $1"), .items = STAGED_TEXTS("1", "2", "3", "4", "5"),
              .jobs = 2, .keep_order = true);
    assert_string_equal(fixture_printed(), "a\n1\na\n2\na\n3\na\n4\na\n5\n");
    each_assert_counts(5, 0, 0);
    assert_int_equal(seen.begun, 5);
    assert_int_equal(seen.most, 2);
    assert_int_equal(seen.runs, 0);
    /* What the place keeps about an item goes with it. */
    assert_int_equal(access(seen.folder, F_OK), -1);
}

static void test_where(void **state)
{
    (void)state;
    each_options = (staged_each_options){0};
    (void)run(STAGED_TEXTS("--stage", "stay"), 0,
              STAGED_OPTIONS(staged_each_options, SH("true"), .items = STAGED_TEXTS("1")));
    assert_int_equal(seen.begun, 0);
    (void)run(STAGED_TEXTS("--stage", "stay"), 0,
              STAGED_OPTIONS(staged_each_options, SH("true"), .items = STAGED_TEXTS("1"),
                             .place = "there",
                             .process = STAGED_OPTIONS(staged_process_options, .directory = "/")));
    assert_int_equal(seen.begun, 1);
    assert_string_equal(seen.directory, "/");
    RUN_THERE(0, SH("true"), .items = STAGED_TEXTS("1"), .place = "here");
    assert_int_equal(seen.begun, 0);
    (void)run(STAGED_TEXTS("--stage", "stay", "--on", "stay=there"), 0,
              STAGED_OPTIONS(staged_each_options, SH("true"), .items = STAGED_TEXTS("1")));
    assert_int_equal(seen.begun, 1);
}

static void test_dry_run(void **state)
{
    (void)state;
    staged_script *script = run(STAGED_TEXTS("--stage", "go", "--dry-run"), 0,
                                STAGED_OPTIONS(staged_each_options, .words = STAGED_TEXTS("true"),
                                               .items = STAGED_TEXTS("1", "2"), .jobs = 3));
    assert_true(each_shows(script, "Would run 2 items on there, 3 at a time:  true"));
    assert_int_equal(seen.begun, 0);
}

/* The command's own code, and that of nobody else. */
static void test_ends(void **state)
{
    (void)state;
    RUN_THERE(1, SH("exit $1"), .items = STAGED_TEXTS("0", "255"), .jobs = 1);
    each_assert_counts(1, 1, 0);
    assert_int_equal(failed(0)->exit_code, 255);
    assert_string_equal(failed(0)->failure, "exit code 255");
}

/* A place that recovers costs no attempt. */
static void test_a_place_that_recovers(void **state)
{
    (void)state;
    failures_left = 2;
    RUN_THERE(0, SH("echo $1"), .items = STAGED_TEXTS("fail"));
    each_assert_counts(1, 0, 0);
    assert_int_equal(seen.begun, 3);
    assert_string_equal(fixture_printed(), "fail\nfail\nfail\n");
}

/* One that does not, at last does. */
static void test_a_place_that_does_not(void **state)
{
    (void)state;
    failures_left = 100;
    staged_script *script = RUN_THERE(1, SH("true"), .items = STAGED_TEXTS("fail"), .attempts = 2);
    assert_int_equal(seen.begun, 5);
    assert_int_equal(failed(0)->attempts, 2);
    assert_string_equal(failed(0)->failure, "the node n3 failed");
    assert_true(each_shows(script, "fail failed: the node n3 failed (2 attempts)"));
}

static void test_what_cannot_pass(void **state)
{
    (void)state;
    RUN_THERE(1, SH("true"), .items = STAGED_TEXTS("cancel", "refuse"), .jobs = 1);
    assert_int_equal(seen.begun, 2);
    each_assert_counts(0, 2, 0);
    assert_string_equal(failed(0)->failure, "somebody cancelled it; job 4711 may still run there");
    assert_string_equal(failed(1)->failure, "no node has a million CPUs");
}

static void test_waiting(void **state)
{
    (void)state;
    staged_script *script = RUN_THERE(0, SH("true"), .jobs = 1, .items = STAGED_TEXTS("1", "wait"));
    assert_true(each_shows(script, "On there:  waiting for a connection: no route."));
    assert_true(each_shows(script, "On there:  items run."));
    assert_false(each_shows(script, "for more"));
    script = RUN_THERE(0, SH("true"), .items = STAGED_TEXTS("1"));
    assert_false(each_shows(script, "items run."));
}

static char *left;

static void keep_left(void *context, const staged_event *event)
{
    (void)context;
    if (event->kind == STAGED_EVENT_EACH_END)
        left = event->each->left == NULL ? NULL : strdup(event->each->left);
}

static staged_status observe(staged_call *c)
{
    STAGED_TRY(init(c));
    return staged_script_add_observer(c->script,
                                      STAGED_OPTIONS(staged_observer, .notify = keep_left));
}

static const staged_class observed = {
    STAGED_CLASS("Observed"),
    .methods = STAGED_METHODS(STAGED_STAGE("go", "Going", each_body, .place = "there"),
                              STAGED_ON(STAGED_HOOK_INIT, observe)),
};

/* Once, although two items have left it. */
static void test_left(void **state)
{
    (void)state;
    each_options = *STAGED_OPTIONS(staged_each_options, SH("true"), .jobs = 1,
                                   .items = STAGED_TEXTS("cancel", "1", "cancel"));
    staged_script *script = fixture_script(&observed, NULL, NULL);
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", "go")), 1);
    each_keep(script);
    assert_true(each_shows(script, "Could not be ended on there:  job 4711 "));
    assert_non_null(left);
    assert_string_equal(left, "job 4711");
    free(left);
}

static void test_timeout(void **state)
{
    (void)state;
    RUN_THERE(1, SH("exec sleep 60"), .items = STAGED_TEXTS("1"), .timeout_s = 0.1,
              .process = STAGED_OPTIONS(staged_process_options, .grace_s = 0.1));
    assert_true(failed(0)->timed_out);
    assert_int_equal(seen.stops, 1);
    assert_int_equal(seen.runs, 0);
}

static void test_halt(void **state)
{
    (void)state;
    RUN_THERE(1, SH("[ $1 = 1 ] && exit 1; exec sleep 60"), .items = STAGED_TEXTS("2", "1", "3"),
              .jobs = 2, .halt_failures = 1);
    each_assert_counts(0, 2, 1);
    assert_int_equal(seen.stops, 1);
    assert_int_equal(seen.runs, 0);
}

static void test_what_a_place_cannot_have(void **state)
{
    (void)state;
    staged_script *script = RUN_THERE(1, SH("true"), .items = STAGED_TEXTS("1"),
                                      .process = STAGED_OPTIONS(staged_process_options, .nice = 3));
    assert_true(each_shows(script, "a command at 'there' cannot have another niceness"));
    assert_int_equal(seen.begun, 0);
    script = RUN_THERE(
        1, SH("true"), .items = STAGED_TEXTS("1"),
        .process = STAGED_OPTIONS(staged_process_options, .environment = STAGED_TEXTS("NAME")));
    assert_true(each_shows(script, "environment: 'NAME' is not NAME=value"));
    assert_int_equal(seen.begun, 0);
    script = RUN_THERE(1, SH("true"), .items = STAGED_TEXTS("1"), .place = "nowhere");
    assert_true(each_shows(script, "nowhere"));
}

/* Before anything of Slurm is needed. */
static void test_variables_that_no_shell_passes_on(void **state)
{
    (void)state;
    const staged_process_options sets = {.size = sizeof sets,
                                         .environment = STAGED_TEXTS("GOOD=1", "A.B=hidden-value")};
    const staged_process_options unsets = {.size = sizeof unsets, .without = STAGED_TEXTS("UID")};
    staged_script *script =
        RUN_THERE(1, SH("true"), .items = STAGED_TEXTS("1"), .place = "hpc", .process = &sets);
    assert_true(each_shows(script, "the shell that starts the command there cannot have a "
                                   "variable 'A.B': use letters, digits and '_' in its name"));
    assert_false(each_shows(script, "hidden-value"));
    script =
        RUN_THERE(1, SH("true"), .items = STAGED_TEXTS("1"), .place = "hpc", .process = &unsets);
    assert_true(each_shows(script, "uses the variable 'UID' itself, so it cannot be unset"));
    /* A place that starts commands itself may have them. */
    RUN_THERE(0, SH("true"), .items = STAGED_TEXTS("1"), .process = &sets);
    assert_int_equal(seen.begun, 1);
}

static staged_status run_once(void *context)
{
    (void)context;
    memset(&seen, 0, sizeof seen);
    failures_left = 1;
    staged_script *script = fixture_script(&placed, NULL, NULL);
    if (script == NULL)
        return STAGED_NO_MEMORY;
    const staged_status status = staged_each_with(
        script, STAGED_OPTIONS(staged_each_options, SH("exit $1"), .attempts = 2, .jobs = 2,
                               .items = STAGED_TEXTS("0", "1", "refuse"), .place = "there",
                               .check = STAGED_NO));
    staged_script_free(script);
    return status == STAGED_FAILED ? STAGED_NO_MEMORY : status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_true(torture_forgiving(run_once, NULL) > 0);
}

TEST_GROUP(placed)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_many_at_once),
        cmocka_unit_test(test_where),
        cmocka_unit_test(test_dry_run),
        cmocka_unit_test(test_ends),
        cmocka_unit_test(test_a_place_that_recovers),
        cmocka_unit_test(test_a_place_that_does_not),
        cmocka_unit_test(test_what_cannot_pass),
        cmocka_unit_test(test_waiting),
        cmocka_unit_test(test_left),
        cmocka_unit_test(test_timeout),
        cmocka_unit_test(test_halt),
        cmocka_unit_test(test_what_a_place_cannot_have),
        cmocka_unit_test(test_variables_that_no_shell_passes_on),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests(tests, make_folders, each_remove_folder);
}
