/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The arguments in the tables of classes. */
#ifndef STG_SCRIPT_DEFINITION_ARGUMENT_ROWS_H
#define STG_SCRIPT_DEFINITION_ARGUMENT_ROWS_H

#include <staged/class.h>

#include "base/text/buf.h"
#include "script/definition/lineage.h"

/* A row of a class's table, which may lack the members at its end.
 *   row  receives a complete copy
 * Returns `row`; NULL: there are no more. */
const staged_argument_options *stg_argument_row(const staged_class *script_class, size_t index,
                                                staged_argument_options *row);
size_t stg_count_argument_rows(const stg_lineage *lineage);
/* Adds what is wrong with the places where arguments are stored to `bugs`, one per line. */
void stg_check_argument_rows(const stg_lineage *lineage, stg_buf *bugs);

#endif
