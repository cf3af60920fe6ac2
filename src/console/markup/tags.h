/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The table of tags that markup.c keeps. */
#ifndef STG_CONSOLE_MARKUP_TAGS_H
#define STG_CONSOLE_MARKUP_TAGS_H

#include <stdbool.h>
#include <stddef.h>

#include "console/markup/markup.h"
#include "console/style/style.h"

typedef struct stg_tag stg_tag;
struct stg_tag {
    const char *name; /* as it was written */
    size_t length;
    stg_tag *normal; /* the tag of the normal form of the name; may be itself */
    /* Of a tag in normal form: */
    bool has_style;
    stg_style style;
    /* While markup number `reading` is read: the last mark that is open under this name. */
    size_t reading;
    size_t open_mark;
};

/* Finds a tag, or adds it.  NULL when out of memory. */
stg_tag *stg_tags_get(stg_tags *tags, const char *name, size_t length);
/* Begins with markup: returns its number, from 1. */
size_t stg_tags_begin(stg_tags *tags);
/* The style of a tag in normal form; of a name that is no style, none. */
const stg_style *stg_tag_style(stg_tag *tag, const stg_theme *theme);

#endif
