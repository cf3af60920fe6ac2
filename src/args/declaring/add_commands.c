/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdlib.h>
#include <string.h>

#include "args/declaring/declaring.h"
#include "args/help/help.h"
#include "args/model/group.h"
#include "base/failure/options.h"

/* The outer parser's usage without options: "prog SOURCE". */
static const char *prog_of_commands(staged_parser *parser)
{
    stg_buf usage = {0};
    stg_add_positional_usage(&usage, parser);
    const char *text =
        stg_buf_status(&usage) == STAGED_OK ? stg_parser_text(parser, stg_buf_text(&usage)) : NULL;
    parser->no_memory = parser->no_memory || text == NULL;
    stg_buf_free(&usage);
    return text;
}

staged_commands *staged_parser_add_commands(staged_parser *parser,
                                            const staged_commands_options *options)
{
    staged_commands_options own;
    if (parser == NULL ||
        !stg_are_options_usable(parser, STG_READ_OPTIONS(&own, options, staged_commands_options)))
        return NULL;
    if (parser->commands != NULL) {
        stg_parser_bug(parser, &own.where,
                       "a parser can have only one set of commands; add these to the first");
        return parser->commands;
    }
    staged_argument_group *group = NULL;
    if (own.title != NULL || own.description != NULL)
        group =
            stg_new_group(parser, own.title == NULL ? "subcommands" : own.title, own.description);
    const char *prog =
        own.prog != NULL ? stg_parser_text(parser, own.prog) : prog_of_commands(parser);
    const staged_argument_options argument = {.size = sizeof argument,
                                              .flags = "",
                                              .dest = own.dest,
                                              .nargs = STAGED_NARGS_COMMAND_AND_REST,
                                              .required = own.required,
                                              .help = own.help,
                                              .metavar = own.metavar,
                                              .where = own.where};
    staged_argument *place = stg_add_argument(parser, group, &argument, STG_COMMANDS);
    return place == NULL ? NULL : stg_new_commands(place, prog);
}

/* A parser named after the outer one, unless the options name it. */
static staged_parser *new_parser(const staged_commands *commands, const char *name,
                                 staged_parser_options options)
{
    staged_parser *outer = commands->argument->parser;
    if (options.suggest == STAGED_AUTO && outer->suggest)
        options.suggest = STAGED_YES;
    if (options.prog == NULL)
        options.prog = stg_arena_printf(&outer->arena, "%s %s", commands->prog, name);
    staged_parser *parser = options.prog == NULL ? NULL : staged_parser_new(&options);
    if (parser != NULL && outer->permissive)
        stg_parser_permit(parser);
    return parser;
}

staged_parser *staged_commands_add(staged_commands *commands, const staged_command_options *options,
                                   const char *name)
{
    if (commands == NULL)
        return NULL;
    staged_parser *outer = commands->argument->parser;
    staged_command_options own;
    staged_parser_options inner;
    if (!stg_are_options_usable(outer, STG_READ_OPTIONS(&own, options, staged_command_options)) ||
        !stg_are_options_usable(outer, STG_READ_OPTIONS(&inner, own.parser, staged_parser_options)))
        return NULL;
    staged_parser *parser = new_parser(commands, name, inner);
    if (parser == NULL) {
        outer->no_memory = true;
        return NULL;
    }
    return stg_add_command(commands, name, own.aliases, own.help, parser) ? parser : NULL;
}
