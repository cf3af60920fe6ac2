/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What the framework (src/script) needs of parsers and namespaces beyond the public header.  For
 * nobody else: as the public one, it includes nothing of the rooms, which include it. */
#ifndef STG_ARGS_FRAMEWORK_H
#define STG_ARGS_FRAMEWORK_H

#include <stdbool.h>

#include <staged/args.h>

#include "base/memory/arena.h"
#include "base/text/buf.h"

/* ---- Parsers that their author and the framework fill together ---- */

/* The first flag of an option; NULL: it is a positional. */
const char *stg_argument_flag(const staged_argument *argument);
/* Never NULL. */
const staged_value *stg_argument_default(const staged_argument *argument);
/* Notes a mistake of the author; `where` may be NULL. */
void stg_parser_bug(staged_parser *parser, const staged_location *where, const char *format, ...)
    STAGED_PRINTF(3, 4);
/* From now on each default that was set by destination has to be that of an argument, or of a name
 * that an argument could have.  Returns whether there is such a default. */
bool stg_parser_check_defaults(staged_parser *parser);
/* A name that an argument could have, but has not here, which has to live as long as the parser.
 * Returns false when out of memory. */
bool stg_parser_add_spare_name(staged_parser *parser, const char *name);

/* Adds an option of one flag unless the author has one of that name.  It has to be written whole,
 * so that no abbreviation that worked without it becomes ambiguous.
 *   group  NULL: that of all options
 *   like   an argument whose choices it has, too; NULL: it has none
 * Returns NULL if the author has one, or when out of memory, which the parser remembers. */
staged_argument *stg_parser_add_spare_argument(staged_parser *parser, staged_argument_group *group,
                                               const staged_argument_options *options,
                                               const staged_argument *like);

/* What completion offers for an argument that has no choices, since other values are fine, too.
 * Asked for when a script for completion is written; returns a list in the arena, or NULL when out
 * of memory. */
typedef const staged_value *stg_offer_function(void *context, stg_arena *arena);
/* Takes NULL as the argument. */
void stg_argument_set_offers(staged_argument *argument, stg_offer_function *offers, void *context);

/* ---- Texts ---- */

/* Adds the escape code ("1;33") for a part of the help ("heading") to an empty buffer; returns
 * false when nothing is known of it, and the parser has its own. */
typedef bool stg_code_function(void *context, const char *part, stg_buf *code);
/* As staged_parser_set_colors, with the codes that a function knows. */
void stg_parser_set_colors_by(staged_parser *parser, staged_color_when when,
                              stg_code_function *code_of, void *context);
/* As staged_parser_help, in the colours that are wanted at this descriptor. */
char *stg_parser_help_at(const staged_parser *parser, int fd);
/* As staged_parser_command_line, for a program that was called by another name than the help shows.
 *   program  one word; NULL: the parser's `prog` */
char *stg_parser_command_line_of(const staged_parser *parser, const staged_namespace *name_space,
                                 const char *program, int indent);

/* ---- Namespaces ---- */

/* One that stands for arguments that are not read yet: to use it is a mistake, which it notes. */
staged_namespace *stg_namespace_new_unparsed(void);
void stg_namespace_clear_error(staged_namespace *name_space);

#endif
