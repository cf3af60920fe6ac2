/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/completion/completion.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory/grow.h"

/* Collects the parser and, recursively, those of its commands. */
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

/* The program's name without its arguments. */
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
