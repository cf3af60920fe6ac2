/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The arguments that classes have in their tables, and the members of their data in which what was
 * parsed is stored. */
#include <stdlib.h>

#include "script/arguments/arguments.h"
#include "script/definition/argument_rows.h"
#include "script/state/object.h"

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
    script->arguments.class_arguments[script->arguments.class_argument_count++] =
        (stg_class_argument){.argument = add(script->arguments.parser, given->group, &row),
                             .store = row.store,
                             .where = row.where,
                             .resolve = given->resolve};
}

staged_status stg_add_class_arguments(staged_script *script)
{
    const size_t count = stg_count_argument_rows(&script->definition.lineage);
    if (count == 0)
        return STAGED_OK;
    script->arguments.class_arguments = calloc(count, sizeof script->arguments.class_arguments[0]);
    if (script->arguments.class_arguments == NULL)
        return STAGED_NO_MEMORY;
    staged_argument_options row;
    for (size_t layer = script->definition.lineage.count; layer-- > 0;) {
        for (size_t i = 0;
             stg_argument_row(script->definition.lineage.classes[layer], i, &row) != NULL; i++)
            add_row(script, layer, &row);
    }
    return STAGED_OK;
}

staged_status stg_resolve_class_paths(staged_script *script)
{
    for (size_t i = 0; i < script->arguments.class_argument_count; i++) {
        const stg_class_argument *item = &script->arguments.class_arguments[i];
        if (!item->resolve || item->argument == NULL)
            continue;
        const char *dest = staged_argument_dest(item->argument);
        STAGED_TRY(staged_args_resolve_path_at(script, &item->where, dest));
        const staged_value *value = staged_namespace_value(script->arguments.args, dest);
        if (item->store.text != NULL && value != NULL && value->kind == STAGED_VALUE_PATH)
            *item->store.text = value->as.text;
    }
    return STAGED_OK;
}
