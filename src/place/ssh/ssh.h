/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The kind "ssh": commands on other machines.  Its words are
 *
 *   HOST...             as ssh takes them: names of its configuration, USER@HOST, ssh://HOST:PORT.
 *                       Several are a pool: a command goes to the one that does the least; one that
 *                       cannot be reached is passed over while others can
 *   --directory DIR     where commands begin; below the home if relative; by default the home
 *   --option KEY=VALUE  an option of ssh (ssh_config), before what is in its configuration; may be
 *                       repeated
 *   --config FILE       ssh's configuration, in place of the user's and the system's
 *   --wait S            how many seconds to go on trying while no host can be reached; 0, the
 *                       default: one attempt for each
 *   --sessions N        how many sessions a connection may have; by default 10, as sshd's
 *                       MaxSessions.  One is ours; with N commands running a further connection is
 *                       opened */
#ifndef STG_PLACE_SSH_SSH_H
#define STG_PLACE_SSH_SSH_H

#include <staged/place.h>

extern const staged_place_kind stg_place_ssh;
/* How many commands a place of this kind should have at a time. */
size_t stg_ssh_room(const void *place);

#endif
