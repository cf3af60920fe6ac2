/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Finding and changing arguments that others added. */
#include <string.h>

#include "args/model/argument.h"

/* By flag, or else by a positional's name, or else the oldest argument with that destination. */
static staged_argument *find(const staged_parser *parser, const char *name)
{
    const stg_flag *flag = stg_names_get_text(&parser->by_flag, name);
    if (flag != NULL)
        return flag->argument;
    staged_argument *found = stg_names_get_text(&parser->by_dest, name);
    for (staged_argument *other = found; other != NULL; other = other->next_same_dest) {
        if (stg_is_positional(other) || !stg_is_positional(found))
            found = other; /* the chain begins with the newest */
    }
    return found;
}

staged_argument *staged_parser_find_at(staged_parser *parser, const staged_location *where,
                                       const char *flag)
{
    staged_argument *argument = parser == NULL ? NULL : find(parser, flag);
    if (argument == NULL && parser != NULL)
        stg_parser_bug(parser, where,
                       "no argument has the flag or destination '%s'; add it first, or correct "
                       "the name",
                       flag);
    return argument;
}

bool staged_parser_has(const staged_parser *parser, const char *flag)
{
    return parser != NULL && find(parser, flag) != NULL;
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
