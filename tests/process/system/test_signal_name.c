/* SPDX-License-Identifier: BSD-3-Clause */
#include <staged/signals.h>

#include <signal.h>

#include "support/cmocka_all.h"

static void test_names(void **state)
{
    (void)state;
    assert_string_equal(staged_signal_name(SIGTERM), "SIGTERM");
    assert_string_equal(staged_signal_name(SIGSYS), "SIGSYS");
    assert_string_equal(staged_signal_name(0), "an unnamed signal");
    assert_string_equal(staged_signal_name(-9), "an unnamed signal");
}

TEST_GROUP(signal_name)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_names)};
    return cmocka_run_group_tests_name("process signal_name", tests, NULL, NULL);
}
