/* SPDX-License-Identifier: BSD-3-Clause */
#include "script/definition/lineage.h"

#include <stdio.h>
#include <string.h>

#include "support/cmocka_all.h"
#include "support/torture.h"

static const staged_class wrapper = {.name = "Wrapper"};
static const staged_class mixin = {.name = "Mixin"};
static const staged_class deploy = {.name = "Deploy", .bases = STAGED_BASES(&mixin, &wrapper)};
static const staged_class leaf = {.name = "Leaf", .bases = STAGED_BASES(&deploy, &mixin, &wrapper)};

static void assert_line(const staged_class *script_class, const char *expected)
{
    stg_buf bugs = {0};
    stg_lineage lineage;
    assert_int_equal(stg_lineage_of(script_class, &lineage, &bugs), STAGED_OK);
    stg_buf line = {0};
    for (size_t i = 0; i < lineage.count; i++)
        stg_buf_addf(&line, "%s%s", i == 0 ? "" : " ", lineage.classes[i]->name);
    assert_string_equal(stg_buf_text(&line), expected);
    assert_string_equal(stg_buf_text(&bugs), "");
    stg_buf_free(&line);
    stg_lineage_free(&lineage);
}

static void test_bases_are_lined_up_as_python_does(void **state)
{
    (void)state;
    assert_line(&stg_base_class, "StagedScript");
    assert_line(&wrapper, "Wrapper StagedScript");
    assert_line(&deploy, "Deploy Mixin Wrapper StagedScript");
    assert_line(&leaf, "Leaf Deploy Mixin Wrapper StagedScript");
}

static const staged_class f = {.name = "F"}, e = {.name = "E"}, d = {.name = "D"};
static const staged_class c = {.name = "C", .bases = STAGED_BASES(&d, &f)};
static const staged_class b = {.name = "B", .bases = STAGED_BASES(&e, &d)};
static const staged_class a = {.name = "A", .bases = STAGED_BASES(&b, &c)};

/* The example of Python's own description of the order, "The Python 2.3 Method Resolution Order".
 */
static void test_a_tangled_hierarchy(void **state)
{
    (void)state;
    assert_line(&a, "A B E C D F StagedScript");
}

static const staged_class other = {.name = "Other", .bases = STAGED_BASES(&wrapper, &mixin)};
static const staged_class both = {
    .name = "Both",
    .bases = STAGED_BASES(&deploy, &other),
    .methods = STAGED_METHODS({.kind = STAGED_METHOD_KIND_STAGE, .file = "x.c", .line = 7})};

/* A class goes before its bases, and the list says otherwise. */
static const staged_class early = {.name = "Early", .bases = STAGED_BASES(&mixin, &deploy)};

static void test_a_base_before_one_that_extends_it(void **state)
{
    (void)state;
    stg_buf bugs = {0};
    stg_lineage lineage;
    assert_int_equal(stg_lineage_of(&early, &lineage, &bugs), STAGED_BAD_USE);
    assert_string_equal(
        stg_buf_text(&bugs),
        "Early: cannot order its bases consistently; change their order: Mixin, Deploy\n");
    stg_buf_free(&bugs);
}

static const staged_class doubled = {.name = "Doubled", .bases = STAGED_BASES(&mixin, &mixin)};

static void test_a_base_twice(void **state)
{
    (void)state;
    stg_buf bugs = {0};
    stg_lineage lineage;
    assert_int_equal(stg_lineage_of(&doubled, &lineage, &bugs), STAGED_BAD_USE);
    assert_string_equal(stg_buf_text(&bugs),
                        "Doubled: has the same base twice; name each once: Mixin, Mixin\n");
    stg_buf_free(&bugs);
}

static void test_bases_that_contradict_each_other(void **state)
{
    (void)state;
    stg_buf bugs = {0};
    stg_lineage lineage;
    assert_int_equal(stg_lineage_of(&both, &lineage, &bugs), STAGED_BAD_USE);
    assert_string_equal(
        stg_buf_text(&bugs),
        "x.c:7: Both: cannot order its bases consistently; change their order: Deploy, Other\n");
    assert_int_equal(lineage.count, 0);
    stg_buf_free(&bugs);
}

extern const staged_class endless;
const staged_class endless = {.name = "Endless", .bases = STAGED_BASES(&endless)};

static void test_a_class_that_extends_itself(void **state)
{
    (void)state;
    stg_buf bugs = {0};
    stg_lineage lineage;
    assert_int_equal(stg_lineage_of(&endless, &lineage, &bugs), STAGED_BAD_USE);
    assert_string_equal(stg_buf_text(&bugs),
                        "Endless: extends itself, or inherits too deeply: Endless\n");
    stg_buf_free(&bugs);
}

static staged_status line_up(void *context)
{
    (void)context;
    stg_buf bugs = {0};
    stg_lineage lineage;
    const staged_status status = stg_lineage_of(&leaf, &lineage, &bugs);
    stg_lineage_free(&lineage);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_true(torture(line_up, NULL) > 10);
}

TEST_GROUP(lineage)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bases_are_lined_up_as_python_does),
        cmocka_unit_test(test_a_tangled_hierarchy),
        cmocka_unit_test(test_a_base_before_one_that_extends_it),
        cmocka_unit_test(test_a_base_twice),
        cmocka_unit_test(test_bases_that_contradict_each_other),
        cmocka_unit_test(test_a_class_that_extends_itself),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("script lineage", tests, NULL, NULL);
}
