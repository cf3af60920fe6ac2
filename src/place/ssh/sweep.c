/* SPDX-License-Identifier: BSD-3-Clause */
#include "place/ssh/sweep.h"

#include <string.h>

#include "base/system/now.h"
#include "place/ssh/control.h"
#include "place/ssh/waiting.h"
#include "process/framework.h"

#define SECOND_NS INT64_C(1000000000)
/* How long it may take, connecting included. */
#define SWEEPING_S 30.0

/* Reads what a sweep says.  Returns whether it got through. */
static bool take_sweep(stg_ssh_connection *c, const staged_completed_process *result)
{
    const char *swept = result->output == NULL ? NULL : strstr(result->output, "swept");
    if (swept == NULL)
        return false;
    swept += strlen("swept");
    const size_t length = strcspn(swept, "\n");
    stg_buf left = {0};
    if (length > 1) {
        stg_buf_addf(&left, "processes%.*s at %s", (int)length, swept, c->host->name);
        c->left = stg_buf_take(&left);
    }
    return true;
}

/* A signal to us is often why nobody waits for the other side any more, and no reason to leave
 * there what still runs.  A second one ends us at once. */
static bool run_sweep(stg_ssh_connection *c, const staged_process_options *options)
{
    staged_process *process;
    staged_completed_process *result = NULL;
    if (stg_process_start_anyway(options, &process) == STAGED_OK) {
        while (!stg_process_is_settled(process))
            stg_processes_pump(&process, 1, &(stg_also){.one = -1}, SECOND_NS);
        (void)staged_process_wait(process, 0, &result);
    }
    const bool is_swept = result != NULL && take_sweep(c, result);
    staged_completed_process_free(result);
    staged_process_free(process);
    return is_swept;
}

static bool sweep(stg_ssh_connection *c)
{
    stg_arena arena = {0};
    stg_buf text = {0};
    bool is_swept = false;
    const char **words = stg_ssh_words(&c->pool->settings, STG_SSH_ALONE, c->host->name, NULL, NULL,
                                       NULL, "exec sh", &arena);
    stg_ssh_add_sweep(&text, c->token, c->folder);
    if (words != NULL && stg_buf_status(&text) == STAGED_OK) {
        const staged_process_options options = {
            .size = sizeof options,
            .arguments = words,
            .input = STAGED_STREAM(STAGED_STREAM_BYTES, .bytes = text.data, .length = text.length),
            .output = STAGED_STREAM(STAGED_STREAM_CAPTURE, .limit = 65536),
            .error_output = STAGED_STREAM(STAGED_STREAM_DISCARD),
            .process_group = STAGED_PROCESS_GROUP_SESSION,
            .timeout_s = SWEEPING_S,
            .grace_s = -1};
        is_swept = run_sweep(c, &options);
    }
    stg_buf_free(&text);
    stg_arena_free(&arena);
    return is_swept;
}

void stg_ssh_sweep_up(stg_ssh_connection *connection)
{
    stg_ssh_connection *c = connection;
    while (c->sweep == STG_SSH_SWEEPING)
        stg_ssh_wait(c->pool, stg_now_ns() + SECOND_NS);
    if (c->sweep != STG_SSH_NOT_SWEPT)
        return;
    c->sweep = STG_SSH_SWEEPING;
    (void)pthread_mutex_unlock(&c->pool->mutex);
    /* Nobody else changes what this reads. */
    const bool is_swept = sweep(c);
    (void)pthread_mutex_lock(&c->pool->mutex);
    c->sweep = is_swept ? STG_SSH_SWEPT : STG_SSH_UNSWEPT;
    (void)pthread_cond_broadcast(&c->pool->changed);
}
