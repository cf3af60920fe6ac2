/* SPDX-License-Identifier: BSD-3-Clause
 *
 * How a script fails, and the exit status for it. */
#ifndef STG_SCRIPT_STATE_FAIL_H
#define STG_SCRIPT_STATE_FAIL_H

#include "script/state/object.h"

/* For a failure whose words are stored, and that is returned in another way. */
static inline void stg_ignore(staged_status status)
{
    (void)status;
}

/* The last failure from the calling thread's view: of its work, or of the script and those that it
 * uses.  All threads that the author made share one: hold the lock to use it. */
stg_failure *stg_failure_here(const staged_script *script);
/* Forgets the failure before something new begins. */
void stg_forget_error(staged_script *script);
/* Passes its last failure to the outer script before the script is released. */
void stg_hand_on_failure(staged_script *script);
/* Marks the last failure as a command's that nobody has checked. */
void stg_note_command_failed(staged_script *script);
/* Marks the last failure as dealt with; `where`: only if it occurred there. */
void stg_heed(staged_script *script, const staged_location *where);
/* Whether the last failure has words; if there is none, that of threads that the author made takes
 * its place. */
bool stg_has_reason(staged_script *script);
/* Fails because of a command.
 *   failure  what went wrong
 *   errors   its error output: "", or lines that each begin with a newline */
staged_status stg_fail_command(staged_script *script, const staged_location *where,
                               const char *failure, const char *command, const char *errors);

/* Fails because of a bug in the script, which then exits with STG_EXIT_BUG.
 *   where  NULL: unknown, or in the text */
staged_status stg_bug(staged_script *script, const staged_location *where, const char *format, ...)
    STAGED_PRINTF(3, 4);
/* Like stg_bug, for unusable options; NULL: they are usable. */
staged_status stg_refuse_options(staged_script *script, const char *problem);
/* Whether a bug was reported. */
bool stg_bug_was_told(const staged_script *script);
/* The exit status as things stand. */
int stg_exit_status(const staged_script *script);
/* How the script has ended: passed, failed or interrupted. */
staged_outcome stg_outcome_of_script(const staged_script *script);

#endif
