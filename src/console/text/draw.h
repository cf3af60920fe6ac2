/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What goes through one drawing: the memory for its results, what is known of the output, and the
 * first failure.  All that a drawing makes lives in its arena and is gone with it.
 *
 * After a failure everything goes on with empty results; whoever began the drawing looks at
 * `status` at the end. */
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
    stg_highlighter *highlighter; /* not set up before it is used */
    const stg_rules *rules;       /* of the author; NULL: none */
    bool styled;                  /* the output shows styles: otherwise none is looked up */
    stg_color_system colors;      /* that it shows */
    bool no_color;                /* its user wants none */
    bool ascii;                   /* it shows nothing but ASCII */
    bool markup, highlight;       /* the console's choice, where nothing else is said */
    int tab_size;
    stg_measured *measured; /* NULL: nothing yet */
    bool terminal;          /* it is one: a line that is longer than it is wide is broken by it */
    int width;              /* columns that it has */
    int room;               /* columns for a line that need not leave room for others beside it */
} stg_draw;

/* What a renderable is told by what it is in. */
typedef struct stg_draw_options {
    int width; /* columns there are */
    staged_justify justify;
    staged_overflow overflow;
    staged_choice no_wrap, markup, highlight;
} stg_draw_options;

/* Zeroed memory of the drawing; NULL after a failure. */
void *stg_draw_alloc(stg_draw *draw, size_t size);
char *stg_draw_copy(stg_draw *draw, const char *bytes, size_t length);
/* As stg_grow, in the memory of the drawing: the old array stays behind. */
bool stg_draw_move(stg_draw *draw, void *items, size_t *capacity, size_t count, size_t needed,
                   size_t size);
static inline bool stg_draw_grow(stg_draw *draw, void *items, size_t *capacity, size_t count,
                                 size_t needed, size_t size)
{
    return needed <= *capacity ? draw->status == STAGED_OK
                               : stg_draw_move(draw, items, capacity, count, needed, size);
}
/* The style of a name or definition, NULL being none; one that cannot be read is a failure. */
stg_style stg_draw_style(stg_draw *draw, const char *definition);
/* Keeps the first failure. */
void stg_draw_fail(stg_draw *draw, staged_status status, const char *format, ...)
    STAGED_PRINTF(3, 4);
/* The same options for another width, 0 if that is negative. */
stg_draw_options stg_draw_narrowed(const stg_draw_options *options, int width);

#endif
