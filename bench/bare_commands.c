/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The two commands of examples/ex_0_the_basics.c and nothing else: what a run costs without us. */
#include <spawn.h>
#include <stdio.h>
#include <sys/wait.h>

extern char **environ;

static int run(const char *command)
{
    char shell[] = "sh";
    char option[] = "-c";
    char line[64];
    (void)snprintf(line, sizeof line, "%s", command);
    char *const arguments[] = {shell, option, line, NULL};
    pid_t child;
    int status;
    if (posix_spawn(&child, "/bin/sh", NULL, NULL, arguments, environ) != 0 ||
        waitpid(child, &status, 0) < 0)
        return 1;
    return status;
}

int main(void)
{
    return run("echo 'Hello World'") != 0 || run("echo 'Goodbye World'") != 0;
}
