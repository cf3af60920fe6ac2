/* SPDX-License-Identifier: BSD-3-Clause */
#include <staged/status.h>

#include <string.h>

#include "support/cmocka_all.h"

static void test_no_status_is_an_exit_code(void **state)
{
    (void)state;
    for (int code = -1000; code < 1000; code++)
        if (code != 0)
            assert_string_equal(staged_status_text((staged_status)code), "unknown status");
}

static void test_every_status_has_its_own_text(void **state)
{
    (void)state;
    assert_int_equal(STAGED_OK, 0);
    assert_string_equal(staged_status_text(STAGED_OK), "ok");
    for (int a = STAGED_RETRY; a <= STAGED_UNKNOWN; a++) {
        assert_string_not_equal(staged_status_text((staged_status)a), "unknown status");
        for (int b = STAGED_RETRY; b < a; b++)
            assert_string_not_equal(staged_status_text((staged_status)a),
                                    staged_status_text((staged_status)b));
    }
}

TEST_GROUP(status)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_status_is_an_exit_code),
        cmocka_unit_test(test_every_status_has_its_own_text),
    };
    return cmocka_run_group_tests_name("base status", tests, NULL, NULL);
}
