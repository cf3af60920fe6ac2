/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/strv.h"

#include <stdlib.h>
#include <string.h>

#include "support/cmocka_all.h"
#include "support/torture.h"

static void test_add_find_remove(void **state)
{
    (void)state;
    stg_strv vector = {0};
    assert_false(stg_strv_contains(&vector, "a"));
    assert_false(stg_strv_remove(&vector, "a"));
    stg_strv_add(&vector, "a");
    stg_strv_add_bytes(&vector, "bcd", 1);
    stg_strv_add_owned(&vector, strdup("c"));
    assert_int_equal(vector.count, 3);
    assert_null(vector.items[3]);
    assert_true(stg_strv_contains(&vector, "b"));
    assert_true(stg_strv_remove(&vector, "a"));
    assert_false(stg_strv_contains(&vector, "a"));
    assert_string_equal(vector.items[0], "b");
    assert_null(vector.items[2]);
    stg_strv_free(&vector);
    assert_int_equal(vector.count, 0);
}

static staged_status use(void *context)
{
    (void)context;
    stg_strv vector = {0};
    stg_strv_add(&vector, "a");
    stg_strv_add(&vector, "b");
    const staged_status status = stg_strv_status(&vector);
    stg_strv_free(&vector);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_int_equal(torture(use, NULL), 3);
}

TEST_GROUP(strv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_add_find_remove),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("base strv", tests, NULL, NULL);
}
