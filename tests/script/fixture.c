/* SPDX-License-Identifier: BSD-3-Clause */
#include "script/fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int64_t monotonic_ns(void *context)
{
    virtual_clock *clock = context;
    return clock->now_ns += clock->step_ns;
}

/* 2026-01-02 03:04:05 UTC, and what has passed since. */
static int64_t wall_ns(void *context)
{
    const virtual_clock *clock = context;
    return INT64_C(1767323045000000000) + clock->now_ns;
}

static staged_status sleep_ns(void *context, int64_t nanoseconds)
{
    virtual_clock *clock = context;
    clock->now_ns += nanoseconds;
    clock->sleeps++;
    return STAGED_OK;
}

void virtual_clock_init(virtual_clock *clock)
{
    *clock = (virtual_clock){0};
    clock->clock = (staged_clock){monotonic_ns, wall_ns, sleep_ns, clock};
}

void virtual_clock_pass(virtual_clock *clock, double seconds)
{
    clock->now_ns += (int64_t)(seconds * 1e9);
}

static const char *no_environment(void *context, const char *name)
{
    (void)context;
    return strcmp(name, "LC_ALL") == 0 ? "C.UTF-8" : NULL;
}

staged_script *fixture_script(const staged_class *script_class, const char *const *stages,
                              virtual_clock *clock)
{
    return staged_script_new(
        script_class, STAGED_OPTIONS(staged_script_options, .stages = stages, .name = "test",
                                     .clock = clock == NULL ? NULL : &clock->clock,
                                     .console = STAGED_OPTIONS(
                                         staged_console_options, .to_text = true, .width = 80,
                                         .color_system = STAGED_COLOR_SYSTEM_NONE,
                                         .environment = no_environment)));
}

static char printed[65536];

const char *fixture_printed(void)
{
    return printed;
}

static int run_apart(staged_script *script, int count, char **words)
{
    FILE *file = tmpfile();
    (void)fflush(stdout);
    const int out = dup(STDOUT_FILENO);
    const int err = dup(STDERR_FILENO);
    (void)dup2(fileno(file), STDOUT_FILENO);
    (void)dup2(fileno(file), STDERR_FILENO);
    const int exit_status = staged_script_run(script, count, words);
    (void)fflush(stdout);
    (void)dup2(out, STDOUT_FILENO);
    (void)dup2(err, STDERR_FILENO);
    close(out);
    close(err);
    rewind(file);
    printed[fread(printed, 1, sizeof printed - 1, file)] = '\0';
    fclose(file);
    return exit_status;
}

int fixture_run(staged_script *script, const char *const *words)
{
    char *copies[32];
    int count = 0;
    for (; words[count] != NULL; count++)
        copies[count] = strdup(words[count]);
    copies[count] = NULL;
    const int exit_status = run_apart(script, count, copies);
    while (count > 0)
        free(copies[--count]);
    return exit_status;
}

const char *fixture_output(staged_script *script)
{
    return staged_console_text(staged_script_console(script));
}
