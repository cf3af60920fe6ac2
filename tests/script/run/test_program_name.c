/* SPDX-License-Identifier: BSD-3-Clause */
#include <string.h>

#include "script/fixture.h"
#include "script/run/program_name.h"
#include "support/cmocka_all.h"

static void test_it_is_this_program(void **state)
{
    (void)state;
    assert_non_null(strstr(stg_program_name(), "test_script"));
}

TEST_GROUP(program_name)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_it_is_this_program),
    };
    return cmocka_run_group_tests_name("script program_name", tests, NULL, NULL);
}
