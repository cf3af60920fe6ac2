/* SPDX-License-Identifier: BSD-3-Clause */
#include "script/place/earlier.h"

#include "script/recording/resume.h"
#include "script/state/attributes.h"
#include "script/state/owner.h"

const stg_past_job *stg_take_earlier_job(const staged_script *script, const staged_event *event)
{
    const stg_resumed *resumed = script->run->resumed;
    if (resumed == NULL)
        return NULL;
    const stg_past_job wanted = {
        .stage = (char *)(uintptr_t)event->stage,
        .place = (char *)(uintptr_t)event->place,
        .command = (char *)(uintptr_t)event->command,
        .directory = (char *)(uintptr_t)(event->options == NULL ? NULL : event->options->directory),
    };
    stg_lock(script);
    const stg_past_job *taken = stg_past_take_job(resumed->past, &wanted);
    stg_unlock(script);
    return taken;
}

void stg_tell_earlier_jobs(staged_script *script)
{
    const stg_resumed *resumed = script->run->resumed;
    const stg_past_job *left;
    if (script->outer != NULL || resumed == NULL || script->dry_run)
        return;
    const staged_location where = stg_script_location(script);
    for (size_t i = 0; (left = stg_past_job_left(resumed->past, i)) != NULL; i++)
        (void)staged_log_at(
            script, &where,
            "[yellow]Left on %s:[/]  job %s of the run %s, which this run did not take over; "
            "end it there if it still runs:  %s",
            left->place, left->id, resumed->past->id, left->command);
}
