/* SPDX-License-Identifier: BSD-3-Clause
 *
 * For programs that run scripts written in another language (`staged` does so for shell scripts):
 * commands that they run themselves, failures and mistakes that they find, and how much time is
 * left. Their classes are made at run time (staged/class.h); all functions are for the thread that
 * runs the script. */
#ifndef STAGED_BRIDGE_H
#define STAGED_BRIDGE_H

#include <stdbool.h>

#include <staged/script.h>

STAGED_BEGIN_DECLS

/* A command that somebody else runs. */
typedef struct staged_outside_command staged_outside_command;

/* Says that a command begins: it is logged and recorded, as staged_run does.
 *   options  what is run, and where; how it is logged and recorded; its expected codes.  The rest
 *            is not looked at
 *   command  receives it, for staged_outside_command_end; NULL after a failure, and when it is not
 * to be run: a dry run shows it only Returns STAGED_OK; STAGED_FAILED, with a message, when the
 * options make no sense. */
STAGED_API STAGED_MUST_CHECK staged_status staged_outside_command_begin(
    staged_script *script, const staged_run_options *options, staged_outside_command **command);
/* Says that it has ended, and releases it.  NULL: does nothing.
 *   exit_code  negative: ended by that signal
 *   timed_out  it was ended at its timeout
 *   failure    receives what is to be said of it ("exit code 3"), which the caller frees; NULL if
 * it went as expected, or when out of memory */
STAGED_API void staged_outside_command_end(staged_outside_command *command, int exit_code,
                                           bool timed_out, char **failure);

/* Fails because of a command, as staged_run does.
 *   failure  what became of it: "exit code 3"
 *   command  which one, as a line of shell
 *   details  further lines; "": none
 * Returns STAGED_FAILED. */
STAGED_API STAGED_MUST_CHECK staged_status staged_fail_command_at(staged_script *script,
                                                                  const staged_location *where,
                                                                  const char *failure,
                                                                  const char *command,
                                                                  const char *details);
/* Fails because of a mistake in the script, which then ends with 70.  Returns STAGED_FAILED. */
STAGED_API STAGED_MUST_CHECK staged_status staged_fail_bug_at(staged_script *script,
                                                              const staged_location *where,
                                                              const char *format, ...)
    STAGED_PRINTF(3, 4);

/* How many seconds the running hook may still take before a time limit is exceeded; INFINITY: no
 * limit applies. */
STAGED_API double staged_script_time_left(const staged_script *script);

STAGED_END_DECLS

#endif
