/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Building a parser; shared by the files of this folder. */
#ifndef STG_ARGS_DECLARING_DECLARING_H
#define STG_ARGS_DECLARING_DECLARING_H

#include "args/model/parser.h"

/* ---- blank_parser.c ---- */

/* A parser with its settings and two default groups, but no arguments; NULL when out of memory. */
staged_parser *stg_blank_parser(const staged_parser_options *options);

/* ---- add_argument.c ---- */

/* Adds an argument; `group` NULL: the default group of its kind.  `action` may be internal to the
 * library. */
staged_argument *stg_add_argument(staged_parser *parser, staged_argument_group *group,
                                  const staged_argument_options *options, int action);
/* Adds a complete argument to its parser; returns false when out of memory. */
bool stg_enter_argument(staged_argument *argument, staged_argument_group *group);

/* ---- defaults.c ---- */

/* Converts a list or a value given as on a command line.  What the type cannot read stays text. */
const staged_value *stg_words_value(staged_parser *parser, const staged_argument *argument,
                                    const staged_value *words);
const staged_value *stg_word_value(staged_parser *parser, const staged_argument *argument,
                                   const char *word);
/* Gives the argument the default that was set for its destination, if there is one. */
bool stg_apply_default(staged_argument *argument);
/* The default of a destination, created if missing; NULL when out of memory. */
stg_default *stg_default_of(staged_parser *parser, const char *dest);

/* ---- check.c ---- */

/* Whether options can be used; `problem` says why not (NULL: they can) and is recorded as a bug. */
bool stg_are_options_usable(staged_parser *parser, const char *problem);
/* Whether an argument is valid enough to be created; if not, records a bug. */
bool stg_has_usable_flags(staged_parser *parser, const staged_argument_options *options);
/* Records what is wrong with a declaration on its own. */
void stg_check_declaration(const staged_argument *argument, const staged_argument_options *options,
                           const staged_argument_group *group);

/* ---- commands.c ---- */

/* Makes an argument the positional of its parser's commands; NULL when out of memory. */
staged_commands *stg_new_commands(staged_argument *argument, const char *prog);
/* Adds a command, whose parser it takes over.  When out of memory, frees the parser and returns
 * false. */
bool stg_add_command(staged_commands *commands, const char *name, const char *const *aliases,
                     const char *help, staged_parser *parser);

#endif
