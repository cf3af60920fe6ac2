/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/memory/search.h"

#include <string.h>

#include "support/cmocka_all.h"

static bool is_less(const void *row, const void *wanted)
{
    return *(const int *)row < *(const int *)wanted;
}

static void test_the_first_that_is_not_before(void **state)
{
    (void)state;
    static const int rows[] = {2, 4, 4, 4, 7};
    static const size_t places[] = {0, 0, 0, 1, 1, 4, 4, 4, 5};
    for (int wanted = 0; wanted < 9; wanted++) {
        for (size_t count = 0; count <= 5; count++) {
            const size_t place = places[wanted] < count ? places[wanted] : count;
            assert_int_equal(stg_search(rows, count, sizeof *rows, is_less, &wanted), place);
        }
    }
}

static void test_names(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        int thing;
    } rows[] = {{"b", 1}, {"bold", 2}, {"bolder", 3}, {"red", 4}};
    static const struct {
        const char *name;
        size_t place;
        bool found;
    } cases[] = {{"", 0, false},    {"a", 0, false},     {"b", 0, true},   {"bo", 1, false},
                 {"bold", 1, true}, {"bolde", 2, false}, {"red", 3, true}, {"redder", 4, false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool found;
        assert_int_equal(
            stg_search_name(rows, 4, sizeof *rows, cases[i].name, strlen(cases[i].name), &found),
            cases[i].place);
        assert_int_equal(found, cases[i].found);
    }
    bool found;
    assert_int_equal(stg_search_name(rows, 4, sizeof *rows, "boldest", 4, &found), 1);
    assert_true(found);
}

TEST_GROUP(search)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_first_that_is_not_before),
        cmocka_unit_test(test_names),
    };
    return cmocka_run_group_tests_name("base search", tests, NULL, NULL);
}
