/* SPDX-License-Identifier: BSD-3-Clause */
#include "record/past/past_items.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory/grow.h"
#include "record/format/sha256.h"

/* The first bytes of a hash. */
static void take_digest(stg_sha256 *hash, uint64_t *numbers, size_t count)
{
    enum { DIGITS = 16 };
    char hex[STG_SHA256_HEX_SIZE];
    char digits[DIGITS + 1] = "";
    stg_sha256_end(hash, hex);
    for (size_t i = 0; i < count; i++) {
        memcpy(digits, hex + i * DIGITS, DIGITS);
        numbers[i] = strtoull(digits, NULL, 16);
    }
}

static uint64_t hash_of_stage(const char *stage)
{
    stg_sha256 hash;
    uint64_t number;
    stg_sha256_begin(&hash);
    stg_sha256_add(&hash, stage, strlen(stage));
    take_digest(&hash, &number, 1);
    return number;
}

static stg_past_item make(const char *stage, int64_t number, const char *item)
{
    stg_past_item made = {.stage = hash_of_stage(stage), .left = 1};
    stg_sha256 hash;
    stg_sha256_begin(&hash);
    stg_sha256_add(&hash, &made.stage, sizeof made.stage);
    stg_sha256_add(&hash, &number, sizeof number);
    stg_sha256_add(&hash, item, strlen(item));
    take_digest(&hash, made.key, 2);
    return made;
}

bool stg_past_items_add(stg_past_items *items, const char *stage, int64_t number, const char *item)
{
    if (!stg_grow(&items->items, &items->capacity, items->count + 1, sizeof *items->items))
        return false;
    items->items[items->count++] = make(stage, number, item);
    return true;
}

static int compare(const void *a, const void *b)
{
    const stg_past_item *first = a, *second = b;
    for (int i = 0; i < 2; i++) {
        if (first->key[i] != second->key[i])
            return first->key[i] < second->key[i] ? -1 : 1;
    }
    return 0;
}

/* Puts them in order, and equal ones together. */
static void sort(stg_past_items *items)
{
    items->is_sorted = true;
    if (items->count == 0)
        return;
    qsort(items->items, items->count, sizeof *items->items, compare);
    size_t last = 0;
    for (size_t i = 1; i < items->count; i++) {
        if (compare(&items->items[last], &items->items[i]) == 0)
            items->items[last].left++;
        else
            items->items[++last] = items->items[i];
    }
    items->count = last + 1;
}

bool stg_past_items_take(stg_past_items *items, const char *stage, int64_t number, const char *item)
{
    if (!items->is_sorted)
        sort(items);
    const stg_past_item wanted = make(stage, number, item);
    stg_past_item *found = items->count == 0 ? NULL
                                             : bsearch(&wanted, items->items, items->count,
                                                       sizeof *items->items, compare);
    if (found == NULL || found->left == 0)
        return false;
    found->left--;
    return true;
}

void stg_past_items_forget(stg_past_items *items, const char *stage)
{
    const uint64_t hash = hash_of_stage(stage);
    size_t kept = 0;
    for (size_t i = 0; i < items->count; i++) {
        if (items->items[i].stage != hash)
            items->items[kept++] = items->items[i];
    }
    items->count = kept;
}

void stg_past_items_free(stg_past_items *items)
{
    free(items->items);
    *items = (stg_past_items){0};
}
