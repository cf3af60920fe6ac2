/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Items that are programs, run here. */
#include <stdlib.h>

#include "process/framework.h"
#include "script/command/sleep.h"
#include "script/each/job.h"
#include "script/each/stream.h"

static bool start(stg_each *each, stg_job *job, const char *const *words)
{
    stg_item_streams streams;
    staged_process_options options = stg_item_options(each, job, &streams);
    options.arguments = words;
    options.timeout_s = each->options->timeout_s;
    job->status = staged_process_start(&options, &job->process);
    if (job->status == STAGED_OK)
        return true;
    if (job->process != NULL)
        (void)staged_process_wait(job->process, 0, &job->done);
    staged_process_free(job->process);
    job->process = NULL;
    return false;
}

static bool wait_for_any(stg_each *each, int64_t wait_ns, int also)
{
    size_t count = 0;
    for (size_t i = 0; i < each->slot_count; i++) {
        if (each->slots[i] != NULL && each->slots[i]->process != NULL)
            each->processes[count++] = each->slots[i]->process;
    }
    const staged_item_runner *through = each->through;
    /* By the script's clock, which is what a pause is measured by. */
    if (count == 0 && also < 0 && through == NULL) {
        /* Which acknowledges the signal that it ends at. */
        if (stg_sleep_ns(each->script, wait_ns) == STAGED_INTERRUPTED &&
            each->stop == STG_STOP_NONE)
            each->stop = STG_STOP_SIGNAL;
        return true;
    }
    stg_processes_pump(each->processes, count,
                       &(stg_also){.one = also,
                                   .others = through == NULL ? NULL : through->descriptors,
                                   .count = through == NULL ? 0 : through->descriptor_count},
                       wait_ns);
    return through == NULL || through->wait(through->context, 0) == STAGED_OK;
}

static bool has_ended(stg_each *each, stg_job *job)
{
    (void)each;
    if (!stg_process_is_settled(job->process))
        return false;
    job->status = staged_process_wait(job->process, 0, &job->done);
    staged_process_free(job->process);
    job->process = NULL;
    return true;
}

static void end(stg_each *each, stg_job *job, int signal)
{
    (void)each;
    stg_process_begin_ending(job->process, signal);
}

const stg_runner stg_programs = {
    .start = start, .wait = wait_for_any, .has_ended = has_ended, .end = end};
