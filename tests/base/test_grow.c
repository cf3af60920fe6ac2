/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/memory/grow.h"

#include <stdlib.h>

#include "support/cmocka_all.h"
#include "support/torture.h"

static void test_grows_and_zeroes(void **state)
{
    (void)state;
    int *items = NULL;
    size_t capacity = 0;
    for (size_t i = 0; i < 100; i++) {
        assert_true(stg_grow(&items, &capacity, i + 1, sizeof *items));
        assert_int_equal(items[i], 0);
        items[i] = (int)i;
    }
    assert_int_equal(items[99], 99);
    assert_int_equal(capacity, 128);
    free(items);
}

static void test_too_many_are_refused(void **state)
{
    (void)state;
    long *items = NULL;
    size_t capacity = 0;
    assert_false(stg_grow(&items, &capacity, SIZE_MAX, sizeof *items));
    assert_false(stg_grow(&items, &capacity, SIZE_MAX / 4, sizeof *items));
    assert_null(items);
    assert_int_equal(capacity, 0);
}

static staged_status grow_once(void *context)
{
    (void)context;
    char *items = NULL;
    size_t capacity = 0;
    const bool grown = stg_grow(&items, &capacity, 5, 1);
    free(items);
    return grown ? STAGED_OK : STAGED_NO_MEMORY;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_int_equal(torture(grow_once, NULL), 1);
}

TEST_GROUP(grow)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_grows_and_zeroes),
        cmocka_unit_test(test_too_many_are_refused),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("base grow", tests, NULL, NULL);
}
