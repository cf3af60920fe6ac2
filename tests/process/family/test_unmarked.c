/* SPDX-License-Identifier: BSD-3-Clause */
#include "process/family/unmarked.h"

#include <limits.h>

#include "support/cmocka_all.h"
#include "support/runner.h"

static void test_recorded_processes_are_found(void **state)
{
    (void)state;
    size_t count;
    atomic_int *places = stg_unmarked_places(&count);
    assert_true(count > 0);
    assert_false(stg_unmarked_has(INT_MAX));
    const int before = atomic_exchange(&places[count - 1], INT_MAX);
    assert_true(stg_unmarked_has(INT_MAX));
    atomic_store(&places[count - 1], before);
    assert_false(stg_unmarked_has(INT_MAX));
}

TEST_GROUP(unmarked)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_recorded_processes_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
