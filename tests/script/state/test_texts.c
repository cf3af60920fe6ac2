/* SPDX-License-Identifier: BSD-3-Clause */
#include <string.h>

#include "script/fixture.h"
#include "support/cmocka_all.h"

static const char *volatile nothing;

static staged_status make(staged_call *c)
{
    const char **kept = c->data;
    char name[] = "pod";
    kept[0] = staged_format(c->script, "%s-%d%%", name, 7);
    kept[1] = staged_format_text(c->script, name);
    name[0] = 'n';
    return STAGED_OK;
}

static staged_status make_of_nothing(staged_call *c)
{
    assert_null(staged_format_text(c->script, nothing));
    return STAGED_OK;
}

static const staged_class maker = {
    STAGED_CLASS("Maker"),
    .data_size = 2 * sizeof(const char *),
    .methods = STAGED_METHODS(STAGED_STAGE("make", "Making texts", make),
                              STAGED_STAGE("nothing", "Making none", make_of_nothing)),
};

static void test_texts_live_as_long_as_the_script(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&maker, NULL, NULL);
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", "make")), 0);
    const char *const *kept = staged_script_data(script, &maker);
    assert_string_equal(kept[0], "pod-7%");
    assert_string_equal(kept[1], "pod");
    staged_script_free(script);
}

static void test_a_text_of_nothing_is_a_bug(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&maker, NULL, NULL);
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", "nothing")), 70);
    assert_non_null(strstr(staged_script_error(script), "the text to keep is NULL"));
    staged_script_free(script);
}

TEST_GROUP(texts)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_texts_live_as_long_as_the_script),
        cmocka_unit_test(test_a_text_of_nothing_is_a_bug),
    };
    return cmocka_run_group_tests_name("script texts", tests, NULL, NULL);
}
