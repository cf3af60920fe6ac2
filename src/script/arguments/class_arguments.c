/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The arguments in the tables of classes, and the members of their data that store the parsed
 * values. */
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

/* Fills in what the row leaves out and the member's kind implies. */
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

static staged_argument_group *begin_group(staged_parser *parser, const staged_argument_options *row)
{
    staged_argument_group *group = staged_parser_find_group(parser, row->group);
    if (group == NULL)
        return staged_parser_add_group(parser, row->group, row->help);
    if (row->help != NULL)
        staged_argument_group_set_description(group, row->help);
    return group;
}

/* `group` NULL: none. */
static void add_argument(staged_script *script, size_t layer, staged_argument_group *group,
                         const staged_argument_options *given)
{
    staged_parser *parser = script->arguments.parser;
    staged_argument_options row = *given;
    infer(&row);
    const bool is_stored = row.into.kind != STAGED_INTO_NONE;
    if (is_stored)
        row.store = target_of(script->data[layer], &row.into);
    row.into = (staged_into){0};
    row.resolve = false;
    staged_argument *argument = group == NULL
                                    ? staged_parser_add_argument_with(parser, &row)
                                    : staged_argument_group_add_argument_with(group, &row);
    script->arguments.class_arguments[script->arguments.class_argument_count++] =
        (stg_class_argument){.argument = argument,
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
        const staged_class *script_class = script->definition.lineage.classes[layer];
        staged_argument_group *group = NULL;
        for (size_t i = 0; stg_argument_row(script_class, i, &row) != NULL; i++) {
            if (row.flags == NULL)
                group = begin_group(script->arguments.parser, &row);
            else
                add_argument(script, layer, group, &row);
        }
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
