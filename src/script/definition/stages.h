/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The registered stages of a script. */
#ifndef STG_SCRIPT_DEFINITION_STAGES_H
#define STG_SCRIPT_DEFINITION_STAGES_H

#include <stdint.h>

#include <staged/class.h>

#include "base/text/buf.h"
#include "script/definition/methods.h"

#define STG_NO_STAGE SIZE_MAX

/* Maps a name to its stage. */
typedef struct stg_stage_name {
    const char *name;
    size_t index;
} stg_stage_name;

/* In the order of registration.  All zero is empty.
 *   declarations  of the most derived class that declares each
 *   names         in the same order, terminated by NULL; NULL while there are none
 *   by_name       sorted
 *   defaults      those that run by default, terminated by NULL; NULL while there are none */
typedef struct stg_stages {
    const staged_method **declarations;
    size_t count;
    size_t capacity;
    const char **names;
    stg_stage_name *by_name;
    const char **defaults;
} stg_stages;

/* Registers the named stages (terminated by NULL), or, if `names` is NULL, all that the classes
 * declare, bases first.  Unknown and repeated names are added to `bugs`. */
staged_status stg_stages_register(stg_stages *stages, const char *const *names,
                                  const stg_methods *methods, const stg_lineage *lineage,
                                  stg_buf *bugs);
void stg_stages_free(stg_stages *stages);

/* The index of a stage in that order; STG_NO_STAGE: it is not registered, or the name is NULL. */
size_t stg_stages_find(const stg_stages *stages, const char *name);

#endif
