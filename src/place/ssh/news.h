/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What the control session says.  The mutex is held. */
#ifndef STG_PLACE_SSH_NEWS_H
#define STG_PLACE_SSH_NEWS_H

#include "place/ssh/pool.h"

/* Counts it as lost, since there is no memory to go on. */
void stg_ssh_give_up(stg_ssh_connection *connection);
/* Takes a line of the control session. */
void stg_ssh_take_news(stg_ssh_connection *connection, const char *line);

#endif
