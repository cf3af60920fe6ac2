/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The common part of bash and zsh, whose functions and arrays are written as in ksh. */
#include "args/completion/completion.h"

#include "args/completion/walk_bash.h"
#include "args/model/argument.h"

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
        stg_add_ksh_word(script->out, words[i]);
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
    stg_add_ksh_word(script->out, state->path);
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
        script->failed = script->failed || words[i] == NULL || text.failure != STAGED_OK;
        stg_buf_free(&text);
        if (words[i] == NULL)
            return;
        helps[i] = stg_script_command_help(script, argument, words[i]);
    }
    add_list(script, "items", words, items->count);
    if (script->with_help && argument->commands != NULL)
        add_list(script, "helps", helps, items->count);
}

/* What can follow a flag, or stand for a positional. */
static void add_argument(stg_script *script, const stg_state *state,
                         const staged_argument *argument, size_t place)
{
    stg_buf key = {0};
    stg_buf_add_text(script->out, "    ");
    if (stg_is_positional(argument)) {
        stg_buf_addf(&key, "%s|%zu", state->path, place);
        stg_add_ksh_word(script->out, stg_buf_text(&key));
    }
    for (size_t i = 0; i < argument->flag_count; i++) {
        stg_buf_truncate(&key, 0);
        stg_buf_addf(&key, "%s|%s", state->path, argument->flags[i]);
        if (i > 0)
            stg_buf_add_char(script->out, '|');
        stg_add_ksh_word(script->out, stg_buf_text(&key));
    }
    script->failed = script->failed || key.failure != STAGED_OK;
    stg_buf_free(&key);
    const staged_value *items;
    const char *kind = stg_script_kind(script, argument, &items);
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
        stg_add_ksh_word(script->out, stg_buf_text(&path));
        stg_buf_truncate(&path, 0);
        stg_buf_addf(&path, "%s %s", state->path, command->name);
        stg_buf_add_text(script->out, ") state=");
        stg_add_ksh_word(script->out, stg_buf_text(&path));
        stg_buf_add_text(script->out, " ;;\n");
        script->failed = script->failed || path.failure != STAGED_OK;
        stg_buf_free(&path);
    }
}

static void add_prefixes(stg_script *script)
{
    stg_script_add(script, "~_is_flag() {\n    case $1 in\n");
    const char *prefix;
    for (const char *at = script->states[0].parser->prefix_chars;
         (prefix = stg_script_next_prefix(script, &at)) != NULL;) {
        stg_buf_add_text(script->out, "    ");
        stg_add_ksh_word(script->out, prefix);
        stg_buf_add_text(script->out, "?*) return 0 ;;\n");
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
    stg_script_for_arguments(script, add_argument);
    stg_script_add(script, "    *) number=0 kind=any; return 1 ;;\n    esac\n}\n"
                           "~_command() {\n    case $1 in\n");
    for (size_t i = 0; i < script->count; i++)
        add_commands(script, &script->states[i]);
    stg_buf_add_text(script->out, "    *) return 1 ;;\n    esac\n}\n");
    stg_script_add(script, stg_walk_bash);
}
