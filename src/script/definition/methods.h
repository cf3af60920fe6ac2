/* SPDX-License-Identifier: BSD-3-Clause
 *
 * All methods of a lineage, sorted so that the implementation to run is found quickly, and the
 * checks of the classes' tables. */
#ifndef STG_SCRIPT_DEFINITION_METHODS_H
#define STG_SCRIPT_DEFINITION_METHODS_H

#include <stdbool.h>

#include <staged/class.h>

#include "base/text/buf.h"
#include "script/definition/lineage.h"

/* An implementation, and the layer of the class that has it. */
typedef struct stg_implementation {
    const staged_method *method;
    size_t layer;
} stg_implementation;

/* Sorted by method, then stage (for all stages first), then layer.  All zero is empty.
 *   rows  complete copies of the classes' rows, in the order of the lineage and of the tables */
typedef struct stg_methods {
    stg_implementation *items;
    size_t count;
    staged_method *rows;
} stg_methods;

staged_status stg_methods_collect(stg_methods *methods, const stg_lineage *lineage);
void stg_methods_free(stg_methods *methods);

/* The first implementation of a method, for one stage or (NULL) for all, of the class at `layer` or
 * a later one; NULL if there is none. */
const stg_implementation *stg_methods_find(const stg_methods *methods, const char *name,
                                           const char *stage, size_t layer);

/* Adds the markup that is printed for a stage's heading. */
void stg_add_heading(stg_buf *markup, const char *heading);

/* Adds what is wrong with the tables to `bugs`, one per line, with its place. */
void stg_methods_check(const stg_methods *methods, const stg_lineage *lineage, stg_buf *bugs);

#endif
