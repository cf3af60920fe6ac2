/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What all renderables have in common, and the ones that drawing itself creates. */
#ifndef STG_CONSOLE_RENDERABLE_ITEM_H
#define STG_CONSOLE_RENDERABLE_ITEM_H

#include <stdbool.h>
#include <stddef.h>

#include <staged/renderable.h>

#include "console/markup/markup.h"
#include "console/text/draw.h"
#include "console/text/measure.h"
#include "console/text/segment.h"
#include "console/text/text.h"

/* Renderables are drawn, measured and released recursively: deeper nesting than this is refused. */
enum { STG_DEEPEST = 100 };

/* Limits what an author gives as columns, lines or ratios, so that sums of them fit in an int. */
enum { STG_MOST_COLUMNS = 65535 };
static inline int stg_item_columns(int given)
{
    return given < STG_MOST_COLUMNS ? given : STG_MOST_COLUMNS;
}
static inline staged_pad stg_item_pad(staged_pad given)
{
    given.top = stg_item_columns(given.top);
    given.right = stg_item_columns(given.right);
    given.bottom = stg_item_columns(given.bottom);
    given.left = stg_item_columns(given.left);
    return given;
}

typedef struct stg_item_kind {
    /* Adds the segments.  There is at least one column. */
    void (*draw)(const staged_renderable *self, stg_draw *draw, const stg_draw_options *options,
                 stg_segments *out);
    stg_measurement (*measure)(const staged_renderable *self, stg_draw *draw,
                               const stg_draw_options *options);
    /* Releases everything but the memory of the renderable itself.  NULL: there is nothing else. */
    void (*clear)(staged_renderable *self);
} stg_item_kind;

struct staged_renderable {
    const stg_item_kind *kind;
    int depth;    /* 1, or 1 more than the deepest child */
    bool is_kept; /* it has its own memory, and outlives a drawing unless the drawing releases it */
    bool may_exceed; /* it, or something in it, may have lines that are not cut */
    /* What was wrong with it, or with something in it, when it was made; reported when it is
     * drawn.  0 and NULL: nothing. */
    staged_status failure;
    const char *why;
};

/* Notes unusable options; NULL: they are usable. */
void stg_item_refuse_options(staged_renderable *item, const char *problem);
/* Notes that `child` is in `item`: updates its depth and takes over what is wrong with the
 * child. */
void stg_item_adopt(staged_renderable *item, const staged_renderable *child);
/* Draws, if there is any room. */
void stg_item_draw(const staged_renderable *item, stg_draw *draw, const stg_draw_options *options,
                   stg_segments *out);
/* Draws lines of the full width; `style` applies to all of it. */
void stg_item_lines(const staged_renderable *item, stg_draw *draw, const stg_draw_options *options,
                    const stg_style *style, stg_lines *lines);
stg_measurement stg_item_measure(const staged_renderable *item, stg_draw *draw,
                                 const stg_draw_options *options);

/* Allocates a zeroed renderable of a kind around `child`, which is released on failure.
 *   size   of the struct, which begins with the renderable
 *   child  NULL: out of memory */
staged_renderable *stg_item_new_around(const stg_item_kind *kind, size_t size,
                                       staged_renderable *child);
staged_renderable *stg_item_new(const stg_item_kind *kind, size_t size);
/* Whether it can be put into another renderable; if not, memory ran out, or they nest too deep. */
bool stg_item_is_usable(const staged_renderable *child);
/* Notes the status of formatting; releases the item and returns NULL when out of memory. */
staged_renderable *stg_item_with_format(staged_renderable *item, staged_status status);
/* Copies a text, which may be NULL; returns false when out of memory. */
bool stg_item_copy_text(char **copy, const char *text);

/* The children of a renderable, in order. */
typedef struct stg_items {
    staged_renderable **items;
    size_t count, capacity;
} stg_items;

/* Adds `child`, which is taken over, to the items of `owner`, and notes it there.
 *   kind  the owner's
 * Returns STAGED_NO_MEMORY, also when `owner` or `child` is NULL, or STAGED_BAD_USE when the owner
 * is of another kind; `items` is not touched then. */
staged_status stg_items_add(stg_items *items, staged_renderable *owner, const stg_item_kind *kind,
                            staged_renderable *child);
void stg_items_free(stg_items *items);

/* A text as a renderable that lasts as long as the drawing. */
typedef struct stg_text_item {
    staged_renderable base;
    stg_text text;
} stg_text_item;

stg_text_item stg_text_item_of(const stg_text *text);

/* What the printf-like functions make: markup and data, highlighted on request. */
typedef struct stg_markup_item {
    staged_renderable base;
    stg_markup markup;
} stg_markup_item;

stg_markup_item stg_markup_item_of(const stg_markup *markup);
/* A kept item whose whole text is markup.  NULL when out of memory. */
staged_renderable *stg_markup_item_new(const char *markup);
/* The text to draw (what Rich's Console.render_str returns).
 *   is_markup, highlight  AUTO: as the console does */
stg_text stg_markup_to_text(stg_draw *draw, const stg_markup *markup, staged_choice is_markup,
                            staged_choice highlight);

/* Whether it is (or is printed as) a text, which printing joins with what follows.  Sets `text` if
 * so. */
bool stg_item_as_text(const staged_renderable *item, stg_draw *draw, staged_choice is_markup,
                      staged_choice highlight, stg_text *text);

#endif
