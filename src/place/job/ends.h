/* SPDX-License-Identifier: BSD-3-Clause
 *
 * How commands ended, as results keep it. */
#ifndef STG_PLACE_JOB_ENDS_H
#define STG_PLACE_JOB_ENDS_H

#include <staged/place.h>

/* Returns a copy, in one piece of memory with its texts, which the caller frees; NULL: out of
 * memory. */
staged_place_end *stg_place_end_copy(const staged_place_end *end);

#endif
