/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What running a command costs over a bare posix_spawn and waitpid of the same thing.  Both take
 * turns in one run, so that whatever else the machine does hits both alike; the medians count. */
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>

#include <staged/process.h>
#include <staged/signals.h>

extern char **environ;

enum { ROUNDS = 2000 };

static double now_us(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static bool run_bare(const char *const *words)
{
    pid_t pid;
    int status;
    /* posix_spawn does not change them. */
    union {
        const char *const *given;
        char *const *wanted;
    } arguments = {.given = words};
    return posix_spawn(&pid, words[0], NULL, NULL, arguments.wanted, environ) == 0 &&
           waitpid(pid, &status, 0) == pid && status == 0;
}

static bool run_ours(const staged_process_options *options)
{
    staged_completed_process *result;
    const staged_status status = staged_process_run(options, &result);
    const bool worked = status == STAGED_OK && result->exit_code == 0;
    staged_completed_process_free(result);
    return worked;
}

static int compare(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *times)
{
    qsort(times, ROUNDS, sizeof *times, compare);
    return times[ROUNDS / 2];
}

static bool measure(const char *name, const char *const *words, staged_process_options options)
{
    static double bare[ROUNDS], ours[ROUNDS];
    options.arguments = options.command == NULL ? words : NULL;
    for (int i = 0; i < ROUNDS; i++) {
        const double start = now_us();
        if (!run_bare(words))
            return false;
        const double middle = now_us();
        if (!run_ours(&options))
            return false;
        bare[i] = middle - start;
        ours[i] = now_us() - middle;
    }
    const double least = median(bare), most = median(ours);
    printf("%-28s bare %7.1f us, staged %7.1f us, %+6.1f us\n", name, least, most, most - least);
    return true;
}

int main(void)
{
    static const char *const program[] = {"/bin/true", NULL};
    static const char *const shell[] = {"/bin/sh", "-c", ":", NULL};
    if (staged_signals_install() != STAGED_OK)
        return 1;
    const bool worked =
        measure("a program", program,
                (staged_process_options){.size = sizeof(staged_process_options)}) &&
        measure(
            "with a timeout", program,
            (staged_process_options){.size = sizeof(staged_process_options), .timeout_s = 60}) &&
        measure("captured", program,
                (staged_process_options){.size = sizeof(staged_process_options),
                                         .output = STAGED_STREAM(STAGED_STREAM_CAPTURE),
                                         .error_output = STAGED_STREAM(STAGED_STREAM_CAPTURE)}) &&
        measure("a shell command", shell,
                (staged_process_options){.size = sizeof(staged_process_options), .command = ":"});
    staged_signals_uninstall();
    return worked ? 0 : 1;
}
