/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Troubles of ssh, read from what it says. */
#ifndef STG_PLACE_SSH_TROUBLE_H
#define STG_PLACE_SSH_TROUBLE_H

#include <stdbool.h>

#include <staged/place.h>

#include "base/text/buf.h"

/* Says why there is no connection.
 *   said     what ssh wrote
 *   check    a command with which people see for themselves
 *   message  receives words for them */
staged_place_failure stg_ssh_trouble(const char *said, const char *host, const char *check,
                                     stg_buf *message);
/* Whether another attempt may do better. */
bool stg_ssh_may_pass(staged_place_failure failure);
/* Whether ssh says that the other side allows no further session on a connection. */
bool stg_ssh_is_full(const char *said);
/* Adds the last thing that ssh said, on one line; nothing if it said nothing. */
void stg_ssh_add_last_words(stg_buf *out, const char *said);

#endif
