/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The words that reverse_argparse writes, in its order, without a thought whether they read back.
 * Source: the package reverse_argparse, ReverseArgumentParser. */
#include <stdlib.h>

#include "args/command_line/unparse.h"
#include "args/model/argument.h"

/* An option with a flag that is neither long nor short is shown without it. */
static void add_words(stg_unparse *u, const staged_argument *argument, const staged_value *items,
                      size_t count)
{
    const bool flag = !stg_is_positional(argument) && !stg_is_nameless(argument);
    const char **words = stg_arena_alloc(u->arena, (count + 1) * sizeof *words);
    if (words == NULL) {
        u->failed = true;
        return;
    }
    if (flag)
        words[0] = stg_flag_of(argument, true);
    for (size_t i = 0; i < count; i++)
        words[i + flag] = stg_word_of(u, &items[i]);
    if (count + flag > 0)
        stg_add_item(u, argument, words, count + flag);
}

static void add_value(stg_unparse *u, const staged_argument *argument, const staged_value *value)
{
    const bool list = stg_is_list(value);
    add_words(u, argument, list ? value->as.items : value, list ? value->count : 1);
}

static void add_flag(stg_unparse *u, const staged_argument *argument)
{
    add_words(u, argument, NULL, 0);
}

static void add_appended(stg_unparse *u, const staged_argument *argument, const staged_value *value)
{
    const bool list = stg_is_list(value);
    for (size_t i = 0; i < (list ? value->count : 1); i++)
        add_value(u, argument, list ? &value->as.items[i] : value);
}

static bool has_item(const staged_value *list, const staged_value *item)
{
    for (size_t i = 0; list->kind == STAGED_VALUE_LIST && i < list->count; i++) {
        if (stg_value_equal(&list->as.items[i], item))
            return true;
    }
    return false;
}

/* As Python sees it: nothing, none and zero are false. */
static bool is_true(const staged_value *value)
{
    double number;
    if (stg_as_double(value, &number))
        return number != 0.0;
    if (value->kind == STAGED_VALUE_LIST)
        return value->count > 0;
    return value->kind != STAGED_VALUE_NONE && value->as.text[0] != '\0';
}

static void add_boolean(stg_unparse *u, const staged_argument *argument, const staged_value *value)
{
    const size_t number = is_true(value) ? 0 : 1;
    if (value->kind != STAGED_VALUE_NONE && number < argument->flag_count)
        stg_add_item(u, argument, &argument->flags[number], 1);
}

static bool is_truth(const staged_value *value, bool truth)
{
    return value->kind == STAGED_VALUE_BOOL && value->as.boolean == truth;
}

static void add_argument(stg_unparse *u, const staged_argument *argument)
{
    const staged_value *value = stg_value_of(u, argument);
    if (argument->act != NULL) {
        stg_unparse_given(u, argument);
        return;
    }
    if (value == NULL || (stg_is_hidden(argument) && stg_is_default(argument, value)))
        return;
    const bool none = value->kind == STAGED_VALUE_NONE;
    switch (argument->action) {
    case STAGED_ARG_STORE:
    case STAGED_ARG_EXTEND:
        if (!none)
            add_value(u, argument, value);
        break;
    case STAGED_ARG_STORE_CONST:
        if (stg_value_equal(value, argument->const_value))
            add_flag(u, argument);
        break;
    case STAGED_ARG_STORE_TRUE:
    case STAGED_ARG_STORE_FALSE:
        if (is_truth(value, argument->action == STAGED_ARG_STORE_TRUE))
            add_flag(u, argument);
        break;
    case STAGED_ARG_APPEND:
        if (!none)
            add_appended(u, argument, value);
        break;
    case STAGED_ARG_APPEND_CONST:
        if (has_item(value, argument->const_value))
            add_flag(u, argument);
        break;
    case STAGED_ARG_COUNT:
        if (!stg_is_nameless(argument))
            stg_unparse_count(u, argument, value, argument->default_value);
        break;
    case STAGED_ARG_BOOLEAN:
        add_boolean(u, argument, value);
        break;
    default:
        break;
    }
}

/* Every command is shown that has something to show. */
static void add_commands(stg_unparse *u, const staged_commands *commands)
{
    for (size_t i = 0; i < commands->names.count && !u->failed; i++) {
        const char *name = commands->names.as.items[i].as.text;
        const stg_command *command = stg_names_get_text(&commands->by_name, name);
        stg_unparse inner = {
            .parser = command->parser, .ns = u->ns, .arena = u->arena, .depth = u->depth + 1};
        stg_unparse_as_original(&inner);
        if (inner.items.count > 0) {
            stg_add_item(u, commands->argument, &name, 1);
            u->failed =
                !stg_append_items(&u->items, inner.items.items, inner.items.count) || u->failed;
        }
        u->failed = u->failed || inner.failed;
        free(inner.items.items);
        free(inner.sorted.flags);
    }
}

void stg_unparse_as_original(stg_unparse *u)
{
    const staged_parser *parser = u->parser;
    for (size_t i = 0; i < parser->count; i++) {
        if (!stg_is_positional(parser->arguments[i]))
            add_argument(u, parser->arguments[i]);
    }
    for (size_t i = 0; i < parser->count; i++) {
        const staged_argument *argument = parser->arguments[i];
        if (argument->commands != NULL)
            add_commands(u, argument->commands);
        else if (stg_is_positional(argument))
            add_argument(u, argument);
    }
}
