/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What a command line need not say: values that come by themselves, or from elsewhere. */
#include <string.h>

#include "args/command_line/unparse.h"
#include "args/model/argument.h"
#include "args/model/convert.h"

/* Of several arguments for one destination the oldest says what it is at first. */
const staged_value *stg_default_at_first(const staged_argument *argument)
{
    while (argument->next_same_dest != NULL)
        argument = argument->next_same_dest;
    return argument->default_value;
}

/* Text is read with the type when it is used. */
bool stg_comes_by_itself(stg_unparse *u, const staged_argument *argument, const staged_value *value)
{
    if (stg_is_needed(u, argument) || argument->act != NULL)
        return false;
    const staged_value *standard = stg_default_at_first(argument);
    if (standard != &stg_suppressed && stg_value_equal(value, standard))
        return true;
    staged_value read;
    if (standard->kind != STAGED_VALUE_TEXT || argument->wordless || standard == &stg_suppressed)
        return false;
    const staged_status status = stg_convert_plainly(argument, u->arena, standard->as.text, &read);
    u->failed = u->failed || status == STAGED_NO_MEMORY;
    return status == STAGED_OK && stg_value_equal(&read, value);
}

/* Whether an inner parser, which reads later, decides about the value. */
bool stg_is_left_to_command(const stg_unparse *u, const staged_argument *argument)
{
    const staged_commands *commands = u->parser->commands;
    for (size_t i = u->commands_before; commands != NULL && i < u->ns->command_count; i++) {
        const stg_command *command = stg_names_get_text(&commands->by_name, u->ns->commands[i]);
        if (command == NULL)
            return false;
        if (stg_names_get_text(&command->parser->by_dest, argument->dest) != NULL ||
            stg_names_get_text(&command->parser->defaults_by_dest, argument->dest) != NULL)
            return true;
        commands = command->parser->commands;
    }
    return false;
}

/* Whether an argument alone can make the destination have this value. */
static bool says(stg_unparse *u, const staged_argument *argument, const staged_value *value)
{
    switch (argument->action) {
    case STAGED_ARG_STORE:
        return stg_can_say(u, argument, value) || stg_is_constant(u, argument, value);
    case STAGED_ARG_STORE_CONST:
    case STAGED_ARG_STORE_TRUE:
    case STAGED_ARG_STORE_FALSE:
        return stg_value_equal(value, argument->const_value);
    case STAGED_ARG_HELP:
    case STAGED_ARG_VERSION:
        return false;
    default:
        return true;
    }
}

bool stg_is_said_elsewhere(stg_unparse *u, const staged_argument *argument,
                           const staged_value *value, bool later)
{
    const staged_argument *other = stg_names_get_text(&argument->parser->by_dest, argument->dest);
    const bool positional = stg_is_positional(argument);
    for (; other != NULL; other = other->next_same_dest) {
        const bool follows =
            stg_is_positional(other) == positional ? other->index > argument->index : !positional;
        if (other != argument && follows == later && says(u, other, value))
            return true;
    }
    return false;
}

/* Whether a later argument for the same destination adds to what this one would say. */
static bool is_added_to(const staged_argument *argument)
{
    const staged_argument *other = stg_names_get_text(&argument->parser->by_dest, argument->dest);
    for (; other != NULL; other = other->next_same_dest) {
        if (other->index > argument->index && stg_accumulates(other))
            return true;
    }
    return false;
}

/* Whether the words of a value are taken without an error, whatever they become. */
static bool is_harmless(stg_unparse *u, const staged_argument *argument, const staged_value *value)
{
    const size_t count = stg_is_list(value) ? value->count : 1;
    const staged_value *items = stg_is_list(value) ? value->as.items : value;
    if (stg_takes_list(argument) ? !stg_count_fits(argument, count) : count != 1)
        return false;
    for (size_t i = 0; i < count; i++) {
        stg_buf message = {0};
        staged_value read;
        staged_status status =
            stg_convert(argument, u->arena, stg_word_of(u, &items[i]), &read, &message);
        if (status == STAGED_OK)
            status = stg_check_choice(argument, &read, &message);
        stg_buf_free(&message);
        if (status != STAGED_OK || stg_looks_like_option(u, stg_word_of(u, &items[i])))
            return false;
    }
    return true;
}

/* Whether an argument whose words cannot say the value may be left out. */
/* ---- Words that are lost ---- */

bool stg_is_lost(stg_unparse *u, const staged_argument *argument, const staged_value *value)
{
    const bool option = !stg_is_positional(argument);
    return (option ? stg_is_needed(u, argument) : argument->required) &&
           argument->convert == NULL && argument->nargs != STAGED_NARGS_REMAINDER &&
           (stg_is_left_to_command(u, argument) ||
            stg_is_said_elsewhere(u, argument, value, true) ||
            (option && stg_is_said_elsewhere(u, argument, value, false)));
}

void stg_unparse_filler(stg_unparse *u, const staged_argument *argument, const staged_value *value)
{
    static const staged_value zero = {.kind = STAGED_VALUE_TEXT, .as.text = "0"};
    const size_t start = u->items.count;
    const staged_value *choices = argument->choices;
    const size_t count = argument->nargs > 0 ? (size_t)argument->nargs : 1;
    staged_value *items = stg_arena_alloc(u->arena, count * sizeof *items);
    if (items == NULL) {
        u->failed = true;
        return;
    }
    for (size_t i = 0; i < count; i++)
        items[i] = choices != NULL && choices->count > 0 ? choices->as.items[0] : zero;
    if (is_harmless(u, argument, value))
        stg_unparse_value(u, argument, value);
    else
        stg_unparse_words(u, argument, items, count);
    /* What another option says has to come after it. */
    for (size_t i = start; i < u->items.count; i++)
        u->items.items[i].place = 0;
}

/* ---- What may be left out ---- */

bool stg_is_stored(stg_unparse *u, const staged_argument *argument, const staged_value *value,
                   bool later)
{
    const staged_argument *other = stg_names_get_text(&argument->parser->by_dest, argument->dest);
    for (; other != NULL; other = other->next_same_dest) {
        const bool follows = other->index > argument->index || stg_is_positional(other);
        if (other != argument && follows == later && other->action == STAGED_ARG_STORE &&
            other->act == NULL && stg_can_say(u, other, value))
            return true;
    }
    return false;
}

bool stg_is_better_left_out(stg_unparse *u, const staged_argument *argument,
                            const staged_value *value)
{
    const bool needed = stg_is_positional(argument) && argument->nargs != STAGED_NARGS_OPTIONAL &&
                        argument->nargs != STAGED_NARGS_ZERO_OR_MORE;
    if (needed || stg_is_needed(u, argument))
        return false;
    if (is_added_to(argument))
        return true;
    if (stg_is_left_to_command(u, argument) || stg_is_said_elsewhere(u, argument, value, true))
        return !is_harmless(u, argument, value);
    return stg_is_said_elsewhere(u, argument, value, false);
}
