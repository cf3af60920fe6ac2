/* SPDX-License-Identifier: BSD-3-Clause */
#include <staged/version.h>

#include <stdio.h>

#include "support/cmocka_all.h"

static void test_the_numbers_are_the_text(void **state)
{
    (void)state;
    char text[64];
    (void)snprintf(text, sizeof text, "%d.%d.%d", STAGED_VERSION_MAJOR, STAGED_VERSION_MINOR,
                   STAGED_VERSION_PATCH);
    assert_string_equal(STAGED_VERSION, text);
    assert_string_equal(staged_version(), text);
}

TEST_GROUP(version)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_the_numbers_are_the_text)};
    return cmocka_run_group_tests_name("base version", tests, NULL, NULL);
}
