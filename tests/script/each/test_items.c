/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "script/each/each_fixture.h"
#include "support/cmocka_all.h"

static void test_lines_of_a_file(void **state)
{
    (void)state;
    static const char lines[] = "one\n\n two \nlast";
    each_keep(RUN(0, .words = STAGED_TEXTS("printf", "[%s]"), .jobs = 1,
                  .file = each_make_file(lines, sizeof lines - 1)));
    assert_string_equal(fixture_printed(), "[one][ two ][last]");
    each_keep(
        RUN(0, .words = STAGED_TEXTS("printf", "[%s]"), .jobs = 1, .file = each_make_file("", 0)));
    each_assert_counts(0, 0, 0);
}

static void test_items_that_end_with_nul(void **state)
{
    (void)state;
    static const char items[] = "a\nb\0\0-\0last";
    each_keep(RUN(0, .words = STAGED_TEXTS("printf", "[%s]"), .jobs = 1,
                  .file = each_make_file(items, sizeof items - 1), .null_separated = true));
    assert_string_equal(fixture_printed(), "[a\nb][][-][last]");
}

static void test_items_of_a_pipe(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "one\ntwo\nthree", 13), 13);
    close(ends[1]);
    staged_script *script = RUN(0, .words = STAGED_TEXTS("printf", "[%s]"), .jobs = 1,
                                .descriptor = ends[0], .reads = true, .name = "those");
    assert_string_equal(fixture_printed(), "[one][two][three]");
    assert_true(each_shows(script, "those:  3 passed in "));
    close(ends[0]);
    each_keep(script);
}

/* An item that is long enough to be read in several pieces. */
static void test_long_item(void **state)
{
    (void)state;
    enum { LENGTH = 100000 };
    char *text = malloc(LENGTH + 3);
    memset(text, 'x', LENGTH);
    memcpy(text + LENGTH, "\ny\n", 3);
    each_keep(RUN(0, SH("echo ${#1}"), .jobs = 1, .file = each_make_file(text, LENGTH + 3)));
    assert_string_equal(fixture_printed(), "100000\n1\n");
    free(text);
}

static void test_items_that_cannot_be_read(void **state)
{
    (void)state;
    staged_script *script = RUN(1, .words = STAGED_TEXTS("true"), .file = "no/such/file");
    assert_true(each_shows(script, "cannot read the items in 'no/such/file'"));
    assert_null(each_result);
    each_keep(script);
    script =
        RUN(1, .words = STAGED_TEXTS("true"), .file = each_make_file("a\nb\0c\n", 6), .jobs = 1);
    assert_true(each_shows(script, "an item contains a NUL byte: b..."));
    each_assert_counts(1, 0, 1);
    each_keep(script);
    script = RUN(1, .words = STAGED_TEXTS("true"), .file = each_folder);
    assert_true(each_shows(script, "cannot read the items: "));
    each_keep(script);
}

TEST_GROUP(items)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines_of_a_file),
        cmocka_unit_test(test_items_that_end_with_nul),
        cmocka_unit_test(test_items_of_a_pipe),
        cmocka_unit_test(test_long_item),
        cmocka_unit_test(test_items_that_cannot_be_read),
    };
    return cmocka_run_group_tests(tests, each_make_folder, each_remove_folder);
}
