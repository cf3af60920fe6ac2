/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The built-in kinds of places. */
#ifndef STG_PLACE_SET_KINDS_H
#define STG_PLACE_SET_KINDS_H

#include <staged/place.h>

/* Finds one by name; NULL: none. */
const staged_place_kind *stg_place_kind(const char *name);
/* The name of each, from 0; NULL past the last. */
const char *stg_place_kind_name(size_t index);

#endif
