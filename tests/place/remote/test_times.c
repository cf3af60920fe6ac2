/* SPDX-License-Identifier: BSD-3-Clause */
#include "place/remote/times.h"

#include "support/cmocka_all.h"

static void test_seconds(void **state)
{
    (void)state;
    const char *at = "12.34 rest";
    int64_t ns = 0;
    assert_true(stg_remote_read_seconds(&at, &ns));
    assert_int_equal(ns, INT64_C(12340000000));
    assert_string_equal(at, " rest");
    at = "0,5";
    assert_true(stg_remote_read_seconds(&at, &ns));
    assert_int_equal(ns, 500000000);
    at = "x";
    assert_false(stg_remote_read_seconds(&at, &ns));
    at = "99999999999";
    assert_false(stg_remote_read_seconds(&at, &ns));
}

static void test_minutes(void **state)
{
    (void)state;
    const char *at = "1m2.5s 0m0,25s";
    int64_t ns = 0;
    assert_true(stg_remote_read_minutes(&at, &ns));
    assert_int_equal(ns, INT64_C(62500000000));
    assert_true(stg_remote_read_minutes(&at, &ns));
    assert_int_equal(ns, 250000000);
    assert_string_equal(at, "");
    at = "1m2.5";
    assert_false(stg_remote_read_minutes(&at, &ns));
    at = "999999999m0s";
    assert_false(stg_remote_read_minutes(&at, &ns));
}

TEST_GROUP(times)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_seconds),
        cmocka_unit_test(test_minutes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
