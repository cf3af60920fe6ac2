/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The summary of a run. */
#ifndef STG_SCRIPT_REPORT_SUMMARY_H
#define STG_SCRIPT_REPORT_SUMMARY_H

#include "script/state/object.h"

/* The default of STAGED_HOOK_SUMMARY. */
staged_status stg_summary_defaults(staged_script *script);
void stg_sections_free(stg_sections *sections);

#endif
