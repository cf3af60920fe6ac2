/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Runs what must run whatever happened. */
#ifndef STG_SCRIPT_RUN_TEARDOWN_H
#define STG_SCRIPT_RUN_TEARDOWN_H

#include "script/state/object.h"

/* Calls STAGED_HOOK_INTERRUPT if the script was interrupted. */
void stg_tear_down_if_interrupted(staged_script *script);
/* Runs the stages that always run and have not run yet. */
void stg_run_owed_stages(staged_script *script);

#endif
