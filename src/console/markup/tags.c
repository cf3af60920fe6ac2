/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/markup/tags.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory/arena.h"
#include "base/memory/names.h"

/* A script has a handful of tags; one that keeps inventing new ones must not fill the memory. */
enum { MANY_TAGS = 512 };

struct stg_tags {
    stg_arena memory;
    stg_names by_name;
    size_t readings;
};

stg_tags *stg_tags_new(void)
{
    return calloc(1, sizeof(stg_tags));
}

void stg_tags_free(stg_tags *tags)
{
    if (tags == NULL)
        return;
    stg_names_free(&tags->by_name);
    stg_arena_free(&tags->memory);
    free(tags);
}

void stg_tags_clear(stg_tags *tags)
{
    stg_names_free(&tags->by_name);
    stg_arena_reset(&tags->memory);
}

size_t stg_tags_begin(stg_tags *tags)
{
    if (tags->by_name.count > MANY_TAGS)
        stg_tags_clear(tags);
    return ++tags->readings;
}

static stg_tag *find(const stg_tags *tags, const char *name, size_t length)
{
    return stg_names_get(&tags->by_name, name, length);
}

static stg_tag *add(stg_tags *tags, const char *name, size_t length)
{
    stg_tag *tag = stg_arena_alloc(&tags->memory, sizeof *tag);
    const char *copy = stg_arena_copy(&tags->memory, name, length);
    if (tag == NULL || copy == NULL || !stg_names_put(&tags->by_name, copy, length, tag))
        return NULL;
    tag->name = copy;
    tag->length = length;
    tag->normal = tag;
    return tag;
}

/* Adds a tag, and its normal form, which has another name. */
static stg_tag *add_with_normal(stg_tags *tags, const char *name, size_t length,
                                const stg_buf *normal_name)
{
    stg_tag *normal = find(tags, stg_buf_text(normal_name), normal_name->length);
    if (normal == NULL)
        normal = add(tags, stg_buf_text(normal_name), normal_name->length);
    stg_tag *tag = normal == NULL ? NULL : add(tags, name, length);
    if (tag != NULL)
        tag->normal = normal;
    return tag;
}

stg_tag *stg_tags_get(stg_tags *tags, const char *name, size_t length)
{
    stg_tag *tag = find(tags, name, length);
    if (tag != NULL)
        return tag;
    stg_buf normal = {0};
    stg_tag_normalize(&normal, name, length);
    if (normal.failure != STAGED_OK)
        tag = NULL;
    else if (normal.length == length && memcmp(normal.data, name, length) == 0)
        tag = add(tags, name, length);
    else
        tag = add_with_normal(tags, name, length, &normal);
    stg_buf_free(&normal);
    return tag;
}

const stg_style *stg_tag_style(stg_tag *tag, const stg_theme *theme)
{
    if (!tag->has_style) {
        tag->has_style = true;
        (void)stg_theme_get(theme, tag->name, tag->length, &tag->style, NULL);
    }
    return &tag->style;
}
