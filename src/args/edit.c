/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Reaching arguments that somebody else added, and changing them. */
#include <string.h>

#include "args/parser.h"

/* Flags come first: a destination may be spelled like a positional's name. */
static staged_argument *find(const staged_parser *parser, const char *flag)
{
    const stg_flag *found = stg_names_get_text(&parser->by_flag, flag);
    if (found != NULL)
        return found->argument;
    /* The chain begins with the newest; the oldest is meant. */
    staged_argument *argument = stg_names_get_text(&parser->by_dest, flag);
    while (argument != NULL && argument->next_same_dest != NULL)
        argument = argument->next_same_dest;
    return argument;
}

staged_argument *staged_parser_find_at(staged_parser *parser, const char *flag, const char *file,
                                       int line)
{
    staged_argument *argument = find(parser, flag);
    if (argument == NULL)
        stg_parser_bug(parser, file, line,
                       "no argument has the flag or destination '%s'; add it first, or correct "
                       "the name",
                       flag);
    return argument;
}

bool staged_parser_has(const staged_parser *parser, const char *flag)
{
    return find(parser, flag) != NULL;
}

void staged_argument_set_help(staged_argument *argument, const char *help)
{
    if (argument != NULL)
        argument->help = stg_parser_suppressible(argument->parser, help);
}

void staged_argument_set_metavar(staged_argument *argument, const char *metavar)
{
    if (argument == NULL)
        return;
    argument->metavar = stg_parser_text(argument->parser, metavar);
    argument->metavars = NULL;
    argument->metavar_count = 0;
}

void staged_argument_set_required(staged_argument *argument, bool required)
{
    if (argument != NULL)
        argument->required = required;
}

const char *staged_argument_dest(const staged_argument *argument)
{
    return argument == NULL || argument->dest == NULL ? "" : argument->dest;
}
