/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The state of one drawing: the memory for its results, the properties of the output, and the first
 * failure.  Everything that a drawing makes lives in its arena and goes with it.  After a failure
 * everything continues with empty results; the function that began the drawing checks `status` at
 * the end. */
#ifndef STG_CONSOLE_TEXT_DRAW_H
#define STG_CONSOLE_TEXT_DRAW_H

#include <stdbool.h>
#include <stddef.h>

#include <staged/renderable.h>
#include <staged/status.h>

#include "base/failure/error.h"
#include "base/memory/arena.h"
#include "console/style/style.h"
#include "console/style/theme.h"

typedef struct stg_tags stg_tags;
typedef struct stg_highlighter stg_highlighter;
typedef struct stg_rules stg_rules;
typedef struct stg_measured stg_measured;

typedef struct stg_draw {
    stg_arena *arena;
    stg_error *error;
    staged_status status; /* STAGED_OK, or the first failure */
    const stg_theme *theme;
    stg_tags *tags;               /* what markup tags mean */
    stg_highlighter *highlighter; /* set up on first use */
    const stg_rules *rules;       /* the author's; NULL: none */
    bool styled;                  /* the output shows styles: otherwise they are not looked up */
    stg_color_system colors;      /* the colours of the output */
    bool no_color;                /* the user wants no colours */
    bool ascii;                   /* the output shows only ASCII */
    bool markup, highlight;       /* the console's defaults */
    int tab_size;
    stg_measured *measured; /* NULL: nothing measured yet */
    bool terminal;          /* the output breaks lines longer than its width */
    int width;              /* the output's, in columns */
    int room;               /* columns for a line with nothing beside it */
} stg_draw;

/* What a renderable gets from its container. */
typedef struct stg_draw_options {
    int width; /* available columns */
    staged_justify justify;
    staged_overflow overflow;
    staged_choice no_wrap, markup, highlight;
} stg_draw_options;

/* Zeroed memory of the drawing; NULL after a failure. */
void *stg_draw_alloc(stg_draw *draw, size_t size);
char *stg_draw_copy(stg_draw *draw, const char *bytes, size_t length);
/* Like stg_grow, in the memory of the drawing: the old array is not freed. */
bool stg_draw_move(stg_draw *draw, void *items, size_t *capacity, size_t count, size_t needed,
                   size_t size);
static inline bool stg_draw_grow(stg_draw *draw, void *items, size_t *capacity, size_t count,
                                 size_t needed, size_t size)
{
    return needed <= *capacity ? draw->status == STAGED_OK
                               : stg_draw_move(draw, items, capacity, count, needed, size);
}
/* The style of a name or definition; NULL is the empty style; an invalid one is a failure. */
stg_style stg_draw_style(stg_draw *draw, const char *definition);
/* Keeps the first failure. */
void stg_draw_fail(stg_draw *draw, staged_status status, const char *format, ...)
    STAGED_PRINTF(3, 4);
/* The same options for another width; a negative one counts as 0. */
stg_draw_options stg_draw_narrowed(const stg_draw_options *options, int width);

#endif
