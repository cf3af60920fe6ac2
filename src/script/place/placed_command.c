/* SPDX-License-Identifier: BSD-3-Clause */
#include "script/place/placed_command.h"

#include <stdlib.h>
#include <string.h>

#include <staged/signals.h>

#include "base/system/duration.h"
#include "script/place/earlier.h"
#include "script/state/events.h"
#include "script/state/owner.h"

bool stg_place_has_failed(const staged_completed_process *done)
{
    return done != NULL && done->place != NULL && done->place->failure != STAGED_PLACE_OK;
}

void stg_note_failure_of_place(staged_script *script, bool may_pass)
{
    stg_lock(script);
    stg_at_a_stage(script)->frame->attempt.place_failed = may_pass;
    stg_unlock(script);
}

/* What became of one that could not begin.  Returns the error's status. */
static staged_status not_begun(const stg_error *error, staged_completed_process **result)
{
    staged_completed_process *done = calloc(1, sizeof *done);
    if (done == NULL)
        return STAGED_NO_MEMORY;
    done->failed_step =
        error->status == STAGED_BAD_USE ? STAGED_START_OPTIONS : STAGED_START_PROCESS;
    done->interrupted = error->status == STAGED_INTERRUPTED ? staged_signals_caught() : 0;
    done->error = strdup(stg_error_text(error));
    *result = done;
    return error->status;
}

/* Finds the folder of the command, if it needs one, and what an earlier run has left of it.
 *   earlier  receives that; NULL: nothing */
static bool find_folder(stg_follower *follower, const stg_place *place, stg_job_folder *folder,
                        const stg_past_job **earlier, stg_error *error)
{
    const staged_script *script = follower->script;
    *earlier = stg_take_earlier_job(script, follower->event);
    if (!stg_place_needs_folder(place))
        return true;
    const bool is_found = *earlier != NULL && (*earlier)->folder != NULL
                              ? stg_job_folder_take_over((*earlier)->folder, folder, error)
                              : stg_job_folder_make(script, follower->event->number, folder, error);
    follower->folder = folder->recorded;
    return is_found;
}

/* The record says at once whose job it is: this run may be cut short, too. */
static void tell_taken_over(stg_follower *follower, const stg_past_job *earlier)
{
    (void)staged_log_at(follower->script, &follower->event->where,
                        "On %s:  takes over job %s of the earlier run.", follower->event->place,
                        earlier->id);
    /* The log has it. */
    follower->is_away = true;
    stg_tell_look(follower, &(staged_place_look){.size = sizeof(staged_place_look),
                                                 .state = STAGED_PLACE_STATE_AWAY,
                                                 .job = earlier->id,
                                                 .reason = "taken over from an earlier run"});
}

static staged_status begin(stg_placed_command *command, stg_place *place,
                           const staged_process_options *options, const stg_place_limits *limits)
{
    stg_follower *follower = &command->follower;
    stg_error *error = &command->error;
    const staged_event *event = follower->event;
    const stg_past_job *earlier;
    stg_buf name = {0};
    if (!find_folder(follower, place, &command->folder, &earlier, error))
        return stg_place_fail(place, options, limits, &command->job, error);
    stg_buf_addf(&name, "%s%s%s", follower->script->title.stem, *event->stage == '\0' ? "" : ".",
                 event->stage);
    if (earlier != NULL)
        tell_taken_over(follower, earlier);
    const stg_place_teller teller = {stg_tell_news, follower};
    const staged_status status =
        stg_buf_status(&name) == STAGED_OK
            ? stg_place_begin(place, options, command->folder.path, stg_buf_text(&name),
                              earlier == NULL ? NULL : earlier->id, limits, &teller, &command->job,
                              error)
            : stg_error_set(error, STAGED_NO_MEMORY, "out of memory");
    stg_buf_free(&name);
    return status;
}

staged_status stg_placed_command_begin(stg_placed_command *command, stg_place *place,
                                       const staged_process_options *options, int64_t left_ns,
                                       int64_t begin_ns)
{
    const stg_place_limits limits = {
        .timeout_ns = options->timeout_s > 0 ? stg_seconds_ns(options->timeout_s) : INT64_MAX,
        .wait_ns = INT64_MAX,
        .whole_ns = left_ns > 0 ? left_ns : 1,
        .begin_ns = begin_ns > 0 ? begin_ns : 1,
    };
    return begin(command, place, options, &limits);
}

void stg_placed_command_free(stg_placed_command *command, const staged_completed_process *result)
{
    if (result != NULL)
        stg_tell_end_at_place(&command->follower, result);
    stg_place_job_free(command->job);
    stg_job_folder_leave(&command->folder);
    stg_error_free(&command->error);
}

staged_status stg_run_at_place(staged_script *script, stg_place *place, const staged_event *event,
                               const staged_process_options *options, bool is_logged,
                               int64_t left_ns, staged_completed_process **result)
{
    stg_placed_command command = {
        .follower = {.script = script, .event = event, .is_told = is_logged}};
    *result = NULL;
    staged_status status = stg_placed_command_begin(&command, place, options, left_ns, left_ns);
    if (command.job != NULL)
        status = stg_place_run(command.job, stg_tell_news, &command.follower, result);
    else
        status = not_begun(&command.error, result);
    stg_placed_command_free(&command, *result);
    return status;
}
