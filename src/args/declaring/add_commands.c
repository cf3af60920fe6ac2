/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdlib.h>
#include <string.h>

#include "args/declaring/declaring.h"
#include "args/help/help.h"
#include "args/model/group.h"

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
    static const staged_commands_options all_defaults;
    if (parser == NULL)
        return NULL;
    if (options == NULL)
        options = &all_defaults;
    if (parser->commands != NULL) {
        stg_parser_bug(parser, &options->where,
                       "a parser can have only one set of commands; add these to the first");
        return parser->commands;
    }
    staged_argument_group *group = NULL;
    if (options->title != NULL || options->description != NULL)
        group = stg_new_group(parser, options->title == NULL ? "subcommands" : options->title,
                              options->description);
    const char *prog =
        options->prog != NULL ? stg_parser_text(parser, options->prog) : prog_of_commands(parser);
    const staged_argument_options argument = {.flags = "",
                                              .dest = options->dest,
                                              .nargs = STAGED_NARGS_COMMAND_AND_REST,
                                              .required = options->required,
                                              .help = options->help,
                                              .metavar = options->metavar,
                                              .where = options->where};
    staged_argument *place = stg_add_argument(parser, group, &argument, STG_COMMANDS);
    return place == NULL ? NULL : stg_new_commands(place, prog);
}

/* A parser named after the outer one, unless the options name it. */
static staged_parser *new_parser(const staged_commands *commands, const char *name,
                                 const staged_parser_options *given)
{
    staged_parser *outer = commands->argument->parser;
    staged_parser_options options = *given;
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
    static const staged_command_options all_defaults;
    if (commands == NULL)
        return NULL;
    if (options == NULL)
        options = &all_defaults;
    staged_parser *parser = new_parser(commands, name, &options->parser);
    if (parser == NULL) {
        commands->argument->parser->no_memory = true;
        return NULL;
    }
    return stg_add_command(commands, name, options->aliases, options->help, parser) ? parser : NULL;
}
