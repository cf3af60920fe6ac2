/* SPDX-License-Identifier: BSD-3-Clause */
#include "script/definition/definition.h"

#include <string.h>

#include "support/cmocka_all.h"
#include "support/torture.h"

static staged_status nothing(staged_call *call)
{
    (void)call;
    return STAGED_OK;
}

static const staged_class sound = {
    STAGED_CLASS("Sound"),
    .methods = STAGED_METHODS(STAGED_STAGE("one", "The first", nothing),
                              STAGED_STAGE("two", "The second", nothing)),
};

static const staged_class broken = {
    STAGED_CLASS("Broken"),
    .methods = STAGED_METHODS(STAGED_STAGE("one", NULL, nothing)),
    .arguments = STAGED_ARGUMENTS(STAGED_ARGUMENT("--level", .into = {.kind = STAGED_INTO_INT})),
};

static void test_class_tables(void **state)
{
    (void)state;
    stg_definition definition = {0};
    assert_int_equal(stg_definition_make(&definition, &sound, NULL), STAGED_OK);
    assert_int_equal(definition.bugs.length, 0);
    assert_int_equal(definition.lineage.count, 2);
    assert_int_equal(definition.stages.count, 2);
    assert_non_null(stg_methods_find(&definition.methods, STAGED_HOOK_BODY, "two", 0));
    stg_definition_free(&definition);
    definition = (stg_definition){0};
    assert_int_equal(stg_definition_make(&definition, &sound, STAGED_TEXTS("two")), STAGED_OK);
    assert_int_equal(definition.stages.count, 1);
    stg_definition_free(&definition);
}

static void test_all_bugs_are_reported_at_once(void **state)
{
    (void)state;
    stg_definition definition = {0};
    assert_int_equal(stg_definition_make(&definition, &broken, STAGED_TEXTS("three")), STAGED_OK);
    const char *bugs = stg_buf_text(&definition.bugs);
    assert_non_null(strstr(bugs, "stage 'one' has no heading"));
    assert_non_null(strstr(bugs, "stage 'three' is registered, but no class declares it"));
    assert_non_null(strstr(bugs, "Broken: --level: it is stored in the class's data, but"));
    stg_definition_free(&definition);
    definition = (stg_definition){0};
    assert_int_equal(stg_definition_make(&definition, NULL, NULL), STAGED_OK);
    assert_string_equal(stg_buf_text(&definition.bugs), "the class is NULL\n");
    stg_definition_free(&definition);
}

static staged_status make(void *context)
{
    stg_definition definition = {0};
    const staged_status status = stg_definition_make(&definition, context, NULL);
    stg_definition_free(&definition);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    staged_class copy = sound;
    assert_true(torture(make, &copy) > 5);
}

TEST_GROUP(definition)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_class_tables),
        cmocka_unit_test(test_all_bugs_are_reported_at_once),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("script definition", tests, NULL, NULL);
}
