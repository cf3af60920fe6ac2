/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The stages that are registered for a script. */
#ifndef STG_SCRIPT_DEFINITION_STAGES_H
#define STG_SCRIPT_DEFINITION_STAGES_H

#include <staged/script.h>

#include "base/buf.h"
#include "script/definition/methods.h"

typedef struct stg_stage {
    const char *name;
    const staged_method *declaration; /* of the most derived class that declares it */
    bool selected;
    staged_retry_settings retry;
    double time_limit_s;                /* 0: none */
    const staged_retry_policy *policy;  /* NULL: made from `retry` */
    staged_outcome outcome;             /* of the last run */
    staged_retry_statistics statistics; /* of the last run */
    staged_argument *attempts_argument;
    staged_argument *delay_argument;
    staged_argument *timeout_argument;
    staged_argument *time_limit_argument; /* NULL: none */
} stg_stage;

/* In the order of registration.  All zero is empty. */
typedef struct stg_stages {
    stg_stage *items;
    const char **names; /* the same order, ended by NULL; NULL while there are none */
    stg_stage **by_name;
    size_t count;
    const char **defaults; /* those that run by default, ended by NULL; NULL while there are none */
} stg_stages;

/* Registers the stages named (ended by NULL), or, if `names` is NULL, all that the classes declare,
 * bases first.  A name that no class declares, and one named twice, is added to `bugs`. */
staged_status stg_stages_register(stg_stages *stages, const char *const *names,
                                  const stg_methods *methods, const stg_lineage *lineage,
                                  stg_buf *bugs);
void stg_stages_free(stg_stages *stages);

/* NULL if it is not registered (or the name is NULL). */
stg_stage *stg_stages_find(const stg_stages *stages, const char *name);

/* Whether its row has settings of retries. */
bool stg_stage_has_retries(const stg_stage *stage);

#endif
