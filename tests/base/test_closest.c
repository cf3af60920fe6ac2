/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/text/closest.h"

#include <string.h>

#include "support/cmocka_all.h"

static void test_distance(void **state)
{
    (void)state;
    assert_int_equal(stg_edit_distance("", "", 5), 0);
    assert_int_equal(stg_edit_distance("install", "install", 5), 0);
    assert_int_equal(stg_edit_distance("instal", "install", 5), 1);   /* left out */
    assert_int_equal(stg_edit_distance("innstall", "install", 5), 1); /* put in */
    assert_int_equal(stg_edit_distance("inztall", "install", 5), 1);  /* changed */
    assert_int_equal(stg_edit_distance("intsall", "install", 5), 1);  /* swapped */
    assert_int_equal(stg_edit_distance("kitten", "sitting", 5), 3);
    assert_int_equal(stg_edit_distance("", "abc", 5), 3);
    assert_true(stg_edit_distance("a", "abcdefgh", 3) > 3);
}

static void test_long_words_are_not_compared(void **state)
{
    (void)state;
    char word[200];
    memset(word, 'x', sizeof word - 1);
    word[sizeof word - 1] = '\0';
    assert_true(stg_edit_distance(word, word, 5) > 5);
}

TEST_GROUP(closest)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_distance),
        cmocka_unit_test(test_long_words_are_not_compared),
    };
    return cmocka_run_group_tests_name("base closest", tests, NULL, NULL);
}
