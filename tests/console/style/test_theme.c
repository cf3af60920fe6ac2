/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/style/theme.h"

#include <string.h>

#include "support/cmocka_all.h"
#include "support/torture.h"

static void assert_default(const char *name, const char *definition)
{
    stg_style expected;
    assert_int_equal(stg_style_parse(definition, strlen(definition), &expected, NULL), STAGED_OK);
    const stg_style *style = stg_theme_find(NULL, name, strlen(name));
    assert_non_null(style);
    assert_true(stg_style_equal(style, &expected));
}

static void test_default_theme(void **state)
{
    (void)state;
    for (size_t i = 1; i < stg_default_theme_count; i++)
        assert_true(strcmp(stg_default_theme[i - 1].name, stg_default_theme[i].name) < 0);
    assert_int_equal(stg_default_theme_count, 153);
    assert_default("none", "none");
    assert_default("bright", "not dim");
    assert_default("log.time", "dim cyan");
    assert_default("repr.url", "not bold not italic underline bright_blue");
    assert_default("bar.complete", "rgb(249,38,114)");
    assert_default("markdown.code", "bold cyan on black");
    assert_default("yellow", "yellow");
    assert_null(stg_theme_find(NULL, "log", 3));
    assert_null(stg_theme_find(NULL, "Red", 3));
}

static void test_own_names(void **state)
{
    (void)state;
    stg_theme theme = {0};
    stg_error error = {0};
    assert_int_equal(stg_theme_set(&theme, "warning", "bold red", &error), STAGED_OK);
    assert_int_equal(stg_theme_set(&theme, "info", "link there", &error), STAGED_OK);
    assert_int_equal(stg_theme_set(&theme, "log.time", "green", &error), STAGED_OK);
    assert_int_equal(stg_theme_set(&theme, "warning", "blue", &error), STAGED_OK);
    assert_int_equal(theme.count, 3);
    assert_int_equal(stg_theme_find(&theme, "warning", 7)->color.red, 4);
    assert_int_equal(stg_theme_find(&theme, "log.time", 8)->color.red, 2);
    assert_int_equal(stg_theme_find(&theme, "info", 4)->link_length, 5);
    assert_int_equal(stg_theme_find(&theme, "log.path", 8)->on, STG_DIM);
    assert_int_equal(stg_theme_set(&theme, "bad", "nope", &error), STAGED_BAD_MARKUP);
    assert_null(stg_theme_find(&theme, "bad", 3));
    stg_error_free(&error);
    stg_theme_free(&theme);
}

static void test_name_or_definition(void **state)
{
    (void)state;
    stg_style style;
    stg_error error = {0};
    assert_int_equal(stg_theme_get(NULL, "rule.line", 9, &style, &error), STAGED_OK);
    assert_int_equal(style.color.red, 10);
    assert_int_equal(stg_theme_get(NULL, "on red", 6, &style, &error), STAGED_OK);
    assert_int_equal(style.background.red, 1);
    assert_int_equal(stg_theme_get(NULL, "nope", 4, &style, NULL), STAGED_BAD_MARKUP);
    assert_int_equal(stg_theme_get(NULL, "nope", 4, &style, &error), STAGED_BAD_MARKUP);
    assert_string_equal(stg_error_text(&error),
                        "Failed to get style 'nope'; unable to parse 'nope' as color; "
                        "'nope' is not a valid color");
    stg_error_free(&error);
}

/* The reason may be lost, never the fact. */
static staged_status use(void *context)
{
    (void)context;
    stg_theme theme = {0};
    stg_error error = {0};
    stg_style style;
    staged_status status = stg_theme_set(&theme, "warning", "red", &error);
    if (status == STAGED_OK) {
        status = stg_theme_get(&theme, "nope", 4, &style, &error);
        status = status == STAGED_BAD_MARKUP && error.text != NULL ? STAGED_OK : STAGED_NO_MEMORY;
    }
    stg_error_free(&error);
    stg_theme_free(&theme);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_true(torture_forgiving(use, NULL) > 0);
}

TEST_GROUP(theme)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_default_theme),
        cmocka_unit_test(test_own_names),
        cmocka_unit_test(test_name_or_definition),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("console theme", tests, NULL, NULL);
}
