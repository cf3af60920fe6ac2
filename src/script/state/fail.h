/* SPDX-License-Identifier: BSD-3-Clause
 *
 * How a script fails, and what the program returns for it. */
#ifndef STG_SCRIPT_STATE_FAIL_H
#define STG_SCRIPT_STATE_FAIL_H

#include "script/state/object.h"

/* For a failure whose words are kept, and that is returned in another way. */
static inline void stg_ignore(staged_status status)
{
    (void)status;
}

/* The last failure, as the calling thread tells it: of its work, or of the script and those that it
 * uses.  That of a thread which the author made is shared by all such threads: it is only touched
 * by one who holds the lock. */
stg_failure *stg_failure_here(const staged_script *script);
/* Forgets it, before something new begins. */
void stg_forget_error(staged_script *script);
/* The script is about to be gone: what it failed of last is known to the one that uses it. */
void stg_hand_on_failure(staged_script *script);
/* The last failure is that of a command at this place. */
void stg_note_command_failed(staged_script *script);
/* What failed last has been dealt with; `where`: if it was there. */
void stg_heed(staged_script *script, const staged_location *where);
/* Whether the last failure has words; a failure of threads that the author made counts when there
 * is no other. */
bool stg_has_reason(staged_script *script);
/* Fails because of a command.
 *   failure  what became of it
 *   errors   what it said: "", or lines that each begin with a newline */
staged_status stg_fail_command(staged_script *script, const staged_location *where,
                               const char *failure, const char *command, const char *errors);

/* Fails because of a mistake in the script, which then ends with STG_EXIT_BUG.
 *   where  NULL: nobody knows, or the text says */
staged_status stg_bug(staged_script *script, const staged_location *where, const char *format, ...)
    STAGED_PRINTF(3, 4);
/* As that, for options that cannot be used; NULL: they can. */
staged_status stg_refuse_options(staged_script *script, const char *problem);
/* Whether that was so. */
bool stg_bug_was_told(const staged_script *script);
/* What the program is to return as things stand. */
int stg_exit_status(const staged_script *script);
/* How the script has ended: passed, failed or interrupted. */
staged_outcome stg_outcome_of_script(const staged_script *script);

#endif
