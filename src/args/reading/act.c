/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What the actions of arguments do with values.  Source: argparse, the subclasses of Action. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "args/help/help.h"
#include "args/reading/parse.h"
#include "base/text/utf8.h"

staged_status stg_set(stg_parse *parse, const staged_argument *argument, const stg_taken *result)
{
    stg_entry *entry = stg_namespace_entry(parse->ns, argument->dest);
    if (entry == NULL)
        return STAGED_NO_MEMORY;
    stg_entry_set(entry, result->value, result->origin);
    return STAGED_OK;
}

/* The entry that is to be added to: what it begins with is read by now. */
static staged_status entry_of_list(stg_parse *parse, const staged_argument *argument,
                                   stg_entry **entry)
{
    *entry = stg_namespace_entry(parse->ns, argument->dest);
    if (*entry == NULL)
        return STAGED_NO_MEMORY;
    if ((*entry)->origin == NULL)
        return STAGED_OK;
    const staged_argument *owner = stg_names_get_text(&parse->parser->by_dest, argument->dest);
    while (owner != NULL && owner->default_value != (*entry)->origin)
        owner = owner->next_same_dest;
    stg_taken read;
    if (owner == NULL || !stg_is_unread_list(owner, (*entry)->origin))
        return STAGED_OK;
    STAGED_TRY(stg_read_list(parse, owner, (*entry)->origin, &read));
    return stg_set(parse, argument, &read);
}

static staged_status append(stg_parse *parse, const staged_argument *argument,
                            const staged_value *item)
{
    stg_entry *entry;
    staged_value copy;
    const bool declared = argument->action == STAGED_ARG_APPEND_CONST;
    STAGED_TRY(entry_of_list(parse, argument, &entry));
    if (declared && !stg_value_copy(&parse->ns->arena, &copy, item))
        return STAGED_NO_MEMORY;
    return stg_namespace_append(parse->ns, entry, declared ? &copy : item) ? STAGED_OK
                                                                           : STAGED_NO_MEMORY;
}

/* A text has its characters for items, as in Python. */
static staged_status append_characters(stg_parse *parse, const staged_argument *argument,
                                       const char *text)
{
    size_t used;
    for (; *text != '\0'; text += used) {
        uint32_t character;
        used = stg_utf8_decode(text, strnlen(text, 4), &character);
        const staged_value item = staged_value_text(stg_arena_copy(&parse->ns->arena, text, used));
        if (item.kind == STAGED_VALUE_NONE)
            return STAGED_NO_MEMORY;
        STAGED_TRY(append(parse, argument, &item));
    }
    return STAGED_OK;
}

static staged_status extend(stg_parse *parse, const staged_argument *argument,
                            const staged_value *value)
{
    stg_entry *entry;
    STAGED_TRY(entry_of_list(parse, argument, &entry));
    /* Also without items there is a list now. */
    if (!stg_namespace_append(parse->ns, entry, NULL))
        return STAGED_NO_MEMORY;
    if (value->kind == STAGED_VALUE_TEXT)
        return append_characters(parse, argument, value->as.text);
    const bool list = value->kind == STAGED_VALUE_LIST;
    const size_t count = list ? value->count : value->kind != STAGED_VALUE_NONE;
    for (size_t i = 0; i < count; i++)
        STAGED_TRY(append(parse, argument, list ? &value->as.items[i] : value));
    return STAGED_OK;
}

static staged_status count_up(stg_parse *parse, const staged_argument *argument)
{
    const stg_entry *entry = stg_namespace_entry(parse->ns, argument->dest);
    if (entry == NULL)
        return STAGED_NO_MEMORY;
    stg_taken next = {staged_value_int(1), NULL};
    const staged_value *now = &entry->value;
    if (now->kind == STAGED_VALUE_FLOAT)
        next.value = staged_value_float(now->as.number + 1.0);
    else if (now->kind == STAGED_VALUE_BOOL)
        next.value = staged_value_int(now->as.boolean + 1);
    else if (now->kind == STAGED_VALUE_INT && now->as.integer < INT64_MAX)
        next.value = staged_value_int(now->as.integer + 1);
    return stg_set(parse, argument, &next);
}

static staged_status show(stg_parse *parse, char *text)
{
    if (text == NULL)
        return STAGED_NO_MEMORY;
    stg_buf_clear(&parse->top->output);
    stg_buf_add_text(&parse->top->output, text);
    free(text);
    return stg_buf_status(&parse->top->output) == STAGED_OK ? STAGED_EXIT : STAGED_NO_MEMORY;
}

static staged_status show_help(stg_parse *parse)
{
    const stg_colors colors = stg_colors_for(parse->top, STDOUT_FILENO);
    return show(parse, stg_help(parse->parser, 0, &colors));
}

static staged_status show_version(stg_parse *parse, const staged_argument *argument)
{
    stg_buf_clear(&parse->top->output);
    const staged_status status = stg_add_version(&parse->top->output, argument);
    return status == STAGED_OK ? STAGED_EXIT : status;
}

/* Enters the name; what stands behind it is left to the command's parser. */
static staged_status enter_command(stg_parse *parse, const staged_argument *argument,
                                   const staged_value *values, const char *const *words,
                                   size_t count)
{
    const char *name = values->as.items[0].as.text;
    if (argument->dest != NULL) {
        const stg_taken chosen = {values->as.items[0], NULL};
        STAGED_TRY(stg_set(parse, argument, &chosen));
    }
    if (!stg_namespace_add_command(parse->ns, name))
        return STAGED_NO_MEMORY;
    parse->command = (stg_left_to_command){stg_names_get_text(&argument->commands->by_name, name),
                                           words + 1, count - 1};
    return STAGED_OK;
}

staged_status stg_act(stg_parse *parse, const staged_argument *argument, const stg_taken *result,
                      const stg_given *given)
{
    const stg_taken constant = stg_taken_of(argument->const_value);
    const bool shows = argument->action == STAGED_ARG_HELP ||
                       argument->action == STAGED_ARG_VERSION || argument->action > STG_COMMANDS;
    if (shows && parse->top == NULL)
        return STAGED_BAD_INPUT;
    switch (argument->action) {
    case STAGED_ARG_STORE:
        return stg_set(parse, argument, result);
    case STAGED_ARG_STORE_CONST:
    case STAGED_ARG_STORE_TRUE:
    case STAGED_ARG_STORE_FALSE:
        return stg_set(parse, argument, &constant);
    case STAGED_ARG_APPEND:
        return append(parse, argument, &result->value);
    case STAGED_ARG_APPEND_CONST:
        return append(parse, argument, argument->const_value);
    case STAGED_ARG_EXTEND:
        return extend(parse, argument, &result->value);
    case STAGED_ARG_COUNT:
        return count_up(parse, argument);
    case STAGED_ARG_BOOLEAN: {
        const bool yes = given->flag == NULL || strncmp(given->flag, "--no-", 5) != 0;
        const stg_taken boolean = {staged_value_bool(yes), NULL};
        return stg_set(parse, argument, &boolean);
    }
    case STAGED_ARG_HELP:
        return show_help(parse);
    case STAGED_ARG_VERSION:
        return show_version(parse, argument);
    case STG_COMMANDS:
        return enter_command(parse, argument, &result->value, given->words, given->count);
    case STG_PRINT_COMPLETION:
        return show(parse, staged_parser_completion(parse->top, result->value.as.text));
    case STG_PRINT_MAN:
        return show(parse, staged_parser_man_page(parse->top));
    default:
        return STAGED_BAD_USE;
    }
}
