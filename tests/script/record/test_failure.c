/* SPDX-License-Identifier: BSD-3-Clause */
#include "script/record/failure.h"

#include <stdlib.h>

#include "support/cmocka_all.h"
#include "support/torture.h"

static void set(stg_failure *failure, const staged_secrets *secrets, const char *format, ...)
    STAGED_PRINTF(3, 4);

static void set(stg_failure *failure, const staged_secrets *secrets, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    stg_failure_set_v(failure, secrets, &(staged_location){"deploy.c", 7}, format, values);
    va_end(values);
}

static void test_words_and_place(void **state)
{
    (void)state;
    stg_failure failure = {0};
    assert_false(stg_failure_is_set(&failure));
    failure.told = failure.unheeded = true;
    set(&failure, NULL, "no pod %d", 7);
    assert_true(stg_failure_is_set(&failure));
    assert_string_equal(stg_error_text(&failure.error), "no pod 7");
    assert_int_equal(failure.where.line, 7);
    assert_false(failure.told || failure.unheeded);
    stg_failure_clear(&failure);
    assert_false(stg_failure_is_set(&failure));
    assert_string_equal(stg_error_text(&failure.error), "");
}

static void test_secrets_are_masked(void **state)
{
    (void)state;
    staged_secrets *secrets = staged_secrets_new();
    assert_int_equal(staged_secrets_add(secrets, "sesame-1", 8), STAGED_OK);
    stg_failure failure = {0};
    set(&failure, secrets, "no %s-%d", "sesame", 1);
    assert_string_equal(stg_error_text(&failure.error), "no ***");
    stg_failure_clear(&failure);
    staged_secrets_free(secrets);
}

static void assert_parts(stg_failure *failure, const char *reason, const char *expected)
{
    char *command = NULL;
    char *rest = stg_failure_without_command(failure, &command);
    assert_string_equal(rest, reason);
    if (expected == NULL)
        assert_null(command);
    else
        assert_string_equal(command, expected);
    free(rest);
    free(command);
}

static void test_the_command_that_it_is_about(void **state)
{
    (void)state;
    stg_failure failure = {0};
    set(&failure, NULL, "%s: %s%s", "exit code 3", "make all", "\nno rule");
    assert_parts(&failure, "exit code 3: make all\nno rule", NULL);
    stg_failure_set_command(&failure, 11, "make nothing");
    assert_parts(&failure, "exit code 3: make all\nno rule", NULL);
    stg_failure_set_command(&failure, 11, "make all");
    assert_parts(&failure, "exit code 3\nno rule", "make all");
    stg_failure_clear(&failure);
}

static staged_status keep(void *context)
{
    stg_failure failure = {0};
    set(&failure, context, "no %s", "sesame-1");
    assert_true(stg_failure_is_set(&failure));
    char *command = NULL;
    stg_failure_set_command(&failure, 0, "nothing");
    char *rest = stg_failure_without_command(&failure, &command);
    const staged_status status = rest == NULL ? STAGED_NO_MEMORY : STAGED_OK;
    free(rest);
    stg_failure_clear(&failure);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_true(torture_forgiving(keep, NULL) > 1);
}

TEST_GROUP(failure)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words_and_place),
        cmocka_unit_test(test_secrets_are_masked),
        cmocka_unit_test(test_the_command_that_it_is_about),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("script failure", tests, NULL, NULL);
}
