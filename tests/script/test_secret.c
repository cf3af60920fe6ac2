/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdlib.h>
#include <string.h>

#include "script/fixture.h"
#include "script/object.h"
#include "support/cmocka_all.h"
#include "support/torture.h"

static staged_status init(staged_call *c)
{
    return staged_add_secret(c->script, "hunter[2]%s");
}

static staged_status use_it(staged_call *c)
{
    const char *secret = "hunter[2]%s";
    STAGED_TRY(staged_log(c->script, "[bold]100%% is %s or %d[/]", secret, 5));
    STAGED_TRY(staged_print_heading(c->script, NULL, "heading %s", secret));
    STAGED_TRY(staged_runf(c->script, "test -n %s", secret));
    STAGED_TRY(staged_summary_section(c->script, "Mine", "mine %s", secret));
    return staged_fail(c->script, "failed with %s", secret);
}

static const staged_class secretive = {
    .name = "Secretive",
    .methods = STAGED_METHODS(STAGED_STAGE("one", "One", use_it), STAGED_ON(STAGED_INIT, init))};

static void test_it_is_never_shown(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&secretive, NULL, NULL);
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", "one")), 1);
    const char *output = fixture_output(script);
    assert_null(strstr(output, "hunter"));
    assert_non_null(strstr(output, "100% is *** or 5"));
    assert_non_null(strstr(output, "heading ***"));
    assert_non_null(strstr(output, "Executing:  test -n '***'"));
    assert_non_null(strstr(output, "failed with ***"));
    assert_string_equal(staged_script_error(script), "failed with ***");
    assert_string_equal(*staged_commands_executed(script, NULL), "test -n '***'");
    assert_int_equal(staged_record_command(script, "login hunter[2]%s"), STAGED_OK);
    assert_string_equal(staged_commands_executed(script, NULL)[1], "login ***");
    staged_script_free(script);
}

static void test_what_cannot_be_hidden_is_refused(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&secretive, NULL, NULL);
    assert_int_equal(staged_add_secret(script, "x"), STAGED_FAILED);
    assert_non_null(strstr(staged_script_error(script), "a value cannot be kept secret: "));
    assert_int_equal(staged_add_secret(script, NULL), STAGED_FAILED);
    assert_string_equal(staged_script_error(script), "a value cannot be kept secret: it is NULL");
    assert_int_equal(staged_add_secret_variable(script, "STAGED_NO_SUCH_VARIABLE"), STAGED_FAILED);
    assert_non_null(strstr(staged_script_error(script), "STAGED_NO_SUCH_VARIABLE"));
    assert_int_equal(setenv("STAGED_TEST_TOKEN", "opensesame", 1), 0);
    assert_int_equal(staged_add_secret_variable(script, "STAGED_TEST_TOKEN"), STAGED_OK);
    char *masked = stg_masked(script, "say opensesame now");
    assert_string_equal(masked, "say *** now");
    free(masked);
    staged_script_free(script);
}

static char shown[64];

static bool show(void *context, staged_output which, const char *bytes, size_t length)
{
    (void)context;
    (void)which;
    (void)strncat(shown, bytes, length < 32 ? length : 32);
    return true;
}

static staged_status show_it(staged_call *c)
{
    return staged_run(c->script, "echo 'hunter[2]%s'",
                      .process = {.output.kind = STAGED_STREAM_TEE, .show = show});
}

static const staged_class showing = {
    .name = "Showing",
    .methods = STAGED_METHODS(STAGED_STAGE("one", "One", show_it), STAGED_ON(STAGED_INIT, init))};

static void test_output_that_is_shown(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&showing, NULL, NULL);
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", "one")), 0);
    assert_string_equal(shown, "***\n");
    staged_script_free(script);
}

static staged_status draw(void *context)
{
    staged_renderable *markup = stg_markup(context, "%s %d%%", "hunter[2]%s", 5);
    const staged_status status = markup == NULL ? STAGED_NO_MEMORY : STAGED_OK;
    staged_renderable_free(markup);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&secretive, NULL, NULL);
    assert_true(torture(draw, script) > 3);
    staged_script_free(script);
}

TEST_GROUP(secret)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_it_is_never_shown),
        cmocka_unit_test(test_what_cannot_be_hidden_is_refused),
        cmocka_unit_test(test_output_that_is_shown),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("script secret", tests, NULL, NULL);
}
