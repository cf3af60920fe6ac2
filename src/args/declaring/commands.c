/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/declaring/declaring.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory/grow.h"

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

static bool add_name(staged_commands *commands, const char *name, stg_command *command)
{
    if (!stg_grow(&commands->name_items, &commands->name_capacity, commands->names.count + 1,
                  sizeof *commands->name_items))
        return false;
    commands->name_items[commands->names.count] = staged_value_text(name);
    commands->names = staged_value_list(commands->name_items, commands->names.count + 1);
    return stg_names_put_text(&commands->by_name, name, command);
}

static bool is_taken(staged_commands *commands, const char *name)
{
    if (stg_names_get_text(&commands->by_name, name) == NULL)
        return false;
    const staged_argument *argument = commands->argument;
    stg_parser_bug(argument->parser, &argument->where,
                   "command '%s' already exists; choose another name", name);
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
