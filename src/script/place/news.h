/* SPDX-License-Identifier: BSD-3-Clause
 *
 * News of a command that runs elsewhere, for the log, observers and the record. */
#ifndef STG_SCRIPT_PLACE_NEWS_H
#define STG_SCRIPT_PLACE_NEWS_H

#include <staged/events.h>

#include "place/framework.h"
#include "script/state/object.h"

/* A command that is followed.
 *   event     of its beginning
 *   folder    as the record has it; NULL: nothing is kept
 *   is_told   whether the log has its beginning, and so is to say where it runs
 *   waits, is_away
 *             whether the log has said that it waits, or that its state is unknown */
typedef struct stg_follower {
    staged_script *script;
    const staged_event *event;
    const char *folder;
    bool is_told;
    bool waits;
    bool is_away;
} stg_follower;

/* Reports news, if there are any; as `tell` of stg_place_run. */
void stg_tell_news(void *follower, const stg_place_news *news);
/* Reports what is known of a command. */
void stg_tell_look(stg_follower *follower, const staged_place_look *look);
/* Logs where a command ran, unless the log has that already, and what could not be ended.
 *   done  its result */
void stg_tell_end_at_place(stg_follower *follower, const staged_completed_process *done);

#endif
