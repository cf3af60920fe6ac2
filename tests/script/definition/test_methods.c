/* SPDX-License-Identifier: BSD-3-Clause */
#include "script/definition/methods.h"

#include <stdlib.h>

#include "support/cmocka_all.h"
#include "support/torture.h"

static staged_status nothing(staged_call *call)
{
    (void)call;
    return STAGED_OK;
}

static const staged_class base = {
    STAGED_CLASS("Base"),
    .methods =
        STAGED_METHODS(STAGED_STAGE("one", "One", nothing), STAGED_METHOD("save_logs", nothing),
                       STAGED_ON(STAGED_HOOK_END_STAGE, nothing)),
};
static const staged_class derived = {
    STAGED_CLASS("Derived"),
    .bases = STAGED_BASES(&base),
    .methods = STAGED_METHODS(STAGED_STAGE("two", "Two", nothing), STAGED_ON("save_logs", nothing),
                              STAGED_ON_STAGE(STAGED_HOOK_END_STAGE, "one", nothing),
                              STAGED_ON_STAGE("save_logs", "two", nothing)),
};

static char *bugs_of(const staged_class *script_class)
{
    stg_buf bugs = {0};
    stg_lineage lineage;
    stg_methods methods;
    assert_int_equal(stg_lineage_of(script_class, &lineage, &bugs), STAGED_OK);
    assert_int_equal(stg_methods_collect(&methods, &lineage), STAGED_OK);
    stg_methods_check(&methods, &lineage, &bugs);
    stg_methods_free(&methods);
    stg_lineage_free(&lineage);
    return stg_buf_take(&bugs);
}

static void test_a_good_table_has_no_bugs(void **state)
{
    (void)state;
    char *bugs = bugs_of(&derived);
    assert_string_equal(bugs, "");
    free(bugs);
}

static void test_finding(void **state)
{
    (void)state;
    stg_buf bugs = {0};
    stg_lineage lineage;
    stg_methods methods;
    assert_int_equal(stg_lineage_of(&derived, &lineage, &bugs), STAGED_OK);
    assert_int_equal(stg_methods_collect(&methods, &lineage), STAGED_OK);
    assert_int_equal(stg_methods_find(&methods, "save_logs", NULL, 0)->layer, 0);
    assert_int_equal(stg_methods_find(&methods, "save_logs", NULL, 1)->layer, 1);
    assert_null(stg_methods_find(&methods, "save_logs", NULL, 2));
    assert_int_equal(stg_methods_find(&methods, STAGED_HOOK_END_STAGE, NULL, 0)->layer, 1);
    assert_int_equal(stg_methods_find(&methods, STAGED_HOOK_END_STAGE, NULL, 2)->layer, 2);
    assert_int_equal(stg_methods_find(&methods, STAGED_HOOK_END_STAGE, "one", 0)->layer, 0);
    assert_null(stg_methods_find(&methods, STAGED_HOOK_END_STAGE, "one", 1));
    assert_null(stg_methods_find(&methods, "no_such", NULL, 0));
    stg_methods_free(&methods);
    stg_lineage_free(&lineage);
}

#define ROW(row_kind, method, of_stage, its_heading, what, at)                                     \
    {                                                                                              \
        .kind = STAGED_METHOD_KIND_##row_kind, .name = method, .stage = of_stage,                  \
        .heading = its_heading, .file = "bad.c", .line = at, .function = what                      \
    }
static const staged_class bad = {
    STAGED_CLASS("Bad"),
    .bases = STAGED_BASES(&base),
    .methods = STAGED_METHODS(
        ROW(STAGE, STAGED_HOOK_BODY, "Hello", "Hello", nothing, 1),
        ROW(STAGE, STAGED_HOOK_BODY, "", "Empty", nothing, 2),
        ROW(STAGE, STAGED_HOOK_BODY, "a-b", "Dash", nothing, 3),
        ROW(STAGE, STAGED_HOOK_BODY, "three", NULL, NULL, 4),
        ROW(STAGE, STAGED_HOOK_BODY, "three", "Three", nothing, 5),
        ROW(OVERRIDE, "end_stge", NULL, NULL, nothing, 6),
        ROW(OVERRIDE, STAGED_HOOK_END_STAGE, "four", NULL, nothing, 7),
        ROW(OVERRIDE, STAGED_HOOK_MAIN, "three", NULL, nothing, 8),
        ROW(OVERRIDE, STAGED_HOOK_SKIP_STAGE, NULL, NULL, NULL, 9),
        ROW(METHOD, "save_logs", NULL, NULL, nothing, 10),
        ROW(OVERRIDE, STAGED_HOOK_POST_STAGE, NULL, NULL, nothing, 11),
        ROW(OVERRIDE, STAGED_HOOK_POST_STAGE, NULL, NULL, nothing, 12),
        ROW(OVERRIDE, STAGED_HOOK_POST_STAGE, "three", NULL, nothing, 13),
        ROW(OVERRIDE, STAGED_HOOK_POST_STAGE, "three", NULL, nothing, 14),
        ROW(OVERRIDE, NULL, NULL, NULL, nothing, 15), ROW(METHOD, NULL, NULL, NULL, nothing, 16),
        ROW(STAGE, STAGED_HOOK_BODY, NULL, "Nameless", nothing, 17),
        ROW(STAGE, STAGED_HOOK_BODY, "five", "Copying a[/green] and [/]", nothing, 18),
        ROW(STAGE, STAGED_HOOK_BODY, "six", "A [link=x]link[/link], \\[/], [none]it[/], over[/].",
            nothing, 19)),
};

static void test_all_bugs_are_reported_at_once(void **state)
{
    (void)state;
    char *bugs = bugs_of(&bad);
    assert_string_equal(
        bugs,
        "bad.c:1: Bad: stage name 'Hello' must contain only lowercase letters\nbad.c:2: Bad: stage "
        "name '' must contain only lowercase letters\nbad.c:3: Bad: stage name 'a-b' must contain "
        "only lowercase letters\nbad.c:4: Bad: stage 'three' has no heading\nbad.c:4: Bad: stage "
        "'three' has no function\nbad.c:5: Bad: lists stage 'three' twice in its table\nbad.c:6: "
        "Bad: overrides 'end_stge', which no class declares as a method\nbad.c:7: Bad: overrides "
        "'end_stage' for stage 'four', which no class declares\nbad.c:8: Bad: overrides 'main' for "
        "stage 'three', but it is called once per script\nbad.c:9: Bad: method 'skip_stage' has no "
        "function\nbad.c:10: Bad: declares method 'save_logs', which Base already has; override it "
        "with STAGED_ON\nbad.c:12: Bad: lists 'post_stage' twice in its table\nbad.c:14: Bad: "
        "lists 'post_stage' for stage 'three' twice in its table\nbad.c:15: Bad: an override needs "
        "the name of a method\nbad.c:16: Bad: a method has no name\nbad.c:16: Bad: lists '' twice "
        "in "
        "its table\nbad.c:17: Bad: a stage has no name\nbad.c:18: Bad: stage 'five' has a heading "
        "with invalid markup: closing tag '[/green]' at position 15 doesn't match any open tag in "
        "\"[bold]Copying a[/green] and [/]\"; write \"\\\\\" before a literal bracket\n");
    free(bugs);
}

static const staged_class of_brackets = {
    STAGED_CLASS("Brackets"),
    .bases = STAGED_BASES(&base),
    .methods = STAGED_METHODS(STAGED_STAGE("three", "[red]Three[/red]", nothing)),
};

static staged_status check(void *context)
{
    stg_buf bugs = {0};
    stg_methods methods;
    staged_status status = stg_methods_collect(&methods, context);
    if (status == STAGED_OK)
        stg_methods_check(&methods, context, &bugs);
    if (status == STAGED_OK)
        status = stg_buf_status(&bugs);
    stg_buf_free(&bugs);
    stg_methods_free(&methods);
    return status;
}

static void test_no_memory_to_read_a_heading(void **state)
{
    (void)state;
    const staged_class *classes[] = {&of_brackets, &base, &stg_base_class};
    stg_lineage lineage = {.classes = classes, .count = 3};
    assert_true(torture(check, &lineage) > 4);
}

static staged_status collect(void *context)
{
    stg_methods methods;
    const staged_status status = stg_methods_collect(&methods, context);
    stg_methods_free(&methods);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    const staged_class *classes[] = {&derived, &base, &stg_base_class};
    stg_lineage lineage = {.classes = classes, .count = 3};
    assert_true(torture(collect, &lineage) > 1);
}

TEST_GROUP(methods)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_good_table_has_no_bugs),
        cmocka_unit_test(test_finding),
        cmocka_unit_test(test_all_bugs_are_reported_at_once),
        cmocka_unit_test(test_no_memory_to_read_a_heading),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("script methods", tests, NULL, NULL);
}
