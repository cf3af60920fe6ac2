/* SPDX-License-Identifier: BSD-3-Clause */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "script/fixture.h"
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

static staged_status init_fails(staged_call *c)
{
    return staged_fail(c->script, "nothing to work with");
}

static const staged_class broken = {
    STAGED_CLASS("Broken"), .methods = STAGED_METHODS(STAGED_ON(STAGED_HOOK_INIT, init_fails))};
static const staged_class mistaken = {STAGED_CLASS("Mistaken"),
                                      .methods = STAGED_METHODS(STAGED_ON("no_such", nothing))};

static staged_status ask_wrongly(staged_call *c)
{
    (void)staged_namespace_int(staged_script_args(c->script), "no_such_argument");
    return STAGED_OK;
}

static const staged_class wrong = {
    STAGED_CLASS("Wrong"), .methods = STAGED_METHODS(STAGED_STAGE("one", "One", ask_wrongly))};

static staged_status main_exits(staged_call *c)
{
    assert_int_equal(c->argc, 0);
    return staged_exit(c->script, 9);
}

static const staged_class leaving = {
    STAGED_CLASS("Leaving"), .methods = STAGED_METHODS(STAGED_ON(STAGED_HOOK_MAIN, main_exits))};

static staged_status is_ended(staged_call *c)
{
    STAGED_TRY(staged_super(c));
    (void)raise(SIGTERM);
    return staged_sleep(c->script, 100);
}

static const staged_class ended_early = {
    STAGED_CLASS("EndedEarly"),
    .methods = STAGED_METHODS(STAGED_ON(STAGED_HOOK_PARSE_ARGS, is_ended))};

static int run_class(const staged_class *script_class, const char *const *words, bool summary)
{
    staged_script *script = fixture_script(script_class, NULL, NULL);
    const int exit_status = fixture_run(script, words);
    assert_int_equal(strstr(fixture_output(script), "End test Script Execution Summary") != NULL,
                     summary);
    staged_script_free(script);
    return exit_status;
}

static void test_exit_statuses(void **state)
{
    (void)state;
    const char *const *none = (const char *const[]){NULL};
    assert_int_equal(run_class(&plain, none, true), 0);
    assert_int_equal(run_class(&plain, STAGED_TEXTS("--help"), false), 0);
    assert_int_equal(run_class(&plain, STAGED_TEXTS("--nothing"), false), 2);
    assert_int_equal(run_class(&broken, none, false), 1);
    assert_int_equal(run_class(&mistaken, none, false), 70);
    assert_int_equal(run_class(&leaving, none, true), 9);
    assert_int_equal(run_class(&ended_early, none, false), 128 + SIGTERM);
    assert_int_equal(run_class(&wrong, STAGED_TEXTS("--stage", "one"), true), 70);
}

static void test_main_of_a_program(void **state)
{
    (void)state;
    char name[] = "/some/where/program";
    char stage[] = "--no-such-option";
    char *argv[] = {name, stage, NULL};
    assert_int_equal(staged_main(&plain, 2, argv), 2);
    assert_int_equal(staged_main_with(&mistaken, NULL, 1, argv), 70);
    char *no_words[] = {NULL};
    assert_int_equal(staged_main_with(&mistaken, NULL, 0, no_words), 70);
}

static int opened;

static staged_status open_a_file(staged_call *c)
{
    FILE *file = tmpfile();
    opened = fileno(file);
    (void)fclose(file);
    return staged_log(c->script, "This goes nowhere.");
}

static const staged_class opening = {
    STAGED_CLASS("Opening"), .methods = STAGED_METHODS(STAGED_ON(STAGED_HOOK_MAIN, open_a_file))};

/* A script that is started without standard output does not write its log into what it opens. */
static void test_closed_streams(void **state)
{
    (void)state;
    (void)fflush(NULL);
    const int input = dup(STDIN_FILENO);
    const int output = dup(STDOUT_FILENO);
    (void)close(STDIN_FILENO);
    (void)close(STDOUT_FILENO);
    char name[] = "closed";
    char *argv[] = {name, NULL};
    const int exit_status = staged_main(&opening, 1, argv);
    char byte = 'x';
    const ssize_t got = read(STDIN_FILENO, &byte, 1);
    const ssize_t written = write(STDOUT_FILENO, &byte, 1);
    (void)dup2(input, STDIN_FILENO);
    (void)dup2(output, STDOUT_FILENO);
    (void)close(input);
    (void)close(output);
    assert_int_equal(exit_status, 0);
    assert_true(opened > STDERR_FILENO);
    assert_int_equal(got, -1);
    assert_int_equal(written, -1);
}

TEST_GROUP(run)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_exit_statuses),
        cmocka_unit_test(test_main_of_a_program),
        cmocka_unit_test(test_closed_streams),
    };
    return cmocka_run_group_tests_name("script run", tests, NULL, NULL);
}
