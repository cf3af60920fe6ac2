/* SPDX-License-Identifier: BSD-3-Clause */
#include "record/past/past_items.h"

#include <limits.h>
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
    stg_past_item *added = &items->items[items->count++];
    *added = make(stage, number, item);
    added->record = items->record;
    return true;
}

bool stg_past_items_add_late(stg_past_items *items, const char *stage, int64_t number,
                             const char *item)
{
    items->record = UINT_MAX;
    items->is_sorted = false;
    return stg_past_items_add(items, stage, number, item);
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

static int compare_all(const void *a, const void *b)
{
    const stg_past_item *first = a, *second = b;
    const int by_key = compare(a, b);
    return by_key != 0 ? by_key
                       : (first->record > second->record) - (first->record < second->record);
}

/* Leaves one of each of `items`, in order: with how many there are. */
static size_t join_equal(stg_past_item *items, size_t count, bool of_records)
{
    size_t last = 0;
    for (size_t i = 1; i < count; i++) {
        const bool is_equal = compare(&items[last], &items[i]) == 0;
        if (is_equal && of_records)
            items[last].left = items[i].left > items[last].left ? items[i].left : items[last].left;
        else if (is_equal && items[last].record == items[i].record)
            items[last].left++;
        else
            items[++last] = items[i];
    }
    return last + 1;
}

/* Puts them in order, and equal ones together. */
static void sort(stg_past_items *items)
{
    items->is_sorted = true;
    if (items->count == 0)
        return;
    qsort(items->items, items->count, sizeof *items->items, compare_all);
    items->count = join_equal(items->items, items->count, false);
    items->count = join_equal(items->items, items->count, true);
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
