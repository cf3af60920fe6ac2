/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Pseudo-terminals of commands, whose descriptors belong to the command. */
#ifndef STG_PROCESS_SIGNALS_PTY_H
#define STG_PROCESS_SIGNALS_PTY_H

#include <staged/pty.h>

/* Hands out the end that commands write to, and what staged_pty_descriptor returns with it: who
 * gets them closes both. */
int stg_pty_take_command_end(staged_pty *pty);
/* What staged_pty_descriptor returned is closed, or somebody else's. */
void stg_pty_leave(staged_pty *pty);
/* As staged_pty_free, but the settings stay. */
void stg_pty_free_as_it_is(staged_pty *pty);

#endif
