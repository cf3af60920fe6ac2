/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A command that `run` or `ask` asks for. */
#ifndef TOOL_VERBS_ASKED_H
#define TOOL_VERBS_ASKED_H

#include "tool/verbs/verb.h"

/* The command, as the request says it.
 *   words    the options; NULL: there are none
 *   options  point to these and to the request
 *   codes    the expected ones; NULL: 0 alone
 *   skip     how many words of the request come before the command
 *   shares_files  the directories here are those of its place, too */
typedef struct sh_asked {
    const sh_request *request;
    staged_namespace *words;
    staged_run_options options;
    int *codes;
    size_t skip;
    bool shares_files;
} sh_asked;

/* ---- there.c ---- */

/* Finds where it runs.  What only this shell has stays here: functions, verbs, builtins.
 *   is_function  bash says that it is one
 *   is_there     receives whether it runs at a place
 * Returns false after a reply that says what is wrong. */
bool sh_find_where(sh_shell *shell, sh_asked *asked, bool is_function, bool *is_there);
/* The same for the items of an each. */
bool sh_find_where_of_each(sh_each *each, const sh_request *request, bool is_function);
/* Begins it at its place, and replies with its client. */
void sh_begin_there(sh_shell *shell, sh_asked *asked);

/* ---- ran.c ---- */

/* Adds a command that has begun to those of the call.  Takes the expected codes over. */
sh_command *sh_add_command(sh_shell *shell, sh_asked *asked, staged_outside_command *outside);

/* Ends the command of the process that asks.
 *   exit_code  as bash tells it
 * Returns the status of `run`. */
int sh_end_command(sh_shell *shell, const sh_request *request, int exit_code);

#endif
