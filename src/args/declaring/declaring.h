/* SPDX-License-Identifier: BSD-3-Clause
 *
 * How authors build a parser; the files of this folder share it. */
#ifndef STG_ARGS_DECLARING_DECLARING_H
#define STG_ARGS_DECLARING_DECLARING_H

#include "args/model/parser.h"

/* ---- blank_parser.c ---- */

/* A parser with its settings and the two groups that each has, but no argument; NULL without
 * memory.
 */
staged_parser *stg_blank_parser(const staged_parser_options *options);

/* ---- add_argument.c ---- */

/* Adds an argument; `group` NULL: where its kind goes.  `action` may be one of the library's own.
 */
staged_argument *stg_add_argument(staged_parser *parser, staged_argument_group *group,
                                  const staged_argument_options *options, int action);
/* Makes a complete argument one of its parser's; returns false without memory. */
bool stg_enter_argument(staged_argument *argument, staged_argument_group *group);

/* ---- defaults.c ---- */

/* Makes a list or a value of what was written as on a command line.  What the type cannot read
 * stays text. */
const staged_value *stg_words_value(staged_parser *parser, const staged_argument *argument,
                                    const staged_value *words);
const staged_value *stg_word_value(staged_parser *parser, const staged_argument *argument,
                                   const char *word);
/* Gives the argument the default that was set for its destination, if there is one. */
bool stg_apply_default(staged_argument *argument);
/* The default of a destination, made when there is none yet; NULL without memory. */
stg_default *stg_default_of(staged_parser *parser, const char *dest);

/* ---- check.c ---- */

/* Whether an argument can be made at all; if not, that is noted. */
bool stg_has_usable_flags(staged_parser *parser, const staged_argument_options *options);
/* Notes what is wrong with a declaration, taken by itself. */
void stg_check_declaration(const staged_argument *argument, const staged_argument_options *options,
                           const staged_argument_group *group);

/* ---- commands.c ---- */

/* Makes an argument the place of its parser's commands; NULL without memory. */
staged_commands *stg_new_commands(staged_argument *argument, const char *prog);
/* Adds a command.  The parser belongs to the commands, also when memory runs out: then it is
 * released, and false is returned. */
bool stg_add_command(staged_commands *commands, const char *name, const char *const *aliases,
                     const char *help, staged_parser *parser);

#endif
