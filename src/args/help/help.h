/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The pieces of usage and help texts.  Source: argparse, HelpFormatter. */
#ifndef STG_ARGS_HELP_H
#define STG_ARGS_HELP_H

#include "args/help/colors.h"
#include "args/model/parser.h"
#include "args/values/percent.h"

/* ---- metavar.c: how an argument is shown ---- */

/* Adds the words that an option takes: "FILE [FILE ...]". */
void stg_add_words(stg_buf *out, const staged_argument *argument);
/* Adds the entry of a help list: "-f, --file FILE", or a positional's metavar.
 *   colors  here and below: NULL: none */
void stg_add_invocation(stg_buf *out, const staged_argument *argument, const stg_colors *colors);
/* The part of usage or of the list that a flag is. */
stg_part stg_flag_part(const char *flag, bool in_list);
/* Adds the help text with its names filled in, and with what the formatter appends.  Returns NULL,
 * or what is wrong with the text. */
const char *stg_add_help_text(stg_buf *out, const staged_argument *argument);
/* The same for a command: "checkout (co)", and its help. */
void stg_add_command_invocation(stg_buf *out, const stg_command *command);
const char *stg_add_command_help(stg_buf *out, const staged_parser *parser,
                                 const stg_command *command);
/* Fills in "%(prog)s" alone. */
const char *stg_add_with_prog(stg_buf *out, const staged_parser *parser, const char *text);

/* ---- usage.c ---- */

/* The space for text on a terminal of so many columns (0: found out). */
long stg_text_width(int columns);
/* Adds the usage in lines of `width`, with `prefix` before it. */
void stg_add_usage(stg_buf *out, const staged_parser *parser, const char *prefix, long width,
                   const stg_colors *colors);
/* Adds what the names of commands begin with: the usage without options, whatever the author's. */
void stg_add_positional_usage(stg_buf *out, const staged_parser *parser);

/* ---- help.c ---- */

/* staged_parser_help and staged_parser_usage in colours. */
char *stg_help(const staged_parser *parser, int columns, const stg_colors *colors);
char *stg_usage(const staged_parser *parser, int columns, const stg_colors *colors);
/* Adds the text of a version, laid out as a description. */
staged_status stg_add_version(stg_buf *out, const staged_argument *argument);

#endif
