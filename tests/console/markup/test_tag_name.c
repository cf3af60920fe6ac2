/* SPDX-License-Identifier: BSD-3-Clause */
#include "support/consoles.h"

static void assert_normal(const char *name, const char *expected)
{
    stg_buf out = {0};
    stg_tag_normalize(&out, name, strlen(name));
    assert_string_equal(stg_buf_text(&out), expected);
    stg_buf_free(&out);
}

/* As str(Style.parse(...)) has it. */
static void test_styles(void **state)
{
    (void)state;
    assert_normal("b", "bold");
    assert_normal("Bold RED", "bold red");
    assert_normal("red b i", "bold italic red");
    assert_normal("not b on blue", "not bold on blue");
    assert_normal("red green", "green");
    assert_normal("#FF0000 on RGB(1,2,3)", "#ff0000 on rgb(1,2,3)");
    assert_normal("link http://A.b bold", "bold link http://A.b");
    assert_normal("none", "none");
    assert_normal("uu o frame", "underline2 frame overline");
}

static void test_other_names(void **state)
{
    (void)state;
    assert_normal("repr.number", "repr.number");
    assert_normal("  My Style ", "my style");
    assert_normal("link", "link");
    assert_normal("on", "on");
}

TEST_GROUP(tag_name)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_styles),
        cmocka_unit_test(test_other_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
