/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A connection to a machine: a background ssh that shares it, and whose own session is the control
 * session. */
#ifndef STG_PLACE_SSH_CONNECTION_H
#define STG_PLACE_SSH_CONNECTION_H

#include "place/ssh/pool.h"

/* The mutex is held when these are called, and when they return; those that wait release it
 * meanwhile. */

/* Opens one.
 *   until_ns  when to give up at the latest
 *   failure  receives what kind of failure it is, and `message` its words
 * Returns STAGED_OK, STAGED_FAILED, STAGED_INTERRUPTED or STAGED_NO_MEMORY. */
staged_status stg_ssh_connection_open(stg_ssh_pool *pool, stg_ssh_host *host, int64_t until_ns,
                                      stg_ssh_connection **connection,
                                      staged_place_failure *failure, stg_buf *message);
/* Ends what runs over it, and frees it. */
void stg_ssh_connection_close(stg_ssh_connection *connection);

/* What ssh wrote to a file, behind the first `from` bytes; "" if there is none.  The caller frees
 * it; NULL: out of memory. */
char *stg_ssh_read_log(const char *path, size_t from);

#endif
