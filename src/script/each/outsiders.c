/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Items that are functions of a script in another language, which the program that runs such
 * scripts runs for us (staged/bridge.h). */
#include <signal.h>
#include <stdlib.h>

#include "base/system/duration.h"
#include "process/framework.h"
#include "script/each/job.h"

/* How often to look whether what is being ended has ended. */
#define LOOK_NS INT64_C(20000000)

/* Without the time that we were stopped, and the items with us. */
static int64_t active_ns(const stg_each *each)
{
    return stg_each_now_ns(each) - stg_stopped_ns();
}

static bool fail(stg_job *job, staged_status status)
{
    job->status = status;
    return false;
}

static bool start(stg_each *each, stg_job *job, const char *const *words)
{
    const staged_item_runner *through = each->through;
    job->started_ns = active_ns(each);
    job->until_ns = each->options->timeout_s > 0
                        ? job->started_ns + stg_seconds_ns(each->options->timeout_s)
                        : INT64_MAX;
    job->kill_ns = 0;
    job->timed_out = false;
    const staged_status status = through->start(through->context, job->slot, words,
                                                job->spool.paths[0], job->spool.paths[1]);
    /* Another attempt would have to open them, too. */
    if (job->attempts >= each->options->attempts)
        stg_spool_hide(&job->spool);
    return status == STAGED_OK || fail(job, status);
}

static size_t send(const stg_each *each, const stg_job *job, int number)
{
    return each->through->signal(each->through->context, job->slot, number);
}

static void begin_to_end(const stg_each *each, stg_job *job)
{
    if (job->kill_ns != 0)
        return;
    job->kill_ns = active_ns(each) + stg_seconds_ns(stg_each_grace_s(each));
    (void)send(each, job, SIGTERM);
}

static void end(stg_each *each, stg_job *job, int signal)
{
    (void)signal;
    begin_to_end(each, job);
}

/* What is due for one that runs.  Returns when to look again. */
static int64_t watch(const stg_each *each, stg_job *job, int64_t now_ns)
{
    if (job->kill_ns == 0 && now_ns >= job->until_ns) {
        job->timed_out = true;
        begin_to_end(each, job);
    }
    if (job->kill_ns != 0 && now_ns >= job->kill_ns)
        (void)send(each, job, SIGKILL);
    return job->kill_ns != 0 ? now_ns + LOOK_NS : job->until_ns;
}

static bool wait_for_any(stg_each *each, int64_t wait_ns, int also)
{
    const int64_t now_ns = active_ns(each);
    int64_t next_ns = INT64_MAX;
    for (size_t i = 0; i < each->slot_count; i++) {
        stg_job *job = each->slots[i];
        if (job == NULL || job->state != STG_JOB_RUNS)
            continue;
        const int64_t look_ns = watch(each, job, now_ns);
        next_ns = look_ns < next_ns ? look_ns : next_ns;
    }
    if (next_ns != INT64_MAX && next_ns - now_ns < wait_ns)
        wait_ns = next_ns > now_ns ? next_ns - now_ns : 0;
    if (also >= 0 && wait_ns > LOOK_NS)
        wait_ns = LOOK_NS;
    return each->through->wait(each->through->context, (double)wait_ns / 1e9) == STAGED_OK;
}

/* What was ended has to be gone with all that it had started. */
static bool has_ended(stg_each *each, stg_job *job)
{
    int exit_code = 0;
    char *failure = NULL;
    if (!each->through->has_ended(each->through->context, job->slot, &exit_code, &failure))
        return false;
    if (job->kill_ns != 0)
        (void)send(each, job, SIGKILL);
    job->status = STAGED_OK;
    job->done = calloc(1, sizeof *job->done);
    if (job->done != NULL) {
        *job->done = (staged_completed_process){
            .exit_code = exit_code,
            .signal = exit_code < 0 ? -exit_code : 0,
            .expected = exit_code == 0 && !job->timed_out && !job->is_cut,
            .timed_out = job->timed_out,
            .duration_ns = active_ns(each) - job->started_ns,
        };
        if (failure != NULL && !job->timed_out && !job->is_cut)
            stg_buf_add_text(&job->failure, failure);
    }
    free(failure);
    return true;
}

const stg_runner stg_outsiders = {
    .start = start, .wait = wait_for_any, .has_ended = has_ended, .end = end};
