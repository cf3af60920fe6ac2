/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Times as shells, the system and people write them, whatever the locale of ours is. */
#ifndef STG_PLACE_REMOTE_TIMES_H
#define STG_PLACE_REMOTE_TIMES_H

#include <stdbool.h>
#include <stdint.h>

/* Reads seconds ("12.34"; a comma stands for the point, as in some languages) and moves `at` behind
 * them.  Returns false if there are none, or more than 30 years of them. */
bool stg_remote_read_seconds(const char **at, int64_t *nanoseconds);
/* The same of "1m2.34s", as `times` of a shell writes it, after blanks. */
bool stg_remote_read_minutes(const char **at, int64_t *nanoseconds);

#endif
