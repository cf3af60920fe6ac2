/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The table of how long stages took. */
#ifndef STG_SCRIPT_REPORT_TIMING_TABLE_H
#define STG_SCRIPT_REPORT_TIMING_TABLE_H

#include "script/state/object.h"

/* NULL: out of memory. */
staged_renderable *stg_timing_table(const staged_script *script);
/* Whether a stage's row has settings for when the stage does not do its work. */
bool stg_has_options(const stg_stage *stage);

#endif
