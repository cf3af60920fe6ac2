/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/completion/completion.h"

#include <string.h>

#include "args/completion/walk_fish.h"
#include "args/model/argument.h"

static void add_word(stg_buf *out, const char *word)
{
    stg_buf_add_char(out, '\'');
    for (; *word != '\0'; word++) {
        if (*word == '\'' || *word == '\\')
            stg_buf_add_char(out, '\\');
        stg_buf_add_char(out, *word);
    }
    stg_buf_add_char(out, '\'');
}

/* A pattern of `case` that stands for the word itself. */
static void add_pattern(stg_buf *out, const char *word)
{
    stg_buf pattern = {0};
    for (; *word != '\0'; word++) {
        if (strchr("*?\\", *word) != NULL)
            stg_buf_add_char(&pattern, '\\');
        stg_buf_add_char(&pattern, *word);
    }
    add_word(out, stg_buf_text(&pattern));
    if (pattern.failure != STAGED_OK)
        out->failure = pattern.failure;
    stg_buf_free(&pattern);
}

/* "word" or "word<TAB>help". */
static void add_line(stg_script *script, const char *word, const char *help)
{
    const char *line = *help == '\0' ? word : stg_arena_printf(script->arena, "%s\t%s", word, help);
    stg_buf_add_text(script->out, "            ");
    add_word(script->out, line == NULL ? "" : line);
    stg_buf_add_text(script->out, " \\\n");
    script->failed = script->failed || line == NULL;
}

static void add_flags(stg_script *script, const stg_state *state)
{
    stg_buf_add_text(script->out, "        case ");
    add_pattern(script->out, state->path);
    stg_buf_add_text(script->out, "\n            printf '%s\\0' \\\n");
    for (size_t i = 0; i < state->parser->flag_count; i++) {
        const stg_flag *flag = state->parser->flags[i];
        if (!stg_is_hidden(flag->argument))
            add_line(script, flag->flag, stg_script_help(script, flag->argument));
    }
    stg_buf_add_text(script->out, "            $nothing\n");
}

static const char *number_of(stg_script *script, const staged_argument *argument)
{
    const char *number = stg_script_number(script, argument);
    if (*number == '*' || *number == '+')
        return "many";
    return *number == '?' ? "optional" : number;
}

static void add_argument(stg_script *script, const stg_state *state,
                         const staged_argument *argument, size_t place)
{
    stg_buf_add_text(script->out, "        case");
    for (size_t i = 0; i < argument->flag_count + stg_is_positional(argument); i++) {
        const char *key =
            stg_is_positional(argument)
                ? stg_arena_printf(script->arena, "%s|%zu", state->path, place)
                : stg_arena_printf(script->arena, "%s|%s", state->path, argument->flags[i]);
        stg_buf_add_char(script->out, ' ');
        add_pattern(script->out, key == NULL ? "" : key);
        script->failed = script->failed || key == NULL;
    }
    const staged_value *items;
    const char *kind = stg_script_kind(script, argument, &items);
    stg_buf_addf(script->out, "\n            printf '%%s\\0' %s %s \\\n",
                 number_of(script, argument), kind);
    for (size_t i = 0; items != NULL && i < items->count; i++) {
        stg_buf text = {0};
        stg_add_str(&text, &items->as.items[i]);
        add_line(script, stg_buf_text(&text),
                 stg_script_command_help(script, argument, stg_buf_text(&text)));
        script->failed = script->failed || text.failure != STAGED_OK;
        stg_buf_free(&text);
    }
    stg_buf_add_text(script->out, "            $nothing\n");
}

static void add_commands(stg_script *script, const stg_state *state)
{
    const staged_commands *commands = state->parser->commands;
    for (size_t i = 0; commands != NULL && i < commands->names.count; i++) {
        const char *name = commands->names.as.items[i].as.text;
        const stg_command *command = stg_names_get_text(&commands->by_name, name);
        const char *from = stg_arena_printf(script->arena, "%s %s", state->path, name);
        const char *to = stg_arena_printf(script->arena, "%s %s", state->path, command->name);
        stg_buf_add_text(script->out, "        case ");
        add_pattern(script->out, from == NULL ? "" : from);
        stg_buf_add_text(script->out, "\n            echo ");
        add_word(script->out, to == NULL ? "" : to);
        stg_buf_add_char(script->out, '\n');
        script->failed = script->failed || from == NULL || to == NULL;
    }
}

static void add_prefixes(stg_script *script)
{
    stg_script_add(script, "function ~_is_flag -a word\n"
                           "    test (string length -- \"$word\") -gt 1; or return 1\n"
                           "    switch $word\n");
    const char *prefix;
    for (const char *at = script->states[0].parser->prefix_chars;
         (prefix = stg_script_next_prefix(script, &at)) != NULL;) {
        stg_buf_add_text(script->out, "        case ");
        add_pattern(script->out, prefix);
        stg_buf_add_text(script->out, "'*'\n            return 0\n");
    }
    stg_buf_add_text(script->out, "    end\n    return 1\nend\n");
}

void stg_add_fish_completion(stg_script *script)
{
    script->with_help = true;
    stg_buf_addf(script->out,
                 "# Completion of %s for fish: put it into ~/.config/fish/completions/%s.fish.\n",
                 script->program, script->program);
    add_prefixes(script);
    stg_script_add(script, "function ~_flags -a state\n    set -l nothing\n    switch $state\n");
    for (size_t i = 0; i < script->count; i++)
        add_flags(script, &script->states[i]);
    stg_script_add(script, "    end\nend\n"
                           "function ~_words -a key\n    set -l nothing\n    switch $key\n");
    stg_script_for_arguments(script, add_argument);
    stg_script_add(script, "    end\nend\nfunction ~_command -a path\n    switch $path\n");
    for (size_t i = 0; i < script->count; i++)
        add_commands(script, &script->states[i]);
    stg_script_add(script, "    end\nend\n");
    stg_script_add(script, stg_walk_fish);
    stg_script_add(script, "complete -f -c ");
    add_word(script->out, script->program);
    stg_script_add(script, " -a '(~_complete | string split0)'\n");
}
