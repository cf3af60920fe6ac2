/* SPDX-License-Identifier: BSD-3-Clause
 *
 * One program runs the tests of all files of a part, each file's in a process of its own:
 *
 *   test_args             all
 *   test_args parse help  those of test_parse.c and test_help.c
 *   test_args --list      the names to choose from */
#ifndef STAGED_TESTS_RUNNER_H
#define STAGED_TESTS_RUNNER_H

typedef struct test_group {
    const char *name;
    int (*run)(void);
    struct test_group *next;
} test_group;

/* What a test has its own program be, too: `program --as=NAME=ARGUMENT`. */
typedef struct test_role {
    const char *name;
    int (*play)(const char *argument);
    struct test_role *next;
} test_role;

/* The macros below call these before `main` begins. */
void add_test_group(test_group *group);
void add_test_role(test_role *role);

/* Begins the function that runs the tests of a file, test_NAME.c, and returns how many failed. */
#define TEST_GROUP(group_name)                                                                     \
    static int run_tests_of_##group_name(void);                                                    \
    __attribute__((constructor)) static void add_tests_of_##group_name(void)                       \
    {                                                                                              \
        static test_group group = {.name = #group_name, .run = run_tests_of_##group_name};         \
        add_test_group(&group);                                                                    \
    }                                                                                              \
    static int run_tests_of_##group_name(void)

/* Begins the function that plays a role, given ARGUMENT, and returns the exit status. */
#define TEST_ROLE(role_name, argument)                                                             \
    static int play_role_##role_name(const char *argument);                                        \
    __attribute__((constructor)) static void add_role_##role_name(void)                            \
    {                                                                                              \
        static test_role role = {.name = #role_name, .play = play_role_##role_name};               \
        add_test_role(&role);                                                                      \
    }                                                                                              \
    static int play_role_##role_name(const char *argument)

#endif
