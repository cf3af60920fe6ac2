/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What all renderables have in common, and the ones that drawing itself makes. */
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

/* What an author gives as columns, lines or shares: no more than so that sums of them fit in an
 * int.
 */
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
    /* Releases all but the memory of the renderable itself.  NULL: there is nothing else. */
    void (*clear)(staged_renderable *self);
} stg_item_kind;

struct staged_renderable {
    const stg_item_kind *kind;
    int depth;       /* 1, or 1 more than the deepest one in it */
    bool is_kept;    /* it has memory of its own, and outlives a drawing unless that releases it */
    bool may_exceed; /* it, or what is in it, may have lines that are not cut */
    /* What was found wrong with it, or with what is in it, when it was made; it is told when it is
     * drawn.  0 and NULL: nothing. */
    staged_status failure;
    const char *why;
};

/* Takes note of options that cannot be used; NULL: they can. */
void stg_item_refuse_options(staged_renderable *item, const char *problem);
/* Takes note that `child` is in `item`: of its depth and of what is wrong with it. */
void stg_item_adopt(staged_renderable *item, const staged_renderable *child);
/* Draws, if there is any room. */
void stg_item_draw(const staged_renderable *item, stg_draw *draw, const stg_draw_options *options,
                   stg_segments *out);
/* Draws into lines of the full width; what `style` says applies to all of it. */
void stg_item_lines(const staged_renderable *item, stg_draw *draw, const stg_draw_options *options,
                    const stg_style *style, stg_lines *lines);
stg_measurement stg_item_measure(const staged_renderable *item, stg_draw *draw,
                                 const stg_draw_options *options);

/* Zeroed memory for a renderable of a kind around `child`, which is released if that fails.
 *   size   of the struct, which begins with the renderable
 *   child  NULL: there was no memory for it */
staged_renderable *stg_item_new_around(const stg_item_kind *kind, size_t size,
                                       staged_renderable *child);
staged_renderable *stg_item_new(const stg_item_kind *kind, size_t size);
/* Whether it can be put into another one; otherwise there was no memory, or they nest too deep. */
bool stg_item_is_usable(const staged_renderable *child);
/* Takes note of how formatting went; releases the item and returns NULL when there was no memory.
 */
staged_renderable *stg_item_with_format(staged_renderable *item, staged_status status);
/* A copy of a text, or NULL; false when out of memory. */
bool stg_item_copy_text(char **copy, const char *text);

/* Renderables that belong to another one, in their order. */
typedef struct stg_items {
    staged_renderable **items;
    size_t count, capacity;
} stg_items;

/* Adds `child`, which is taken over, to the items of `owner`, of which it takes note.
 *   kind  that the owner has to have
 * Returns STAGED_NO_MEMORY, also when `owner` or `child` is NULL, or STAGED_BAD_USE when the owner
 * is something else; `items` is not looked at then. */
staged_status stg_items_add(stg_items *items, staged_renderable *owner, const stg_item_kind *kind,
                            staged_renderable *child);
void stg_items_free(stg_items *items);

/* A text as a renderable, for the length of a drawing. */
typedef struct stg_text_item {
    staged_renderable base;
    stg_text text;
} stg_text_item;

stg_text_item stg_text_item_of(const stg_text *text);

/* What the printf-like functions make: markup and data, highlighted if asked for. */
typedef struct stg_markup_item {
    staged_renderable base;
    stg_markup markup;
} stg_markup_item;

stg_markup_item stg_markup_item_of(const stg_markup *markup);
/* One that is kept, all of whose text is markup.  NULL when out of memory. */
staged_renderable *stg_markup_item_new(const char *markup);
/* The text to draw (what Rich's Console.render_str returns).
 *   is_markup, highlight  AUTO: as the console does */
stg_text stg_markup_to_text(stg_draw *draw, const stg_markup *markup, staged_choice is_markup,
                            staged_choice highlight);

/* Whether it is (or becomes, when printed) a text, which printing joins with what follows it.
 * Sets `text` then. */
bool stg_item_as_text(const staged_renderable *item, stg_draw *draw, staged_choice is_markup,
                      staged_choice highlight, stg_text *text);

#endif
