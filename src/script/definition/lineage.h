/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A class and its bases in a single order. */
#ifndef STG_SCRIPT_DEFINITION_LINEAGE_H
#define STG_SCRIPT_DEFINITION_LINEAGE_H

#include <staged/class.h>

#include "base/text/buf.h"

/* The base of all classes, which has the default of each method. */
extern const staged_class stg_base_class;

/* The class itself first, `stg_base_class` last.  All zero is empty. */
typedef struct stg_lineage {
    const staged_class **classes;
    size_t count;
    size_t capacity;
} stg_lineage;

/* Linearizes a class and its bases (C3, as in Python's method resolution order).
 *   bugs  receives what is wrong with the bases, one per line, if no such order exists
 * Returns STAGED_BAD_USE then, with an empty lineage; or STAGED_NO_MEMORY. */
staged_status stg_lineage_of(const staged_class *script_class, stg_lineage *lineage, stg_buf *bugs);
void stg_lineage_free(stg_lineage *lineage);

/* A complete copy of a class, which may be of an older version: missing members are zero. */
staged_class stg_class_read(const staged_class *script_class);
/* The class's rows as compiled into its author's program, which may lack the members at their
 * end; NULL: none, or no table.  Read only the members that tell what a row is and where it is
 * declared. */
const staged_method *stg_class_rows(const staged_class *script_class);
const staged_method *stg_next_row(const staged_class *script_class, const staged_method *row);
/* Whether it is a row: not the end of a table, nor something that no macro wrote. */
bool stg_is_row(const staged_method *method);
/* The first row of the class's table, which tells where the table is in the source; a row without a
 * file if the table is empty. */
const staged_method *stg_class_first_row(const staged_class *script_class);
/* A class's name, never NULL. */
const char *stg_class_name(const staged_class *script_class);

#endif
