/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What it means to a command at a place that something could not be done here. */
#ifndef STG_PLACE_REMOTE_HERE_H
#define STG_PLACE_REMOTE_HERE_H

#include <staged/place.h>

/* Sets what is true of a command then, as the status says (stg_status_of_errno): it is refused, if
 * that would be the same the next time; otherwise it may pass. */
void stg_place_end_of_status(staged_place_end *end, staged_status status);

#endif
