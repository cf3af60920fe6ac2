/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What a class and its bases define together. */
#ifndef STG_SCRIPT_DEFINITION_DEFINITION_H
#define STG_SCRIPT_DEFINITION_DEFINITION_H

#include <staged/class.h>

#include "base/text/buf.h"
#include "script/definition/lineage.h"
#include "script/definition/methods.h"
#include "script/definition/stages.h"

/* Immutable once it is made.  All zero is empty. */
typedef struct stg_definition {
    const staged_class *script_class;
    stg_lineage lineage;
    stg_methods methods;
    stg_stages stages;
    stg_buf bugs; /* what is wrong with the tables, one per line */
} stg_definition;

/* Linearizes the classes and checks all of their tables, so that all bugs are reported at once.
 *   definition    all zero, except for bugs found before
 *   script_class  NULL is a bug
 *   stages        the names of those to register, terminated by NULL; NULL: all
 * Returns STAGED_NO_MEMORY, or STAGED_OK even if there are bugs.  Free it in any case. */
staged_status stg_definition_make(stg_definition *definition, const staged_class *script_class,
                                  const char *const *stages);
void stg_definition_free(stg_definition *definition);

#endif
