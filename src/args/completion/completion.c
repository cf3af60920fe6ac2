/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/completion/completion.h"

#include <stdlib.h>
#include <string.h>

#include "args/help/help.h"
#include "args/model/argument.h"
#include "base/grow.h"

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

const char *stg_script_kind(const staged_argument *argument, const staged_value **items)
{
    *items = argument->choices;
    if (argument->choices != NULL)
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

/* Collects the parser and those of its commands, however deep. */
static void add_states(stg_script *script, const staged_parser *parser, const char *path)
{
    if (!stg_grow(&script->states, &script->capacity, script->count + 1, sizeof *script->states)) {
        script->failed = true;
        return;
    }
    script->states[script->count++] = (stg_state){parser, path};
    const staged_commands *commands = parser->commands;
    for (size_t i = 0; commands != NULL && i < commands->count; i++) {
        const stg_command *command = commands->items[i];
        const char *inner = stg_arena_printf(script->arena, "%s %s", path, command->name);
        if (inner == NULL)
            script->failed = true;
        else
            add_states(script, command->parser, inner);
    }
}

/* ---- The whole ---- */

/* "_my_tool" for "my-tool.py". */
static const char *function_name(stg_arena *arena, const char *program)
{
    char *name = stg_arena_printf(arena, "_%s", program);
    for (char *c = name; c != NULL && *c != '\0'; c++) {
        const bool letter =
            (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9');
        if (!letter)
            *c = '_';
    }
    return name;
}

/* The program's name without what is said to it. */
static const char *program_of(stg_arena *arena, const char *prog)
{
    prog += strspn(prog, " ");
    const size_t length = strcspn(prog, " ");
    const char *first = stg_arena_copy(arena, prog, length);
    const char *slash = first == NULL ? NULL : strrchr(first, '/');
    return slash == NULL ? first : slash + 1;
}

char *staged_parser_completion(const staged_parser *parser, const char *shell)
{
    static const struct {
        const char *shell;
        void (*add)(stg_script *script);
    } shells[] = {{"bash", stg_add_bash_completion},
                  {"zsh", stg_add_zsh_completion},
                  {"fish", stg_add_fish_completion}};
    if (parser == NULL)
        return NULL;
    stg_arena arena = {0};
    stg_buf out = {0};
    stg_script script = {.out = &out, .arena = &arena};
    script.program = program_of(&arena, parser->prog);
    script.name = script.program == NULL ? NULL : function_name(&arena, script.program);
    if (script.name == NULL)
        script.failed = true;
    else
        add_states(&script, parser, "");
    bool known = false;
    for (size_t i = 0; i < sizeof shells / sizeof shells[0] && !script.failed; i++) {
        if (strcmp(shell, shells[i].shell) == 0) {
            shells[i].add(&script);
            known = true;
        }
    }
    if (script.failed || !known)
        out.failure = STAGED_NO_MEMORY;
    free(script.states);
    stg_arena_free(&arena);
    return stg_buf_take(&out);
}
