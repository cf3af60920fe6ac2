/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Waiting for what other threads do. */
#ifndef STG_PLACE_SSH_WAITING_H
#define STG_PLACE_SSH_WAITING_H

#include "place/ssh/pool.h"

/* Waits for news of whatever kind, until then, or for a moment.  The mutex is held, and released
 * meanwhile. */
void stg_ssh_wait(stg_ssh_pool *pool, int64_t until_ns);

#endif
