/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "script/each/each_fixture.h"
#include "support/cmocka_all.h"

/* Both run at a time, and write in turns. */
static void test_whole_outputs(void **state)
{
    (void)state;
    each_make_pipe("p");
    each_make_pipe("q");
    each_keep(RUN(0,
                  SH("echo $1 begins; if test $1 = a; then : >$F/p; read x <$F/q; else "
                     "read x <$F/p; echo >$F/q; fi; echo $1 ends >&2"),
                  .items = STAGED_TEXTS("a", "b"), .jobs = 2));
    assert_non_null(strstr(fixture_printed(), "a begins\na ends\n"));
    assert_non_null(strstr(fixture_printed(), "b begins\nb ends\n"));
}

/* The first one ends when the last one runs. */
static void run_first_last(bool keep_order)
{
    each_keep(RUN(0, SH("case $1 in a) read x <$F/r ;; c) echo >$F/r ;; esac; echo $1"),
                  .items = STAGED_TEXTS("a", "b", "c"), .jobs = 2, .keep_order = keep_order));
}

static void test_order(void **state)
{
    (void)state;
    each_make_pipe("r");
    run_first_last(true);
    assert_string_equal(fixture_printed(), "a\nb\nc\n");
    run_first_last(false);
    assert_int_equal(fixture_printed()[0], 'b');
}

/* What waits for the first one is bounded. */
static void test_order_of_many(void **state)
{
    (void)state;
    each_make_pipe("s");
    const char *path = each_make_numbers(300);
    each_keep(RUN(0, SH("case $1 in 1) read x <$F/s ;; 99) echo >$F/s ;; esac; echo $1"),
                  .file = path, .jobs = 3, .keep_order = true));
    char expected[2048] = "";
    for (int i = 1; i <= 300; i++)
        (void)snprintf(expected + strlen(expected), 8, "%d\n", i);
    assert_string_equal(fixture_printed(), expected);
}

static void test_quiet(void **state)
{
    (void)state;
    staged_script *script = RUN(1, SH("echo $1; test $1 = a"), .items = STAGED_TEXTS("a", "b"),
                                .jobs = 1, .quiet = true);
    assert_string_equal(fixture_printed(), "b\n");
    assert_true(each_shows(script, "b failed:  exit code 1"));
    each_keep(script);
}

/* What prints nothing does not run without a place for what it might print. */
static void test_no_room(void **state)
{
    (void)state;
    assert_int_equal(setenv("TMPDIR", "/no/such/folder", 1), 0);
    each_keep(RUN(1, .words = STAGED_TEXTS("true"), .items = STAGED_TEXTS("a"), .attempts = 2));
    assert_int_equal(unsetenv("TMPDIR"), 0);
    const staged_failed_item *failed = staged_each_result_failure(each_result, 0);
    assert_memory_equal(failed->failure, "cannot create a file for its output: ", 37);
    assert_int_equal(failed->attempts, 2);
}

/* More than fits into a pipe, in two streams. */
static void test_long_output(void **state)
{
    (void)state;
    each_keep(RUN(0, SH("head -c 20000 /dev/zero | tr '\\0' $1; echo >&2"),
                  .items = STAGED_TEXTS("a", "b"), .jobs = 2));
    const char *printed = fixture_printed();
    const char other = *printed == 'a' ? 'b' : 'a';
    assert_int_equal(strlen(printed), 2 * 20001);
    assert_ptr_equal(strchr(printed, other), printed + 20001);
}

TEST_GROUP(spool)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole_outputs), cmocka_unit_test(test_order),
        cmocka_unit_test(test_order_of_many), cmocka_unit_test(test_quiet),
        cmocka_unit_test(test_no_room),       cmocka_unit_test(test_long_output),
    };
    return cmocka_run_group_tests(tests, each_make_folder, each_remove_folder);
}
