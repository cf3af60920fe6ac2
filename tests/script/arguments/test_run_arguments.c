/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Running a part of a script, and pretending how its stages end. */
#include <string.h>

#include "script/fixture.h"
#include "support/cmocka_all.h"

static staged_status work(staged_call *c)
{
    char *ran = staged_script_user(c->script);
    strcat(strcat(ran, staged_script_stage(c->script)), " ");
    return STAGED_OK;
}

static const staged_class release = {
    STAGED_CLASS("Release"),
    .methods =
        STAGED_METHODS(STAGED_STAGE("build", "Building", work, .by_default = true),
                       STAGED_STAGE("test", "Testing", work, .by_default = true),
                       STAGED_STAGE("sign", "Signing", work),
                       STAGED_STAGE("publish", "Publishing", work, .by_default = true),
                       STAGED_STAGE("tidy", "Tidying", work, .by_default = true, .always = true)),
};
/* None runs by default. */
static const staged_class manual = {
    STAGED_CLASS("Manual"),
    .methods = STAGED_METHODS(STAGED_STAGE("one", "The first", work),
                              STAGED_STAGE("two", "The second", work),
                              STAGED_STAGE("three", "The third", work)),
};

/* The stages whose bodies ran, in order. */
static char ran[256];
static virtual_clock clock_of_run;

/* Runs a new script with these words; what it printed is fixture_printed(). */
static int run_with(const staged_class *script_class, staged_choice run_arguments,
                    const char *const *words)
{
    ran[0] = '\0';
    virtual_clock_init(&clock_of_run);
    staged_script *script =
        staged_script_new(script_class, STAGED_OPTIONS(staged_script_options, .name = "test",
                                                       .clock = &clock_of_run.clock, .user = ran,
                                                       .run_arguments = run_arguments));
    const int exit_status = fixture_run(script, words);
    staged_script_free(script);
    return exit_status;
}

#define RAN(expected, script_class, ...)                                                           \
    do {                                                                                           \
        assert_int_equal(run_with(script_class, STAGED_AUTO, STAGED_TEXTS(__VA_ARGS__)), 0);       \
        assert_string_equal(ran, expected);                                                        \
    } while (0)
#define REFUSED(expected, script_class, ...)                                                       \
    do {                                                                                           \
        assert_int_equal(run_with(script_class, STAGED_AUTO, STAGED_TEXTS(__VA_ARGS__)), 2);       \
        assert_string_equal(ran, "");                                                              \
        assert_non_null(strstr(fixture_printed(), expected));                                      \
    } while (0)

static void test_a_part_is_run(void **state)
{
    (void)state;
    RAN("test publish tidy ", &release, "--from", "test");
    RAN("build test tidy ", &release, "--until", "test");
    RAN("test tidy ", &release, "--from", "test", "--until", "test");
    RAN("build publish tidy ", &release, "--skip", "test");
    RAN("build ", &release, "--skip", "test", "publish", "--skip", "tidy");
    RAN("test ", &release, "--from=test", "--until=test", "--skip=tidy");
}

static void test_what_is_named_runs(void **state)
{
    (void)state;
    RAN("sign publish tidy ", &release, "--from", "sign");
    RAN("build test sign tidy ", &release, "--until", "sign");
    RAN("build publish ", &release, "--stage", "build", "publish");
    RAN("test publish ", &release, "--stage", "build", "publish", "--from", "test");
    RAN("two three ", &manual, "--from", "two");
    RAN("one two ", &manual, "--until", "two");
}

static void test_contradictions(void **state)
{
    (void)state;
    REFUSED("test: error: argument --until: stage 'build' comes before 'test', where --from begins",
            &release, "--from", "test", "--until", "build");
    REFUSED("test: error: no stage is left to run", &manual, "--stage", "one", "--skip", "one");
    REFUSED("argument --skip: invalid choice: 'tests'", &release, "--skip", "tests");
    REFUSED("argument --assume: only a dry run can assume outcomes; add --dry-run", &release,
            "--assume", "test=fail");
    REFUSED("argument --assume: there is no stage 'tests'", &release, "--dry-run", "--assume",
            "tests=fail");
    REFUSED("argument --assume: 'test' is not of the form STAGE=OUTCOME", &release, "--dry-run",
            "--assume", "test");
    REFUSED("argument --assume: 'fine' is not an outcome; use ok, retry or fail", &release,
            "--dry-run", "--assume", "test=retry,fine");
    REFUSED("argument --assume: '' is not an outcome", &release, "--dry-run", "--assume", "test=");
}

static void test_outcomes_are_assumed(void **state)
{
    (void)state;
    assert_int_equal(
        run_with(&release, STAGED_AUTO,
                 STAGED_TEXTS("--dry-run", "--test-retry-attempts", "2", "--test-retry-delay", "30",
                              "--assume", "test=retry,retry,ok")),
        0);
    assert_string_equal(ran, "build test test test publish tidy ");
    assert_int_equal(clock_of_run.sleeps, 0);

    assert_int_equal(run_with(&release, STAGED_AUTO,
                              STAGED_TEXTS("--dry-run", "--assume", "build=ok", "test=fail")),
                     1);
    assert_string_equal(ran, "build test tidy ");
    assert_non_null(strstr(fixture_printed(), "assumed by --assume"));

    assert_int_equal(run_with(&release, STAGED_AUTO,
                              STAGED_TEXTS("--dry-run", "--publish-retry-attempts", "1", "--assume",
                                           "publish=retry")),
                     1);
    assert_string_equal(ran, "build test publish publish tidy ");
}

/* They take no abbreviation away from others, and are no part of what authors print. */
static void test_they_keep_out_of_the_way(void **state)
{
    (void)state;
    RAN("one ", &manual, "--s", "one");
    REFUSED("unrecognized arguments: --fro", &release, "--fro", "test");
    assert_int_equal(run_with(&release, STAGED_AUTO, STAGED_TEXTS("--help")), 0);
    assert_null(strstr(fixture_printed(), "--from"));
    assert_int_equal(run_with(&release, STAGED_YES, STAGED_TEXTS("--help")), 0);
    assert_non_null(strstr(fixture_printed(), "--from STAGE"));
    assert_non_null(strstr(fixture_printed(), "--assume STAGE=OUTCOME[,OUTCOME...]"));
    assert_int_equal(run_with(&release, STAGED_NO, STAGED_TEXTS("--from", "test")), 2);
    assert_non_null(strstr(fixture_printed(), "unrecognized arguments: --from test"));
}

struct own {
    const char *from;
};
static const staged_class copy = {
    STAGED_CLASS("Copy"),
    .data_size = sizeof(struct own),
    .arguments = STAGED_ARGUMENTS(STAGED_ARGUMENT("--from", STAGED_INTO(struct own, from))),
    .methods = STAGED_METHODS(STAGED_STAGE("copy", "Copying", work, .by_default = true),
                              STAGED_STAGE("check", "Checking", work, .by_default = true)),
};

static void test_the_author_comes_first(void **state)
{
    (void)state;
    RAN("copy check ", &copy, "--from", "here");
    RAN("copy ", &copy, "--from", "here", "--until", "copy");
}

static void test_the_effective_command_line(void **state)
{
    (void)state;
    RAN("test ", &release, "--skip", "tidy", "--from", "test", "--until", "test");
    assert_non_null(strstr(fixture_printed(), "--from test"));
    assert_non_null(strstr(fixture_printed(), "--until test"));
    assert_non_null(strstr(fixture_printed(), "--skip tidy"));
    RAN("build test publish tidy ", &release, "--dry-run");
    assert_null(strstr(fixture_printed(), "--from"));
}

TEST_GROUP(run_arguments)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_part_is_run),
        cmocka_unit_test(test_what_is_named_runs),
        cmocka_unit_test(test_contradictions),
        cmocka_unit_test(test_outcomes_are_assumed),
        cmocka_unit_test(test_they_keep_out_of_the_way),
        cmocka_unit_test(test_the_author_comes_first),
        cmocka_unit_test(test_the_effective_command_line),
    };
    return cmocka_run_group_tests_name("script run_arguments", tests, NULL, NULL);
}
