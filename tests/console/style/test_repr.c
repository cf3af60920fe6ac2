/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/style/repr.h"

#include <stdbool.h>

#include "support/cmocka_all.h"
#include "support/torture.h"

static void test_error(void **state)
{
    (void)state;
    stg_error error = {0};
    assert_int_equal(stg_repr_error(NULL, "a ", "b", 1, " c"), STAGED_BAD_MARKUP);
    assert_int_equal(stg_repr_error(&error, "a ", "b", 1, " c"), STAGED_BAD_MARKUP);
    assert_string_equal(stg_error_text(&error), "a 'b' c");
    stg_error_free(&error);
}

static staged_status use(void *context)
{
    (void)context;
    stg_error error = {0};
    const staged_status status = stg_repr_error(&error, "no such ", "thing", 5, "");
    /* The words may be lost, what happened may not. */
    const bool complete = error.text != NULL;
    stg_error_free(&error);
    return status == STAGED_BAD_MARKUP && complete ? STAGED_OK : STAGED_NO_MEMORY;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_true(torture(use, NULL) > 0);
}

TEST_GROUP(repr)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_error),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("console repr", tests, NULL, NULL);
}
