/* SPDX-License-Identifier: BSD-3-Clause */
#include "script/definition/argument_rows.h"

#include <string.h>

#include "support/cmocka_all.h"

struct values {
    int64_t level;
    const char *path;
};

#define TABLE                                                                                      \
    STAGED_ARGUMENTS(STAGED_ARGUMENT("--level", STAGED_INTO(struct values, level)),                \
                     STAGED_ARGUMENT("--path", STAGED_INTO(struct values, path),                   \
                                     .type = STAGED_ARG_PATH, .resolve = true),                    \
                     STAGED_ARGUMENT("--name"))

static const staged_class sound = {STAGED_CLASS("Sound"), .data_size = sizeof(struct values),
                                   .arguments = TABLE};

static const staged_class without_data = {STAGED_CLASS("WithoutData"), .arguments = TABLE};

static const staged_class with_less_data = {STAGED_CLASS("WithLessData"),
                                            .data_size = sizeof(int64_t), .arguments = TABLE};

static const staged_class unresolvable = {
    STAGED_CLASS("Unresolvable"),
    .arguments = STAGED_ARGUMENTS(STAGED_ARGUMENT("--name", .resolve = true))};

static const staged_class grouped = {
    STAGED_CLASS("Grouped"),
    .arguments =
        STAGED_ARGUMENTS(STAGED_GROUP("extra", NULL), STAGED_ARGUMENT("--name", .group = "other"))};

static void line_up(const staged_class *script_class, stg_lineage *lineage)
{
    stg_buf bugs = {0};
    assert_int_equal(stg_lineage_of(script_class, lineage, &bugs), STAGED_OK);
    assert_int_equal(bugs.length, 0);
}

static void test_rows(void **state)
{
    (void)state;
    stg_lineage lineage;
    line_up(&sound, &lineage);
    assert_int_equal(stg_count_argument_rows(&lineage), 3);
    staged_argument_options row;
    assert_ptr_equal(stg_argument_row(&sound, 1, &row), &row);
    assert_string_equal(row.flags, "--path");
    assert_null(stg_argument_row(&sound, 3, &row));
    assert_null(stg_argument_row(&stg_base_class, 0, &row));
    stg_lineage_free(&lineage);
}

static void assert_bugs(const staged_class *script_class, size_t count, const char *bug)
{
    stg_lineage lineage;
    stg_buf bugs = {0};
    line_up(script_class, &lineage);
    stg_check_argument_rows(&lineage, &bugs);
    size_t found = 0;
    for (size_t i = 0; i < bugs.length; i++)
        found += bugs.data[i] == '\n' ? 1 : 0;
    assert_int_equal(found, count);
    if (bug != NULL)
        assert_non_null(strstr(stg_buf_text(&bugs), bug));
    stg_buf_free(&bugs);
    stg_lineage_free(&lineage);
}

static void test_bugs(void **state)
{
    (void)state;
    assert_bugs(&sound, 0, NULL);
    assert_bugs(&without_data, 2, "WithoutData: --level: it is stored in the class's data, but");
    assert_bugs(&with_less_data, 1, "WithLessData: --path: it is stored past the end of");
    assert_bugs(&unresolvable, 1, "Unresolvable: --name: `.resolve` is for one path");
    assert_bugs(&grouped, 1, "Grouped: --name: `.group` is not a member of an argument");
}

TEST_GROUP(argument_rows)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_bugs),
    };
    return cmocka_run_group_tests_name("script argument_rows", tests, NULL, NULL);
}
