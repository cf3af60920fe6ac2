/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Mistakes of the script's author that only show when it runs. */
#ifndef STG_SCRIPT_STATE_BUGS_H
#define STG_SCRIPT_STATE_BUGS_H

#include "base/text/closest.h"
#include "script/state/object.h"

/* As stg_bug for who cannot return a failure: the running hook will have failed. */
void stg_note_bug(const staged_script *script, const staged_location *where, const char *format,
                  ...) STAGED_PRINTF(3, 4);
/* Fails where a text, a function or the like is NULL that has to be there.
 *   what  "a log line's format" */
staged_status stg_need_text(staged_script *script, const staged_location *where, const void *text,
                            const char *what);
/* Returns `answer`, or the failure that was noted since the last time. */
staged_status stg_unless_bug(staged_script *script, staged_status answer);
/* "; did you mean 'x'?", or "". */
const char *stg_hint(staged_script *script, const stg_search *search);
/* Fails because there is no such registered stage; NULL is none. */
staged_status stg_unknown_stage(staged_script *script, const staged_location *where,
                                const char *stage);
/* The registered stage of that name, or NULL; when no class declares one, that is noted. */
const stg_stage *stg_known_stage(staged_script *script, const staged_location *where,
                                 const char *stage);
/* Fails where `what` is called by work beside a stage, and is not for it. */
staged_status stg_only_owner(staged_script *script, const char *what);

#endif
