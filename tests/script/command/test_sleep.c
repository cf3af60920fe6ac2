/* SPDX-License-Identifier: BSD-3-Clause */
#include <math.h>

#include "script/command/sleep.h"
#include "script/fixture.h"
#include "support/cmocka_all.h"

static void test_long_sleeps(void **state)
{
    (void)state;
    virtual_clock clock;
    virtual_clock_init(&clock);
    staged_script *script = fixture_script(&(staged_class){STAGED_CLASS("Plain")}, NULL, &clock);
    assert_int_equal(staged_sleep(script, 1.5), STAGED_OK);
    assert_int_equal(clock.now_ns, INT64_C(1500000000));
    assert_int_equal(staged_sleep(script, -1), STAGED_OK);
    assert_int_equal(staged_sleep(script, -1e300), STAGED_OK);
    assert_int_equal(staged_sleep(script, NAN), STAGED_OK);
    assert_int_equal(clock.sleeps, 1);
    assert_int_equal(staged_sleep(script, 1e300), STAGED_OK);
    assert_int_equal(stg_sleep_ns(script, INT64_MAX), STAGED_OK);
    assert_int_equal(clock.sleeps, 3);
    staged_script_free(script);
}

TEST_GROUP(sleep)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_long_sleeps),
    };
    return cmocka_run_group_tests_name("script sleep", tests, NULL, NULL);
}
