/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The forms of printf-like functions that take a text as it is, or values in an array.  The forms
 * with a va_list are what the printf-like ones call. */
#include <stdlib.h>
#include <string.h>

#include "script/fixture.h"
#include "support/cmocka_all.h"

/* Neither a format nor markup. */
static const char text[] = "100% [b]%s[/]";
static const char *const values[] = {"[/x]", "hunter2"};
#define FORMAT "[b]%s[/] and %s"

static staged_status log_all(staged_call *c)
{
    staged_script *script = c->script;
    STAGED_TRY(staged_script_add_secret(script, "hunter2"));
    STAGED_TRY(staged_log_text(script, STAGED_HERE, text));
    STAGED_TRY(staged_log_list(script, STAGED_HERE, "log " FORMAT, values, 2));
    STAGED_TRY(staged_log_text(script, NULL, "from nowhere"));
    STAGED_TRY(staged_log_heading_text(script, STAGED_HERE, NULL, text));
    STAGED_TRY(staged_log_heading_list(script, STAGED_HERE, "red", "heading " FORMAT, values, 2));
    STAGED_TRY(staged_log_dry_run_text(script, STAGED_HERE, 4, text));
    STAGED_TRY(staged_log_dry_run_list(script, STAGED_HERE, 4, "dry " FORMAT, values, 2));
    STAGED_TRY(staged_summary_set_section_text(script, "Text", text));
    return staged_summary_set_section_list(script, "List", "list " FORMAT, values, 2);
}

static staged_status log_misfit(staged_call *c)
{
    return staged_log_list(c->script, STAGED_HERE, "%s, %s and %s", values, 2);
}

static staged_status give_up(staged_call *c)
{
    return staged_fail_text(c->script, NULL, text);
}

static staged_status retry(staged_call *c)
{
    return staged_retry_text(c->script, STAGED_HERE, text);
}

static staged_status work(staged_background *background, void *context)
{
    (void)context;
    return staged_background_fail_text(background, text);
}

static staged_status fail_beside(staged_call *c)
{
    return staged_background_join(staged_background_start(c->script, "working", work, NULL));
}

static staged_status ask(staged_call *c)
{
    const char *answer;
    STAGED_TRY(staged_ask_text(c->script, STAGED_HERE, &answer, "printf 100%%"));
    assert_string_equal(answer, "100%");
    STAGED_TRY(staged_ask_read_only_text(c->script, STAGED_HERE, &answer, "echo '%s'"));
    assert_string_equal(answer, "%s");
    return staged_pause_text(c->script, STAGED_HERE, 1, text);
}

static staged_status ask_operator(staged_call *c)
{
    staged_script *script = c->script;
    bool yes = false;
    size_t index = 0;
    char *answer;
    STAGED_TRY(staged_confirm_text(script, NULL, &yes, text));
    assert_true(yes);
    const staged_question_options with_default = {.size = sizeof with_default,
                                                  .default_text = "second"};
    STAGED_TRY(staged_choose_text(script, &with_default, STAGED_TEXTS("first", "second"), &index,
                                  "which of 100%?"));
    assert_int_equal(index, 1);
    STAGED_TRY(staged_prompt_text(script, &with_default, &answer, "what %s?"));
    assert_string_equal(answer, "second");
    free(answer);
    STAGED_TRY(staged_prompt_password_text(script, &with_default, &answer, "100% secret?"));
    assert_string_equal(answer, "second");
    free(answer);
    return STAGED_OK;
}

static staged_status say_nothing(staged_call *c)
{
    staged_script *script = c->script;
    const char *answer;
    assert_int_equal(staged_log_text(script, STAGED_HERE, NULL), STAGED_FAILED);
    assert_int_equal(staged_log_list(script, STAGED_HERE, NULL, values, 2), STAGED_FAILED);
    assert_int_equal(staged_fail_text(script, STAGED_HERE, NULL), STAGED_FAILED);
    assert_int_equal(staged_retry_text(script, STAGED_HERE, NULL), STAGED_FAILED);
    assert_int_equal(staged_ask_text(script, STAGED_HERE, &answer, NULL), STAGED_FAILED);
    assert_int_equal(staged_pause_text(script, STAGED_HERE, 1, NULL), STAGED_FAILED);
    return STAGED_OK;
}

static staged_status parse(staged_call *c)
{
    STAGED_TRY(staged_super(c));
    return staged_stage_is_selected(c->script, "ask") && staged_script_is_dry_run(c->script)
               ? staged_fail_usage_text(c->script, text)
               : STAGED_OK;
}

static const staged_class talking = {
    STAGED_CLASS("Talking"),
    .methods = STAGED_METHODS(
        STAGED_ON(STAGED_HOOK_PARSE_ARGS, parse), STAGED_STAGE("log", "Logging", log_all),
        STAGED_STAGE("misfit", "Logging", log_misfit), STAGED_STAGE("fail", "Failing", give_up),
        STAGED_STAGE("retry", "Retrying", retry), STAGED_STAGE("beside", "Failing", fail_beside),
        STAGED_STAGE("ask", "Asking", ask), STAGED_STAGE("operator", "Asking", ask_operator),
        STAGED_STAGE("nothing", "Nothing", say_nothing))};

/* Runs a stage; in its output each of the texts is found after the one before it. */
static void assert_says(const char *const *words, int exit_status, const char *const *expected)
{
    virtual_clock clock;
    virtual_clock_init(&clock);
    staged_script *script = fixture_script(&talking, NULL, &clock);
    assert_int_equal(fixture_run(script, words), exit_status);
    const char *said = fixture_output(script);
    for (; *expected != NULL; expected++) {
        said = strstr(said, *expected);
        if (said == NULL)
            print_message("no %s in\n%s", *expected, fixture_output(script));
        assert_non_null(said);
    }
    staged_script_free(script);
}

static void test_what_is_logged(void **state)
{
    (void)state;
    assert_says(STAGED_TEXTS("--stage", "log"), 0,
                STAGED_TEXTS("           100% [b]%s[/] ", "log [/x] and ***",
                             "           from nowhere\n", "│ 100% [b]%s[/] ",
                             "│ heading [/x] and *** ", "    │ DRY-RUN MODE:  100% [b]%s[/] ",
                             "    │ DRY-RUN MODE:  dry [/x] and *** ",
                             "➤ Text:", "    100% [b]%s[/]", "➤ List:", "    list [/x] and ***"));
    assert_says(STAGED_TEXTS("--stage", "misfit"), 1, STAGED_TEXTS("cannot print: a format"));
}

static void test_reasons(void **state)
{
    (void)state;
    assert_says(STAGED_TEXTS("--stage", "fail"), 1,
                STAGED_TEXTS("Stage 'fail' failed:  100% [b]%s[/]"));
    assert_says(STAGED_TEXTS("--stage", "retry"), 1, STAGED_TEXTS("100% [b]%s[/]"));
    assert_says(STAGED_TEXTS("--stage", "beside"), 1,
                STAGED_TEXTS("failed:  working: 100% [b]%s[/]"));
    assert_says(STAGED_TEXTS("--stage", "ask", "--dry-run"), 1, STAGED_TEXTS("\n100% [b]%s[/]\n"));
}

static void test_questions_and_pauses(void **state)
{
    (void)state;
    assert_says(STAGED_TEXTS("--stage", "ask"), 0, STAGED_TEXTS("100% [b]%s[/] ━"));
    assert_says(STAGED_TEXTS("--stage", "operator", "--dry-run"), 0,
                STAGED_TEXTS("100% [b]%s[/]  yes", "which of 100%?  second", "what %s?  second",
                             "100% secret?  ***"));
}

static void test_a_text_that_is_missing_is_a_bug(void **state)
{
    (void)state;
    assert_says(STAGED_TEXTS("--stage", "nothing"), 70, STAGED_TEXTS(""));
}

TEST_GROUP(forms)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_logged),
        cmocka_unit_test(test_reasons),
        cmocka_unit_test(test_questions_and_pauses),
        cmocka_unit_test(test_a_text_that_is_missing_is_a_bug),
    };
    return cmocka_run_group_tests_name("script forms", tests, NULL, NULL);
}
