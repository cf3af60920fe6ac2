/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The kind "slurm": commands run in jobs of a cluster. */
#ifndef STG_PLACE_SLURM_SLURM_H
#define STG_PLACE_SLURM_SLURM_H

#include <staged/place.h>

extern const staged_place_kind stg_place_slurm;

#endif
