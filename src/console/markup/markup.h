/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Markup: "[bold red]No![/] See [link=https://...]here[/link]".  Parsed as by Rich, except that
 * parts may be marked as data, which is never parsed. */
#ifndef STG_CONSOLE_MARKUP_MARKUP_H
#define STG_CONSOLE_MARKUP_MARKUP_H

#include <stddef.h>

#include "base/text/buf.h"
#include "console/framework.h"
#include "console/text/draw.h"
#include "console/text/text.h"

typedef struct stg_markup {
    const char *text;
    size_t length;
    const stg_range *data; /* in rising order, without overlaps */
    size_t data_count;
} stg_markup;

/* Reads markup.  A failure is kept in the drawing, with what is wrong and where; a tag that is no
 * style is not an error. */
stg_text stg_markup_read(stg_draw *draw, const stg_markup *markup);

/* Adds the visible text of markup, without styles; all of the markup if it is invalid. */
void stg_markup_add_plain(const stg_markup *markup, stg_buf *out);

/* Empties it, but keeps its memory. */
void stg_formatted_clear(stg_formatted *formatted);
/* The markup to read, which must not outlive `formatted`. */
stg_markup stg_formatted_markup(const stg_formatted *formatted);
/* The end of the tag that begins at `at`, including its closing bracket; 0: there is none.
 *   end  of the text */
size_t stg_markup_end_of_tag(const char *text, size_t at, size_t end);

/* A cache of what each tag means.  NULL when out of memory. */
stg_tags *stg_tags_new(void);
void stg_tags_free(stg_tags *tags);
/* Empties the cache, because styles have changed their meanings. */
void stg_tags_clear(stg_tags *tags);

/* Adds the normal form of a tag's name, which all names with the same meaning share ("b" and "BOLD"
 * become "bold"): a closing tag may be written differently from the opening one. */
void stg_tag_normalize(stg_buf *out, const char *name, size_t length);

#endif
