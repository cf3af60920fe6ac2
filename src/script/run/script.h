/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Making and releasing script objects. */
#ifndef STG_SCRIPT_RUN_SCRIPT_H
#define STG_SCRIPT_RUN_SCRIPT_H

#include "script/state/object.h"

/* Makes a script within another one, sharing its console; `options` may be NULL. */
staged_script *stg_script_new_within(staged_script *outer, const staged_class *script_class,
                                     const staged_script_options *options);
/* Ends background work and calls STAGED_HOOK_CLEAN_UP, once. */
void stg_clean_up(staged_script *script);

#endif
