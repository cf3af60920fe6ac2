/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Colours for what stands out in a log: numbers, paths, addresses, quoted texts, calls, ...  Finds
 * what Rich's ReprHighlighter finds with its regular expressions, in time linear in the text. */
#ifndef STG_CONSOLE_MARKUP_HIGHLIGHT_H
#define STG_CONSOLE_MARKUP_HIGHLIGHT_H

#include <stdbool.h>

#include "console/text/draw.h"
#include "console/text/text.h"

/* Kinds of things, each with a style of its own in the theme. */
typedef enum stg_repr_kind {
    STG_REPR_TAG_START,
    STG_REPR_TAG_NAME,
    STG_REPR_TAG_CONTENTS,
    STG_REPR_TAG_END,
    STG_REPR_ATTRIB_NAME,
    STG_REPR_ATTRIB_VALUE,
    STG_REPR_BRACE,
    STG_REPR_IPV4,
    STG_REPR_IPV6,
    STG_REPR_EUI64,
    STG_REPR_EUI48,
    STG_REPR_UUID,
    STG_REPR_CALL,
    STG_REPR_BOOL_TRUE,
    STG_REPR_BOOL_FALSE,
    STG_REPR_NONE,
    STG_REPR_ELLIPSIS,
    STG_REPR_NUMBER_COMPLEX,
    STG_REPR_NUMBER,
    STG_REPR_PATH,
    STG_REPR_FILENAME,
    STG_REPR_STR,
    STG_REPR_URL,
    STG_REPR_KINDS
} stg_repr_kind;

/* All zero: not set up. */
struct stg_highlighter {
    bool ready;
    stg_style styles[STG_REPR_KINDS];
};

/* Adds spans to a text.  Where styles are not shown it adds none, and sets nothing up. */
void stg_highlight(stg_draw *draw, stg_text *text);
/* The same for JSON, if the whole text is JSON, and for unified diffs. */
void stg_highlight_json(stg_draw *draw, stg_text *text);
void stg_highlight_diff(stg_draw *draw, stg_text *text);

#endif
