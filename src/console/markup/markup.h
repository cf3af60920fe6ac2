/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Markup: "[bold red]No![/] See [link=https://...]here[/link]".  Reads it as Rich does, except that
 * parts of it may be marked as data, which is never looked into. */
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
    const stg_range *data; /* in rising order, apart from each other */
    size_t data_count;
} stg_markup;

/* Reads markup.  A failure of the drawing says what is wrong and where; tags that are no styles are
 * not wrong. */
stg_text stg_markup_read(stg_draw *draw, const stg_markup *markup);

/* Adds what is seen of markup, without styles; all of it where it cannot be read. */
void stg_markup_add_plain(const stg_markup *markup, stg_buf *out);

/* Empty again, without giving its memory back. */
void stg_formatted_clear(stg_formatted *formatted);
/* The value as what is read; lives as long as it. */
stg_markup stg_formatted_markup(const stg_formatted *formatted);
/* Where the tag ends, its bracket included, that the bracket at `at` begins; 0: it begins none.
 *   end  of the text */
size_t stg_markup_end_of_tag(const char *text, size_t at, size_t end);

/* What each tag means, so that it is found out once.  NULL when out of memory. */
stg_tags *stg_tags_new(void);
void stg_tags_free(stg_tags *tags);
/* Forgets all, because styles have got other meanings. */
void stg_tags_clear(stg_tags *tags);

/* Adds the form that a tag's name has in common with all that mean the same ("b" and "BOLD" become
 * "bold"): a closing tag may be written in another way than the opening one. */
void stg_tag_normalize(stg_buf *out, const char *name, size_t length);

#endif
