/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A command of a script at a place. */
#ifndef STG_SCRIPT_PLACE_PLACED_COMMAND_H
#define STG_SCRIPT_PLACE_PLACED_COMMAND_H

#include <staged/events.h>

#include "place/framework.h"
#include "script/place/folder.h"
#include "script/place/news.h"
#include "script/state/object.h"

/* A command that has begun at a place.
 *   follower  its script, the event of its beginning, and whether the log has that; set before
 *   job       NULL: the place knows nothing of it, and `error` says why */
typedef struct stg_placed_command {
    stg_follower follower;
    stg_job_folder folder;
    stg_place_job *job;
    stg_error error;
} stg_placed_command;

/* Has it begin, or takes over what an earlier run has left of it.
 *   options  its timeout counts from when it runs
 *   left_ns  what is left of all time limits; INT64_MAX: there are none, or the caller heeds them
 *   begin_ns  how long it may take to begin it, while nobody heeds them; INT64_MAX: any time
 * Returns STAGED_OK, or a failure; free it in either case. */
staged_status stg_placed_command_begin(stg_placed_command *command, stg_place *place,
                                       const staged_process_options *options, int64_t left_ns,
                                       int64_t begin_ns);
/* Logs where it ran and what could not be ended, and frees it.
 *   result  NULL: not known */
void stg_placed_command_free(stg_placed_command *command, const staged_completed_process *result);

/* Runs it to its end, in place of staged_process_run.
 *   event    of its beginning
 *   options  its timeout counts from when it runs
 *   is_logged  whether the log has its beginning
 *   left_ns  what is left of all time limits; INT64_MAX: there are none
 *   result   receives it, also after a failure; NULL: out of memory */
staged_status stg_run_at_place(staged_script *script, stg_place *place, const staged_event *event,
                               const staged_process_options *options, bool is_logged,
                               int64_t left_ns, staged_completed_process **result);
/* Whether its place failed, and the command has no end of its own. */
bool stg_place_has_failed(const staged_completed_process *done);
/* Notes for the attempt whether its last failing command did so because of its place, which may
 * recover. */
void stg_note_failure_of_place(staged_script *script, bool may_pass);

#endif
