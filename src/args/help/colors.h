/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The colours of usage and help: escape codes within the text, which take no columns. */
#ifndef STG_ARGS_HELP_COLORS_H
#define STG_ARGS_HELP_COLORS_H

#include "args/model/parser.h"

/* The parts that look differently, in the order of staged_help_colors. */
typedef enum stg_part {
    STG_PART_USAGE,
    STG_PART_PROG,
    STG_PART_PROG_EXTRA,
    STG_PART_HEADING,
    STG_PART_SUMMARY_LONG_OPTION,
    STG_PART_SUMMARY_SHORT_OPTION,
    STG_PART_SUMMARY_LABEL,
    STG_PART_SUMMARY_ACTION,
    STG_PART_LONG_OPTION,
    STG_PART_SHORT_OPTION,
    STG_PART_LABEL,
    STG_PART_ACTION,
    STG_PART_COUNT
} stg_part;

/* What a text is painted with.  The codes are borrowed; all zero: nothing. */
typedef struct stg_colors {
    struct {
        const char *text;
        size_t length;
    } codes[STG_PART_COUNT];
} stg_colors;

/* The colours for a text that is to be written to this descriptor: the parser's, and on top of them
 * those of the user; none unless they are wanted there. */
stg_colors stg_colors_for(const staged_parser *parser, int fd);
/* Adds what begins a part, and what ends it.  `colors` NULL: nothing. */
void stg_begin_part(stg_buf *out, const stg_colors *colors, stg_part part);
void stg_end_part(stg_buf *out, const stg_colors *colors, stg_part part);
void stg_add_part(stg_buf *out, const stg_colors *colors, stg_part part, const char *text);
/* How long the escape code is that a text begins with; 0: there is none. */
size_t stg_escape_length(const char *text, size_t length);
bool stg_is_end_of_part(const char *escape, size_t length);
/* How many columns a text takes that has parts. */
size_t stg_columns_of(const char *text, size_t length);

#endif
