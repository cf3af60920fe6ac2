/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What is shown and recorded of a command. */
#include "script/command/begun_command.h"

#include "script/fixture.h"
#include "support/cmocka_all.h"

static const staged_class plain = {STAGED_CLASS("Plain")};

static void check_texts(staged_script *script, const staged_run_options *options, const char *shown,
                        const char *recorded, const char *before)
{
    stg_command_texts texts = {0};
    staged_run_options own;
    staged_process_options process;
    assert_int_equal(stg_read_run_options(script, options, &own, &process), STAGED_OK);
    assert_int_equal(stg_make_command_texts(script, &own, &texts), STAGED_OK);
    assert_string_equal(texts.shown, shown);
    assert_string_equal(texts.recorded, recorded);
    if (before == NULL)
        assert_null(texts.before);
    else
        assert_string_equal(texts.before, before);
    stg_free_command_texts(&texts);
}

static void test_texts(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&plain, NULL, NULL);
    check_texts(script, STAGED_RUN_OPTIONS(.command = "echo hush | cat"), "echo hush | cat",
                "echo hush | cat", NULL);
    check_texts(script, STAGED_RUN_OPTIONS(.argv = STAGED_TEXTS("echo", "a b"), .directory = "-x"),
                "echo 'a b'", "echo 'a b'", "cd ./-x || exit; ");
    check_texts(script,
                STAGED_RUN_OPTIONS(.argv = STAGED_TEXTS("make", "-j", "2"), .pretty_print = true),
                "make -j 2", "make \\\n    -j \\\n    2", NULL);
    assert_int_equal(staged_script_add_secret(script, "hush"), STAGED_OK);
    check_texts(script, STAGED_RUN_OPTIONS(.command = "echo hush | cat"), "echo *** | cat",
                "echo *** | cat", NULL);
    staged_script_free(script);
}

static void test_dry_runs(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&plain, NULL, NULL);
    const staged_run_options writes = {.size = sizeof writes, .command = "make"};
    const staged_run_options reads = {.size = sizeof reads, .command = "ls", .reads_only = true};
    assert_false(stg_is_command_shown_only(script, &writes));
    staged_script_set_dry_run(script, true);
    assert_true(stg_is_command_shown_only(script, &writes));
    assert_false(stg_is_command_shown_only(script, &reads));
    staged_script_free(script);
}

TEST_GROUP(begun_command)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_dry_runs),
    };
    return cmocka_run_group_tests_name("begun command", tests, NULL, NULL);
}
