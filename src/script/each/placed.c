/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Items that run at a place, each as a command with a client of its own. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <staged/signals.h>

#include "base/system/duration.h"
#include "base/system/folders.h"
#include "process/framework.h"
#include "script/each/job.h"
#include "script/each/stream.h"

/* What the place keeps about it; "": nothing. */
static char *folder_of(const stg_each *each, const stg_job *job)
{
    stg_buf path = {0};
    if (!stg_place_needs_folder(each->place))
        return strdup("");
    stg_buf_addf(&path, "%s/%lld", each->folder.path, (long long)job->index);
    return stg_buf_take(&path);
}

static void remove_folder(const stg_each *each, const stg_job *job)
{
    char *folder = folder_of(each, job);
    if (folder != NULL && *folder != '\0')
        stg_remove_folder(folder);
    free(folder);
}

/* Logs what the items wait for: once, until one of them begins. */
static void tell_waiting(void *context, const stg_place_news *news)
{
    stg_each *each = context;
    if (each->has_waited || news->look.reason == NULL)
        return;
    each->has_waited = true;
    (void)staged_log_at(each->script, &each->options->where, "On %s:  waiting %s.",
                        each->place_name, news->look.reason);
    /* It may take long until there is more to write. */
    (void)staged_console_flush(each->script->console);
}

static void tell_running(stg_each *each)
{
    if (each->has_waited)
        (void)staged_log_at(each->script, &each->options->where, "On %s:  items run.",
                            each->place_name);
    each->has_waited = false;
}

static staged_status begin(stg_each *each, stg_job *job, const staged_process_options *options,
                           stg_error *error)
{
    const double timeout_s = each->options->timeout_s;
    const stg_place_limits limits = {
        .timeout_ns = timeout_s > 0 ? stg_seconds_ns(timeout_s) : INT64_MAX,
        .wait_ns = INT64_MAX,
    };
    char *folder = folder_of(each, job);
    if (folder == NULL)
        return STAGED_NO_MEMORY;
    const char *own = *folder == '\0' ? NULL : folder;
    staged_status status;
    if (own != NULL && mkdir(own, 0700) != 0 && errno != EEXIST) {
        const int failed = errno;
        (void)stg_error_set(error, stg_status_of_errno(failed),
                            "cannot make the directory '%s': %s", own, strerror(failed));
        status = stg_place_fail(each->place, options, &limits, &job->place_job, error);
    } else {
        const stg_place_teller teller = {tell_waiting, each};
        status = stg_place_begin(each->place, options, own, each->name, NULL, &limits, &teller,
                                 &job->place_job, error);
        if (status == STAGED_OK)
            tell_running(each);
    }
    free(folder);
    return status;
}

/* Takes over how its place says that it ended. */
static void take_end(stg_each *each, stg_job *job)
{
    if (job->done != NULL && job->place_job != NULL)
        stg_place_end(job->place_job, job->done);
    const staged_place_end *end = job->done == NULL ? NULL : job->done->place;
    if (end != NULL && end->left != NULL)
        stg_each_note_left(each, end->left);
    if (end != NULL && end->failure != STAGED_PLACE_OK) {
        job->is_lost = true;
        job->may_pass = end->may_pass;
        job->lost++;
        if (end->message != NULL)
            stg_buf_add_text(&job->failure, end->message);
        if (end->left != NULL)
            stg_buf_addf(&job->failure, "; %s may still run there", end->left);
    }
    stg_place_job_free(job->place_job);
    job->place_job = NULL;
    remove_folder(each, job);
}

/* One that could not begin has an end, too, if its place says why. */
static bool fail(stg_each *each, stg_job *job, const stg_error *error)
{
    job->is_cut = job->status == STAGED_INTERRUPTED;
    if (job->place_job != NULL && job->done == NULL)
        job->done = calloc(1, sizeof *job->done);
    take_end(each, job);
    if (job->failure.length == 0 && *stg_error_text(error) != '\0')
        stg_buf_add_text(&job->failure, stg_error_text(error));
    return false;
}

static bool start(stg_each *each, stg_job *job, const char *const *words)
{
    stg_item_streams streams;
    staged_process_options options = stg_item_options(each, job, &streams);
    stg_error error = {0};
    options.arguments = words;
    options.timeout_s = 0;
    streams.streams[0].kind = STAGED_STREAM_DISCARD;
    job->status = begin(each, job, &options, &error);
    bool has_begun = job->status == STAGED_OK;
    if (has_begun) {
        job->status = staged_process_start(stg_place_client(job->place_job), &job->process);
        has_begun = job->status == STAGED_OK;
        if (!has_begun) {
            stg_place_stop(job->place_job, -1);
            if (job->process != NULL)
                (void)staged_process_wait(job->process, 0, &job->done);
            staged_process_free(job->process);
            job->process = NULL;
        }
    }
    if (!has_begun)
        (void)fail(each, job, &error);
    stg_error_free(&error);
    return has_begun;
}

static bool wait_for_any(stg_each *each, int64_t wait_ns, int also)
{
    for (size_t i = 0; i < each->slot_count; i++) {
        stg_job *job = each->slots[i];
        if (job == NULL || job->place_job == NULL || job->process == NULL)
            continue;
        stg_place_news news;
        bool ends_client;
        const int64_t next_ns = stg_place_watch(job->place_job, &news, &ends_client);
        if (ends_client)
            stg_process_begin_ending(job->process, 0);
        wait_ns = next_ns < wait_ns ? next_ns : wait_ns;
    }
    return stg_programs.wait(each, wait_ns, also);
}

static bool has_ended(stg_each *each, stg_job *job)
{
    if (!stg_programs.has_ended(each, job))
        return false;
    take_end(each, job);
    return true;
}

static void end(stg_each *each, stg_job *job, int signal)
{
    (void)signal;
    stg_place_stop(job->place_job, stg_each_grace_s(each));
}

const stg_runner stg_placed = {
    .start = start, .wait = wait_for_any, .has_ended = has_ended, .end = end};
