/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Source: fish's manual, "Writing your own completions". */
#include "args/completion/completion.h"

#include <string.h>

#include "args/model/argument.h"

/* The tables end what they write with NUL each: for a flag or place how many words, what kind, and
 * the words.  Names of files may have any other character. */
static const char walk[] =
    "# What quotes and backslashes of a word stand for; its last quote may be open.\n"
    "function ~_unquoted -a word\n"
    "    for quote in '' \\' '\"'\n"
    "        string unescape -- \"$word$quote\"; and return\n"
    "    end\n"
    "end\n"
    "function ~_files -a before whole\n"
    "    set -l start (string replace -- \"$before\" '' \"$whole\" | string collect)\n"
    "    if test -z \"$before\"; and string match -qr '^\\x7e' -- (commandline -ct)\n"
    "        printf '%s\\0' (__fish_complete_path (commandline -ct))\n"
    "        return\n"
    "    end\n"
    "    for file in \"$start\"*\n"
    "        test -d \"$file\"; and set file \"$file/\"\n"
    "        printf '%s\\0' \"$before$file\"\n"
    "    end\n"
    "end\n"
    "function ~_offer -a before whole\n"
    "    set -l answer $argv[3..-1]\n"
    "    if test \"$answer[2]\" = files\n"
    "        ~_files \"$before\" \"$whole\"\n"
    "    else if set -q answer[3]\n"
    "        printf '%s\\0' \"$before\"$answer[3..-1]\n"
    "    end\n"
    "end\n"
    "function ~_complete\n"
    "    set -l words (commandline -opc)\n"
    "    set -l whole (~_unquoted (commandline -ct) | string collect)\n"
    "    set -e words[1]\n"
    "    set -l state ''\n"
    "    set -l option ''\n"
    "    set -l left 0\n"
    "    set -l place 1\n"
    "    set -l taken 0\n"
    "    set -l dashes\n"
    "    for word in $words\n"
    "        set -l flag (string split -m 1 -- '=' $word)\n"
    "        set -l answer\n"
    "        if test \"$left\" = rest\n"
    "            break\n"
    "        else if not set -q dashes[1]; and test \"$word\" = --\n"
    "            set dashes 1\n"
    "            set left 0\n"
    "            continue\n"
    "        end\n"
    "        if not set -q dashes[1]; and ~_is_flag \"$word\"\n"
    "            set answer (~_words \"$state|$flag[1]\" | string split0)\n"
    "        end\n"
    "        if set -q answer[1]\n"
    "            set option \"$state|$flag[1]\"\n"
    "            set left $answer[1]\n"
    "            set -q flag[2]; and set left 0\n"
    "        else if contains -- \"$left\" many\n"
    "            continue\n"
    "        else if test \"$left\" = optional\n"
    "            set left 0\n"
    "        else if test \"$left\" -gt 0\n"
    "            set left (math $left - 1)\n"
    "        else\n"
    "            set answer (~_words \"$state|$place\" | string split0)\n"
    "            set -q answer[1]; or continue\n"
    "            set taken (math $taken + 1)\n"
    "            switch $answer[1]\n"
    "                case command\n"
    "                    set -l inner (~_command \"$state $word\")\n"
    "                    if set -q inner[1]\n"
    "                        set state $inner[1]\n"
    "                        set place 1\n"
    "                        set taken 0\n"
    "                    end\n"
    "                case rest\n"
    "                    set left rest\n"
    "                case many\n"
    "                case optional\n"
    "                    set place (math $place + 1)\n"
    "                    set taken 0\n"
    "                case '*'\n"
    "                    if test $taken -ge $answer[1]\n"
    "                        set place (math $place + 1)\n"
    "                        set taken 0\n"
    "                    end\n"
    "            end\n"
    "        end\n"
    "    end\n"
    "    if test \"$left\" = rest\n"
    "        ~_files '' \"$whole\"\n"
    "    else if not set -q dashes[1]; and ~_is_flag \"$whole-\"\n"
    "        set -l flag (string split -m 1 -- '=' $whole)\n"
    "        if set -q flag[2]\n"
    "            ~_offer \"$flag[1]=\" \"$whole\" (~_words \"$state|$flag[1]\" | string split0)\n"
    "        else\n"
    "            ~_flags \"$state\"\n"
    "        end\n"
    "    else if test \"$left\" != 0\n"
    "        ~_offer '' \"$whole\" (~_words \"$option\" | string split0)\n"
    "    else\n"
    "        set -l answer (~_words \"$state|$place\" | string split0)\n"
    "        ~_offer '' \"$whole\" $answer\n"
    "        set -q answer[3]; or ~_flags \"$state\"\n"
    "    end\n"
    "end\n"
    "complete -f -c ";

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
    const char *kind = stg_script_kind(argument, &items);
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
    for (const char *c = script->states[0].parser->prefix_chars; *c != '\0';) {
        size_t used;
        (void)stg_begins_with_one_of(c, "", &used);
        const char *prefix = stg_arena_copy(script->arena, c, used);
        stg_buf_add_text(script->out, "        case ");
        add_pattern(script->out, prefix == NULL ? "" : prefix);
        stg_buf_add_text(script->out, "'*'\n            return 0\n");
        script->failed = script->failed || prefix == NULL;
        c += used;
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
    for (size_t i = 0; i < script->count; i++) {
        const staged_parser *parser = script->states[i].parser;
        size_t place = 0;
        for (size_t k = 0; k < parser->count; k++) {
            place += stg_is_positional(parser->arguments[k]);
            add_argument(script, &script->states[i], parser->arguments[k], place);
        }
    }
    stg_script_add(script, "    end\nend\nfunction ~_command -a path\n    switch $path\n");
    for (size_t i = 0; i < script->count; i++)
        add_commands(script, &script->states[i]);
    stg_script_add(script, "    end\nend\n");
    stg_script_add(script, walk);
    add_word(script->out, script->program);
    stg_script_add(script, " -a '(~_complete | string split0)'\n");
}
