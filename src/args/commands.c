/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/parser.h"

#include <stdlib.h>
#include <string.h>

#include "args/help.h"
#include "base/grow.h"

/* The usage of the outer parser, its options left out: "prog SOURCE". */
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

staged_commands *stg_new_commands(staged_argument *argument, const char *prog)
{
    staged_parser *parser = argument->parser;
    staged_commands *commands = stg_arena_alloc(&parser->arena, sizeof *commands);
    const char *copy = stg_parser_text(parser, prog);
    if (commands == NULL || copy == NULL) {
        parser->no_memory = true;
        return NULL;
    }
    commands->prog = copy;
    commands->argument = argument;
    commands->names = staged_value_list(NULL, 0);
    argument->commands = commands;
    argument->choices = &commands->names;
    parser->commands = commands;
    return commands;
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
                       "a parser has commands in one place only; add these to the first place");
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

static bool add_name(staged_commands *commands, const char *name, stg_command *command)
{
    if (!stg_grow(&commands->name_items, &commands->name_capacity, commands->names.count + 1,
                  sizeof *commands->name_items))
        return false;
    commands->name_items[commands->names.count] = staged_value_text(name);
    commands->names = staged_value_list(commands->name_items, commands->names.count + 1);
    return stg_names_put(&commands->by_name, name, command);
}

static bool is_taken(staged_commands *commands, const char *name)
{
    if (stg_names_get_text(&commands->by_name, name) == NULL)
        return false;
    const staged_argument *argument = commands->argument;
    stg_parser_bug(argument->parser, &argument->where,
                   "there is a command '%s' already; choose another name", name);
    return true;
}

static bool enter(staged_commands *commands, stg_command *command)
{
    if (!stg_grow(&commands->items, &commands->capacity, commands->count + 1,
                  sizeof *commands->items))
        return false;
    commands->items[commands->count++] = command;
    if (!is_taken(commands, command->name) && !add_name(commands, command->name, command))
        return false;
    for (const char **alias = command->aliases; alias != NULL && *alias != NULL; alias++) {
        if (!is_taken(commands, *alias) && !add_name(commands, *alias, command))
            return false;
    }
    return true;
}

/* A parser named after the outer one, unless the options name it. */
static staged_parser *new_parser(const staged_commands *commands, const char *name,
                                 const staged_parser_options *given)
{
    staged_parser *outer = commands->argument->parser;
    staged_parser_options options = *given;
    if (options.suggest == STAGED_AUTO && outer->suggest)
        options.suggest = STAGED_YES;
    if (options.permissive == STAGED_AUTO && outer->permissive)
        options.permissive = STAGED_YES;
    if (options.prog == NULL)
        options.prog = stg_arena_printf(&outer->arena, "%s %s", commands->prog, name);
    return options.prog == NULL ? NULL : staged_parser_new(&options);
}

bool stg_add_command(staged_commands *commands, const char *name, const char *const *aliases,
                     const char *help, staged_parser *parser)
{
    staged_parser *outer = commands->argument->parser;
    stg_command *command = stg_arena_alloc(&outer->arena, sizeof *command);
    size_t count;
    bool entered = false;
    if (command != NULL) {
        command->parser = parser;
        command->name = stg_parser_text(outer, name);
        command->aliases = stg_parser_texts(outer, aliases, &count);
        command->help = stg_parser_text(outer, help);
        entered = !outer->no_memory && enter(commands, command);
    }
    if (entered)
        return true;
    outer->no_memory = true;
    if (commands->count == 0 || commands->items[commands->count - 1] != command)
        staged_parser_free(parser);
    return false;
}

staged_parser *staged_commands_add(staged_commands *commands, const char *name,
                                   const staged_command_options *options)
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
