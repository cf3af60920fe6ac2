/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What all completion scripts say about a parser. */
#include <string.h>

#include "args/completion/completion.h"
#include "args/help/help.h"
#include "args/model/argument.h"

const char *stg_script_number(stg_script *script, const staged_argument *argument)
{
    if (argument->wordless)
        return "0";
    if (argument->action == STG_COMMANDS)
        return "command";
    switch (argument->nargs) {
    case 0:
        return "1";
    case STAGED_NARGS_OPTIONAL:
        return "?";
    case STAGED_NARGS_ZERO_OR_MORE:
        return "*";
    case STAGED_NARGS_ONE_OR_MORE:
        return "+";
    case STAGED_NARGS_REMAINDER:
    case STAGED_NARGS_COMMAND_AND_REST:
        return "rest";
    default: {
        const char *text = stg_arena_printf(script->arena, "%d", argument->nargs);
        script->failed = script->failed || text == NULL;
        return text == NULL ? "" : text;
    }
    }
}

const char *stg_script_kind(stg_script *script, const staged_argument *argument,
                            const staged_value **items)
{
    *items = argument->choices;
    if (*items == NULL && argument->offers != NULL) {
        *items = argument->offers(argument->offers_context, script->arena);
        script->failed = script->failed || *items == NULL;
    }
    if (*items != NULL)
        return "words";
    return argument->convert == NULL && argument->type == STAGED_ARG_PATH ? "files" : "any";
}

/* Squeezes white space, so that a help text is one line. */
static const char *one_line(stg_script *script, const char *text)
{
    static const char white[] = " \t\n\r\f\v";
    stg_buf line = {0};
    while (*(text += strspn(text, white)) != '\0') {
        const size_t length = strcspn(text, white);
        if (line.length > 0)
            stg_buf_add_char(&line, ' ');
        stg_buf_add(&line, text, length);
        text += length;
    }
    const char *copy =
        line.failure != STAGED_OK ? NULL : stg_arena_text(script->arena, stg_buf_text(&line));
    stg_buf_free(&line);
    script->failed = script->failed || copy == NULL;
    return copy == NULL ? "" : copy;
}

const char *stg_script_help(stg_script *script, const staged_argument *argument)
{
    if (argument->help.text == NULL)
        return "";
    stg_buf text = {0};
    stg_add_help_text(&text, argument);
    const char *help = one_line(script, stg_buf_text(&text));
    script->failed = script->failed || text.failure != STAGED_OK;
    stg_buf_free(&text);
    return help;
}

const char *stg_script_command_help(stg_script *script, const staged_argument *argument,
                                    const char *name)
{
    if (argument->commands == NULL)
        return "";
    const stg_command *command = stg_names_get_text(&argument->commands->by_name, name);
    if (command == NULL || command->help == NULL)
        return "";
    stg_buf text = {0};
    stg_add_command_help(&text, argument->parser, command);
    const char *help = one_line(script, stg_buf_text(&text));
    script->failed = script->failed || text.failure != STAGED_OK;
    stg_buf_free(&text);
    return help;
}

void stg_script_add(stg_script *script, const char *text)
{
    for (const char *at; (at = strchr(text, '~')) != NULL; text = at + 1) {
        stg_buf_add(script->out, text, (size_t)(at - text));
        stg_buf_add_text(script->out, script->name);
    }
    stg_buf_add_text(script->out, text);
}

const char *stg_script_next_prefix(stg_script *script, const char **at)
{
    if (**at == '\0')
        return NULL;
    size_t used;
    (void)stg_begins_with_one_of(*at, "", &used);
    const char *prefix = stg_arena_copy(script->arena, *at, used);
    script->failed = script->failed || prefix == NULL;
    *at += used;
    return prefix;
}

void stg_script_for_arguments(stg_script *script, stg_script_add_argument *add)
{
    for (size_t i = 0; i < script->count; i++) {
        const staged_parser *parser = script->states[i].parser;
        size_t place = 0;
        for (size_t k = 0; k < parser->count; k++) {
            place += stg_is_positional(parser->arguments[k]);
            add(script, &script->states[i], parser->arguments[k], place);
        }
    }
}
