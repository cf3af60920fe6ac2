/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Items that a place runs in arrays, many one after the other in each task. */
#include <stdlib.h>
#include <string.h>

#include "script/each/arrays.h"

static bool start(stg_each *each, stg_job *job, const char *const *words)
{
    return stg_arrays_add(each, job, words);
}

static bool wait_for_any(stg_each *each, int64_t wait_ns, int also)
{
    struct stg_arrays *arrays = each->arrays;
    if (arrays->cancel_ns != 0)
        stg_arrays_cancel(each);
    stg_arrays_submit_due(each);
    if (arrays->pause_ns < wait_ns)
        wait_ns = arrays->pause_ns;
    const bool goes_on = stg_programs.wait(each, wait_ns, also);
    stg_arrays_read(each);
    stg_arrays_look_due(each);
    stg_arrays_drop(arrays);
    return goes_on;
}

static bool has_ended(stg_each *each, stg_job *job)
{
    if (!job->is_told && !(job->is_cut && !job->is_submitted))
        return false;
    job->status = STAGED_OK;
    if (!job->is_told || job->is_lost)
        return true;
    job->done = calloc(1, sizeof *job->done);
    if (job->done == NULL) {
        job->status = STAGED_NO_MEMORY;
        return true;
    }
    *job->done = (staged_completed_process){
        .exit_code = job->code,
        .signal = job->code < 0 ? -job->code : 0,
        .expected = stg_arrays_expect(each, job->code) && !job->timed_out,
        .timed_out = job->timed_out,
        .duration_ns = job->duration_ns,
    };
    return true;
}

static void end(stg_each *each, stg_job *job, int signal)
{
    (void)job;
    (void)signal;
    if (each->arrays->cancel_ns == 0)
        stg_arrays_cancel(each);
}

static int copy_part(const stg_job *job, const stg_output_part *part)
{
    int error = 0;
    for (int k = 0; k < 2 && error == 0; k++) {
        if (job->spool.files[k] >= 0)
            error = stg_task_copy(part->array->folder, part->task, k, part->from[k],
                                  part->length[k], job->spool.files[k]);
    }
    return error;
}

/* Who reads what is shown of an output takes it for the whole. */
static void fail_by_output(stg_job *job, int error)
{
    stg_buf_addf(&job->failure, "%sits output could not be copied: %s",
                 job->failure.length > 0 ? "; " : "", strerror(error));
    job->has_passed = false;
}

/* Puts its outputs, of all attempts, into its spool. */
static void collect(stg_each *each, stg_job *job)
{
    int error = job->output_error;
    if (error == 0 && job->part_count > 0)
        error = stg_spool_open(&job->spool, each->joins_outputs, false);
    for (size_t i = 0; i < job->part_count; i++) {
        if (error == 0)
            error = copy_part(job, &job->parts[i]);
        job->parts[i].array->unshown--;
    }
    if (error != 0)
        fail_by_output(job, error);
    free(job->parts);
    job->parts = NULL;
    job->part_count = 0;
}

const stg_runner stg_arrayed = {start, wait_for_any, has_ended, end, collect};
