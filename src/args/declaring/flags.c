/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Source: argparse, the conflict handlers. */
#include "args/declaring/flags.h"

#include <string.h>

#include "args/model/argument.h"
#include "base/memory/grow.h"

static bool enter_flag(staged_argument *argument, const char *name)
{
    staged_parser *parser = argument->parser;
    stg_flag *flag = stg_arena_alloc(&parser->arena, sizeof *flag);
    if (flag == NULL ||
        !stg_grow(&parser->flags, &parser->flag_capacity, parser->flag_count + 1,
                  sizeof *parser->flags) ||
        !stg_names_put_text(&parser->by_flag, name, flag))
        return false;
    const size_t count = parser->flag_count;
    const size_t order = count == 0 ? 0 : parser->flags[count - 1]->order + 1;
    *flag = (stg_flag){name, argument, order};
    parser->flags[parser->flag_count++] = flag;
    if (stg_looks_like_negative_number(name))
        parser->negative_number_flags = true;
    return true;
}

/* ---- Replacing ---- */

static void take_out(staged_argument **arguments, size_t *count, const staged_argument *argument)
{
    size_t place = 0;
    while (place < *count && arguments[place] != argument)
        place++;
    if (place == *count)
        return;
    (*count)--;
    memmove(arguments + place, arguments + place + 1, (*count - place) * sizeof *arguments);
}

static bool take_out_of_chain(staged_argument *argument)
{
    staged_parser *parser = argument->parser;
    staged_argument *first = stg_names_get_text(&parser->by_dest, argument->dest);
    if (first == argument) {
        staged_argument *next = argument->next_same_dest;
        return stg_names_put_text(&parser->by_dest, next == NULL ? argument->dest : next->dest,
                                  next);
    }
    while (first->next_same_dest != argument)
        first = first->next_same_dest;
    first->next_same_dest = argument->next_same_dest;
    return true;
}

/* Removes an option without flags from the parser; the author's pointer stays valid. */
static bool remove_argument(staged_argument *argument)
{
    staged_parser *parser = argument->parser;
    take_out(parser->arguments, &parser->count, argument);
    for (size_t i = argument->index; i < parser->count; i++)
        parser->arguments[i]->index = i;
    take_out(argument->group->arguments, &argument->group->count, argument);
    if (argument->exclusive != NULL)
        take_out(argument->exclusive->arguments, &argument->exclusive->count, argument);
    return take_out_of_chain(argument);
}

static bool give_up_flag(const stg_flag *flag)
{
    staged_argument *owner = flag->argument;
    staged_parser *parser = owner->parser;
    size_t place = 0;
    while (parser->flags[place] != flag)
        place++;
    parser->flag_count--;
    memmove(parser->flags + place, parser->flags + place + 1,
            (parser->flag_count - place) * sizeof *parser->flags);
    size_t number = 0;
    while (owner->flags[number] != flag->flag)
        number++;
    owner->flag_count--;
    memmove(owner->flags + number, owner->flags + number + 1,
            (owner->flag_count - number) * sizeof *owner->flags);
    return owner->flag_count > 0 || remove_argument(owner);
}

/* ---- Entering ---- */

static void report(const staged_argument *argument, const char *name, const staged_argument *owner)
{
    if (owner->where.file != NULL)
        stg_parser_bug(argument->parser, &argument->where,
                       "%s: %s:%d already has this flag; choose another", name, owner->where.file,
                       owner->where.line);
    else
        stg_parser_bug(argument->parser, &argument->where,
                       "%s: another argument already has this flag; choose another", name);
}

static bool replaces(const staged_parser *parser, const staged_argument_group *group)
{
    while (group != NULL && group->exclusive)
        group = group->container;
    const staged_choice own = group == NULL ? STAGED_AUTO : group->replace_flags;
    return own == STAGED_AUTO ? parser->replace_flags : own == STAGED_YES;
}

bool stg_enter_flags(staged_argument *argument, const staged_argument_group *group)
{
    staged_parser *parser = argument->parser;
    for (size_t i = 0; i < argument->flag_count; i++) {
        const char *name = argument->flags[i];
        const stg_flag *taken = stg_names_get_text(&parser->by_flag, name);
        if (taken != NULL && (taken->argument == argument || !replaces(parser, group))) {
            report(argument, name, taken->argument);
            continue;
        }
        if ((taken != NULL && !give_up_flag(taken)) || !enter_flag(argument, name))
            return false;
    }
    return true;
}
