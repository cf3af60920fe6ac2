/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A class and its bases in one line. */
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

/* Puts a class and its bases in line (C3, as Python's method resolution order).
 *   bugs  where no such line exists, what is wrong with the bases is added, a line each
 * Returns STAGED_BAD_USE then, with an empty lineage; STAGED_NO_MEMORY. */
staged_status stg_lineage_of(const staged_class *script_class, stg_lineage *lineage, stg_buf *bugs);
void stg_lineage_free(stg_lineage *lineage);

/* What a class says, which may be of an older version: what it lacks is zero. */
staged_class stg_class_read(const staged_class *script_class);
/* The class's rows as its author's program has them, in which members may be missing at the end;
 * NULL: it has none, or no table.  Only what says what a row is and where it stands is read there.
 */
const staged_method *stg_class_rows(const staged_class *script_class);
const staged_method *stg_next_row(const staged_class *script_class, const staged_method *row);
/* Whether it is a row, and not the end of a table, or what no macro wrote. */
bool stg_is_row(const staged_method *method);
/* The first row of the class's table, which tells where that stands in the source; a row without a
 * file if it has none. */
const staged_method *stg_class_first_row(const staged_class *script_class);
/* A class's name, never NULL. */
const char *stg_class_name(const staged_class *script_class);

#endif
