/* SPDX-License-Identifier: BSD-3-Clause */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "script/fixture.h"
#include "support/cmocka_all.h"
#include "support/torture.h"

static staged_each_options options;
static const staged_each_result *result;
static staged_status answer;
static char folder[64];

static staged_status body(staged_call *c)
{
    options.size = sizeof options;
    options.result = &result;
    return answer = staged_each_with(c->script, &options);
}

static const staged_class eaching = {
    STAGED_CLASS("Eaching"),
    .methods = STAGED_METHODS(STAGED_STAGE("go", "Going", body)),
};

static staged_script *run_on(virtual_clock *clock, const char *const *words, int exit_status)
{
    staged_script *script = fixture_script(&eaching, NULL, clock);
    assert_int_equal(fixture_run(script, words), exit_status);
    return script;
}

/* The result belongs to its script: until the next one. */
static staged_script *kept;

static void keep(staged_script *script)
{
    staged_script_free(kept);
    kept = script;
}

/* Runs the stage with some options.  Returns the script, to be kept. */
static staged_script *run(const staged_each_options *wanted, int exit_status)
{
    options = *wanted;
    return run_on(NULL, STAGED_TEXTS("--stage", "go"), exit_status);
}
#define RUN(exit_status, ...) run(STAGED_OPTIONS(staged_each_options, __VA_ARGS__), exit_status)
#define SH(line) .words = STAGED_TEXTS("sh", "-c", line, "sh")

/* In one line, without the frames of panels and what fills lines. */
static char *plain(const char *text)
{
    static const char frame[] = "\xe2\x94\x82";
    char *line = malloc(strlen(text) + 1);
    size_t length = 0;
    while (*text != '\0') {
        const bool is_frame = strncmp(text, frame, sizeof frame - 1) == 0;
        const bool is_blank = is_frame || *text == ' ' || *text == '\n';
        if (!is_blank)
            line[length++] = *text;
        else if (length > 0 && line[length - 1] != ' ')
            line[length++] = ' ';
        text += is_frame ? sizeof frame - 1 : 1;
    }
    line[length] = '\0';
    return line;
}

static bool shows(staged_script *script, const char *text)
{
    char *all = plain(fixture_output(script));
    char *wanted = plain(text);
    const bool found = strstr(all, wanted) != NULL;
    free(all);
    free(wanted);
    return found;
}

static void assert_counts(size_t passed, size_t failed, size_t not_run)
{
    assert_int_equal(staged_each_result_passed(result), passed);
    assert_int_equal(staged_each_result_failed(result), failed);
    assert_int_equal(staged_each_result_not_run(result), not_run);
    assert_int_equal(staged_each_result_earlier(result), 0);
}

/* ---- A folder of the test's own ---- */

static int make_folder(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/staged-test-XXXXXX");
    return mkdtemp(folder) == NULL || setenv("F", folder, 1) != 0;
}

static int remove_folder(void **state)
{
    (void)state;
    keep(NULL);
    char command[128];
    (void)snprintf(command, sizeof command, "rm -rf '%s'", folder);
    return system(command);
}

static void make_pipe(const char *name)
{
    char path[128];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    assert_int_equal(mkfifo(path, 0600), 0);
}

static const char *make_file(const char *bytes, size_t length)
{
    static char path[128];
    (void)snprintf(path, sizeof path, "%s/items", folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    (void)fclose(file);
    return path;
}

/* ---- Words ---- */

static void test_words(void **state)
{
    (void)state;
    const char *const *two = STAGED_TEXTS("x y", "it's");
    keep(RUN(0, .words = STAGED_TEXTS("printf", "[%s]"), .items = two, .jobs = 1));
    assert_string_equal(fixture_printed(), "[x y][it's]");
    keep(RUN(0, .words = STAGED_TEXTS("printf", "[%s]", "{}.o", "-{}-{}", "end"), .items = two,
             .jobs = 1));
    assert_string_equal(fixture_printed(), "[x y.o][-x y-x y][end][it's.o][-it's-it's][end]");
    assert_counts(2, 0, 0);
    assert_null(staged_each_result_failure(result, 0));
}

static const char *const *make_words(staged_script *script, const char *item, void *context)
{
    static const char *words[4];
    assert_ptr_equal(context, folder);
    words[0] = "printf";
    words[1] = "<%s>";
    words[2] = item;
    if (strcmp(item, "bad") != 0)
        return words;
    return staged_fail(script, "no words for it") == STAGED_FAILED ? NULL : words;
}

static void test_words_of_a_function(void **state)
{
    (void)state;
    keep(RUN(0, .make_words = make_words, .context = folder,
             .items = STAGED_TEXTS("", "a\nb", "-n"), .jobs = 1));
    assert_string_equal(fixture_printed(), "<><a\nb><-n>");
    staged_script *script = RUN(1, .make_words = make_words, .context = folder, .jobs = 1,
                                .items = STAGED_TEXTS("a", "bad", "c"));
    assert_true(shows(script, "no words for it"));
    assert_counts(1, 1, 1);
    keep(script);
}

/* ---- Items ---- */

static void test_lines_of_a_file(void **state)
{
    (void)state;
    static const char lines[] = "one\n\n two \nlast";
    keep(RUN(0, .words = STAGED_TEXTS("printf", "[%s]"), .jobs = 1,
             .file = make_file(lines, sizeof lines - 1)));
    assert_string_equal(fixture_printed(), "[one][ two ][last]");
    keep(RUN(0, .words = STAGED_TEXTS("printf", "[%s]"), .jobs = 1, .file = make_file("", 0)));
    assert_counts(0, 0, 0);
}

static void test_items_that_end_with_nul(void **state)
{
    (void)state;
    static const char items[] = "a\nb\0\0-\0last";
    keep(RUN(0, .words = STAGED_TEXTS("printf", "[%s]"), .jobs = 1,
             .file = make_file(items, sizeof items - 1), .null_separated = true));
    assert_string_equal(fixture_printed(), "[a\nb][][-][last]");
}

static void test_items_of_a_pipe(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "one\ntwo\nthree", 13), 13);
    close(ends[1]);
    staged_script *script = RUN(0, .words = STAGED_TEXTS("printf", "[%s]"), .jobs = 1,
                                .descriptor = ends[0], .reads = true, .name = "those");
    assert_string_equal(fixture_printed(), "[one][two][three]");
    assert_true(shows(script, "those:  3 passed in "));
    close(ends[0]);
    keep(script);
}

/* An item that is long enough to be read in several pieces. */
static void test_long_item(void **state)
{
    (void)state;
    enum { LENGTH = 100000 };
    char *text = malloc(LENGTH + 3);
    memset(text, 'x', LENGTH);
    memcpy(text + LENGTH, "\ny\n", 3);
    keep(RUN(0, SH("echo ${#1}"), .jobs = 1, .file = make_file(text, LENGTH + 3)));
    assert_string_equal(fixture_printed(), "100000\n1\n");
    free(text);
}

static void test_items_that_cannot_be_read(void **state)
{
    (void)state;
    staged_script *script = RUN(1, .words = STAGED_TEXTS("true"), .file = "no/such/file");
    assert_true(shows(script, "cannot read the items in 'no/such/file'"));
    assert_null(result);
    keep(script);
    script = RUN(1, .words = STAGED_TEXTS("true"), .file = make_file("a\nb\0c\n", 6), .jobs = 1);
    assert_true(shows(script, "an item contains a NUL byte: b..."));
    assert_counts(1, 0, 1);
    keep(script);
    script = RUN(1, .words = STAGED_TEXTS("true"), .file = folder);
    assert_true(shows(script, "cannot read the items: "));
    keep(script);
}

/* ---- Output ---- */

/* Both run at a time, and write in turns. */
static void test_whole_outputs(void **state)
{
    (void)state;
    make_pipe("p");
    make_pipe("q");
    keep(RUN(0,
             SH("echo $1 begins; if test $1 = a; then : >$F/p; read x <$F/q; else "
                "read x <$F/p; echo >$F/q; fi; echo $1 ends >&2"),
             .items = STAGED_TEXTS("a", "b"), .jobs = 2));
    assert_non_null(strstr(fixture_printed(), "a begins\na ends\n"));
    assert_non_null(strstr(fixture_printed(), "b begins\nb ends\n"));
}

/* The first one ends when the last one runs. */
static void run_first_last(bool keep_order)
{
    keep(RUN(0, SH("case $1 in a) read x <$F/r ;; c) echo >$F/r ;; esac; echo $1"),
             .items = STAGED_TEXTS("a", "b", "c"), .jobs = 2, .keep_order = keep_order));
}

static void test_order(void **state)
{
    (void)state;
    make_pipe("r");
    run_first_last(true);
    assert_string_equal(fixture_printed(), "a\nb\nc\n");
    run_first_last(false);
    assert_int_equal(fixture_printed()[0], 'b');
}

/* What waits for the first one is bounded. */
static void test_order_of_many(void **state)
{
    (void)state;
    make_pipe("s");
    assert_int_equal(system("for i in $(seq 300); do echo $i; done >$F/numbers"), 0);
    char path[128];
    (void)snprintf(path, sizeof path, "%s/numbers", folder);
    keep(RUN(0, SH("case $1 in 1) read x <$F/s ;; 99) echo >$F/s ;; esac; echo $1"), .file = path,
             .jobs = 3, .keep_order = true));
    char expected[2048] = "";
    for (int i = 1; i <= 300; i++)
        (void)snprintf(expected + strlen(expected), 8, "%d\n", i);
    assert_string_equal(fixture_printed(), expected);
}

static void test_quiet(void **state)
{
    (void)state;
    staged_script *script = RUN(1, SH("echo $1; test $1 = a"), .items = STAGED_TEXTS("a", "b"),
                                .jobs = 1, .quiet = true);
    assert_string_equal(fixture_printed(), "b\n");
    assert_true(shows(script, "b failed:  exit code 1"));
    keep(script);
}

/* ---- Failures ---- */

static void test_failures(void **state)
{
    (void)state;
    staged_script *script = RUN(1, SH("case $1 in a) exit 3 ;; b) kill -9 $$ ;; esac"),
                                .items = STAGED_TEXTS("a", "b", "c"), .jobs = 1, .name = "all");
    assert_int_equal(answer, STAGED_FAILED);
    assert_counts(1, 2, 0);
    const staged_failed_item *failed = staged_each_result_failure(result, 0);
    assert_string_equal(failed->item, "a");
    assert_string_equal(failed->failure, "exit code 3");
    assert_int_equal(failed->exit_code, 3);
    assert_int_equal(failed->attempts, 1);
    assert_int_equal(failed->index, 0);
    failed = staged_each_result_failure(result, 1);
    assert_string_equal(failed->failure, "killed by signal 9 (SIGKILL)");
    assert_int_equal(failed->exit_code, -9);
    assert_int_equal(failed->index, 1);
    assert_null(staged_each_result_failure(result, 2));
    assert_true(staged_each_result_duration_ns(result) > 0);
    assert_true(shows(script, "all:  2 of 3 items failed"));
    assert_true(shows(script, "all:  1 passed, 2 failed in "));
    keep(script);
}

static void test_failures_that_are_fine(void **state)
{
    (void)state;
    keep(RUN(0, .words = STAGED_TEXTS("false"), .items = STAGED_TEXTS("a"), .check = STAGED_NO));
    assert_counts(0, 1, 0);
    static const int codes[] = {1};
    keep(RUN(0, .words = STAGED_TEXTS("false"), .items = STAGED_TEXTS("a"),
             .process = STAGED_OPTIONS(staged_process_options, .expected_codes = codes,
                                       .expected_count = 1)));
    assert_counts(1, 0, 0);
}

static void test_no_such_program(void **state)
{
    (void)state;
    staged_script *script =
        RUN(1, .words = STAGED_TEXTS("no-such-program"), .items = STAGED_TEXTS("a"));
    assert_string_equal(staged_each_result_failure(result, 0)->failure,
                        "cannot run 'no-such-program': no such program");
    keep(script);
}

static void test_timeout(void **state)
{
    (void)state;
    staged_script *script =
        RUN(1, .words = STAGED_TEXTS("sleep"), .items = STAGED_TEXTS("1000"), .timeout_s = 0.05);
    assert_true(staged_each_result_failure(result, 0)->timed_out);
    assert_memory_equal(staged_each_result_failure(result, 0)->failure, "timed out after 0.", 18);
    keep(script);
}

/* More than are listed. */
static void test_many_failures(void **state)
{
    (void)state;
    assert_int_equal(system("for i in $(seq 103); do echo $i; done >$F/numbers"), 0);
    char path[128];
    (void)snprintf(path, sizeof path, "%s/numbers", folder);
    staged_script *script = RUN(1, .words = STAGED_TEXTS("false"), .file = path);
    assert_counts(0, 103, 0);
    assert_non_null(staged_each_result_failure(result, 99));
    assert_null(staged_each_result_failure(result, 100));
    assert_true(shows(script, "... and 3 more."));
    keep(script);
}

/* ---- Attempts ---- */

static void test_attempts(void **state)
{
    (void)state;
    virtual_clock clock;
    virtual_clock_init(&clock);
    options = *STAGED_OPTIONS(
        staged_each_options,
        SH("echo $1; test $1 = never && exit 5; test -e $F/tried || { : >$F/tried; exit 1; }"),
        .items = STAGED_TEXTS("second", "never"), .jobs = 1, .attempts = 2, .delay_s = 30);
    staged_script *script = run_on(&clock, STAGED_TEXTS("--stage", "go"), 1);
    assert_string_equal(fixture_printed(), "second\nsecond\nnever\nnever\n");
    assert_int_equal(clock.now_ns, INT64_C(60000000000));
    assert_counts(1, 1, 0);
    assert_int_equal(staged_each_result_failure(result, 0)->attempts, 2);
    assert_int_equal(staged_each_result_failure(result, 0)->duration_ns, INT64_C(30000000000));
    assert_true(shows(script, "never failed:  exit code 5 (2 attempts)"));
    keep(script);
}

/* ---- What ends all ---- */

static void test_halt(void **state)
{
    (void)state;
    const char *const *five = STAGED_TEXTS("1", "2", "3", "4", "5");
    staged_script *script =
        RUN(1, SH("test $1 != 2"), .items = five, .jobs = 1, .halt_failures = 1, .name = "five");
    assert_counts(1, 1, 3);
    assert_true(shows(script, "five:  1 of 5 items failed, which is the limit"));
    assert_true(shows(script, "1 passed, 1 failed, 3 not run in"));
    assert_true(shows(script, "Not run: the items from '3' on."));
    keep(script);
    keep(RUN(1, .words = STAGED_TEXTS("false"), .items = five, .jobs = 1, .halt_failures = 3));
    assert_counts(0, 3, 2);
    keep(RUN(1, .words = STAGED_TEXTS("false"), .items = five, .jobs = 1, .halt_percent = 40));
    assert_counts(0, 2, 3);
}

/* A part of a number that is not known yet. */
static void test_halt_at_a_part(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    for (int i = 0; i < 20; i++)
        assert_int_equal(write(ends[1], "x\n", 2), 2);
    close(ends[1]);
    staged_script *script = RUN(1, .words = STAGED_TEXTS("false"), .descriptor = ends[0],
                                .reads = true, .jobs = 1, .halt_percent = 1);
    close(ends[0]);
    assert_counts(0, 10, 0);
    assert_true(shows(script, "further items not run"));
    keep(script);
}

/* What runs beside the one that failed ends with it. */
static void test_halt_ends_the_rest(void **state)
{
    (void)state;
    make_pipe("t");
    keep(RUN(1, SH("case $1 in a) echo >$F/t; exec sleep 1000 ;; *) read x <$F/t; exit 1 ;; esac"),
             .items = STAGED_TEXTS("a", "b", "c"), .jobs = 2, .halt_failures = 1));
    assert_counts(0, 2, 1);
    assert_string_equal(staged_each_result_failure(result, 1)->failure, "ended with all others");
}

static staged_status too_late(staged_call *c)
{
    STAGED_TRY(staged_stage_set_time_limit(c->script, "go", 5));
    virtual_clock_pass(staged_script_clock(c->script)->context, 6);
    return body(c);
}

static const staged_class late = {
    STAGED_CLASS("Late"),
    .methods = STAGED_METHODS(STAGED_STAGE("go", "Going", too_late)),
};

static void test_time_limit(void **state)
{
    (void)state;
    virtual_clock clock;
    virtual_clock_init(&clock);
    options = *STAGED_OPTIONS(staged_each_options, .words = STAGED_TEXTS("true"),
                              .items = STAGED_TEXTS("a", "b"));
    staged_script *script = fixture_script(&late, NULL, &clock);
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", "go")), 1);
    assert_counts(0, 0, 2);
    assert_true(shows(script, "exceeded its time limit of 5 s"));
    keep(script);
}

/* ---- What is said ---- */

static void test_lines_now_and_then(void **state)
{
    (void)state;
    virtual_clock clock;
    virtual_clock_init(&clock);
    clock.step_ns = 10000000000;
    options = *STAGED_OPTIONS(staged_each_options, .words = STAGED_TEXTS("true"), .name = "slow",
                              .items = STAGED_TEXTS("a", "b", "c"), .jobs = 1);
    staged_script *script = run_on(&clock, STAGED_TEXTS("--stage", "go"), 0);
    assert_true(shows(script, "slow:  1 of 3, 0.0/s, "));
    assert_true(shows(script, " s left"));
    keep(script);
}

static void test_dry_run(void **state)
{
    (void)state;
    options = *STAGED_OPTIONS(staged_each_options, .words = STAGED_TEXTS("touch", "{}"),
                              .items = STAGED_TEXTS("a", "b"), .jobs = 3);
    staged_script *script = run_on(NULL, STAGED_TEXTS("--stage", "go", "--dry-run"), 0);
    assert_true(shows(script, "Would run 2 items, 3 at a time:  touch '{}'"));
    assert_null(result);
    keep(script);
    options = *STAGED_OPTIONS(staged_each_options, .make_words = make_words, .name = "those",
                              .file = "not/made/yet", .jobs = 1);
    script = run_on(NULL, STAGED_TEXTS("--stage", "go", "--dry-run"), 0);
    assert_true(shows(script, "Would run the items of not/made/yet, 1 at a time:  those"));
    keep(script);
}

static staged_status with_secret(staged_call *c)
{
    STAGED_TRY(staged_script_add_secret(c->script, "hunter2hunter2"));
    return body(c);
}

static const staged_class secretive = {
    STAGED_CLASS("Secretive"),
    .methods = STAGED_METHODS(STAGED_STAGE("go", "Going", with_secret)),
};

static void test_secrets(void **state)
{
    (void)state;
    options = *STAGED_OPTIONS(staged_each_options, SH("echo $1; exit 1"),
                              .items = STAGED_TEXTS("hunter2hunter2"));
    staged_script *script = fixture_script(&secretive, NULL, NULL);
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", "go")), 1);
    assert_string_equal(fixture_printed(), "***\n");
    assert_null(strstr(fixture_output(script), "hunter2"));
    assert_string_equal(staged_each_result_failure(result, 0)->item, "***");
    keep(script);
}

static int told[3];

static void note(void *context, const staged_event *event)
{
    (void)context;
    if (event->each == NULL)
        return;
    told[event->kind - STAGED_EVENT_EACH_BEGIN]++;
    assert_string_equal(event->each->name, "true");
    assert_int_equal(event->each->number, 1);
    assert_int_equal(event->each->total, 2);
    if (event->kind == STAGED_EVENT_ITEM) {
        assert_string_equal(event->each->item, event->each->index == 0 ? "a" : "b");
        assert_int_equal(event->outcome, STAGED_OUTCOME_PASSED);
        assert_int_equal(event->process->exit_code, 0);
    }
    if (event->kind == STAGED_EVENT_EACH_END)
        assert_int_equal(event->each->passed, 2);
}

static void test_events(void **state)
{
    (void)state;
    options = *STAGED_OPTIONS(staged_each_options, .words = STAGED_TEXTS("true"),
                              .items = STAGED_TEXTS("a", "b"));
    staged_script *script = fixture_script(&eaching, NULL, NULL);
    assert_int_equal(
        staged_script_add_observer(script, STAGED_OPTIONS(staged_observer, .notify = note)),
        STAGED_OK);
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", "go")), 0);
    assert_int_equal(told[0], 1);
    assert_int_equal(told[1], 2);
    assert_int_equal(told[2], 1);
    size_t count;
    assert_string_equal(staged_script_commands(script, &count)[0],
                        "# For each item of true:  true");
    keep(script);
}

/* ---- Mistakes ---- */

static void test_senseless_options(void **state)
{
    (void)state;
    const double no_number = strtod("nan", NULL);
    const char *const *words = STAGED_TEXTS("true");
    const char *const *items = STAGED_TEXTS("a");
#define SENSELESS(...)                                                                             \
    {                                                                                              \
        .size = sizeof(staged_each_options), __VA_ARGS__                                           \
    }
    const staged_each_options senseless[] = {
        SENSELESS(.items = items),
        SENSELESS(.words = STAGED_TEXTS(NULL), .items = items),
        SENSELESS(.words = words, .make_words = make_words, .items = items),
        SENSELESS(.words = words),
        SENSELESS(.words = words, .items = items, .file = "f"),
        SENSELESS(.words = words, .items = items, .delay_s = no_number),
        SENSELESS(.words = words, .items = items, .timeout_s = no_number),
        SENSELESS(.words = words, .items = items, .halt_percent = no_number),
        SENSELESS(.words = words, .items = items, .halt_percent = -1),
        SENSELESS(.words = words, .items = items, .attempts = -1),
        SENSELESS(.words = words, .items = items, .delay_s = -1),
        {.words = words, .items = items},
    };
    staged_script *script = fixture_script(&eaching, NULL, NULL);
    for (size_t i = 0; i < sizeof senseless / sizeof senseless[0]; i++)
        assert_int_equal(staged_each_with(script, &senseless[i]), STAGED_FAILED);
    assert_string_equal(fixture_output(script), "");
    keep(script);
}

static staged_status run_once(void *context)
{
    (void)context;
    staged_script *script = fixture_script(&eaching, NULL, NULL);
    if (script == NULL)
        return STAGED_NO_MEMORY;
    const staged_status status =
        staged_each_with(script, STAGED_OPTIONS(staged_each_options, SH("exit $1"), .attempts = 2,
                                                .items = STAGED_TEXTS("0", "1", "0"), .jobs = 2,
                                                .keep_order = true, .check = STAGED_NO));
    staged_script_free(script);
    /* That an item cannot be begun ends all. */
    return status == STAGED_FAILED ? STAGED_NO_MEMORY : status;
}

/* One item more or less has failed then; nothing is lost or left. */
static void test_out_of_memory(void **state)
{
    (void)state;
    assert_true(torture_forgiving(run_once, NULL) > 0);
}

TEST_GROUP(each)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_words_of_a_function),
        cmocka_unit_test(test_lines_of_a_file),
        cmocka_unit_test(test_items_that_end_with_nul),
        cmocka_unit_test(test_items_of_a_pipe),
        cmocka_unit_test(test_long_item),
        cmocka_unit_test(test_items_that_cannot_be_read),
        cmocka_unit_test(test_whole_outputs),
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_order_of_many),
        cmocka_unit_test(test_quiet),
        cmocka_unit_test(test_failures),
        cmocka_unit_test(test_failures_that_are_fine),
        cmocka_unit_test(test_no_such_program),
        cmocka_unit_test(test_timeout),
        cmocka_unit_test(test_many_failures),
        cmocka_unit_test(test_attempts),
        cmocka_unit_test(test_halt),
        cmocka_unit_test(test_halt_at_a_part),
        cmocka_unit_test(test_halt_ends_the_rest),
        cmocka_unit_test(test_time_limit),
        cmocka_unit_test(test_lines_now_and_then),
        cmocka_unit_test(test_dry_run),
        cmocka_unit_test(test_secrets),
        cmocka_unit_test(test_events),
        cmocka_unit_test(test_senseless_options),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
