/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The arguments that classes have in their tables, and the members of their data in which what was
 * parsed is stored. */
#include <stdlib.h>
#include <string.h>

#include "script/arguments/arguments.h"
#include "script/state/object.h"

/* ---- The tables, whose rows may be shorter than ours ---- */

static const staged_argument_options *row_at(const staged_class *script_class, size_t index,
                                             staged_argument_options *row)
{
    const staged_arguments *table = &script_class->arguments;
    if (table->rows == NULL || table->row_size == 0)
        return NULL;
    const size_t size = table->row_size < sizeof *row ? table->row_size : sizeof *row;
    memset(row, 0, sizeof *row);
    memcpy(row, (const char *)table->rows + index * table->row_size, size);
    return row->flags == NULL ? NULL : row;
}

static size_t count_rows(const stg_lineage *lineage)
{
    size_t count = 0;
    staged_argument_options row;
    for (size_t layer = 0; layer < lineage->count; layer++) {
        for (size_t i = 0; row_at(lineage->classes[layer], i, &row) != NULL; i++)
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
    if (row->resolve && (row->type != STAGED_ARG_PATH || row->nargs != 0))
        return "`.resolve` is for one path; set `.type = STAGED_ARG_PATH`";
    if (into->kind == STAGED_INTO_NONE)
        return NULL;
    if (size == 0)
        return "it is stored in nothing that STAGED_INTO makes";
    if (script_class->data_size == 0)
        return "it is stored in the class's data, but the class has none; give it `.data_size = "
               "sizeof(...)`";
    if (into->offset > script_class->data_size || script_class->data_size - into->offset < size)
        return "it is stored behind the end of the class's data; `.data_size` and STAGED_INTO have "
               "to name the same struct";
    return NULL;
}

void stg_check_class_arguments(const stg_lineage *lineage, stg_buf *bugs)
{
    staged_argument_options row;
    for (size_t layer = 0; layer < lineage->count; layer++) {
        const staged_class *script_class = lineage->classes[layer];
        for (size_t i = 0; row_at(script_class, i, &row) != NULL; i++) {
            const char *problem = problem_of(script_class, &row);
            if (problem == NULL)
                continue;
            if (row.where.file != NULL)
                stg_buf_addf(bugs, "%s:%d: ", row.where.file, row.where.line);
            stg_buf_addf(bugs, "%s: %s: %s\n", stg_class_name(script_class), row.flags, problem);
        }
    }
}

/* ---- The parser ---- */

static staged_argument_target target_of(void *data, const staged_into *into)
{
    staged_argument_target target = {0};
    void *member = (char *)data + into->offset;
    switch (into->kind) {
    case STAGED_INTO_NONE:
        break;
    case STAGED_INTO_BOOL:
        target.boolean = member;
        break;
    case STAGED_INTO_INT:
        target.integer = member;
        break;
    case STAGED_INTO_INT64:
        target.integer64 = member;
        break;
    case STAGED_INTO_DOUBLE:
        target.number = member;
        break;
    case STAGED_INTO_TEXT:
        target.text = member;
        break;
    case STAGED_INTO_LIST:
        target.list = member;
        break;
    }
    return target;
}

static bool takes_words(staged_argument_action action)
{
    return action == STAGED_ARG_STORE || action == STAGED_ARG_APPEND || action == STAGED_ARG_EXTEND;
}

/* What the member's kind says and the row leaves out. */
static void infer(staged_argument_options *row)
{
    const staged_into_kind kind = row->into.kind;
    if (row->convert != NULL || row->type != STAGED_ARG_TEXT || !takes_words(row->action))
        return;
    if (kind == STAGED_INTO_BOOL && row->action == STAGED_ARG_STORE)
        row->action = STAGED_ARG_STORE_TRUE;
    else if (kind == STAGED_INTO_INT || kind == STAGED_INTO_INT64)
        row->type = STAGED_ARG_INT;
    else if (kind == STAGED_INTO_DOUBLE)
        row->type = STAGED_ARG_FLOAT;
}

static staged_argument *add(staged_parser *parser, const char *title,
                            const staged_argument_options *options)
{
    if (title == NULL)
        return staged_parser_add_argument_with(parser, options);
    staged_argument_group *group = staged_parser_find_group(parser, title);
    if (group == NULL)
        group = staged_parser_add_group(parser, title, NULL);
    return staged_argument_group_add_argument_with(group, options);
}

static void add_row(staged_script *script, size_t layer, const staged_argument_options *given)
{
    staged_argument_options row = *given;
    infer(&row);
    const bool is_stored = row.into.kind != STAGED_INTO_NONE;
    if (is_stored)
        row.store = target_of(script->data[layer], &row.into);
    row.into = (staged_into){0};
    row.group = NULL;
    row.resolve = false;
    script->class_arguments[script->class_argument_count++] =
        (stg_class_argument){.argument = add(script->parser, given->group, &row),
                             .store = row.store,
                             .where = row.where,
                             .resolve = given->resolve};
}

staged_status stg_add_class_arguments(staged_script *script)
{
    const size_t count = count_rows(&script->lineage);
    if (count == 0)
        return STAGED_OK;
    script->class_arguments = calloc(count, sizeof script->class_arguments[0]);
    if (script->class_arguments == NULL)
        return STAGED_NO_MEMORY;
    staged_argument_options row;
    for (size_t layer = script->lineage.count; layer-- > 0;) {
        for (size_t i = 0; row_at(script->lineage.classes[layer], i, &row) != NULL; i++)
            add_row(script, layer, &row);
    }
    return STAGED_OK;
}

staged_status stg_resolve_class_paths(staged_script *script)
{
    for (size_t i = 0; i < script->class_argument_count; i++) {
        const stg_class_argument *item = &script->class_arguments[i];
        if (!item->resolve || item->argument == NULL)
            continue;
        const char *dest = staged_argument_dest(item->argument);
        STAGED_TRY(staged_args_resolve_path_at(script, &item->where, dest));
        const staged_value *value = staged_namespace_value(script->args, dest);
        if (item->store.text != NULL && value != NULL && value->kind == STAGED_VALUE_PATH)
            *item->store.text = value->as.text;
    }
    return STAGED_OK;
}
