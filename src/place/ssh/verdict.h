/* SPDX-License-Identifier: BSD-3-Clause
 *
 * How a command ended, after its client has. */
#ifndef STG_PLACE_SSH_VERDICT_H
#define STG_PLACE_SSH_VERDICT_H

#include "place/ssh/pool.h"

/* Finds out, with the mutex held; what still runs is ended.
 *   exit_code  of the client; -N: signal N
 *   end        receives it; its texts live as long as the job */
void stg_ssh_judge(stg_ssh_job *job, int exit_code, staged_place_end *end);
/* Says that the command is not kept there, and why. */
void stg_ssh_add_unkept(stg_buf *out, const stg_ssh_job *job);
/* Asks how far it is, with the mutex held.  Does not wait. */
void stg_ssh_ask(stg_ssh_job *job);
/* Has the command ended there, with the mutex held.  Does not wait. */
void stg_ssh_stop(stg_ssh_job *job, double grace_s);

#endif
