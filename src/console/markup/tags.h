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
    stg_tag *normal; /* the tag of the name's normal form; may be this one */
    /* Of a tag in normal form: */
    bool has_style;
    stg_style style;
    /* While markup number `reading` is read: the last open mark with this name. */
    size_t reading;
    size_t open_mark;
};

/* Finds a tag, or adds it.  NULL when out of memory. */
stg_tag *stg_tags_get(stg_tags *tags, const char *name, size_t length);
/* Begins reading markup; returns the number of this reading, from 1. */
size_t stg_tags_begin(stg_tags *tags);
/* The style of a tag in normal form; the empty style if the name is no style. */
const stg_style *stg_tag_style(stg_tag *tag, const stg_theme *theme);

#endif
