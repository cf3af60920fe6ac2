/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The channel to the control session of a connection: what we tell it, and hearing what it says. */
#ifndef STG_PLACE_SSH_CHANNEL_H
#define STG_PLACE_SSH_CHANNEL_H

#include "place/ssh/pool.h"

/* The mutex is held when these are called, and when they return; the one that waits releases it
 * meanwhile. */

/* Makes one.  Returns false, with errno, if that cannot be.
 *   theirs  receives the other end, which the caller closes */
bool stg_ssh_open_channel(stg_ssh_connection *connection, int *theirs);
void stg_ssh_close_channel(stg_ssh_connection *connection);
/* Tells the control session something, a whole line; what cannot be sent at once is sent while it
 * is heard. */
void stg_ssh_tell(stg_ssh_connection *connection, const char *request, size_t length);
void stg_ssh_tellf(stg_ssh_connection *connection, const char *format, ...) STAGED_PRINTF(2, 3);
/* Waits until it has said something, or another thread has heard something, or until then; a
 * signal to us ends that, too, if `heeds_signals`. */
void stg_ssh_hear(stg_ssh_connection *connection, int64_t until_ns, bool heeds_signals);
/* Tells it that nothing follows. */
void stg_ssh_hang_up(stg_ssh_connection *connection);

#endif
