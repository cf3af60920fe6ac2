/* SPDX-License-Identifier: BSD-3-Clause */
#include "place/slurm/query.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "process/framework.h"

struct stg_slurm_query {
    staged_process *process;
    staged_completed_process *result; /* NULL: it still runs */
    char *input;
};

/* ---- The environment ---- */

extern char **environ;

/* What would change what programs of Slurm say, or where srun writes.  Sources: the manuals of
 * srun, squeue, scontrol, scancel, sbatch. */
static const char *const changing[] = {
    "SQUEUE_",          "SCONTROL_",          "SCANCEL_",         "SLURM_TIME_FORMAT",
    "SLURM_LABELIO",    "SLURM_UNBUFFEREDIO", "SLURM_STDOUTMODE", "SLURM_STDERRMODE",
    "SLURM_STDINMODE",  "SLURM_DEBUG",        "SLURM_EXPORT_ENV", "SLURM_WORKING_DIR",
    "SLURM_REMOTE_CWD", "SRUN_EXPORT_ENV",    "SLURM_OPEN_MODE",  "SLURM_EXIT_ERROR",
    "SLURM_IMMEDIATE",  "SLURM_MULTI_PROG",   "SRUN_DEBUG",       "SBATCH_",
    "SLURM_PTY",        "SLURM_TASK_PROLOG",  "SLURM_BCAST",      "SLURM_EXIT_IMMEDIATE",
};
/* What every program of Slurm needs, also within a job. */
static const char *const needed[] = {"SLURM_CONF=", "SLURM_JWT="};

static bool begins_with_any(const char *text, const char *const *beginnings, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strncmp(text, beginnings[i], strlen(beginnings[i])) == 0)
            return true;
    }
    return false;
}

static bool is_unwanted(const char *entry, bool in_job)
{
    if (begins_with_any(entry, needed, sizeof needed / sizeof needed[0]))
        return false;
    return begins_with_any(entry, changing, sizeof changing / sizeof changing[0]) ||
           (in_job && strncmp(entry, "SLURM_", 6) == 0);
}

const char **stg_slurm_unwanted(const char *const *more)
{
    const bool in_job = getenv("SLURM_JOB_ID") != NULL;
    size_t count = 1, size = 0;
    for (char **entry = environ; *entry != NULL; entry++) {
        if (is_unwanted(*entry, in_job)) {
            count++;
            size += strlen(*entry) + 1;
        }
    }
    for (size_t i = 0; more != NULL && more[i] != NULL; i++)
        count++;
    const char **names = malloc(count * sizeof *names + size);
    if (names == NULL)
        return NULL;
    char *room = (char *)(names + count);
    size_t n = 0;
    for (char **entry = environ; *entry != NULL; entry++) {
        if (!is_unwanted(*entry, in_job))
            continue;
        const size_t length = strcspn(*entry, "=");
        memcpy(room, *entry, length);
        room[length] = '\0';
        names[n++] = room;
        room += length + 1;
    }
    for (size_t i = 0; more != NULL && more[i] != NULL; i++)
        names[n++] = more[i];
    names[n] = NULL;
    return names;
}

/* ---- Asking ---- */

static bool says_any(const char *text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strstr(text, words[i]) != NULL)
            return true;
    }
    return false;
}

const char stg_slurm_away[] = "the controller of Slurm does not answer";

bool stg_slurm_says_away(const char *errors)
{
    /* Source: slurm_errno.c of Slurm. */
    static const char *const words[] = {
        "Unable to contact slurm controller", "Socket timed out on send/recv operation",
        "Slurm backup controller in standby", "Zero Bytes were transmitted or received",
        "slurm_receive_msg: Connection",
    };
    return says_any(errors, words, sizeof words / sizeof words[0]);
}

bool stg_slurm_says_missing(const char *errors)
{
    static const char *const words[] = {"Could not establish a configuration source",
                                        "Unable to process configuration file",
                                        "Unable to process file", "retrying in 1sec up to 60sec"};
    return says_any(errors, words, sizeof words / sizeof words[0]);
}

bool stg_slurm_lacks_configuration(void)
{
    const char *path = getenv("SLURM_CONF");
    return path != NULL && *path != '\0' && access(path, F_OK) != 0 &&
           (errno == ENOENT || errno == ENOTDIR);
}

static stg_slurm_query *start(const char *const *words, const char *input, const char *directory,
                              double timeout_s)
{
    static const staged_stream capture = {.size = sizeof capture, .kind = STAGED_STREAM_CAPTURE};
    stg_slurm_query *query = calloc(1, sizeof *query);
    const char **unwanted = stg_slurm_unwanted(NULL);
    staged_stream fed = {.size = sizeof fed, .kind = STAGED_STREAM_DISCARD};
    if (query != NULL && input != NULL) {
        query->input = strdup(input);
        fed.kind = STAGED_STREAM_BYTES;
        fed.bytes = query->input;
        fed.length = strlen(input);
    }
    if (query == NULL || unwanted == NULL || (input != NULL && query->input == NULL)) {
        free(unwanted);
        stg_slurm_query_free(query);
        return NULL;
    }
    const staged_process_options options = {
        .size = sizeof options,
        .arguments = words,
        .directory = directory,
        .without = unwanted,
        .input = &fed,
        .output = &capture,
        .error_output = &capture,
        .timeout_s = timeout_s,
        .grace_s = -1,
        .process_group = STAGED_PROCESS_GROUP_NEW,
    };
    if (stg_process_start_anyway(&options, &query->process) != STAGED_OK)
        (void)staged_process_wait(query->process, 0, &query->result);
    free(unwanted);
    return query;
}

stg_slurm_query *stg_slurm_query_start(const char *const *words, double timeout_s)
{
    return start(words, NULL, NULL, timeout_s);
}

static void read_answer(const stg_slurm_query *query, stg_slurm_answer *answer)
{
    const staged_completed_process *result = query->result;
    *answer = (stg_slurm_answer){.output = "", .errors = ""};
    if (result == NULL)
        return;
    answer->exit_code = result->exit_code;
    answer->output = result->output == NULL ? "" : result->output;
    answer->errors = result->error_output == NULL ? "" : result->error_output;
    answer->is_missing =
        result->failed_step == STAGED_START_PROGRAM || stg_slurm_says_missing(answer->errors);
    answer->is_away =
        !answer->is_missing && (result->timed_out || stg_slurm_says_away(answer->errors));
    if (result->failed_step != STAGED_START_OK) {
        answer->exit_code = 127;
        answer->errors = staged_completed_process_error(result);
    }
}

bool stg_slurm_query_is_done(stg_slurm_query *query, stg_slurm_answer *answer)
{
    if (query->result == NULL && query->process != NULL)
        (void)staged_process_wait(query->process, 0, &query->result);
    read_answer(query, answer);
    return query->result != NULL || query->process == NULL;
}

stg_slurm_query *stg_slurm_ask(const char *const *words, const char *input, const char *directory,
                               double timeout_s, stg_slurm_answer *answer)
{
    stg_slurm_query *query = start(words, input, directory, timeout_s);
    while (query != NULL && !stg_slurm_query_is_done(query, answer))
        stg_processes_pump(&query->process, 1, &(stg_also){.one = -1}, INT64_MAX);
    return query;
}

void stg_slurm_query_free(stg_slurm_query *query)
{
    if (query == NULL)
        return;
    staged_process_free(query->process);
    staged_completed_process_free(query->result);
    free(query->input);
    free(query);
}
