/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdlib.h>

#include "script/fixture.h"
#include "script/state/mask.h"
#include "support/cmocka_all.h"

static void assert_masked(char *masked, const char *expected)
{
    if (expected == NULL)
        assert_null(masked);
    else
        assert_string_equal(masked, expected);
    free(masked);
}

static void test_texts(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&(staged_class){STAGED_CLASS("Plain")}, NULL, NULL);
    assert_masked(stg_masked(script, "open sesame"), "open sesame");
    assert_masked(stg_masked_wrapped(script, "open\n   sesame"), "open\n   sesame");
    assert_int_equal(staged_script_add_secret(script, "open sesame"), STAGED_OK);
    assert_masked(stg_masked(script, "Say open sesame!"), "Say ***!");
    assert_masked(stg_masked_wrapped(script, "Say open\n   sesame!"), "Say ***!");
    assert_masked(stg_masked(script, NULL), NULL);
    staged_script_free(script);
}

TEST_GROUP(mask)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_texts),
    };
    return cmocka_run_group_tests_name("script mask", tests, NULL, NULL);
}
