/* SPDX-License-Identifier: BSD-3-Clause */
#include "local_kind.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_WORDS = 32 };

typedef struct place {
    bool connects, queues, is_away, survives, passes, leaves, is_quiet;
    staged_place_failure refuses, fails;
} place;

typedef struct job {
    const place *at;
    char name[32];
    pid_t group; /* of what survives; 0: none */
    const char *words[MOST_WORDS + 5];
    const char *environment[MOST_WORDS];
    bool has_waited, is_stopped;
} job;

static void trace(const char *what, const char *more)
{
    const char *path = getenv("TRACE");
    FILE *file = path == NULL ? NULL : fopen(path, "a");
    if (file == NULL)
        return;
    (void)fprintf(file, "%s%s%s\n", what, *more == '\0' ? "" : " ", more);
    (void)fclose(file);
}

static bool is_open(void)
{
    const char *gate = getenv("GATE");
    return gate == NULL || access(gate, F_OK) == 0;
}

/* ---- Places ---- */

static staged_status open_place(const char *const *words, void **opened, char **problem)
{
    place *made = calloc(1, sizeof *made);
    if (made == NULL)
        return STAGED_NO_MEMORY;
    for (; *words != NULL; words++) {
        const char *word = *words;
        made->connects |= strcmp(word, "connect") == 0;
        made->queues |= strcmp(word, "queue") == 0;
        made->is_away |= strcmp(word, "away") == 0;
        made->survives |= strcmp(word, "survives") == 0;
        made->passes |= strcmp(word, "passes") == 0;
        made->leaves |= strcmp(word, "leaves") == 0;
        made->is_quiet |= strcmp(word, "quiet") == 0;
        if (strncmp(word, "refuses=", 8) == 0)
            made->refuses = (staged_place_failure)atoi(word + 8);
        if (strncmp(word, "fails=", 6) == 0)
            made->fails = (staged_place_failure)atoi(word + 6);
        if (strcmp(word, "wrong") == 0) {
            *problem = strdup("'wrong' is no word for it");
            free(made);
            return STAGED_BAD_INPUT;
        }
    }
    *opened = made;
    return STAGED_OK;
}

static void close_place(void *opened)
{
    free(opened);
}

/* ---- Commands ---- */

static staged_place_end failure_of(const place *at, staged_place_failure failure)
{
    static const char *const messages[] = {
        [STAGED_PLACE_REFUSED] = "no node has a million CPUs",
        [STAGED_PLACE_LOGIN] = "no key is accepted",
        [STAGED_PLACE_HOST_KEY] = "its host key has changed",
        [STAGED_PLACE_UNREACHABLE] = "it cannot be reached",
        [STAGED_PLACE_LOST] = "the connection was lost while it ran",
        [STAGED_PLACE_WAITED] = "waited longer than its place allows",
        [STAGED_PLACE_NODE] = "the node n3 failed while it ran",
        [STAGED_PLACE_PREEMPTED] = "it had to make room for another job",
        [STAGED_PLACE_CANCELLED] = "somebody else cancelled it",
        [STAGED_PLACE_TIME_LIMIT] = "it exceeded the time limit of the queue",
        [STAGED_PLACE_MEMORY] = "it exceeded the memory that it had asked for",
        [STAGED_PLACE_OTHER] = "something else went wrong",
    };
    return (staged_place_end){.size = sizeof(staged_place_end),
                              .failure = failure,
                              .message = messages[failure],
                              .may_pass = at->passes};
}

/* What survives us is started apart, and keeps its output and its end in the folder. */
static pid_t start_survivor(const char *const *words, const char *folder)
{
    static const char script[] = "\"$@\" > \"$0/out\" 2>&1; echo $? > \"$0/.end\"; "
                                 "mv \"$0/.end\" \"$0/end\"";
    const char *all[MOST_WORDS + 5] = {"/bin/sh", "-c", script, folder};
    for (size_t i = 0; words[i] != NULL && i < MOST_WORDS; i++)
        all[4 + i] = words[i];
    int begun[2];
    if (pipe(begun) != 0)
        return -1;
    (void)fcntl(begun[1], F_SETFD, FD_CLOEXEC);
    const pid_t pid = fork();
    if (pid != 0) {
        /* Until it is a program of its own it holds what is ours, such as the lock of the record.
         */
        char nothing_comes;
        (void)close(begun[1]);
        while (read(begun[0], &nothing_comes, 1) < 0 && errno == EINTR) {
        }
        (void)close(begun[0]);
        return pid;
    }
    const int nothing = open("/dev/null", O_RDWR);
    for (int fd = 0; fd < 3; fd++)
        (void)dup2(nothing, fd);
    (void)setsid();
    (void)execv(all[0], (char *const *)(uintptr_t)all);
    _exit(127);
}

static void keep(const char **kept, const char *const *given)
{
    size_t i = 0;
    for (; given != NULL && given[i] != NULL && i + 1 < MOST_WORDS; i++)
        kept[i] = strdup(given[i]);
    kept[i] = NULL;
}

static void make_client(job *made, const staged_place_command *command)
{
    static const char follow[] = "while ! test -e \"$0/end\"; do sleep 0.01; done; "
                                 "cat \"$0/out\"; exit \"$(cat \"$0/end\")\"";
    static const char run[] = "cd \"$0\" && exec \"$@\"";
    static const char wait[] = "while ! test -e \"$GATE\"; do sleep 0.01; done; "
                               "cd \"$0\" && exec \"$@\"";
    made->words[0] = strdup("/bin/sh");
    made->words[1] = strdup("-c");
    made->words[2] = strdup(made->at->survives ? follow : made->at->queues ? wait : run);
    made->words[3] = strdup(made->at->survives           ? command->folder
                            : command->directory == NULL ? "."
                                                         : command->directory);
    keep(made->words + 4, made->at->survives ? NULL : command->words);
    keep(made->environment, command->environment);
}

static staged_status begin(void *opened, const staged_place_command *command,
                           staged_place_client *client, staged_place_end *failure)
{
    const place *at = opened;
    trace(command->job == NULL ? "begin" : "take over",
          command->job == NULL ? command->name : command->job);
    if (at->refuses != STAGED_PLACE_OK) {
        *failure = failure_of(at, at->refuses);
        return STAGED_FAILED;
    }
    if (at->connects && command->tell_waiting != NULL)
        command->tell_waiting(command->teller, "for a connection: nobody answers");
    job *made = calloc(1, sizeof *made);
    if (made == NULL)
        return STAGED_NO_MEMORY;
    made->at = at;
    (void)snprintf(made->name, sizeof made->name, "4711");
    if (at->survives) {
        made->group = command->job == NULL ? start_survivor(command->words, command->folder)
                                           : (pid_t)atoi(command->job);
        (void)snprintf(made->name, sizeof made->name, "%d", (int)made->group);
    }
    make_client(made, command);
    client->job = made;
    client->words = made->words;
    client->environment = made->environment;
    return STAGED_OK;
}

static void look(void *given, staged_place_look *seen)
{
    job *at = given;
    const bool holds = !is_open();
    seen->next_s = 0.01;
    seen->job = at->at->is_quiet ? NULL : at->name;
    if (at->is_stopped) {
        seen->state = STAGED_PLACE_STATE_GONE;
    } else if (holds && at->at->queues) {
        at->has_waited = true;
        seen->state = STAGED_PLACE_STATE_WAITS;
        seen->reason = "for resources";
    } else if (holds && at->at->is_away) {
        seen->state = STAGED_PLACE_STATE_AWAY;
        seen->reason = "the controller does not answer";
    } else {
        seen->state = STAGED_PLACE_STATE_RUNS;
        seen->node = at->at->is_quiet ? NULL : "n3";
        seen->queue_ns = at->has_waited ? INT64_C(12345000000) : 0;
    }
}

static void stop(void *given, double grace_s)
{
    job *at = given;
    (void)grace_s;
    trace("stop", at->name);
    at->is_stopped = true;
    if (at->group > 0)
        (void)kill(-at->group, SIGTERM);
}

static void end(void *given, int exit_code, staged_place_end *told)
{
    const job *at = given;
    if (at->is_stopped)
        *told = failure_of(at->at, STAGED_PLACE_CANCELLED);
    else if (at->at->fails != STAGED_PLACE_OK)
        *told = failure_of(at->at, at->at->fails);
    else
        told->exit_code = exit_code;
    if (!at->at->is_quiet) {
        told->job = at->name;
        told->node = "n3";
    }
    told->queue_ns = at->has_waited ? INT64_C(12345000000) : 0;
    told->user_ns = 1000000;
    told->system_ns = 2000000;
    told->max_rss_kib = 3000;
    if (at->is_stopped && at->at->leaves)
        told->left = "job 4711";
}

static void release(void *given)
{
    job *made = given;
    for (size_t i = 0; made->words[i] != NULL; i++)
        free((void *)(uintptr_t)made->words[i]);
    for (size_t i = 0; made->environment[i] != NULL; i++)
        free((void *)(uintptr_t)made->environment[i]);
    free(made);
}

const staged_place_kind local_kind = {.size = sizeof local_kind,
                                      .name = "local",
                                      .open = open_place,
                                      .close = close_place,
                                      .begin = begin,
                                      .look = look,
                                      .stop = stop,
                                      .end = end,
                                      .release = release,
                                      .needs_folder = true};
