/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A script for the tests of items at places (items.py): for each line of its input it runs a line
 * for the shell, at a place.  What it does is in its environment: LINE, JOBS, ATTEMPTS, TIMEOUT,
 * HALT, ORDER, QUIET; KIND and WORDS say which place. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <staged/staged.h>

static int number(const char *name)
{
    const char *value = getenv(name);
    return value == NULL ? 0 : atoi(value);
}

static staged_status each(staged_call *c)
{
    static const char *const set[] = {"NAME=it's set", NULL};
    const char *timeout = getenv("TIMEOUT");
    const staged_process_options process = {
        .size = sizeof process, .environment = set, .directory = getenv("DIRECTORY"), .grace_s = 1};
    return staged_each(c->script, STAGED_TEXTS("sh", "-c", getenv("LINE"), "sh"), .reads = true,
                       .name = "all", .place = "hpc", .process = &process,
                       .jobs = (size_t)number("JOBS"), .attempts = number("ATTEMPTS"),
                       .timeout_s = timeout == NULL ? 0 : atof(timeout),
                       .halt_failures = (size_t)number("HALT"), .keep_order = number("ORDER") != 0,
                       .quiet = number("QUIET") != 0);
}

static staged_status init(staged_call *c)
{
    enum { MOST = 16 };
    const char *words[MOST + 1] = {NULL};
    char *rest = getenv("WORDS");
    const char *kind = getenv("KIND");
    for (size_t i = 0; rest != NULL && i < MOST; i++)
        words[i] = strtok_r(rest, " ", &rest);
    STAGED_TRY(staged_super(c));
    return staged_script_add_place(c->script, "hpc", kind == NULL ? "slurm" : kind, words);
}

static const staged_class array_items = {
    STAGED_CLASS("ArrayItems"),
    .methods = STAGED_METHODS(STAGED_STAGE("go", "Going", each, .by_default = true),
                              STAGED_ON(STAGED_HOOK_INIT, init)),
};

int main(int argc, char **argv)
{
    return staged_main(&array_items, argc, argv);
}
