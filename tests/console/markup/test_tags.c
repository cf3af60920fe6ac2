/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/markup/tags.h"

#include <stdio.h>
#include <string.h>

#include "support/cmocka_all.h"
#include "support/torture.h"

static stg_tag *get(stg_tags *tags, const char *name)
{
    return stg_tags_get(tags, name, strlen(name));
}

static void test_the_same_name_is_the_same_tag(void **state)
{
    (void)state;
    stg_tags *tags = stg_tags_new();
    stg_tag *bold = get(tags, "bold");
    assert_ptr_equal(bold->normal, bold);
    assert_ptr_equal(get(tags, "bold"), bold);
    assert_ptr_equal(get(tags, "b")->normal, bold);
    assert_ptr_equal(get(tags, "B")->normal, bold);
    assert_ptr_not_equal(get(tags, "italic")->normal, bold);
    stg_tags_free(tags);
    stg_tags_free(NULL);
}

static void test_styles_are_found_out_once(void **state)
{
    (void)state;
    stg_theme theme = {0};
    stg_error error = {0};
    stg_tags *tags = stg_tags_new();
    assert_true(stg_style_is_null(stg_tag_style(get(tags, "mine"), &theme)));
    assert_int_equal(stg_theme_set(&theme, "mine", "bold", &error), STAGED_OK);
    assert_true(stg_style_is_null(stg_tag_style(get(tags, "mine"), &theme)));
    stg_tags_clear(tags);
    assert_int_equal(stg_tag_style(get(tags, "mine"), &theme)->on, STG_BOLD);
    stg_tags_free(tags);
    stg_theme_free(&theme);
}

static void test_ever_new_tags_do_not_fill_the_memory(void **state)
{
    (void)state;
    stg_tags *tags = stg_tags_new();
    size_t last = 0;
    for (int i = 0; i < 10000; i++) {
        const size_t number = stg_tags_begin(tags);
        assert_true(number > last);
        last = number;
        char name[16];
        (void)snprintf(name, sizeof name, "tag%d", i);
        stg_tag *tag = get(tags, name);
        assert_ptr_equal(get(tags, name), tag);
    }
    stg_tags_free(tags);
}

static staged_status fill(void *context)
{
    (void)context;
    stg_tags *tags = stg_tags_new();
    bool got = tags != NULL;
    for (int i = 0; i < 200 && got; i++) {
        char name[16];
        (void)snprintf(name, sizeof name, "Tag%d", i);
        got = get(tags, name) != NULL;
    }
    stg_tags_free(tags);
    return got ? STAGED_OK : STAGED_NO_MEMORY;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_true(torture(fill, NULL) > 3);
}

TEST_GROUP(tags)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_same_name_is_the_same_tag),
        cmocka_unit_test(test_styles_are_found_out_once),
        cmocka_unit_test(test_ever_new_tags_do_not_fill_the_memory),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
