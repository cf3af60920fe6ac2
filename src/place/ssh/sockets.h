/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The folder here for the sockets of a pool's connections. */
#ifndef STG_PLACE_SSH_SOCKETS_H
#define STG_PLACE_SSH_SOCKETS_H

#include "place/ssh/pool.h"

/* Makes it, and removes what killed processes of the same user have left.
 *   message  receives why that cannot be */
staged_status stg_ssh_make_folder(stg_ssh_pool *pool, stg_buf *message);
/* Removes it, if there is one. */
void stg_ssh_remove_folder(stg_ssh_pool *pool);

#endif
