/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The control session: a shell on the other machine that we tell what to do.  It reads calls of its
 * functions from its input, and writes lines:
 *
 *   ready FOLDER NODE WORD  it can be used; FOLDER is ours there; WORD is "plain" if the login
 *                           shell can read programs itself, and otherwise missing
 *   problem TEXT            it cannot
 *   kept N, unkept N        after `keep N SLOT TEXT`: the program of command N is in SLOT, or not
 *   end N LINE              command N has ended (place/remote/end.h); comes by itself
 *   state N WORD LINE       after `state N SLOT`: "new", "runs", "gone" (without an end), or
 *                           "ended" and the line of its end
 *   stopped N PID...        after `stop N SLOT MILLISECONDS`: all of it is ended but those
 *   held N                  after `held N`, if what it left behind still runs
 *
 * A slot is a file in FOLDER, SLOT.job, for one command at a time: making files is what takes the
 * most time on some file systems.  `sh FOLDER/begin FOLDER/SLOT.job N` runs command N from it, as
 * soon as its program is there; a shell can also read FOLDER/begin with these two as its arguments.
 *
 * When its input ends, because we close it or the connection is lost, it ends all that commands
 * have started and removes its folder. */
#ifndef STG_PLACE_SSH_CONTROL_H
#define STG_PLACE_SSH_CONTROL_H

#include "base/text/buf.h"

/* What the login shell is to run, whichever it is: a shell that reads what follows. */
extern const char stg_ssh_control_shell[];
/* Adds what that is to read first.
 *   token  what the marks of all its commands begin with */
void stg_ssh_add_control(stg_buf *out, const char *token);
/* Adds the whole of what another shell there is to read when the connection was lost: it ends what
 * is left, and writes "swept" with the process ids of what it could not end.
 *   folder  of the control session */
void stg_ssh_add_sweep(stg_buf *out, const char *token, const char *folder);

#endif
