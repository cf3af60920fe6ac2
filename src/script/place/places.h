/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The places of a run, and which of them a command runs at. */
#ifndef STG_SCRIPT_PLACE_PLACES_H
#define STG_SCRIPT_PLACE_PLACES_H

#include "place/framework.h"
#include "script/state/object.h"

/* "here". */
extern const char stg_here[];

/* The places of a run; made when the first one is named.
 *   known     all of them
 *   is_read   whether the operator's files were read
 *   problem   what is wrong with those
 *   replaced  messages about places of the script that a file declares, too, a line each
 *   on        where commands of all stages run (--on PLACE); NULL: not given */
struct stg_run_places {
    stg_places *known;
    bool is_read;
    stg_error problem;
    stg_buf replaced;
    const char *on;
};

/* Takes NULL. */
void stg_run_places_free(struct stg_run_places *places);
/* Ends the connections to places, at the end of a run: no command runs there, and no thread of the
 * run is left. */
void stg_rest_places(staged_script *script);

/* Sets where commands run, whatever the script says.
 *   stage  whose commands; NULL: those of all stages
 *   place  a name, which is borrowed
 * Returns STAGED_OK; STAGED_NOT_FOUND, with a message, if there is no such place. */
staged_status stg_run_stage_at(staged_script *script, stg_stage *stage, const char *place,
                               stg_error *error);
/* Forgets what stg_run_stage_at has set. */
void stg_forget_stage_places(staged_script *script);

/* Checks that the places of the selected stages and of the script are known.
 *   problems  receives what is wrong, a line each
 * Returns false when out of memory. */
bool stg_check_places(staged_script *script, stg_buf *problems);
/* Logs which of the script's places the operator's files have replaced. */
void stg_tell_replaced_places(staged_script *script);

/* Calls a function with the name of each place that is known here, "here" first, under the lock.
 * What is wrong with the operator's files does not matter.  Returns false when out of memory. */
bool stg_visit_places(staged_script *script, void (*visit)(void *context, const char *name),
                      void *context);
/* Finds a place by name; as stg_places_find. */
staged_status stg_find_place(staged_script *script, const char *name, stg_place **place,
                             stg_error *error);
/* Finds where a command of the calling thread runs.
 *   own    what its author says: the name of a place; NULL: nothing
 *   place  receives it; NULL: here
 * Returns STAGED_OK, or a failure with a message as the script's error. */
staged_status stg_place_of_command(staged_script *script, const staged_location *where,
                                   const char *own, stg_place **place);

#endif
