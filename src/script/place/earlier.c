/* SPDX-License-Identifier: BSD-3-Clause */
#include "script/place/earlier.h"

#include <stdlib.h>
#include <string.h>

#include "script/recording/resume.h"
#include "script/state/attributes.h"
#include "script/state/mask.h"
#include "script/state/owner.h"

/* What a command changes in the environment, as its record has it; NULL: out of memory. */
static char *changes_of(const staged_script *script, const staged_process_options *options)
{
    stg_buf text = {0};
    stg_buf_add_text(&text, "");
    for (const char *const *pair = options->environment; pair != NULL && *pair != NULL; pair++) {
        const char *equals = strchr(*pair, '=');
        if (equals == NULL)
            continue;
        char *value = stg_masked(script, equals + 1);
        if (value == NULL)
            text.failure = STAGED_NO_MEMORY;
        else
            stg_buf_addf(&text, "%.*s=%s\n", (int)(equals - *pair), *pair, value);
        free(value);
    }
    for (const char *const *name = options->without; name != NULL && *name != NULL; name++)
        stg_buf_addf(&text, "%s\n", *name);
    return stg_buf_take(&text);
}

const stg_past_job *stg_take_earlier_job(const staged_script *script, const staged_event *event)
{
    static const staged_process_options nothing = {.size = sizeof nothing};
    const stg_resumed *resumed = script->run->resumed;
    if (resumed == NULL)
        return NULL;
    const staged_process_options *options = event->options == NULL ? &nothing : event->options;
    const stg_past_job wanted = {
        .stage = (char *)(uintptr_t)event->stage,
        .place = (char *)(uintptr_t)event->place,
        .command = (char *)(uintptr_t)event->command,
        .directory = (char *)(uintptr_t)options->directory,
        .changes = changes_of(script, options),
    };
    stg_lock(script);
    const stg_past_job *taken = stg_past_take_job(resumed->past, &wanted);
    stg_unlock(script);
    free(wanted.changes);
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
