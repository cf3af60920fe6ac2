/* SPDX-License-Identifier: BSD-3-Clause */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "script/fixture.h"
#include "script/log/log.h"
#include "script/state/attributes.h"
#include "support/cmocka_all.h"

static staged_status nothing(staged_call *call)
{
    (void)call;
    return STAGED_OK;
}

static const staged_class plain = {
    STAGED_CLASS("Plain"),
    .methods = STAGED_METHODS(STAGED_STAGE("one", "The first", nothing),
                              STAGED_STAGE("two", "The second", nothing)),
};

static void test_values_are_never_markup(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&plain, NULL, NULL);
    assert_int_equal(staged_log(script, "[red]a %s", "[green]b[/x]"), STAGED_OK);
    assert_non_null(strstr(fixture_output(script), "a [green]b[/x]"));
    assert_null(strstr(fixture_output(script), "[red]"));
    assert_non_null(strstr(fixture_output(script), "test_log.c:"));
    staged_script_free(script);
}

static void test_headings_and_dry_run_messages(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&plain, NULL, NULL);
    assert_int_equal(staged_log_heading(script, "red", "Heading %s", "[/]"), STAGED_OK);
    assert_non_null(strstr(fixture_output(script), "│ Heading [/] "));
    assert_int_equal(staged_log_dry_run(script, 4, "would %s", "[x]"), STAGED_OK);
    assert_non_null(strstr(fixture_output(script), "    │ DRY-RUN MODE:  would [x] "));
    staged_renderable *last = staged_markup_new("last");
    assert_int_equal(staged_log_renderable(script, last), STAGED_OK);
    assert_int_equal(staged_log_renderable(script, last), STAGED_OK);
    staged_renderable_free(last);
    assert_non_null(strstr(fixture_output(script), "last "));
    staged_script_free(script);
}

/* What is wrong with the author's options for the console is a bug. */
static void test_highlights_that_are_none(void **state)
{
    (void)state;
    staged_script *script = staged_script_new(
        &plain, STAGED_OPTIONS(staged_script_options,
                               .console = STAGED_OPTIONS(staged_console_options, .to_text = true,
                                                         .highlights = STAGED_TEXTS("(", "red"))));
    assert_non_null(strstr(staged_script_bugs(script), "cannot highlight '(': "));
    staged_script_free(script);
}

static void test_unprintable_is_a_failure(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&plain, NULL, NULL);
    assert_int_equal(staged_log(script, "[red]a[/blue]"), STAGED_FAILED);
    assert_non_null(strstr(staged_script_error(script), "cannot print: "));
    assert_non_null(strstr(staged_script_error(script), "[/blue]"));
    /* What it says is not lost. */
    assert_non_null(strstr(fixture_output(script), "[red]a[/blue]"));
    assert_int_equal(staged_script_add_secret(script, "hunter2"), STAGED_OK);
    assert_int_equal(staged_log(script, "[/]%d %s [green]b[/]", 5, "hunter2"), STAGED_FAILED);
    assert_non_null(strstr(fixture_output(script), "[/]5 *** [green]b[/]"));
    assert_int_equal(staged_log_renderable(script, NULL), STAGED_FAILED);
    staged_script_free(script);
}

static void test_a_full_disk_stops_nothing(void **state)
{
    (void)state;
    const int full = open("/dev/full", O_WRONLY);
    if (full < 0)
        return; /* there is no such thing everywhere */
    staged_script *script = staged_script_new(
        &plain, STAGED_OPTIONS(staged_script_options, .name = "test",
                               .console = STAGED_OPTIONS(staged_console_options, .fd = full)));
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", "one")), 74);
    assert_string_equal(fixture_printed(),
                        "test: cannot write the log: cannot write: No space left on device\ntest: "
                        "the log is incomplete: some of it could not be written\n");
    staged_script_free(script);
    close(full);
}

static int fill_up[2]; /* the descriptor of the log, and what takes its place */

static void fill_up_at_the_end(void *context, const staged_event *event)
{
    (void)context;
    if (event->kind == STAGED_EVENT_SCRIPT_END)
        (void)dup2(fill_up[1], fill_up[0]);
}

/* The work is done by then, and the summary is all that is lost. */
static void test_a_disk_that_is_full_at_the_end(void **state)
{
    (void)state;
    fill_up[0] = open("/dev/null", O_WRONLY);
    fill_up[1] = open("/dev/full", O_WRONLY);
    if (fill_up[1] < 0)
        return; /* there is no such thing everywhere */
    staged_script *script = staged_script_new(
        &plain,
        STAGED_OPTIONS(staged_script_options, .name = "test",
                       .console = STAGED_OPTIONS(staged_console_options, .fd = fill_up[0])));
    const staged_observer observer = {.size = sizeof observer, .notify = fill_up_at_the_end};
    assert_int_equal(staged_script_add_observer(script, &observer), STAGED_OK);
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", "one")), 74);
    assert_non_null(strstr(fixture_printed(), "the log is incomplete"));
    staged_script_free(script);
    close(fill_up[0]);
    close(fill_up[1]);
}

static void test_a_reader_that_left_is_no_failure(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    close(ends[0]);
    staged_script *script = staged_script_new(
        &plain, STAGED_OPTIONS(staged_script_options, .name = "test",
                               .console = STAGED_OPTIONS(staged_console_options, .fd = ends[1])));
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", "one")), 0);
    assert_string_equal(fixture_printed(), "");
    staged_script_free(script);
    close(ends[1]);
}

static void test_where_things_stand(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&plain, NULL, NULL);
    const staged_location table = stg_stage_location(script);
    assert_int_equal(table.line, plain.methods.rows[0].line);
    assert_int_equal(staged_script_set_stage(script, "two"), STAGED_OK);
    assert_int_equal(stg_stage_location(script).line, plain.methods.rows[1].line);
    assert_int_equal(stg_script_location(script).line, table.line);
    staged_script_free(script);
}

TEST_GROUP(log)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values_are_never_markup),
        cmocka_unit_test(test_headings_and_dry_run_messages),
        cmocka_unit_test(test_highlights_that_are_none),
        cmocka_unit_test(test_unprintable_is_a_failure),
        cmocka_unit_test(test_a_full_disk_stops_nothing),
        cmocka_unit_test(test_a_disk_that_is_full_at_the_end),
        cmocka_unit_test(test_a_reader_that_left_is_no_failure),
        cmocka_unit_test(test_where_things_stand),
    };
    return cmocka_run_group_tests_name("script log", tests, NULL, NULL);
}
