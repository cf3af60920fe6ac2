/* SPDX-License-Identifier: BSD-3-Clause */
#include "script/definition/argument_rows.h"

#include <stdint.h>
#include <string.h>

const staged_argument_options *stg_argument_row(const staged_class *script_class, size_t index,
                                                staged_argument_options *row)
{
    const staged_arguments table = stg_class_read(script_class).arguments;
    if (table.rows == NULL || table.row_size == 0)
        return NULL;
    const size_t size = table.row_size < sizeof *row ? table.row_size : sizeof *row;
    memset(row, 0, sizeof *row);
    memcpy(row, (const char *)table.rows + index * table.row_size, size);
    row->size = sizeof *row;
    return row->flags == NULL && row->group == NULL ? NULL : row;
}

size_t stg_count_argument_rows(const stg_lineage *lineage)
{
    size_t count = 0;
    staged_argument_options row;
    for (size_t layer = 0; layer < lineage->count; layer++) {
        for (size_t i = 0; stg_argument_row(lineage->classes[layer], i, &row) != NULL; i++)
            count++;
    }
    return count;
}

/* ---- The checks ---- */

static size_t size_of(staged_into_kind kind)
{
    switch (kind) {
    case STAGED_INTO_NONE:
        break;
    case STAGED_INTO_BOOL:
        return sizeof(bool);
    case STAGED_INTO_INT:
        return sizeof(int);
    case STAGED_INTO_INT64:
        return sizeof(int64_t);
    case STAGED_INTO_DOUBLE:
        return sizeof(double);
    case STAGED_INTO_TEXT:
        return sizeof(const char *);
    case STAGED_INTO_LIST:
        return sizeof(const char *const *);
    }
    return 0;
}

static const char *problem_of(const staged_class *script_class, const staged_argument_options *row)
{
    const staged_into *into = &row->into;
    const size_t size = size_of(into->kind);
    if (row->flags != NULL && row->group != NULL)
        return "`.group` is not a member of an argument; begin the group with a row STAGED_GROUP";
    if (row->resolve && (row->type != STAGED_ARG_PATH || row->nargs != 0))
        return "`.resolve` is for one path; set `.type = STAGED_ARG_PATH`";
    if (into->kind == STAGED_INTO_NONE)
        return NULL;
    if (size == 0)
        return "invalid `.into`; write STAGED_INTO(struct, member)";
    const size_t data_size = stg_class_read(script_class).data_size;
    if (data_size == 0)
        return "it is stored in the class's data, but the class has none; give it `.data_size = "
               "sizeof(...)`";
    if (into->offset > data_size || data_size - into->offset < size)
        return "it is stored past the end of the class's data; `.data_size` and STAGED_INTO must "
               "name the same struct";
    return NULL;
}

void stg_check_argument_rows(const stg_lineage *lineage, stg_buf *bugs)
{
    staged_argument_options row;
    for (size_t layer = 0; layer < lineage->count; layer++) {
        const staged_class *script_class = lineage->classes[layer];
        for (size_t i = 0; stg_argument_row(script_class, i, &row) != NULL; i++) {
            const char *problem = problem_of(script_class, &row);
            if (problem == NULL)
                continue;
            if (row.where.file != NULL)
                stg_buf_addf(bugs, "%s:%d: ", row.where.file, row.where.line);
            stg_buf_addf(bugs, "%s: %s: %s\n", stg_class_name(script_class),
                         row.flags == NULL ? row.group : row.flags, problem);
        }
    }
}
