/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/markup/tags.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

/* A script has a handful of tags; one that makes up ever new ones shall not fill the memory. */
enum { FEWEST_BUCKETS = 64, MANY_TAGS = 512 };

struct stg_tags {
    stg_arena memory;
    stg_tag **buckets; /* NULL: all are empty */
    size_t bucket_count;
    size_t count;
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
    stg_arena_free(&tags->memory);
    free(tags);
}

void stg_tags_clear(stg_tags *tags)
{
    stg_arena_reset(&tags->memory);
    tags->buckets = NULL;
    tags->bucket_count = 0;
    tags->count = 0;
}

size_t stg_tags_begin(stg_tags *tags)
{
    if (tags->count > MANY_TAGS)
        stg_tags_clear(tags);
    return ++tags->readings;
}

static stg_tag **find_bucket(stg_tags *tags, const char *name, size_t length)
{
    uint32_t hash = (uint32_t)length;
    for (size_t i = 0; i < length; i++)
        hash = hash * 31 + (unsigned char)name[i];
    return &tags->buckets[(hash ^ hash >> 8) % tags->bucket_count];
}

/* Makes room for one more; returns false when out of memory. */
static bool grow(stg_tags *tags)
{
    if (tags->count < 2 * tags->bucket_count)
        return true;
    stg_tags grown = *tags;
    grown.bucket_count = tags->bucket_count == 0 ? FEWEST_BUCKETS : 4 * tags->bucket_count;
    grown.buckets = stg_arena_alloc(&tags->memory, grown.bucket_count * sizeof *grown.buckets);
    if (grown.buckets == NULL)
        return false;
    for (size_t i = 0; i < tags->bucket_count; i++) {
        stg_tag *next;
        for (stg_tag *tag = tags->buckets[i]; tag != NULL; tag = next) {
            stg_tag **bucket = find_bucket(&grown, tag->name, tag->length);
            next = tag->next;
            tag->next = *bucket;
            *bucket = tag;
        }
    }
    tags->buckets = grown.buckets;
    tags->bucket_count = grown.bucket_count;
    return true;
}

static stg_tag *find(stg_tags *tags, const char *name, size_t length)
{
    stg_tag *tag = tags->count == 0 ? NULL : *find_bucket(tags, name, length);
    while (tag != NULL && (tag->length != length || memcmp(tag->name, name, length) != 0))
        tag = tag->next;
    return tag;
}

static stg_tag *add(stg_tags *tags, const char *name, size_t length)
{
    if (!grow(tags))
        return NULL;
    stg_tag *tag = stg_arena_alloc(&tags->memory, sizeof *tag);
    const char *copy = stg_arena_copy(&tags->memory, name, length);
    if (tag == NULL || copy == NULL)
        return NULL;
    stg_tag **bucket = find_bucket(tags, name, length);
    tag->name = copy;
    tag->length = length;
    tag->normal = tag;
    tag->next = *bucket;
    *bucket = tag;
    tags->count++;
    return tag;
}

/* Adds a tag whose normal form has another name, together with that. */
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
