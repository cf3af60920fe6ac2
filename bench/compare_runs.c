/* SPDX-License-Identifier: BSD-3-Clause
 *
 * compare_runs RUNS COMMAND...: runs shell-like commands (words between blanks, no quotes) in turn,
 * a b a b ..., output thrown away, and prints the median time, CPU time and peak memory of each,
 * and the ratios to the first one.  It is small itself, as a program begins with the peak of its
 * parent. */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

extern char **environ;

enum { MOST_COMMANDS = 8, MOST_WORDS = 30, FIGURES = 3 };

typedef struct command {
    const char *text;
    char copy[4096];
    char *words[MOST_WORDS + 1];
    double *figures[FIGURES]; /* milliseconds, CPU milliseconds, MiB: one for each run */
} command;

static double now_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static double milliseconds(struct timeval time)
{
    return (double)time.tv_sec * 1e3 + (double)time.tv_usec / 1e3;
}

static void measure(command *c, int run)
{
    posix_spawn_file_actions_t actions;
    (void)posix_spawn_file_actions_init(&actions);
    (void)posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    (void)posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    const double begin = now_ms();
    pid_t child;
    int status;
    struct rusage usage;
    if (posix_spawnp(&child, c->words[0], &actions, NULL, c->words, environ) != 0 ||
        wait4(child, &status, 0, &usage) < 0 || status != 0) {
        (void)fprintf(stderr, "compare_runs: %s failed\n", c->text);
        exit(1);
    }
    c->figures[0][run] = now_ms() - begin;
    c->figures[1][run] = milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime);
    c->figures[2][run] = (double)usage.ru_maxrss / 1024;
    (void)posix_spawn_file_actions_destroy(&actions);
}

static int compare(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values, int count)
{
    qsort(values, (size_t)count, sizeof *values, compare);
    return values[count / 2];
}

static void split(command *c, const char *text, int runs)
{
    c->text = text;
    (void)snprintf(c->copy, sizeof c->copy, "%s", text);
    size_t count = 0;
    for (char *word = strtok(c->copy, " "); word != NULL && count < MOST_WORDS;
         word = strtok(NULL, " "))
        c->words[count++] = word;
    for (int i = 0; i < FIGURES; i++)
        c->figures[i] = calloc((size_t)runs, sizeof(double));
}

int main(int argc, char **argv)
{
    static command commands[MOST_COMMANDS];
    const int runs = argc > 2 ? atoi(argv[1]) : 0;
    const int count = argc - 2;
    if (runs < 1 || count > MOST_COMMANDS) {
        (void)fputs("usage: compare_runs RUNS COMMAND...\n", stderr);
        return 2;
    }
    for (int i = 0; i < count; i++) {
        split(&commands[i], argv[i + 2], runs);
        measure(&commands[i], 0);
    }
    for (int run = 0; run < runs; run++) {
        for (int i = 0; i < count; i++)
            measure(&commands[i], run);
    }
    double first[FIGURES];
    for (int i = 0; i < count; i++) {
        double figures[FIGURES];
        for (int f = 0; f < FIGURES; f++) {
            figures[f] = median(commands[i].figures[f], runs);
            if (i == 0)
                first[f] = figures[f];
        }
        printf("%8.2f ms  %8.2f ms CPU  %6.2f MiB peak  (x%.2f, x%.2f, x%.2f)  %s\n", figures[0],
               figures[1], figures[2], figures[0] / first[0], figures[1] / first[1],
               figures[2] / first[2], commands[i].text);
    }
    return 0;
}
