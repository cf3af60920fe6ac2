/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/completion.h"

#include <stdlib.h>
#include <string.h>

#include "args/argument.h"
#include "args/help.h"
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
    case STAGED_OPTIONAL:
        return "?";
    case STAGED_ZERO_OR_MORE:
        return "*";
    case STAGED_ONE_OR_MORE:
        return "+";
    case STAGED_REMAINDER:
    case STAGED_COMMAND_AND_REST:
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
    return argument->convert == NULL && argument->type == STAGED_PATH ? "files" : "any";
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
        line.failure != 0 ? NULL : stg_arena_text(script->arena, stg_buf_text(&line));
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
    script->failed = script->failed || text.failure != 0;
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
    stg_add_with_prog(&text, argument->parser, command->help);
    const char *help = one_line(script, stg_buf_text(&text));
    script->failed = script->failed || text.failure != 0;
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

/* ---- Tables for ksh's relatives ---- */

void stg_add_ksh_word(stg_buf *out, const char *word)
{
    stg_buf_add_char(out, '\'');
    for (; *word != '\0'; word++) {
        if (*word == '\'')
            stg_buf_add_text(out, "'\\''");
        else
            stg_buf_add_char(out, *word);
    }
    stg_buf_add_char(out, '\'');
}

static void add_list(stg_script *script, const char *name, const char *const *words, size_t count)
{
    stg_buf_addf(script->out, " %s=(", name);
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            stg_buf_add_char(script->out, ' ');
        script->add_word(script->out, words[i]);
    }
    stg_buf_add_char(script->out, ')');
}

/* The flags of a parser, and how many positionals it has. */
static void add_flags(stg_script *script, const stg_state *state)
{
    const staged_parser *parser = state->parser;
    const char **flags = stg_arena_alloc(script->arena, (parser->flag_count + 1) * sizeof *flags);
    const char **helps = stg_arena_alloc(script->arena, (parser->flag_count + 1) * sizeof *helps);
    if (flags == NULL || helps == NULL) {
        script->failed = true;
        return;
    }
    size_t count = 0;
    for (size_t i = 0; i < parser->flag_count; i++) {
        const staged_argument *argument = parser->flags[i]->argument;
        if (stg_is_hidden(argument))
            continue;
        flags[count] = parser->flags[i]->flag;
        helps[count++] = script->with_help ? stg_script_help(script, argument) : "";
    }
    stg_buf_add_text(script->out, "    ");
    script->add_word(script->out, state->path);
    stg_buf_add_char(script->out, ')');
    add_list(script, "flags", flags, count);
    if (script->with_help)
        add_list(script, "helps", helps, count);
    stg_buf_add_text(script->out, " ;;\n");
}

static void add_items(stg_script *script, const staged_argument *argument,
                      const staged_value *items)
{
    const char **words = stg_arena_alloc(script->arena, (items->count + 1) * sizeof *words);
    const char **helps = stg_arena_alloc(script->arena, (items->count + 1) * sizeof *helps);
    if (words == NULL || helps == NULL) {
        script->failed = true;
        return;
    }
    for (size_t i = 0; i < items->count; i++) {
        stg_buf text = {0};
        stg_add_str(&text, &items->as.items[i]);
        words[i] = stg_arena_text(script->arena, stg_buf_text(&text));
        script->failed = script->failed || words[i] == NULL || text.failure != 0;
        stg_buf_free(&text);
        if (words[i] == NULL)
            return;
        helps[i] = stg_script_command_help(script, argument, words[i]);
    }
    add_list(script, "items", words, items->count);
    if (script->with_help && argument->commands != NULL)
        add_list(script, "helps", helps, items->count);
}

/* What follows a flag, or stands in a positional's place. */
static void add_argument(stg_script *script, const stg_state *state,
                         const staged_argument *argument, size_t place)
{
    stg_buf key = {0};
    stg_buf_add_text(script->out, "    ");
    if (stg_is_positional(argument)) {
        stg_buf_addf(&key, "%s|%zu", state->path, place);
        script->add_word(script->out, stg_buf_text(&key));
    }
    for (size_t i = 0; i < argument->flag_count; i++) {
        stg_buf_truncate(&key, 0);
        stg_buf_addf(&key, "%s|%s", state->path, argument->flags[i]);
        if (i > 0)
            stg_buf_add_char(script->out, '|');
        script->add_word(script->out, stg_buf_text(&key));
    }
    script->failed = script->failed || key.failure != 0;
    stg_buf_free(&key);
    const staged_value *items;
    const char *kind = stg_script_kind(argument, &items);
    stg_buf_addf(script->out, ") number='%s' kind=%s", stg_script_number(script, argument), kind);
    if (items != NULL)
        add_items(script, argument, items);
    stg_buf_add_text(script->out, " ;;\n");
}

static void add_commands(stg_script *script, const stg_state *state)
{
    const staged_commands *commands = state->parser->commands;
    for (size_t i = 0; commands != NULL && i < commands->names.count; i++) {
        const char *name = commands->names.as.items[i].as.text;
        const stg_command *command = stg_names_get_text(&commands->by_name, name);
        stg_buf path = {0};
        stg_buf_addf(&path, "%s %s", state->path, name);
        stg_buf_add_text(script->out, "    ");
        script->add_word(script->out, stg_buf_text(&path));
        stg_buf_truncate(&path, 0);
        stg_buf_addf(&path, "%s %s", state->path, command->name);
        stg_buf_add_text(script->out, ") state=");
        script->add_word(script->out, stg_buf_text(&path));
        stg_buf_add_text(script->out, " ;;\n");
        script->failed = script->failed || path.failure != 0;
        stg_buf_free(&path);
    }
}

static void add_prefixes(stg_script *script)
{
    stg_script_add(script, "~_is_flag() {\n    case $1 in\n");
    for (const char *c = script->states[0].parser->prefix_chars; *c != '\0';) {
        size_t used;
        (void)stg_begins_with_one_of(c, "", &used);
        const char *prefix = stg_arena_copy(script->arena, c, used);
        stg_buf_add_text(script->out, "    ");
        script->add_word(script->out, prefix == NULL ? "-" : prefix);
        stg_buf_add_text(script->out, "?*) return 0 ;;\n");
        script->failed = script->failed || prefix == NULL;
        c += used;
    }
    stg_buf_add_text(script->out, "    esac\n    return 1\n}\n");
}

void stg_add_ksh_tables(stg_script *script)
{
    add_prefixes(script);
    stg_script_add(script, "~_flags() {\n    flags=()\n    case $1 in\n");
    for (size_t i = 0; i < script->count; i++)
        add_flags(script, &script->states[i]);
    stg_script_add(script, "    esac\n}\n~_words() {\n    items=()\n    case $1 in\n");
    for (size_t i = 0; i < script->count; i++) {
        const staged_parser *parser = script->states[i].parser;
        size_t place = 0;
        for (size_t k = 0; k < parser->count; k++) {
            place += stg_is_positional(parser->arguments[k]);
            add_argument(script, &script->states[i], parser->arguments[k], place);
        }
    }
    stg_script_add(script, "    *) number=0 kind=any; return 1 ;;\n    esac\n}\n"
                           "~_command() {\n    case $1 in\n");
    for (size_t i = 0; i < script->count; i++)
        add_commands(script, &script->states[i]);
    stg_buf_add_text(script->out, "    *) return 1 ;;\n    esac\n}\n");
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
