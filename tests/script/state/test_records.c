/* SPDX-License-Identifier: BSD-3-Clause */
#include "script/fixture.h"
#include "support/cmocka_all.h"

static void test_durations_and_commands(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&(staged_class){STAGED_CLASS("Plain")}, NULL, NULL);
    size_t count;
    assert_null(staged_script_duration(script, 0));
    assert_int_equal(staged_script_add_duration(script, NULL, 5), STAGED_FAILED);
    assert_int_equal(staged_script_add_duration(script, "one", 5), STAGED_OK);
    assert_int_equal(staged_script_duration(script, 0)->duration_ns, 5);
    assert_null(staged_script_duration(script, 1));
    assert_null(*staged_script_commands(script, &count));
    assert_int_equal(staged_script_add_command(script, "sleep 30"), STAGED_OK);
    assert_string_equal(*staged_script_commands(script, &count), "sleep 30");
    assert_int_equal(count, 1);
    assert_string_equal(staged_script_command_record(script, 0)->command, "sleep 30");
    staged_script_clear_commands(script);
    staged_script_clear_durations(script);
    assert_null(staged_script_command_record(script, 0));
    assert_null(staged_script_duration(script, 0));
    staged_script_free(script);
}

TEST_GROUP(records)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_durations_and_commands)};
    return cmocka_run_group_tests_name("script records", tests, NULL, NULL);
}
