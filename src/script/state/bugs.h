/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Mistakes of the script's author that only show at run time. */
#ifndef STG_SCRIPT_STATE_BUGS_H
#define STG_SCRIPT_STATE_BUGS_H

#include "base/text/closest.h"
#include "script/state/object.h"

/* Like stg_bug, for functions that cannot return a failure: the running hook will have failed. */
void stg_note_bug(const staged_script *script, const staged_location *where, const char *format,
                  ...) STAGED_PRINTF(3, 4);
/* Fails if a required text, function or the like is NULL.
 *   what  "a log line's format" */
staged_status stg_need_text(staged_script *script, const staged_location *where, const void *text,
                            const char *what);
/* Returns `answer`, or the failure noted since the last call. */
staged_status stg_unless_bug(staged_script *script, staged_status answer);
/* "; did you mean 'x'?", or "". */
const char *stg_hint(staged_script *script, const stg_search *search);
/* Fails because no such stage is registered; NULL is never registered. */
staged_status stg_unknown_stage(staged_script *script, const staged_location *where,
                                const char *stage);
/* The registered stage with that name, or NULL; notes a bug if no class declares one. */
const stg_stage *stg_known_stage(staged_script *script, const staged_location *where,
                                 const char *stage);
/* Fails if background work calls `what`, which only the script's thread may. */
staged_status stg_only_owner(staged_script *script, const char *what);

#endif
