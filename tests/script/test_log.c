/* SPDX-License-Identifier: BSD-3-Clause */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "script/fixture.h"
#include "script/object.h"
#include "support/cmocka_all.h"

static staged_status nothing(staged_call *call)
{
    (void)call;
    return STAGED_OK;
}

static const staged_class plain = {
    .name = "Plain",
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
    assert_int_equal(staged_print_heading(script, "red", "Heading %s", "[/]"), STAGED_OK);
    assert_non_null(strstr(fixture_output(script), "│ Heading [/] "));
    assert_int_equal(staged_print_dry_run_message(script, 4, "would %s", "[x]"), STAGED_OK);
    assert_non_null(strstr(fixture_output(script), "    │ DRY-RUN MODE:  would [x] "));
    assert_int_equal(staged_log_renderable(script, staged_markup_new("last")), STAGED_OK);
    assert_non_null(strstr(fixture_output(script), "last "));
    staged_script_free(script);
}

static void test_what_cannot_be_printed_is_a_failure(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&plain, NULL, NULL);
    assert_int_equal(staged_log(script, "[red]a[/blue]"), STAGED_FAILED);
    assert_non_null(strstr(staged_script_error(script), "cannot print: "));
    assert_non_null(strstr(staged_script_error(script), "[/blue]"));
    /* What it says is not lost. */
    assert_non_null(strstr(fixture_output(script), "[red]a[/blue]"));
    assert_int_equal(staged_add_secret(script, "hunter2"), STAGED_OK);
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
        &plain, &(staged_script_options){.name = "test", .console = {.fd = full}});
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", "one")), 0);
    assert_string_equal(fixture_printed(),
                        "test: the log is not written: cannot write: No space left on device\n");
    staged_script_free(script);
    close(full);
}

static void test_where_things_stand(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&plain, NULL, NULL);
    const staged_location table = stg_stage_location(script);
    assert_int_equal(table.line, plain.methods[0].line);
    assert_int_equal(staged_set_current_stage(script, "two"), STAGED_OK);
    assert_int_equal(stg_stage_location(script).line, plain.methods[1].line);
    assert_int_equal(stg_script_location(script).line, table.line);
    staged_script_free(script);
}

TEST_GROUP(log)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values_are_never_markup),
        cmocka_unit_test(test_headings_and_dry_run_messages),
        cmocka_unit_test(test_what_cannot_be_printed_is_a_failure),
        cmocka_unit_test(test_a_full_disk_stops_nothing),
        cmocka_unit_test(test_where_things_stand),
    };
    return cmocka_run_group_tests_name("script log", tests, NULL, NULL);
}
