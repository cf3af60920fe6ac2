/* SPDX-License-Identifier: BSD-3-Clause */
#include "tool/compare/items.h"

#include <stdlib.h>
#include <string.h>

#include "tool/record/json.h"

/* An item by what it is known by.
 *   order  in which they ended */
typedef struct known {
    const char *stage;
    int64_t number;
    const char *item;
    int64_t attempt;
    size_t order;
    const json_t *event;
} known;

typedef struct known_items {
    known *all;
    size_t count;
} known_items;

/* By what they are known by alone. */
static int compare_keys(const known *a, const known *b)
{
    const int stages = strcmp(a->stage, b->stage);
    if (stages != 0)
        return stages;
    if (a->number != b->number)
        return a->number < b->number ? -1 : 1;
    return strcmp(a->item, b->item);
}

static int compare(const void *left, const void *right)
{
    const known *a = left, *b = right;
    const int keys = compare_keys(a, b);
    return keys != 0 ? keys : a->order < b->order ? -1 : 1;
}

static void collect(known_items *items, const tool_record *record)
{
    for (size_t i = 0; i < record->eaches.count; i++) {
        const tool_each *each = &record->eaches.all[i];
        for (size_t j = 0; j < each->item_count; j++) {
            const json_t *event = each->items[j];
            if (tool_json_bool(event, "hidden", false))
                continue;
            items->all = sh_grown(items->all, items->count, sizeof *items->all);
            items->all[items->count] = (known){.stage = tool_json_text(event, "stage", ""),
                                               .number = tool_json_int(event, "each", 0),
                                               .item = tool_json_text(event, "item", ""),
                                               .attempt = tool_json_int(event, "attempt", 0),
                                               .order = items->count,
                                               .event = event};
            items->count++;
        }
    }
    if (items->count > 0)
        qsort(items->all, items->count, sizeof *items->all, compare);
}

/* The one that counts of those that are the same.
 *   at  where they begin; receives where the next ones do */
static const known *take_same(const known_items *items, size_t *at)
{
    size_t end = *at + 1;
    while (end < items->count && compare_keys(&items->all[*at], &items->all[end]) == 0)
        end++;
    const known *found = &items->all[end - 1];
    for (size_t i = end - 1; i > *at && items->all[i - 1].attempt == found->attempt; i--) {
        if (tool_item_has_failed(items->all[i - 1].event))
            found = &items->all[i - 1];
    }
    *at = end;
    return found;
}

static void add_text(sh_text *text, const json_t *item)
{
    const char *outcome = tool_json_text(item, "outcome", "did not end");
    char *result = tool_item_result(item);
    sh_text_addf(text, "%s", outcome);
    if (tool_item_has_failed(item) && strcmp(result, outcome) != 0)
        sh_text_addf(text, " (%s)", result);
    free(result);
}

static void tell(const known *a, const known *b, tool_items_function *take, void *context)
{
    sh_text name = {0}, texts[2] = {{0}};
    sh_text_addf(&name, "%s%s", a->stage, *a->stage == '\0' ? "" : ": ");
    tool_item_add_name(&name, a->event);
    add_text(&texts[0], a->event);
    add_text(&texts[1], b->event);
    take(context, sh_text_of(&name), (const char *const[]){texts[0].bytes, texts[1].bytes});
    sh_text_free(&name);
    sh_text_free(&texts[0]);
    sh_text_free(&texts[1]);
}

void tool_items_compare(const tool_record *a, const tool_record *b, tool_items_function *take,
                        void *context)
{
    known_items left = {0}, right = {0};
    collect(&left, a);
    collect(&right, b);
    for (size_t i = 0, j = 0; i < left.count && j < right.count;) {
        const int order = compare_keys(&left.all[i], &right.all[j]);
        const known *one = order <= 0 ? take_same(&left, &i) : NULL;
        const known *other = order >= 0 ? take_same(&right, &j) : NULL;
        if (one != NULL && other != NULL &&
            tool_item_has_failed(one->event) != tool_item_has_failed(other->event))
            tell(one, other, take, context);
    }
    free(left.all);
    free(right.all);
}
