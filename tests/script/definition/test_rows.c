/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What the rows of a class's table can say, and classes that are made at run time. */
#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "script/fixture.h"
#include "support/cmocka_all.h"

/* ---- Another language: all rows are one trampoline ---- */

/* What an interpreter would keep of a function: here, what it says and what it calls. */
typedef struct guest_function {
    const char *says;
    bool calls_super;
    const char *method; /* that it expects to be called as */
} guest_function;

typedef struct guest {
    int made_by_init;
} guest;

static staged_status trampoline(staged_call *c)
{
    const guest_function *function = c->context;
    guest *interpreter = staged_script_user(c->script);
    assert_string_equal(c->method, function->method);
    if (strcmp(c->method, STAGED_HOOK_INIT) == 0)
        interpreter->made_by_init++;
    if (function->calls_super)
        STAGED_TRY(staged_super(c));
    return staged_log_at(c->script, &(staged_location){"guest.sh", 7}, "%s in '%s'", function->says,
                         c->stage);
}

static guest_function base_build = {"base builds", false, STAGED_HOOK_BODY};
static guest_function base_end = {"base ends", true, STAGED_HOOK_END_STAGE};
static guest_function base_greet = {"base greets", false, "greet"};
static guest_function own_build = {"own builds", true, STAGED_HOOK_BODY};
static guest_function own_end = {"own ends build", true, STAGED_HOOK_END_STAGE};
static guest_function own_init = {"own begins", true, STAGED_HOOK_INIT};
static guest_function own_greet = {"own greets", true, "greet"};

static staged_method *add_row(staged_method *row, staged_method_kind kind, const char *name,
                              const char *stage, guest_function *function)
{
    *row = (staged_method){.kind = kind,
                           .name = name,
                           .stage = stage,
                           .heading = stage,
                           .file = "guest.sh",
                           .line = 1,
                           .function = trampoline,
                           .context = function,
                           .by_default = true};
    return row + 1;
}

static void test_a_class_made_at_run_time(void **state)
{
    (void)state;
    staged_method *base_rows = calloc(4, sizeof *base_rows);
    staged_method *own_rows = calloc(5, sizeof *own_rows);
    assert_true(base_rows != NULL && own_rows != NULL);
    staged_method *row = base_rows;
    row = add_row(row, STAGED_METHOD_KIND_STAGE, STAGED_HOOK_BODY, "build", &base_build);
    row = add_row(row, STAGED_METHOD_KIND_OVERRIDE, STAGED_HOOK_END_STAGE, NULL, &base_end);
    (void)add_row(row, STAGED_METHOD_KIND_METHOD, "greet", NULL, &base_greet);
    row = own_rows;
    row = add_row(row, STAGED_METHOD_KIND_STAGE, STAGED_HOOK_BODY, "build", &own_build);
    row = add_row(row, STAGED_METHOD_KIND_OVERRIDE, STAGED_HOOK_END_STAGE, "build", &own_end);
    row = add_row(row, STAGED_METHOD_KIND_OVERRIDE, STAGED_HOOK_INIT, NULL, &own_init);
    (void)add_row(row, STAGED_METHOD_KIND_OVERRIDE, "greet", NULL, &own_greet);

    const staged_class base = {STAGED_CLASS("Base"), .methods = {base_rows, sizeof *base_rows}};
    const staged_class *const bases[] = {&base, NULL};
    const staged_class own = {STAGED_CLASS("Own"), .bases = bases,
                              .methods = {own_rows, sizeof *own_rows}};
    guest interpreter = {0};
    staged_script *script = staged_script_new(
        &own, STAGED_OPTIONS(
                  staged_script_options, .user = &interpreter,
                  .console = STAGED_OPTIONS(staged_console_options, .to_text = true, .width = 80)));
    assert_non_null(script);
    assert_int_equal(interpreter.made_by_init, 1);
    assert_int_equal(fixture_run(script, (const char *const[]){NULL}), 0);
    assert_int_equal(staged_script_call(script, "greet", NULL), STAGED_OK);
    const char *output = fixture_output(script);
    static const char *const said[] = {"own begins in ''",       "base builds in 'build'",
                                       "own builds in 'build'",  "stage duration",
                                       "base ends in 'build'",   "own ends build in 'build'",
                                       "base greets in 'build'", "own greets in 'build'"};
    for (size_t i = 0; i < sizeof said / sizeof said[0]; i++) {
        output = strstr(output, said[i]);
        assert_non_null(output);
    }
    staged_script *inner = staged_script_new_inner(script, NULL, &own);
    assert_ptr_equal(staged_script_user(inner), &interpreter);
    staged_script_free(script);
    free(own_rows);
    free(base_rows);
}

/* ---- A library that is newer than the program ---- */

/* The row as it may have been once: what has come since is not there. */
typedef struct old_row {
    staged_method_kind kind;
    const char *name;
    const char *stage;
    const char *heading;
    const char *file;
    int line;
    staged_function *function;
} old_row;

static staged_status say_old(staged_call *c)
{
    return staged_log(c->script, "an old row, with context %s", c->context == NULL ? "no" : "some");
}

static void test_shorter_rows(void **state)
{
    (void)state;
    static const old_row rows[] = {
        {STAGED_METHOD_KIND_STAGE, STAGED_HOOK_BODY, "one", "One", "old.c", 3, say_old},
        {STAGED_METHOD_KIND_STAGE, STAGED_HOOK_BODY, "two", "Two", "old.c", 4, say_old},
        {0}};
    assert_int_equal(offsetof(old_row, function), offsetof(staged_method, function));
    const staged_class old = {
        STAGED_CLASS("Old"),
        .methods = {(const staged_method *)(const void *)rows, sizeof rows[0]}};
    staged_script *script = fixture_script(&old, NULL, NULL);
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", "two")), 0);
    assert_non_null(strstr(fixture_output(script), "an old row, with context no"));
    staged_script_free(script);
}

/* ---- Settings of stages ---- */

static staged_status fail_always(staged_call *c)
{
    (void)c;
    return STAGED_RETRY;
}

static staged_status nothing(staged_call *c)
{
    (void)c;
    return STAGED_OK;
}

static const staged_class settled = {
    STAGED_CLASS("Settled"),
    .methods = STAGED_METHODS(
        STAGED_STAGE_RUN("hello", "Greeting", "echo 'Hello World'", .by_default = true),
        STAGED_STAGE("flaky", "Trying", fail_always, .by_default = true, .may_fail = true,
                     .retry_attempts = 2, .retry_delay_s = 1.5, .retry_timeout_s = 90),
        STAGED_STAGE("other", "Doing otherwise", nothing, .time_limit_s = 7)),
};

static void test_settings_in_the_row(void **state)
{
    (void)state;
    virtual_clock clock;
    virtual_clock_init(&clock);
    staged_script *script = fixture_script(&settled, NULL, &clock);
    assert_int_equal(fixture_run(script, (const char *const[]){NULL}), 0);
    assert_int_equal(staged_stage_outcome(script, "hello"), STAGED_OUTCOME_PASSED);
    assert_int_equal(staged_stage_outcome(script, "flaky"), STAGED_OUTCOME_ABANDONED);
    assert_int_equal(staged_stage_outcome(script, "other"), STAGED_OUTCOME_SKIPPED);
    assert_int_equal(staged_stage_statistics(script, "flaky")->attempts, 3);
    assert_int_equal(clock.sleeps, 2);
    assert_true(staged_stage_time_limit(script, "other") == 7);
    size_t count;
    assert_string_equal(staged_script_commands(script, &count)[0], "echo 'Hello World'");
    assert_int_equal(count, 1);
    staged_script_free(script);
}

static void test_the_command_line_says_more(void **state)
{
    (void)state;
    virtual_clock clock;
    virtual_clock_init(&clock);
    staged_script *script = fixture_script(&settled, NULL, &clock);
    assert_int_equal(
        fixture_run(script, STAGED_TEXTS("--stage", "flaky", "--flaky-retry-attempts", "1")), 0);
    assert_int_equal(staged_stage_statistics(script, "flaky")->attempts, 2);
    const staged_retry_settings settings = staged_stage_retry(script, "flaky");
    assert_true(settings.delay_s == 1.5 && settings.timeout_s == 90);
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--help")), 0);
    /* That one stage is retried means that the others are not. */
    assert_null(strstr(fixture_printed(), "other-retry-attempts"));
    assert_non_null(strstr(fixture_printed(), "(default: ['hello', 'flaky'])"));
    assert_non_null(strstr(fixture_printed(), "(default: 1.5)"));
    assert_non_null(strstr(fixture_printed(), "(default: 90)"));
    staged_script_free(script);
}

static staged_status find_no_pod(staged_call *c)
{
    return staged_retry(c->script, "no pod is named %s", "[red]");
}

static const staged_class reasoned = {
    STAGED_CLASS("Reasoned"),
    .methods = STAGED_METHODS(
        STAGED_STAGE("find", "Finding", find_no_pod, .by_default = true, .retry_attempts = 1)),
};

static void test_a_reason_for_another_attempt(void **state)
{
    (void)state;
    virtual_clock clock;
    virtual_clock_init(&clock);
    staged_script *script = fixture_script(&reasoned, NULL, &clock);
    assert_int_equal(fixture_run(script, (const char *const[]){NULL}), 1);
    const char *output = fixture_output(script);
    assert_non_null(strstr(output, "Attempt 1 at stage 'find':  no pod is named [red]"));
    assert_non_null(strstr(output, "Attempt 2 at stage 'find':  no pod is named [red]"));
    assert_non_null(strstr(output, "test_rows.c:"));
    staged_script_free(script);
}

/* ---- Senseless settings ---- */

static const staged_retry_policy broken = {.size = sizeof broken,
                                           .wait = {.kind = STAGED_WAIT_CHAIN}};

static const staged_class senseless = {
    STAGED_CLASS("Senseless"),
    .methods = STAGED_METHODS(
        STAGED_STAGE("one", "One", nothing, .retry_attempts = -1),
        STAGED_STAGE("two", "Two", nothing, .retry_delay_s = NAN),
        STAGED_STAGE("three", "Three", nothing, .retry_timeout_s = -0.5),
        STAGED_STAGE("four", "Four", nothing, .time_limit_s = -1),
        STAGED_STAGE("five", "Five", nothing, .retry_policy = &broken),
        STAGED_STAGE("six", "Six", nothing, .retries = STAGED_NO, .retry_attempts = 1),
        {.kind = STAGED_METHOD_KIND_STAGE,
         .name = STAGED_HOOK_BODY,
         .stage = "seven",
         .heading = "Seven",
         .file = "made.c",
         .line = 7,
         .function = nothing,
         .command = "make"}),
};

static void test_senseless_settings(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&senseless, NULL, NULL);
    assert_int_equal(fixture_run(script, (const char *const[]){NULL}), 70);
    static const char *const bugs[] = {
        "stage 'one' has `.retry_attempts = -1`; it must be a non-negative number",
        "stage 'two' has `.retry_delay_s = ",
        "stage 'three' has `.retry_timeout_s = -0.5`; it must be a non-negative number",
        "stage 'four' has `.time_limit_s = -1`; it must be a non-negative number",
        "stage 'five' has a retry policy that cannot work",
        "stage 'six' is retried, but has `.retries = STAGED_NO`",
        "made.c:7: Senseless: stage 'seven' has more than one of function, command and log",
    };
    for (size_t i = 0; i < sizeof bugs / sizeof bugs[0]; i++)
        assert_non_null(strstr(fixture_printed(), bugs[i]));
    assert_non_null(strstr(fixture_printed(), "test_rows.c:"));
    staged_script_free(script);
}

/* ---- Hooks without a function ---- */

static staged_status check_disk(staged_call *c)
{
    return staged_log(c->script, "own check of %s", c->stage);
}

static staged_status refuse(staged_call *c)
{
    return staged_fail(c->script, "refused before %s", c->stage);
}

static const staged_class saying = {
    STAGED_CLASS("Saying"),
    .methods = STAGED_METHODS(
        STAGED_STAGE("one", "One", nothing), STAGED_STAGE("two", "Two", nothing),
        STAGED_ON(STAGED_HOOK_PRE_STAGE, check_disk),
        STAGED_ON_LOG(STAGED_HOOK_SKIP_STAGE, "100% of '%(stage)s' [bold]skipped[/bold] %s"),
        STAGED_ON_LOG(STAGED_HOOK_END_STAGE, "ended %(stage)s", .in_panel = true,
                      .after = staged_super)),
};
static const staged_class saying_more = {
    STAGED_CLASS("SayingMore"),
    .bases = STAGED_BASES(&saying),
    .methods = STAGED_METHODS(
        STAGED_ON_LOG(STAGED_HOOK_PRE_STAGE, "more before %(stage)s", .after = staged_super),
        STAGED_ON_STAGE_LOG(STAGED_HOOK_POST_STAGE, "one", "after one", .after = check_disk),
        STAGED_ON_LOG(STAGED_HOOK_END_STAGE, "more at the end", .after = staged_super),
        STAGED_ON_STAGE_LOG(STAGED_HOOK_END_STAGE, "two", "only two",
                            .after = staged_super_general)),
};

/* Each text follows the one before it. */
static void assert_order(const char *output, const char *const *texts)
{
    for (; *texts != NULL; texts++) {
        output = strstr(output, *texts);
        assert_non_null(output);
    }
}

static void test_rows_that_log(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&saying_more, NULL, NULL);
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", "one")), 0);
    const char *output = fixture_output(script);
    assert_order(output,
                 STAGED_TEXTS("own check of one", "more before one", "One", "stage duration",
                              "│ ended one", "more at the end", "own check of one", "after one"));
    assert_order(output, STAGED_TEXTS("more before two", "100% of 'two' skipped %s",
                                      "stage duration", "│ ended two", "only two"));
    const char *second = strstr(output, "more before two");
    assert_null(strstr(second, "Skipping this stage."));
    assert_null(strstr(second, "more at the end"));
    assert_non_null(strstr(output, "test_rows.c:"));
    staged_script_free(script);
}

static const staged_class refusing = {
    STAGED_CLASS("Refusing"),
    .methods = STAGED_METHODS(STAGED_STAGE("one", "One", check_disk, .after = refuse)),
};

static void test_what_fails_before_ends_the_call(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&refusing, NULL, NULL);
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", "one")), 1);
    assert_non_null(strstr(fixture_output(script), "refused before one"));
    assert_null(strstr(fixture_output(script), "own check"));
    staged_script_free(script);
}

static const staged_class saying_nothing = {
    STAGED_CLASS("SayingNothing"),
    .methods = STAGED_METHODS(STAGED_STAGE("one", "One", nothing, .in_panel = true),
                              STAGED_ON(STAGED_HOOK_PRE_STAGE, nothing, .log = "text"),
                              STAGED_ON_LOG(STAGED_HOOK_SKIP_STAGE, "[red]text[/blue]"),
                              STAGED_ON_LOG(STAGED_HOOK_END_STAGE, NULL, .after = staged_super)),
};

static void test_rows_that_say_too_much_or_nothing(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&saying_nothing, NULL, NULL);
    assert_int_equal(fixture_run(script, STAGED_TEXTS(NULL)), 70);
    static const char *const bugs[] = {
        "stage 'one' has `.in_panel`, but no `.log`",
        "method 'pre_stage' has more than one of function, command and log",
        "method 'skip_stage' has a text with invalid markup: closing tag '[/blue]'",
        "method 'end_stage' has no function",
    };
    for (size_t i = 0; i < sizeof bugs / sizeof bugs[0]; i++)
        assert_non_null(strstr(fixture_printed(), bugs[i]));
    staged_script_free(script);
}

TEST_GROUP(rows)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_class_made_at_run_time),
        cmocka_unit_test(test_shorter_rows),
        cmocka_unit_test(test_settings_in_the_row),
        cmocka_unit_test(test_the_command_line_says_more),
        cmocka_unit_test(test_a_reason_for_another_attempt),
        cmocka_unit_test(test_senseless_settings),
        cmocka_unit_test(test_rows_that_log),
        cmocka_unit_test(test_what_fails_before_ends_the_call),
        cmocka_unit_test(test_rows_that_say_too_much_or_nothing),
    };
    return cmocka_run_group_tests_name("script rows", tests, NULL, NULL);
}
