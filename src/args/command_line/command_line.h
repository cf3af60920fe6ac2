/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The effective command line. */
#ifndef STG_ARGS_COMMAND_LINE_H
#define STG_ARGS_COMMAND_LINE_H

#include <staged/args.h>

/* As staged_parser_command_line, for a program that was called by another name than the help shows.
 *   program  one word; NULL: the parser's `prog` */
char *stg_command_line(const staged_parser *parser, const staged_namespace *name_space,
                       const char *program, int indent);

#endif
