/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Items that are programs, run here. */
#include <stdlib.h>

#include "process/framework.h"
#include "script/command/sleep.h"
#include "script/each/job.h"

static staged_stream to_descriptor(int descriptor)
{
    return (staged_stream){
        .size = sizeof(staged_stream), .kind = STAGED_STREAM_DESCRIPTOR, .descriptor = descriptor};
}

static bool start(stg_each *each, stg_job *job, const char *const *words)
{
    const staged_stream none = {.size = sizeof none, .kind = STAGED_STREAM_DISCARD};
    const staged_stream input = each->null_input < 0 ? none : to_descriptor(each->null_input);
    const staged_stream output = to_descriptor(job->spool.files[0]);
    const staged_stream error_output = to_descriptor(job->spool.files[each->joins_outputs ? 0 : 1]);
    staged_process_options options = *each->options->process;
    options.command = NULL;
    options.arguments = words;
    options.input = &input;
    options.output = &output;
    options.error_output = &error_output;
    options.timeout_s = each->options->timeout_s;
    options.held_outputs = NULL;
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
        (void)stg_sleep_ns(each->script, wait_ns);
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

const stg_runner stg_programs = {start, wait_for_any, has_ended, end};
