/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/text/ratio.h"
#include "support/cmocka_all.h"

/* The figures are those of rich._ratio. */
static void test_shares(void **state)
{
    (void)state;
    int shares[3];
    stg_ratio_distribute(10, (int[]){1, 1, 1}, NULL, 3, shares);
    assert_memory_equal(shares, ((int[]){4, 3, 3}), sizeof shares);
    stg_ratio_distribute(10, (int[]){1, 2, 3}, (int[]){1, 1, 1}, 3, shares);
    assert_memory_equal(shares, ((int[]){2, 4, 4}), sizeof shares);
    stg_ratio_distribute(5, (int[]){1, 1, 1}, (int[]){4, 4, 0}, 3, shares);
    assert_memory_equal(shares, ((int[]){4, 4, -3}), sizeof shares);
    stg_ratio_distribute(-5, (int[]){3, 2, 0}, NULL, 3, shares);
    assert_memory_equal(shares, ((int[]){0, 0, -5}), sizeof shares);
}

static void test_reductions(void **state)
{
    (void)state;
    int values[3] = {10, 10, 10};
    stg_ratio_reduce(7, (int[]){1, 1, 1}, (int[]){9, 9, 9}, 3, values);
    assert_memory_equal(values, ((int[]){8, 8, 7}), sizeof values);
    int limited[3] = {10, 10, 10};
    stg_ratio_reduce(9, (int[]){1, 1, 1}, (int[]){1, 0, 9}, 3, limited);
    assert_memory_equal(limited, ((int[]){9, 10, 2}), sizeof limited);
    int untouched[3] = {10, 10, 10};
    stg_ratio_reduce(9, (int[]){0, 0, 0}, (int[]){9, 9, 9}, 3, untouched);
    assert_memory_equal(untouched, ((int[]){10, 10, 10}), sizeof untouched);
}

static void test_halves_go_to_the_even_number(void **state)
{
    (void)state;
    int values[2] = {10, 10};
    stg_ratio_reduce(1, (int[]){1, 1}, (int[]){9, 9}, 2, values);
    assert_memory_equal(values, ((int[]){10, 9}), sizeof values);
    int three[2] = {10, 10};
    stg_ratio_reduce(3, (int[]){1, 1}, (int[]){9, 9}, 2, three);
    assert_memory_equal(three, ((int[]){8, 9}), sizeof three);
}

TEST_GROUP(ratio)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shares),
        cmocka_unit_test(test_reductions),
        cmocka_unit_test(test_halves_go_to_the_even_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
