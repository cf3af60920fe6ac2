/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What becomes of all that ran over a connection that was lost. */
#ifndef STG_PLACE_SSH_SWEEP_H
#define STG_PLACE_SSH_SWEEP_H

#include "place/ssh/pool.h"

/* Ends what is left there of a connection that was lost, once.  Afterwards `sweep` is settled.
 * The mutex is held, and released meanwhile. */
void stg_ssh_sweep_up(stg_ssh_connection *connection);

#endif
