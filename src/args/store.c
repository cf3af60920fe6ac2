/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Values in the author's own variables. */
#include <limits.h>
#include <stdio.h>

#include "args/argument.h"
#include "args/errors.h"
#include "args/parse.h"

static staged_status store_int(staged_parser *top, const staged_argument *argument, int64_t value)
{
    if (value < INT_MIN || value > INT_MAX) {
        char message[80];
        snprintf(message, sizeof message, "%lld is too large or too small", (long long)value);
        return stg_fail_argument(top, argument, message);
    }
    *argument->store.integer = (int)value;
    return STAGED_OK;
}

static staged_status store(staged_parser *top, const staged_argument *argument,
                           staged_namespace *ns)
{
    const staged_argument_target *target = &argument->store;
    const stg_entry *entry = stg_namespace_find(ns, argument->dest);
    if (entry == NULL)
        return STAGED_OK;
    const staged_value *value = &entry->value;
    const bool is_int = value->kind == STAGED_VALUE_INT;
    if (target->boolean != NULL && value->kind == STAGED_VALUE_BOOL)
        *target->boolean = value->as.boolean;
    if (target->integer64 != NULL && is_int)
        *target->integer64 = value->as.integer;
    if (target->number != NULL && (is_int || value->kind == STAGED_VALUE_FLOAT))
        *target->number = is_int ? (double)value->as.integer : value->as.number;
    if (target->text != NULL &&
        (value->kind == STAGED_VALUE_TEXT || value->kind == STAGED_VALUE_PATH))
        *target->text = value->as.text;
    if (target->list != NULL && value->kind != STAGED_VALUE_NONE &&
        value->kind != STAGED_VALUE_UNSET) {
        *target->list = staged_namespace_list(ns, argument->dest);
        if (staged_namespace_status(ns) != STAGED_OK)
            return staged_namespace_status(ns);
    }
    if (target->integer != NULL && is_int)
        return store_int(top, argument, value->as.integer);
    return STAGED_OK;
}

static bool has_target(const staged_argument_target *target)
{
    return target->boolean != NULL || target->integer != NULL || target->integer64 != NULL ||
           target->number != NULL || target->text != NULL || target->list != NULL;
}

staged_status stg_store_values(staged_parser *top, const staged_parser *parser,
                               staged_namespace *ns, size_t depth)
{
    for (size_t i = 0; i < parser->count; i++) {
        const staged_argument *argument = parser->arguments[i];
        if (argument->dest != NULL && has_target(&argument->store))
            STAGED_TRY(store(top, argument, ns));
    }
    if (parser->commands == NULL || depth >= ns->command_count)
        return STAGED_OK;
    const stg_command *command =
        stg_names_get_text(&parser->commands->by_name, ns->commands[depth]);
    return command == NULL ? STAGED_OK : stg_store_values(top, command->parser, ns, depth + 1);
}
