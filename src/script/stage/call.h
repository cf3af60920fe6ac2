/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Calls hooks. */
#ifndef STG_SCRIPT_STAGE_CALL_H
#define STG_SCRIPT_STAGE_CALL_H

#include "script/state/object.h"

void *stg_data_of(const staged_script *script, size_t layer);

/* Arguments of a hook besides the script's current stage. */
typedef struct stg_hook_arguments {
    int argc;
    char *const *argv;
    void *argument;
} stg_hook_arguments;

/* Calls a hook for the current stage; `arguments` may be NULL.  Checks what it returns: a value
 * that is not a status, or an error of a library, becomes STAGED_FAILED with a message. */
staged_status stg_call_hook(staged_script *script, const char *name,
                            const stg_hook_arguments *arguments);

#endif
