/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Private headers: which shells are where commands run, no user can choose. */
#include <stdlib.h>
#include <string.h>

#include "place/remote/variables.h"
#include "support/cmocka_all.h"

static void expect(char *problem, bool failed, const char *words)
{
    assert_false(failed);
    if (words == NULL)
        assert_null(problem);
    else
        assert_non_null(strstr(problem, words));
    free(problem);
}

/* What is said of a variable that is to be set, unset and passed on; NULL: nothing. */
static void check(const char *variable, const char *set, const char *unset, const char *passed)
{
    const char *const list[] = {"GOOD=1", variable, NULL};
    bool failed;
    char *problem = stg_remote_problem(list, NULL, &failed);
    expect(problem, failed, set);
    problem = stg_remote_problem(NULL, list, &failed);
    expect(problem, failed, unset);
    problem = stg_remote_passing_problem(list, &failed);
    expect(problem, failed, passed);
}

static void test_names(void **state)
{
    (void)state;
    static const char *const bad[] = {"A.B=1", "1A=1", "=x", "A\nB=1", "BASH_FUNC_f%%=() { :; }"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        check(bad[i], "cannot have a variable", "cannot have a variable", "cannot have a variable");
    check("A.B=secret", "a variable 'A.B': use letters", "'A.B'", "'A.B'");
    check("A_1=a.b", NULL, NULL, NULL);
}

static void test_those_of_the_shell(void **state)
{
    (void)state;
    check("UID=0", "uses the variable 'UID' itself, so it cannot be set", "cannot be unset", NULL);
    check("BASHOPTS=x", "cannot be set", "cannot be unset", NULL);
    check("GROUPS=1", "cannot be set", NULL, NULL);
    check("RANDOM=1", "cannot be set", NULL, NULL);
    check("UIDS=0", NULL, NULL, NULL);
    check("U=0", NULL, NULL, NULL);
    bool failed;
    assert_null(stg_remote_problem(NULL, NULL, &failed));
    assert_null(stg_remote_passing_problem(NULL, &failed));
}

TEST_GROUP(variables)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_those_of_the_shell),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
