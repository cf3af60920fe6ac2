/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Completion scripts.  A script is a table of what the parser knows, and a walk over the words so
 * far, which is the same for every program. */
#ifndef STG_ARGS_COMPLETION_H
#define STG_ARGS_COMPLETION_H

#include "args/model/parser.h"

/* A parser in a script: the program itself, or one of its commands. */
typedef struct stg_state {
    const staged_parser *parser;
    const char *path; /* the commands that lead here, each after a blank */
} stg_state;

typedef struct stg_script {
    stg_buf *out;
    const char *program; /* the word that is completed */
    const char *name;    /* the prefix of the script's functions */
    stg_arena *arena;
    bool with_help; /* whether the shell shows help with its candidates */
    stg_state *states;
    size_t count;
    size_t capacity;
    bool failed;
} stg_script;

/* ---- script.c ---- */

/* How many words an argument takes, as the walk reads it: a number, "?", "*", "+", "rest", or
 * "command". */
const char *stg_script_number(stg_script *script, const staged_argument *argument);
/* Where the words come from: "words" (`*items`), "files", or "any". */
const char *stg_script_kind(stg_script *script, const staged_argument *argument,
                            const staged_value **items);
/* One line of help for an argument, "" if it has none; in the arena. */
const char *stg_script_help(stg_script *script, const staged_argument *argument);
/* The help of the command with that name. */
const char *stg_script_command_help(stg_script *script, const staged_argument *argument,
                                    const char *name);
/* Adds a template, replacing each "~" by the functions' prefix. */
void stg_script_add(stg_script *script, const char *text);
/* The next character that flags begin with, from `*at` on; NULL: there is none, or no memory. */
const char *stg_script_next_prefix(stg_script *script, const char **at);
/* Adds what can follow each parser's flags, or stand for its positionals, counted from 1. */
typedef void stg_script_add_argument(stg_script *script, const stg_state *state,
                                     const staged_argument *argument, size_t place);
void stg_script_for_arguments(stg_script *script, stg_script_add_argument *add);

/* ---- completion_*.c ---- */

void stg_add_bash_completion(stg_script *script);
void stg_add_zsh_completion(stg_script *script);
void stg_add_fish_completion(stg_script *script);
/* Adds a word in quotes, for shells whose functions and arrays are written as in ksh. */
void stg_add_ksh_word(stg_buf *out, const char *word);
/* Tables and the walk for the same.  The walk is two functions, `~_step WORD` and `~_complete`,
 * which call the shell's own `~_offer_flags` and `~_offer_words BEFORE`: BEFORE is what of the word
 * is there already, such as "--file=", or empty. */
void stg_add_ksh_tables(stg_script *script);

#endif
