/* SPDX-License-Identifier: BSD-3-Clause */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <staged/question.h>

#include "script/fixture.h"
#include "support/cmocka_all.h"
#include "support/torture.h"

/* What a stage asks, and what came of it. */
typedef struct asked {
    staged_question_options options;
    bool confirms, chooses, hides;
    bool yes;
    char *text;
    size_t index;
    staged_status status;
} asked;

static asked now;
static const char *const clusters[] = {"dev", "test", "prod", NULL};

static staged_status ask(staged_call *c)
{
    now.options.size = sizeof now.options;
    if (now.confirms)
        now.status = staged_confirm_with(c->script, &now.options, &now.yes, "Delete %s?", "prod");
    else if (now.chooses)
        now.status = staged_choose_with(c->script, &now.options, clusters, &now.index, "Where?");
    else if (now.hides)
        now.status = staged_prompt_password_with(c->script, &now.options, &now.text, "Password:");
    else
        now.status = staged_prompt_with(c->script, &now.options, &now.text, "Which version?");
    return now.status;
}

static staged_status build_parser(staged_call *c)
{
    staged_script_add_question_arguments(c->script);
    return staged_super(c);
}

static const staged_class asking = {
    STAGED_CLASS("Asking"),
    .methods = STAGED_METHODS(STAGED_STAGE("ask", "Asking", ask, .by_default = true),
                              STAGED_ON(STAGED_HOOK_BUILD_PARSER, build_parser)),
};

/* ---- The terminal ---- */

static int standard_input = -1;
static int operator_side = -1;

static void replace_input(int fd)
{
    assert_return_code(dup2(fd, STDIN_FILENO), 0);
    assert_int_equal(close(fd), 0);
}

static int nobody_there(void **state)
{
    (void)state;
    now = (asked){.status = STAGED_OK};
    assert_int_equal(unsetenv("CI"), 0);
    standard_input = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 10);
    replace_input(open("/dev/null", O_RDONLY));
    return 0;
}

/* An operator, who has typed something already. */
static void type_ahead(const char *text)
{
    operator_side = posix_openpt(O_RDWR | O_NOCTTY);
    assert_return_code(operator_side, 0);
    assert_int_equal(grantpt(operator_side), 0);
    assert_int_equal(unlockpt(operator_side), 0);
    replace_input(open(ptsname(operator_side), O_RDWR | O_NOCTTY));
    assert_int_equal(write(operator_side, text, strlen(text)), strlen(text));
}

/* Whether the operator's screen has shown a text. */
static bool operator_sees(const char *text)
{
    static char screen[8192];
    assert_int_equal(fcntl(operator_side, F_SETFL, O_NONBLOCK), 0);
    size_t length = strlen(screen);
    ssize_t n;
    while ((n = read(operator_side, screen + length, sizeof screen - 1 - length)) > 0)
        length += (size_t)n;
    screen[length] = '\0';
    const bool sees = strstr(screen, text) != NULL;
    screen[0] = '\0';
    return sees;
}

static int tidy(void **state)
{
    (void)state;
    free(now.text);
    if (operator_side >= 0)
        close(operator_side);
    operator_side = -1;
    if (standard_input >= 0)
        replace_input(standard_input);
    standard_input = -1;
    return 0;
}

/* ---- Runs ---- */

static char told[512];

static void tell(void *context, const staged_event *event)
{
    (void)context;
    if (event->kind == STAGED_EVENT_QUESTION)
        (void)snprintf(told, sizeof told, "%s|%s", event->message, event->answer);
}

/* Runs the stage with these words, and returns all that was logged; to be freed. */
static char *run(const char *const *words, int exit_status)
{
    told[0] = '\0';
    free(now.text);
    now.text = NULL;
    staged_script *script = fixture_script(&asking, NULL, NULL);
    assert_int_equal(
        staged_script_add_observer(script, STAGED_OPTIONS(staged_observer, .notify = tell)),
        STAGED_OK);
    assert_int_equal(fixture_run(script, words), exit_status);
    char *output = strdup(fixture_output(script));
    staged_script_free(script);
    return output;
}

/* Without what lays the lines of the log out. */
static void squeeze(char *text)
{
    char *to = text;
    for (const char *from = text; *from != '\0'; from++) {
        if (strncmp(from, "│", strlen("│")) == 0)
            from += strlen("│") - 1;
        else if (*from != ' ' && *from != '\n')
            *to++ = *from;
        else if (to > text && to[-1] != ' ')
            *to++ = ' ';
    }
    *to = '\0';
}

static void assert_logs(const char *const *words, int exit_status, const char *text)
{
    char *output = run(words, exit_status);
    squeeze(output);
    if (strstr(output, text) == NULL)
        fail_msg("'%s' is not in:\n%s", text, output);
    free(output);
}

#define NO_WORDS STAGED_TEXTS(NULL)

/* ---- Nobody is there ---- */

static void test_default(void **state)
{
    (void)state;
    now.confirms = true;
    now.options.default_text = "Y";
    assert_logs(NO_WORDS, 0, "Delete prod? yes (the default: standard input is not a terminal)");
    assert_true(now.yes);
    assert_string_equal(told, "Delete prod?|yes");
    now.options.default_text = "no";
    assert_logs(NO_WORDS, 0, "Delete prod? no (the default");
    assert_false(now.yes);

    now.confirms = false;
    now.options.default_text = " 1.2 ";
    assert_logs(NO_WORDS, 0, "Which version? 1.2 (the default");
    assert_string_equal(now.text, "1.2");

    now.chooses = true;
    now.options.default_text = "prod";
    assert_logs(NO_WORDS, 0, "Where? prod (the default");
    assert_int_equal(now.index, 2);
}

static void test_no_default(void **state)
{
    (void)state;
    assert_logs(NO_WORDS, 1, "cannot ask 'Which version?': standard input is not a terminal, and");
    assert_int_equal(now.status, STAGED_FAILED);
    assert_null(now.text);
    assert_string_equal(told, "");
    now.confirms = true;
    assert_logs(NO_WORDS, 1, "no default; --yes confirms it");
    assert_false(now.yes);
}

static void test_ci(void **state)
{
    (void)state;
    type_ahead("1.3\n");
    assert_int_equal(setenv("CI", "true", 1), 0);
    now.options.default_text = "1.2";
    assert_logs(NO_WORDS, 0, "Which version? 1.2 (the default: the variable CI is set)");
    assert_int_equal(unsetenv("CI"), 0);
}

static void test_arguments(void **state)
{
    (void)state;
    now.confirms = true;
    now.options.default_text = "no";
    assert_logs(STAGED_TEXTS("--yes"), 0, "Delete prod? yes (--yes)");
    assert_true(now.yes);
    type_ahead("yes\n");
    assert_logs(STAGED_TEXTS("--no-input"), 0, "no (the default: --no-input was given)");
    assert_false(now.yes);
    now.confirms = false;
    now.options.default_text = NULL;
    assert_logs(STAGED_TEXTS("--no-input", "--yes"), 1,
                "cannot ask 'Which version?': --no-input was given, and there is no");
}

static void test_dry_run(void **state)
{
    (void)state;
    type_ahead("no\n");
    now.confirms = true;
    assert_logs(STAGED_TEXTS("--dry-run"), 0, "Delete prod? yes (a dry run asks nothing)");
    assert_true(now.yes);
    now.options.default_text = "no";
    assert_logs(STAGED_TEXTS("--dry-run"), 0, "Delete prod? no (a dry run asks nothing)");
    assert_false(now.yes);
    now.confirms = false;
    now.options.default_text = NULL;
    assert_logs(STAGED_TEXTS("--dry-run"), 1,
                "cannot ask 'Which version?': a dry run asks nothing");
    assert_int_equal(now.status, STAGED_UNKNOWN);
}

static const char *refuse_odd(staged_script *script, const char *text, void *context)
{
    assert_non_null(script);
    assert_ptr_equal(context, &now);
    return strlen(text) % 2 == 0 ? NULL : "must have an even number of letters";
}

static void test_senseless_options(void **state)
{
    (void)state;
    now.confirms = true;
    now.options.default_text = "perhaps";
    assert_logs(NO_WORDS, 1,
                "cannot ask 'Delete prod?': its default is not valid: answer yes or no");
    now.confirms = false;
    now.options.default_text = "odd";
    now.options.check = refuse_odd;
    now.options.check_context = &now;
    assert_logs(NO_WORDS, 1, "its default is not valid: must have an even number");
    now.options = (staged_question_options){.size = sizeof(staged_question_options),
                                            .time_limit_s = strtod("nan", NULL)};
    assert_logs(NO_WORDS, 1, "must be a number, not NaN");
    staged_script *script = fixture_script(&asking, NULL, NULL);
    size_t index = 7;
    assert_int_equal(staged_choose(script, NULL, &index, "Which?"), STAGED_FAILED);
    assert_int_equal(staged_choose(script, STAGED_TEXTS(NULL), &index, "Which?"), STAGED_FAILED);
    assert_int_equal(index, 7);
    bool yes = true;
    assert_int_equal(staged_confirm_with(script, NULL, &yes, NULL), STAGED_FAILED);
    assert_false(yes);
    staged_script_free(script);
}

/* ---- Somebody answers ---- */

static void assert_confirmed(const char *typed, bool yes, const char *seen)
{
    type_ahead(typed);
    char *output = run(NO_WORDS, 0);
    assert_non_null(strstr(output, yes ? "Delete prod?  yes\n" : "Delete prod?  no\n"));
    assert_int_equal(now.yes, yes);
    assert_true(operator_sees(seen));
    close(operator_side);
    free(output);
}

static void test_confirm(void **state)
{
    (void)state;
    now.confirms = true;
    assert_confirmed("y\n", true, "Delete prod? [y/n] ");
    assert_confirmed(" YES \n", true, "");
    assert_confirmed("No\n", false, "");
    assert_confirmed("perhaps\n\nyes\n", true,
                     "answer yes or no\r\n           Delete prod? [y/n] ");
    now.options.default_text = "yes";
    assert_confirmed("n\n", false, "Delete prod? [Y/n] ");
    now.options.default_text = "no";
    assert_confirmed("y\n", true, "Delete prod? [y/N] ");
    type_ahead("\n");
    assert_logs(NO_WORDS, 0, "Delete prod? no (the default)");
}

static void test_prompt(void **state)
{
    (void)state;
    type_ahead("\n  1 2 \n");
    assert_logs(NO_WORDS, 0, "Which version? 1 2 ");
    assert_string_equal(now.text, "1 2");
    assert_true(operator_sees("an answer is needed\r\n"));
    assert_string_equal(told, "Which version?|1 2");
    now.options.check = refuse_odd;
    now.options.check_context = &now;
    now.options.default_text = "even";
    close(operator_side);
    type_ahead("odd\neven!!\n");
    assert_logs(NO_WORDS, 0, "Which version? even!! ");
    assert_true(operator_sees("must have an even number of letters\r\n"
                              "           Which version? [even] "));
}

static void test_choose(void **state)
{
    (void)state;
    static const struct {
        const char *typed;
        size_t index;
    } cases[] = {{"prod\n", 2}, {"2\n", 1}, {"d\n", 0}, {"0\n4\n-1\nx\n\n1x\n3\n", 2}};
    now.chooses = true;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        type_ahead(cases[i].typed);
        free(run(NO_WORDS, 0));
        assert_int_equal(now.index, cases[i].index);
        assert_true(operator_sees("Where?\r\n             1) dev\r\n             2) test\r\n"
                                  "             3) prod\r\n           [1-3] "));
        close(operator_side);
    }
    now.options.default_text = "test";
    type_ahead("\n");
    assert_logs(NO_WORDS, 0, "Where? test (the default)");
    assert_true(operator_sees("           [test] "));
}

static void test_end_of_input(void **state)
{
    (void)state;
    now.options.default_text = "1.2";
    type_ahead("\004");
    assert_logs(NO_WORDS, 1, "cannot ask 'Which version?': the input ended");
    assert_int_equal(now.status, STAGED_FAILED);
}

static void test_time_limit(void **state)
{
    (void)state;
    type_ahead("half a line");
    now.options.time_limit_s = 0.001;
    assert_logs(NO_WORDS, 1, "cannot ask 'Which version?': no answer within 0.001 s, and");
    assert_int_equal(now.status, STAGED_TIMED_OUT);
    assert_true(operator_sees("Which version? (within 0.001 s) "));
    now.options.default_text = "1.2";
    assert_logs(NO_WORDS, 0, "Which version? 1.2 (the default: no answer within 0.001 s)");
}

static staged_status use(void *context)
{
    staged_script *script = context;
    bool yes;
    size_t index;
    char *text = NULL;
    const staged_question_options options = {.size = sizeof options, .default_text = "dev"};
    staged_status status = staged_choose_with(script, &options, clusters, &index, "Where?");
    if (status == STAGED_OK)
        status = staged_prompt_with(script, &options, &text, "What?");
    free(text);
    if (status == STAGED_OK)
        status = staged_confirm_with(script, STAGED_QUESTION_OPTIONS(.default_text = "no"), &yes,
                                     "Really?");
    /* So the log says that it had none. */
    return status == STAGED_FAILED ? STAGED_NO_MEMORY : status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&asking, NULL, NULL);
    assert_true(torture_forgiving(use, script) > 3);
    staged_script_free(script);
}

TEST_GROUP(question)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_default, nobody_there, tidy),
        cmocka_unit_test_setup_teardown(test_no_default, nobody_there, tidy),
        cmocka_unit_test_setup_teardown(test_ci, nobody_there, tidy),
        cmocka_unit_test_setup_teardown(test_arguments, nobody_there, tidy),
        cmocka_unit_test_setup_teardown(test_dry_run, nobody_there, tidy),
        cmocka_unit_test_setup_teardown(test_senseless_options, nobody_there, tidy),
        cmocka_unit_test_setup_teardown(test_confirm, nobody_there, tidy),
        cmocka_unit_test_setup_teardown(test_prompt, nobody_there, tidy),
        cmocka_unit_test_setup_teardown(test_choose, nobody_there, tidy),
        cmocka_unit_test_setup_teardown(test_end_of_input, nobody_there, tidy),
        cmocka_unit_test_setup_teardown(test_time_limit, nobody_there, tidy),
        cmocka_unit_test_setup_teardown(test_out_of_memory, nobody_there, tidy),
    };
    return cmocka_run_group_tests_name("script question", tests, NULL, NULL);
}
