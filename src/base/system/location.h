/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Places in an author's source. */
#ifndef STG_BASE_SYSTEM_LOCATION_H
#define STG_BASE_SYSTEM_LOCATION_H

#include <staged/location.h>
#include <stddef.h>

/* The place itself; NULL: an unknown one. */
static inline staged_location stg_location_of(const staged_location *where)
{
    return where == NULL ? (staged_location){0} : *where;
}

#endif
