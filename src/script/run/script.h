/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Making and releasing script objects. */
#ifndef STG_SCRIPT_RUN_SCRIPT_H
#define STG_SCRIPT_RUN_SCRIPT_H

#include "script/state/object.h"

/* Makes a script that another one uses, and shares what it prints on; `options` may be NULL. */
staged_script *stg_script_new_within(staged_script *outer, const staged_class *script_class,
                                     const staged_script_options *options);
/* Ends the work beside the stages and calls STAGED_HOOK_CLEAN_UP, once. */
void stg_clean_up(staged_script *script);

#endif
