/* SPDX-License-Identifier: BSD-3-Clause */
#include "script/definition/lineage.h"

#include <stdio.h>
#include <string.h>

#include "support/cmocka_all.h"
#include "support/torture.h"

static const staged_class wrapper = {STAGED_CLASS("Wrapper")};
static const staged_class mixin = {STAGED_CLASS("Mixin")};
static const staged_class deploy = {STAGED_CLASS("Deploy"),
                                    .bases = STAGED_BASES(&mixin, &wrapper)};
static const staged_class leaf = {STAGED_CLASS("Leaf"),
                                  .bases = STAGED_BASES(&deploy, &mixin, &wrapper)};

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

static const staged_class f = {STAGED_CLASS("F")}, e = {STAGED_CLASS("E")}, d = {STAGED_CLASS("D")};
static const staged_class c = {STAGED_CLASS("C"), .bases = STAGED_BASES(&d, &f)};
static const staged_class b = {STAGED_CLASS("B"), .bases = STAGED_BASES(&e, &d)};
static const staged_class a = {STAGED_CLASS("A"), .bases = STAGED_BASES(&b, &c)};

/* The example of Python's own description of the order, "The Python 2.3 Method Resolution Order".
 */
static void test_a_tangled_hierarchy(void **state)
{
    (void)state;
    assert_line(&a, "A B E C D F StagedScript");
}

static const staged_class other = {STAGED_CLASS("Other"), .bases = STAGED_BASES(&wrapper, &mixin)};
static const staged_class both = {
    STAGED_CLASS("Both"), .bases = STAGED_BASES(&deploy, &other),
    .methods = STAGED_METHODS({.kind = STAGED_METHOD_KIND_STAGE, .file = "x.c", .line = 7})};

/* A class goes before its bases, and the list says otherwise. */
static const staged_class early = {STAGED_CLASS("Early"), .bases = STAGED_BASES(&mixin, &deploy)};

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

static const staged_class doubled = {STAGED_CLASS("Doubled"),
                                     .bases = STAGED_BASES(&mixin, &mixin)};

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
const staged_class endless = {STAGED_CLASS("Endless"), .bases = STAGED_BASES(&endless)};

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

/* Classes of programs that were compiled for another version. */
static void test_sizes(void **state)
{
    (void)state;
    static const struct {
        staged_class known;
        const char *newer;
    } newer = {{.size = sizeof newer, .name = "Newer"}, NULL},
      used = {{.size = sizeof used, .name = "Used"}, "new"};
    const staged_class older = {.size = offsetof(staged_class, description),
                                .name = "Older",
                                .description = "It is not read."};
    const staged_class sizeless = {.name = "Sizeless"};
    stg_lineage lineage;
    stg_buf bugs = {0};
    assert_int_equal(stg_lineage_of(&older, &lineage, &bugs), STAGED_OK);
    assert_null(stg_class_read(&older).description);
    stg_lineage_free(&lineage);
    assert_int_equal(stg_lineage_of(&newer.known, &lineage, &bugs), STAGED_OK);
    stg_lineage_free(&lineage);
    assert_string_equal(stg_buf_text(&bugs), "");
    assert_int_equal(stg_lineage_of(&used.known, &lineage, &bugs), STAGED_BAD_USE);
    assert_int_equal(stg_lineage_of(&sizeless, &lineage, &bugs), STAGED_BAD_USE);
    assert_string_equal(stg_buf_text(&bugs),
                        "Used: has a member that is newer than this version of the library; update "
                        "the library\n"
                        "Sizeless: has no size; begin it with STAGED_CLASS(\"Sizeless\")\n");
    stg_buf_free(&bugs);
}

TEST_GROUP(lineage)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sizes),
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
