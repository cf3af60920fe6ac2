/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/memory/names.h"

#include <stdio.h>

#include "support/cmocka_all.h"
#include "support/torture.h"

enum { MANY = 1000 };

static int things[MANY];
static char texts[MANY][8];

static void test_empty(void **state)
{
    (void)state;
    stg_names names = {0};
    assert_null(stg_names_get_text(&names, "a"));
    assert_null(stg_names_get(&names, "", 0));
    stg_names_free(&names);
}

static void test_name_is_as_long_as_said(void **state)
{
    (void)state;
    stg_names names = {0};
    assert_true(stg_names_put_text(&names, "--file", &things[0]));
    assert_ptr_equal(stg_names_get(&names, "--file=x", 6), &things[0]);
    assert_null(stg_names_get(&names, "--file=x", 7));
    assert_null(stg_names_get(&names, "--file", 5));
    assert_null(stg_names_get_text(&names, "--File"));
    stg_names_free(&names);
    assert_null(stg_names_get_text(&names, "--file"));
}

static void test_new_thing_for_a_name(void **state)
{
    (void)state;
    stg_names names = {0};
    assert_true(stg_names_put_text(&names, "", &things[0]));
    assert_true(stg_names_put_text(&names, "a", &things[1]));
    assert_true(stg_names_put_text(&names, "", &things[2]));
    assert_ptr_equal(stg_names_get_text(&names, ""), &things[2]);
    assert_ptr_equal(stg_names_get_text(&names, "a"), &things[1]);
    assert_int_equal(names.count, 2);
    stg_names_free(&names);
}

static staged_status put_many(stg_names *names, int *put)
{
    for (*put = 0; *put < MANY; (*put)++) {
        if (!stg_names_put_text(names, texts[*put], &things[*put]))
            return STAGED_NO_MEMORY;
    }
    return STAGED_OK;
}

/* Whatever failed, what was put is there. */
static staged_status use(void *context)
{
    (void)context;
    stg_names names = {0};
    int put;
    const staged_status status = put_many(&names, &put);
    for (int i = 0; i < MANY; i++)
        assert_ptr_equal(stg_names_get_text(&names, texts[i]), i < put ? &things[i] : NULL);
    stg_names_free(&names);
    return status;
}

static void test_many_names(void **state)
{
    (void)state;
    stg_names names = {0};
    int put;
    assert_int_equal(put_many(&names, &put), STAGED_OK);
    assert_int_equal(names.count, MANY);
    /* There is always a free slot, where a search ends. */
    assert_true(names.capacity > MANY && names.capacity <= 4 * MANY);
    assert_int_equal(names.capacity & (names.capacity - 1), 0);
    assert_null(stg_names_get_text(&names, "other"));
    stg_names_free(&names);
    assert_int_equal(use(NULL), STAGED_OK);
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_in_range(torture(use, NULL), 5, 12);
}

TEST_GROUP(names)
{
    for (int i = 0; i < MANY; i++)
        snprintf(texts[i], sizeof texts[i], "n%d", i);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_empty),
        cmocka_unit_test(test_name_is_as_long_as_said),
        cmocka_unit_test(test_new_thing_for_a_name),
        cmocka_unit_test(test_many_names),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("base names", tests, NULL, NULL);
}
