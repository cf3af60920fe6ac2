/* SPDX-License-Identifier: BSD-3-Clause */
#include "leftovers.h"

#include <dirent.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *leftovers_mark(void)
{
    static char text[40];
    static unsigned count;
    (void)snprintf(text, sizeof text, "1000.000%d%04u", (int)getpid(), count++);
    return text;
}

char *leftovers_command(const char *command, const char *mark)
{
    char *text = malloc(strlen(command) * 2 + 10 * strlen(mark) + 1), *at = text;
    while (*command != '\0') {
        if (strncmp(command, "MARK", 4) == 0) {
            at += sprintf(at, "%s", mark);
            command += 4;
        } else {
            *at++ = *command++;
        }
    }
    *at = '\0';
    return text;
}

static int has_word(const char *pid, const char *text)
{
    char path[300], line[4096];
    (void)snprintf(path, sizeof path, "/proc/%s/cmdline", pid);
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return 0;
    const size_t length = fread(line, 1, sizeof line - 1, file);
    fclose(file);
    line[length] = '\0';
    for (size_t at = 0; at < length; at += strlen(line + at) + 1) {
        if (strcmp(line + at, text) == 0)
            return 1;
    }
    return 0;
}

/* Sends a signal (0: none) to each that has the text; returns how many there are. */
static size_t signal_all(const char *text, int number)
{
    size_t count = 0;
    DIR *folder = opendir("/proc");
    for (struct dirent *entry; folder != NULL && (entry = readdir(folder)) != NULL;) {
        const pid_t pid = (pid_t)strtol(entry->d_name, NULL, 10);
        if (pid > 1 && has_word(entry->d_name, text) && kill(pid, number) == 0)
            count++;
    }
    if (folder != NULL)
        closedir(folder);
    return count;
}

/* How long to wait for what is to come: ever longer, 20 seconds together.  On a busy machine it may
 * take a while; all of it is only waited where something is wrong. */
enum { PAUSES = 200 };

size_t leftovers_wait(const char *text, size_t count)
{
    size_t found = signal_all(text, 0);
    for (int i = 0; i < PAUSES && found != count; i++) {
        (void)poll(NULL, 0, i);
        found = signal_all(text, 0);
    }
    return found;
}

size_t leftovers_count(const char *text)
{
    return leftovers_wait(text, 0);
}

size_t leftovers_kill(const char *text)
{
    size_t found = signal_all(text, SIGKILL);
    /* While one program makes way for another, its command line is empty. */
    for (int i = 0; i < PAUSES && found == 0; i++) {
        (void)poll(NULL, 0, i);
        found = signal_all(text, SIGKILL);
    }
    return found;
}

int leftovers_rounds(int few, int many)
{
    return getenv("STAGED_TESTS_LONG") != NULL ? many : few;
}

unsigned leftovers_seed(void)
{
    const char *given = getenv("STAGED_TESTS_SEED");
    const unsigned seed = given != NULL ? (unsigned)strtoul(given, NULL, 10) : (unsigned)getpid();
    printf("# STAGED_TESTS_SEED=%u\n", seed);
    return seed;
}
