/* SPDX-License-Identifier: BSD-3-Clause */
#include "process/run/environment.h"

#include <stdlib.h>

#include "support/cmocka_all.h"
#include "support/torture.h"

extern char **environ;

static void test_ours_is_borrowed(void **state)
{
    (void)state;
    char **made;
    const staged_process_options options = {.size = sizeof options, .command = "x"};
    assert_ptr_equal(stg_environment_make(&options, &made), environ);
    assert_null(made);
}

static void test_changes(void **state)
{
    (void)state;
    assert_int_equal(setenv("STAGED_ONE", "1", 1), 0);
    assert_int_equal(setenv("STAGED_ONES", "11", 1), 0);
    const char *added[] = {"STAGED_TWO=2", "STAGED_THREE=a", "STAGED_THREE=b=c", NULL};
    const char *without[] = {"STAGED_ONE", "STAGED_TWO", NULL};
    staged_process_options options = {
        .size = sizeof options, .environment = added, .without = without};
    char **made;
    char *const *environment = stg_environment_make(&options, &made);
    assert_null(stg_environment_get(environment, "STAGED_ONE"));
    assert_string_equal(stg_environment_get(environment, "STAGED_ONES"), "11");
    assert_string_equal(stg_environment_get(environment, "STAGED_TWO"), "2");
    assert_string_equal(stg_environment_get(environment, "STAGED_THREE"), "b=c");
    assert_non_null(stg_environment_get(environment, "PATH"));
    free(made);

    options.clear_environment = true;
    environment = stg_environment_make(&options, &made);
    assert_string_equal(environment[0], "STAGED_TWO=2");
    assert_string_equal(environment[1], "STAGED_THREE=b=c");
    assert_null(environment[2]);
    free(made);
    assert_int_equal(unsetenv("STAGED_ONE"), 0);
    assert_int_equal(unsetenv("STAGED_ONES"), 0);
}

static staged_status use(void *context)
{
    (void)context;
    char **made;
    const staged_process_options options = {.size = sizeof options, .clear_environment = true};
    const bool worked = stg_environment_make(&options, &made) != NULL;
    free(made);
    return worked ? STAGED_OK : STAGED_NO_MEMORY;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_int_equal(torture(use, NULL), 1);
}

TEST_GROUP(environment)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ours_is_borrowed),
        cmocka_unit_test(test_changes),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("process environment", tests, NULL, NULL);
}
