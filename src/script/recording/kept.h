/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Values that the script keeps for a run that resumes this one. */
#ifndef STG_SCRIPT_RECORDING_KEPT_H
#define STG_SCRIPT_RECORDING_KEPT_H

#include "record/framework.h"
#include "script/state/object.h"

/* Replaces the kept values, except those in the record, with those of an earlier run.
 *   past  NULL: no run is resumed */
staged_status stg_kept_take_over(staged_script *script, const stg_past *past);
/* Writes all kept values into the record that has just begun. */
void stg_kept_write_all(staged_script *script, stg_record *record);

#endif
