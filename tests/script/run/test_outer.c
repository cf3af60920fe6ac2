/* SPDX-License-Identifier: BSD-3-Clause */
#include <signal.h>
#include <string.h>

#include "script/fixture.h"
#include "support/cmocka_all.h"
#include "support/torture.h"

/* ---- The inner script ---- */

static staged_status build_parser(staged_call *c)
{
    STAGED_TRY(staged_super(c));
    staged_parser_add_argument(staged_script_parser(c->script), "--color", .required = true,
                               .help = "The color.");
    return STAGED_OK;
}

static staged_status parse_args(staged_call *c)
{
    STAGED_TRY(staged_super(c));
    const char *color = staged_namespace_text(staged_script_args(c->script), "color");
    return strcmp(color, "none") == 0 ? staged_fail_usage(c->script, "Nothing has no color.")
                                      : STAGED_OK;
}

static staged_status paint(staged_call *c)
{
    return staged_runf(c->script, "echo %s >/dev/null",
                       staged_namespace_text(staged_script_args(c->script), "color"));
}

static staged_status paint_badly(staged_call *c)
{
    return c->argument == NULL ? staged_fail(c->script, "the paint is dry") : STAGED_EXIT;
}

static staged_status ask_to_end(staged_call *c)
{
    (void)raise(SIGTERM);
    return staged_run(c->script, "sleep 100");
}

static const staged_class painter = {
    STAGED_CLASS("Painter"),
    .methods = STAGED_METHODS(
        STAGED_STAGE("paint", "Painting", paint), STAGED_ON(STAGED_HOOK_BUILD_PARSER, build_parser),
        STAGED_ON(STAGED_HOOK_PARSE_ARGS, parse_args), STAGED_METHOD("paint", paint),
        STAGED_METHOD("paint_badly", paint_badly), STAGED_METHOD("ask_to_end", ask_to_end)),
};

/* ---- The script that uses it ---- */

static const char *color;
static const char *method;

static staged_status build(staged_call *c)
{
    staged_script *inner = staged_script_new_inner(
        c->script, STAGED_OPTIONS(staged_script_options, .stages = STAGED_TEXTS(NULL)), &painter);
    assert_non_null(inner);
    STAGED_TRY(staged_script_parse_args(inner, STAGED_TEXTS("--color", color)));
    return staged_script_call(inner, method, NULL);
}

static staged_status build_with_stages(staged_call *c)
{
    staged_script *inner = staged_script_new_inner(c->script, NULL, &painter);
    STAGED_TRY(staged_script_parse_args(inner, STAGED_TEXTS("--color", "red", "--stage", "paint")));
    return staged_stage_run(inner, "paint");
}

static const staged_class builder = {
    STAGED_CLASS("Builder"),
    .methods = STAGED_METHODS(STAGED_STAGE("build", "Building", build),
                              STAGED_STAGE("stages", "With stages", build_with_stages)),
};

static staged_script *run(const char *wanted_color, const char *wanted_method, int exit_status)
{
    color = wanted_color;
    method = wanted_method;
    staged_script *script = fixture_script(&builder, STAGED_TEXTS("build"), NULL);
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", "build")), exit_status);
    return script;
}

static void test_belongs_to_the_outer_script(void **state)
{
    (void)state;
    staged_script *script = run("dark red", "paint", 0);
    size_t count = 0;
    assert_string_equal(staged_script_commands(script, &count)[0], "echo 'dark red' >/dev/null");
    assert_int_equal(count, 1);
    assert_string_equal(staged_script_command_record(script, 0)->stage, "build");
    assert_true(staged_script_command_record(script, 0)->ended);
    assert_non_null(strstr(fixture_output(script), "Executing:  echo 'dark red' >/dev/null"));
    staged_script_free(script);
}

static void test_its_failures_are_the_outers(void **state)
{
    (void)state;
    staged_script *script = run("red", "paint_badly", 1);
    assert_string_equal(staged_script_error(script), "the paint is dry");
    assert_non_null(strstr(fixture_output(script), "Stage 'build' failed:  the paint is dry"));
    staged_script_free(script);
}

static void test_wrong_arguments(void **state)
{
    (void)state;
    staged_script *script = run("none", "paint", 1);
    assert_string_equal(staged_script_error(script), "Painter: Nothing has no color.");
    staged_script_free(script);
    script = run(NULL, "paint", 1);
    assert_non_null(strstr(staged_script_error(script), "--color: expected one argument"));
    staged_script_free(script);
}

static void test_interrupts(void **state)
{
    (void)state;
    staged_script *script = run("red", "ask_to_end", 128 + SIGTERM);
    assert_int_equal(staged_stage_outcome(script, "build"), STAGED_OUTCOME_INTERRUPTED);
    staged_script_free(script);
}

static void test_its_stages_are_in_the_outers_table(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&builder, STAGED_TEXTS("stages"), NULL);
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", "stages")), 0);
    assert_string_equal(staged_script_duration(script, 0)->stage, "paint");
    assert_string_equal(staged_script_duration(script, 1)->stage, "stages");
    assert_null(staged_script_duration(script, 2));
    assert_string_equal(staged_script_command_record(script, 0)->stage, "paint");
    staged_script_free(script);
}

static void test_it_is_dry(void **state)
{
    (void)state;
    color = "red";
    method = "paint";
    staged_script *script = fixture_script(&builder, STAGED_TEXTS("build"), NULL);
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", "build", "--dry-run")), 0);
    assert_non_null(
        strstr(fixture_output(script), "DRY-RUN MODE:  The command executed would be:"));
    size_t count = 1;
    (void)staged_script_commands(script, &count);
    assert_int_equal(count, 0);
    staged_script_free(script);
}

static void test_secrets_are_shared(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&builder, NULL, NULL);
    staged_script *inner = staged_script_new_inner(script, NULL, &painter);
    assert_int_equal(staged_script_add_secret(inner, "rosebud-1941"), STAGED_OK);
    assert_int_equal(staged_log(script, "It is %s.", "rosebud-1941"), STAGED_OK);
    assert_non_null(strstr(fixture_output(script), "It is ***."));
    staged_script_free(script);
}

static const staged_class broken = {
    STAGED_CLASS("Broken"),
    .methods = STAGED_METHODS(STAGED_STAGE("no-name", "?", paint)),
};

static void test_bugs_in_its_tables(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&builder, NULL, NULL);
    staged_script *inner = staged_script_new_inner(script, NULL, &broken);
    assert_int_equal(staged_script_parse_args(inner, STAGED_TEXTS(NULL)), STAGED_FAILED);
    assert_non_null(strstr(staged_script_error(script), "Broken's tables have bugs:\n"));
    assert_non_null(strstr(staged_script_error(script), "'no-name'"));
    staged_script_free(script);
}

static staged_status use(void *context)
{
    (void)context;
    staged_script *script = fixture_script(&builder, NULL, NULL);
    if (script == NULL)
        return STAGED_NO_MEMORY;
    staged_script *inner = staged_script_new_inner(script, NULL, &painter);
    staged_status status = inner == NULL
                               ? STAGED_NO_MEMORY
                               : staged_script_parse_args(inner, STAGED_TEXTS("--color", "red"));
    staged_script_free(script);
    return status == STAGED_OK ? STAGED_OK : STAGED_NO_MEMORY;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_true(torture_forgiving(use, NULL) > 20);
}

TEST_GROUP(outer)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_belongs_to_the_outer_script),
        cmocka_unit_test(test_its_failures_are_the_outers),
        cmocka_unit_test(test_wrong_arguments),
        cmocka_unit_test(test_interrupts),
        cmocka_unit_test(test_its_stages_are_in_the_outers_table),
        cmocka_unit_test(test_it_is_dry),
        cmocka_unit_test(test_secrets_are_shared),
        cmocka_unit_test(test_bugs_in_its_tables),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("script outer", tests, NULL, NULL);
}
