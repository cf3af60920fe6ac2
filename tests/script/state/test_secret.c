/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "script/fixture.h"
#include "script/log/masked_markup.h"
#include "script/state/mask.h"
#include "support/cmocka_all.h"
#include "support/torture.h"

static staged_status init(staged_call *c)
{
    return staged_script_add_secret(c->script, "hunter[2]%s");
}

static staged_status use_it(staged_call *c)
{
    const char *secret = "hunter[2]%s";
    STAGED_TRY(staged_log(c->script, "[bold]100%% is %s or %d[/]", secret, 5));
    STAGED_TRY(staged_log_heading(c->script, NULL, "heading %s", secret));
    STAGED_TRY(staged_runf(c->script, "test -n %s", secret));
    STAGED_TRY(staged_summary_set_section(c->script, "Mine", "mine %s", secret));
    return staged_fail(c->script, "failed with %s", secret);
}

static const staged_class secretive = {
    STAGED_CLASS("Secretive"),
    .methods = STAGED_METHODS(STAGED_STAGE("one", "One hunter[2]%s", use_it),
                              STAGED_ON(STAGED_HOOK_INIT, init))};

static void test_it_is_never_shown(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&secretive, NULL, NULL);
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", "one")), 1);
    const char *output = fixture_output(script);
    assert_null(strstr(output, "hunter"));
    assert_non_null(strstr(output, "100% is *** or 5"));
    assert_non_null(strstr(output, "One ***"));
    assert_non_null(strstr(output, "heading ***"));
    assert_non_null(strstr(output, "Executing:  test -n '***'"));
    assert_non_null(strstr(output, "failed with ***"));
    assert_string_equal(staged_script_error(script), "failed with ***");
    assert_string_equal(*staged_script_commands(script, NULL), "test -n '***'");
    assert_int_equal(staged_script_add_command(script, "login hunter[2]%s"), STAGED_OK);
    assert_string_equal(staged_script_commands(script, NULL)[1], "login ***");
    staged_script_free(script);
}

static void test_unmaskable_values_are_refused(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&secretive, NULL, NULL);
    assert_int_equal(staged_script_add_secret(script, "x"), STAGED_FAILED);
    assert_non_null(strstr(staged_script_error(script), "cannot keep a value secret: "));
    assert_int_equal(staged_script_add_secret(script, NULL), STAGED_FAILED);
    assert_string_equal(staged_script_error(script), "cannot keep a value secret: it is NULL");
    assert_int_equal(staged_script_add_secret_variable(script, "STAGED_NO_SUCH_VARIABLE"),
                     STAGED_FAILED);
    assert_non_null(strstr(staged_script_error(script), "STAGED_NO_SUCH_VARIABLE"));
    assert_int_equal(setenv("STAGED_TEST_TOKEN", "opensesame", 1), 0);
    assert_int_equal(staged_script_add_secret_variable(script, "STAGED_TEST_TOKEN"), STAGED_OK);
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
                      .process =
                          STAGED_OPTIONS(staged_process_options,
                                         .output = STAGED_STREAM(STAGED_STREAM_TEE), .show = show));
}

static staged_status show_it_beside(staged_background *background, void *context)
{
    (void)context;
    return staged_background_run(
        background,
        STAGED_OPTIONS(staged_process_options, .command = "echo 'hunter[2]%s'",
                       .output = STAGED_STREAM(STAGED_STREAM_TEE), .show = show),
        NULL);
}

static staged_status begin_work(staged_call *c)
{
    staged_background *work = staged_background_start(c->script, "showing", show_it_beside, NULL);
    return work == NULL ? STAGED_FAILED : staged_background_join(work);
}

static const staged_class showing = {
    STAGED_CLASS("Showing"), .methods = STAGED_METHODS(STAGED_STAGE("one", "One", show_it),
                                                       STAGED_STAGE("two", "Two", begin_work),
                                                       STAGED_ON(STAGED_HOOK_INIT, init))};

static void test_output_that_is_shown(void **state)
{
    (void)state;
    static const char *const stages[] = {"one", "two"};
    for (size_t i = 0; i < 2; i++) {
        shown[0] = '\0';
        staged_script *script = fixture_script(&showing, NULL, NULL);
        assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", stages[i])), 0);
        assert_string_equal(shown, "***\n");
        staged_script_free(script);
    }
}

/* ---- Everywhere ---- */

static const char secret[] = "correct horse-battery \"staple\"";

static staged_status hide(staged_call *c)
{
    return staged_script_add_secret(c->script, secret);
}

static staged_status build(staged_call *c)
{
    STAGED_TRY(staged_super(c));
    staged_parser *parser = staged_script_parser(c->script);
    staged_parser_add_argument(parser, "--token", .default_text = secret,
                               .help = "what to log in with, such as %(default)s, which is long");
    staged_parser_add_argument(parser, "--count", .type = STAGED_ARG_INT);
    return STAGED_OK;
}

static staged_status is_there(staged_script *script, void *context)
{
    (void)script;
    (void)context;
    return STAGED_OK;
}

static staged_status do_all(staged_call *c)
{
    STAGED_TRY(staged_pause(c->script, 1, "Waiting for %s", secret));
    STAGED_TRY(staged_poll(c->script, secret, is_there));
    STAGED_TRY(staged_log(c->script, "%.11s%s", secret, secret + 11));
    STAGED_TRY(staged_log(c->script, "[bold]%.11s[/]%s", secret, secret + 11));
    char variable[100];
    (void)snprintf(variable, sizeof variable, "TOKEN=%s", secret);
    return staged_run(
        c->script, "seq 9 >&2; printf 'correct\\n' >&2; exit 3",
        .process = STAGED_OPTIONS(staged_process_options, .environment = STAGED_TEXTS(variable),
                                  .error_output = STAGED_STREAM(STAGED_STREAM_CAPTURE)));
}

static void note_messages(void *context, const staged_event *event)
{
    if (event->message != NULL)
        assert_null(strstr(event->message, "horse"));
    if (event->kind == STAGED_EVENT_CHECK)
        *(bool *)context = strcmp(event->message, "***") == 0;
}

static const staged_class everywhere = {
    STAGED_CLASS("Everywhere"),
    .methods = STAGED_METHODS(STAGED_STAGE("one", "One", do_all), STAGED_ON(STAGED_HOOK_INIT, hide),
                              STAGED_ON(STAGED_HOOK_BUILD_PARSER, build))};

static void test_everywhere_in_a_run(void **state)
{
    (void)state;
    virtual_clock clock;
    virtual_clock_init(&clock);
    staged_script *script = fixture_script(&everywhere, NULL, &clock);
    bool told = false;
    assert_int_equal(
        staged_script_add_observer(
            script, STAGED_OPTIONS(staged_observer, .notify = note_messages, .context = &told)),
        STAGED_OK);
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", "one")), 1);
    const char *output = fixture_output(script);
    assert_null(strstr(output, "horse"));
    assert_null(strstr(output, "staple"));
    assert_non_null(strstr(output, "Waiting for ***"));
    assert_non_null(strstr(output, "--token '***'"));
    assert_true(told);
    const staged_command_record *last = NULL;
    for (size_t i = 0; staged_script_command_record(script, i) != NULL; i++)
        last = staged_script_command_record(script, i);
    assert_string_equal(last->environment[0], "TOKEN=***");
    staged_script_free(script);
}

static void test_in_parser_output(void **state)
{
    (void)state;
    static const char *const words[][4] = {
        {"--help"}, {"--count", secret}, {"--stage", secret}, {secret, "--nothing"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        staged_script *script = fixture_script(&everywhere, NULL, NULL);
        (void)fixture_run(script, words[i]);
        assert_null(strstr(fixture_printed(), "correct"));
        assert_null(strstr(fixture_printed(), "horse"));
        assert_null(strstr(fixture_printed(), "staple"));
        assert_non_null(strstr(fixture_printed(), "***"));
        staged_script_free(script);
    }
}

static staged_status draw(void *context)
{
    staged_renderable *markup = stg_log_markup(context, "%s %d%%", "hunter[2]%s", 5);
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
        cmocka_unit_test(test_unmaskable_values_are_refused),
        cmocka_unit_test(test_output_that_is_shown),
        cmocka_unit_test(test_everywhere_in_a_run),
        cmocka_unit_test(test_in_parser_output),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("script secret", tests, NULL, NULL);
}
