/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What a class and its bases say together. */
#ifndef STG_SCRIPT_DEFINITION_DEFINITION_H
#define STG_SCRIPT_DEFINITION_DEFINITION_H

#include <staged/class.h>

#include "base/text/buf.h"
#include "script/definition/lineage.h"
#include "script/definition/methods.h"
#include "script/definition/stages.h"

/* Nothing in it changes once it is made.  All zero is empty. */
typedef struct stg_definition {
    const staged_class *script_class;
    stg_lineage lineage;
    stg_methods methods;
    stg_stages stages;
    stg_buf bugs; /* what is wrong with the tables, a line each */
} stg_definition;

/* Puts the classes in line and checks their tables, all of them, so that all bugs are told at once.
 *   definition    all zero, but for bugs that were found before
 *   script_class  NULL is a bug
 *   stages        the names of those to register, ended by NULL; NULL: all
 * Returns STAGED_NO_MEMORY, or STAGED_OK also when there are bugs.  To be freed in any case. */
staged_status stg_definition_make(stg_definition *definition, const staged_class *script_class,
                                  const char *const *stages);
void stg_definition_free(stg_definition *definition);

#endif
