/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Values in the author's own variables. */
#include <limits.h>
#include <stdio.h>

#include "args/reading/errors.h"
#include "args/reading/parse.h"

/* One step of storing the value of an argument. */
typedef staged_status step(staged_parser *top, const staged_argument *argument,
                           staged_namespace *ns, const staged_value *value);

/* Whether the value can be stored. */
static staged_status check(staged_parser *top, const staged_argument *argument,
                           staged_namespace *ns, const staged_value *value)
{
    if (argument->store.list != NULL) {
        (void)staged_namespace_list(ns, argument->dest);
        return staged_namespace_status(ns);
    }
    if (argument->store.integer == NULL || value->kind != STAGED_VALUE_INT ||
        (value->as.integer >= INT_MIN && value->as.integer <= INT_MAX))
        return STAGED_OK;
    char message[80];
    snprintf(message, sizeof message, "%lld is too large or too small",
             (long long)value->as.integer);
    return stg_fail_argument(top, argument, message);
}

static staged_status store(staged_parser *top, const staged_argument *argument,
                           staged_namespace *ns, const staged_value *value)
{
    (void)top;
    const staged_argument_target *target = &argument->store;
    const bool is_int = value->kind == STAGED_VALUE_INT;
    if (target->boolean != NULL && value->kind == STAGED_VALUE_BOOL)
        *target->boolean = value->as.boolean;
    if (target->integer != NULL && is_int)
        *target->integer = (int)value->as.integer;
    if (target->integer64 != NULL && is_int)
        *target->integer64 = value->as.integer;
    if (target->number != NULL && (is_int || value->kind == STAGED_VALUE_FLOAT))
        *target->number = is_int ? (double)value->as.integer : value->as.number;
    if (target->text != NULL &&
        (value->kind == STAGED_VALUE_TEXT || value->kind == STAGED_VALUE_PATH))
        *target->text = value->as.text;
    if (target->list != NULL)
        *target->list = staged_namespace_list(ns, argument->dest);
    return STAGED_OK;
}

static bool has_target(const staged_argument *argument)
{
    const staged_argument_target *target = &argument->store;
    return argument->dest != NULL &&
           (target->boolean != NULL || target->integer != NULL || target->integer64 != NULL ||
            target->number != NULL || target->text != NULL || target->list != NULL);
}

/* Takes the step for each argument, of the commands that were given too, that is to be stored and
 * has a value. */
static staged_status for_each(staged_parser *top, staged_namespace *ns, step *take)
{
    const staged_parser *parser = top;
    for (size_t depth = 0; parser != NULL; depth++) {
        for (size_t i = 0; i < parser->count; i++) {
            const staged_argument *argument = parser->arguments[i];
            if (!has_target(argument))
                continue;
            const staged_value *value = staged_namespace_value(ns, argument->dest);
            if (value != NULL && value->kind != STAGED_VALUE_NONE)
                STAGED_TRY(take(top, argument, ns, value));
        }
        const stg_command *command = NULL;
        if (parser->commands != NULL && depth < ns->command_count)
            command = stg_names_get_text(&parser->commands->by_name, ns->commands[depth]);
        parser = command == NULL ? NULL : command->parser;
    }
    return STAGED_OK;
}

staged_status stg_store_values(staged_parser *parser, staged_namespace *ns)
{
    /* All or nothing: the author's variables stay as they are when one value does not fit. */
    STAGED_TRY(for_each(parser, ns, check));
    return for_each(parser, ns, store);
}
