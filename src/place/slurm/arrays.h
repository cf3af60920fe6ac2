/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Arrays of jobs: how the kind "slurm" runs many programs as one job. */
#ifndef STG_PLACE_SLURM_ARRAYS_H
#define STG_PLACE_SLURM_ARRAYS_H

#include "place/framework.h"

extern const stg_array_kind stg_slurm_arrays;

#endif
