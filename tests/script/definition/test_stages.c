/* SPDX-License-Identifier: BSD-3-Clause */
#include "script/definition/stages.h"

#include <string.h>

#include "script/definition/lineage.h"
#include "support/cmocka_all.h"
#include "support/torture.h"

static staged_status nothing(staged_call *call)
{
    (void)call;
    return STAGED_OK;
}

static const staged_class base = {
    STAGED_CLASS("Base"),
    .methods = STAGED_METHODS(STAGED_STAGE("install", "Installing", nothing),
                              STAGED_STAGE("wait", "Waiting", nothing)),
};
static const staged_class derived = {
    STAGED_CLASS("Derived"),
    .bases = STAGED_BASES(&base),
    .methods = STAGED_METHODS(STAGED_STAGE("test", "Testing", nothing),
                              STAGED_STAGE("install", "Installing otherwise", nothing)),
};

typedef struct registry {
    stg_lineage lineage;
    stg_methods methods;
    stg_stages stages;
    stg_buf bugs;
} registry;

static void set_up(registry *r)
{
    *r = (registry){0};
    assert_int_equal(stg_lineage_of(&derived, &r->lineage, &r->bugs), STAGED_OK);
    assert_int_equal(stg_methods_collect(&r->methods, &r->lineage), STAGED_OK);
}

static staged_status register_stages(registry *r, const char *const *names)
{
    return stg_stages_register(&r->stages, names, &r->methods, &r->lineage, &r->bugs);
}

static void tear_down(registry *r)
{
    stg_stages_free(&r->stages);
    stg_methods_free(&r->methods);
    stg_lineage_free(&r->lineage);
    stg_buf_free(&r->bugs);
}

static void test_all_of_them_bases_first(void **state)
{
    (void)state;
    registry r;
    set_up(&r);
    assert_int_equal(register_stages(&r, NULL), STAGED_OK);
    assert_int_equal(r.stages.count, 3);
    assert_string_equal(r.stages.names[0], "install");
    assert_string_equal(r.stages.names[1], "wait");
    assert_string_equal(r.stages.names[2], "test");
    assert_null(r.stages.names[3]);
    assert_string_equal(r.stages.declarations[0]->heading, "Installing otherwise");
    assert_int_equal(stg_stages_find(&r.stages, "wait"), 1);
    assert_true(stg_stages_find(&r.stages, "nothing") == STG_NO_STAGE);
    assert_true(stg_stages_find(&r.stages, NULL) == STG_NO_STAGE);
    tear_down(&r);
}

static void test_some_in_the_order_given(void **state)
{
    (void)state;
    registry r;
    set_up(&r);
    assert_int_equal(register_stages(&r, STAGED_TEXTS("test", "wait")), STAGED_OK);
    assert_int_equal(r.stages.count, 2);
    assert_string_equal(r.stages.names[0], "test");
    assert_string_equal(r.stages.names[1], "wait");
    assert_string_equal(stg_buf_text(&r.bugs), "");
    tear_down(&r);
}

static void test_unknown_and_repeated_names_are_bugs(void **state)
{
    (void)state;
    registry r;
    set_up(&r);
    assert_int_equal(register_stages(&r, STAGED_TEXTS("wait", "nothing", "wait")), STAGED_OK);
    assert_non_null(strstr(stg_buf_text(&r.bugs), "test_stages.c:"));
    assert_non_null(strstr(stg_buf_text(&r.bugs),
                           ": stage 'nothing' is registered, but no class declares "
                           "it\nstage 'wait' is registered twice\n"));
    tear_down(&r);
    set_up(&r);
    assert_int_equal(register_stages(&r, STAGED_TEXTS("instal")), STAGED_OK);
    assert_non_null(strstr(stg_buf_text(&r.bugs), "declares it; did you mean 'install'?\n"));
    tear_down(&r);
}

static staged_status register_all(void *context)
{
    registry *r = context;
    const staged_status status = register_stages(r, NULL);
    stg_stages_free(&r->stages);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    registry r;
    set_up(&r);
    assert_int_equal(torture(register_all, &r), 4);
    tear_down(&r);
}

TEST_GROUP(stages)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_of_them_bases_first),
        cmocka_unit_test(test_some_in_the_order_given),
        cmocka_unit_test(test_unknown_and_repeated_names_are_bugs),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("script stages", tests, NULL, NULL);
}
