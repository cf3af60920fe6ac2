/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/failure/error.h"

#include <errno.h>

#include "support/cmocka_all.h"
#include "support/torture.h"

static void test_the_last_failure_is_kept(void **state)
{
    (void)state;
    stg_error error = {0};
    assert_string_equal(stg_error_text(&error), "");
    assert_int_equal(stg_error_set(&error, STAGED_IO, "cannot write %s", "x"), STAGED_IO);
    assert_string_equal(stg_error_text(&error), "cannot write x");
    stg_error_set(&error, STAGED_BAD_INPUT, "[%s]", stg_error_text(&error));
    assert_string_equal(stg_error_text(&error), "[cannot write x]");
    assert_int_equal(error.status, STAGED_BAD_INPUT);
    stg_error_clear(&error);
    assert_string_equal(stg_error_text(&error), "");
    stg_error_free(&error);
}

static staged_status set(void *context)
{
    stg_error error = {0};
    stg_error_set(&error, STAGED_IO, "a long enough message to need %s", "memory");
    const staged_status status = error.text == NULL ? STAGED_NO_MEMORY : STAGED_OK;
    if (error.text == NULL)
        assert_string_equal(stg_error_text(&error), "input/output error");
    stg_error_free(&error);
    (void)context;
    return status;
}

static void test_out_of_memory_keeps_the_status(void **state)
{
    (void)state;
    assert_int_equal(torture(set, NULL), 1);
}

static void test_statuses_of_errno(void **state)
{
    (void)state;
    assert_int_equal(stg_status_of_errno(ENOENT), STAGED_NOT_FOUND);
    assert_int_equal(stg_status_of_errno(EACCES), STAGED_NOT_ALLOWED);
    assert_int_equal(stg_status_of_errno(ENOMEM), STAGED_NO_MEMORY);
    assert_int_equal(stg_status_of_errno(E2BIG), STAGED_BAD_INPUT);
    assert_int_equal(stg_status_of_errno(ENAMETOOLONG), STAGED_BAD_INPUT);
    assert_int_equal(stg_status_of_errno(EMFILE), STAGED_IO);
    assert_int_equal(stg_status_of_errno(ENOSPC), STAGED_IO);
}

TEST_GROUP(error)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_statuses_of_errno),
        cmocka_unit_test(test_the_last_failure_is_kept),
        cmocka_unit_test(test_out_of_memory_keeps_the_status),
    };
    return cmocka_run_group_tests_name("base error", tests, NULL, NULL);
}
