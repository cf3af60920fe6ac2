/* SPDX-License-Identifier: BSD-3-Clause */
#include "support/runner.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static test_group *groups;
static test_role *roles;

void add_test_group(test_group *group)
{
    test_group **place = &groups;
    while (*place != NULL && strcmp((*place)->name, group->name) < 0)
        place = &(*place)->next;
    group->next = *place;
    *place = group;
}

void add_test_role(test_role *role)
{
    role->next = roles;
    roles = role;
}

static const test_group *find_group(const char *name)
{
    const test_group *group = groups;
    while (group != NULL && strcmp(group->name, name) != 0)
        group = group->next;
    return group;
}

static int play(const char *name_and_argument)
{
    for (const test_role *role = roles; role != NULL; role = role->next) {
        const size_t length = strlen(role->name);
        if (strncmp(role->name, name_and_argument, length) == 0 && name_and_argument[length] == '=')
            return role->play(name_and_argument + length + 1);
    }
    fprintf(stderr, "there is no such TEST_ROLE: %s\n", name_and_argument);
    return 2;
}

/* What a test opens must not become a standard stream that it was run without, and what it prints
 * must not follow what whoever runs it likes. */
static void surround(void)
{
    static const char *const liked[] = {"COLUMNS",
                                        "LINES",
                                        "TERM",
                                        "COLORTERM",
                                        "FORCE_COLOR",
                                        "NO_COLOR",
                                        "TTY_COMPATIBLE",
                                        "TTY_INTERACTIVE",
                                        "GITHUB_ACTIONS",
                                        "GITHUB_STEP_SUMMARY",
                                        "GITHUB_WORKSPACE",
                                        "GITLAB_CI",
                                        "STAGED_CI",
                                        "STAGED_TITLE",
                                        "STAGED_NOTIFY",
                                        "STAGED_REPORTS"};
    for (size_t i = 0; i < sizeof liked / sizeof liked[0]; i++)
        (void)unsetenv(liked[i]);
    (void)setenv("TZ", "UTC", 1);
    int fd;
    while ((fd = open("/dev/null", O_RDWR)) >= 0 && fd <= STDERR_FILENO)
        continue;
    (void)close(fd);
}

/* Whether all tests of the group passed, in a process of its own. */
static bool passes(const test_group *group)
{
    fflush(stdout);
    const pid_t child = fork();
    if (child == 0)
        exit(group->run());
    int status = -1;
    while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
        continue;
    if (status != 0)
        fprintf(stderr, "%s: failed%s\n", group->name, WIFSIGNALED(status) ? " by a signal" : "");
    return status == 0;
}

int main(int argc, char **argv)
{
    surround();
    if (argc > 1 && strncmp(argv[1], "--as=", 5) == 0)
        return play(argv[1] + 5);
    if (argc == 2 && strcmp(argv[1], "--list") == 0) {
        for (const test_group *group = groups; group != NULL; group = group->next)
            puts(group->name);
        return EXIT_SUCCESS;
    }
    for (int i = 1; i < argc; i++) {
        if (find_group(argv[i]) == NULL) {
            fprintf(stderr, "%s: there is no TEST_GROUP(%s)\n", argv[0], argv[i]);
            return 2;
        }
    }
    /* Nothing stands between a debugger and the tests of one file. */
    if (argc == 2)
        return find_group(argv[1])->run();
    bool passed = true;
    for (int i = 1; i < argc; i++)
        passed = passes(find_group(argv[i])) && passed;
    for (const test_group *group = argc == 1 ? groups : NULL; group != NULL; group = group->next)
        passed = passes(group) && passed;
    return passed ? EXIT_SUCCESS : EXIT_FAILURE;
}
