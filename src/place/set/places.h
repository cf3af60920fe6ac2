/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The places of a run, as the files of this room share them. */
#ifndef STG_PLACE_SET_PLACES_H
#define STG_PLACE_SET_PLACES_H

#include "place/framework.h"

/* As stg_places_add.
 *   file  the file of places that declares it; NULL: the script does */
staged_status stg_places_add_of(stg_places *places, const char *file, const char *name,
                                const char *kind, const char *const *words, stg_error *error);
/* Whether that file declares the place. */
bool stg_places_has_of(const stg_places *places, const char *file, const char *name);

#endif
