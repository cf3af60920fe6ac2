/* SPDX-License-Identifier: BSD-3-Clause */
#include "tool/record/each.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "tool/record/json.h"

/* ---- Events ---- */

static void begin(tool_eaches *eaches, const json_t *event)
{
    eaches->all = sh_grown(eaches->all, eaches->count, sizeof *eaches->all);
    eaches->all[eaches->count++] = (tool_each){.begin = event};
}

/* The one that an event is about; from the last on, as most are about that.  NULL: its beginning is
 * not in the record. */
static tool_each *find(const tool_eaches *eaches, const json_t *event, const char *member)
{
    const int64_t number = tool_json_int(event, member, 0);
    const int64_t attempt = tool_json_int(event, "attempt", 0);
    const char *stage = tool_json_text(event, "stage", "");
    for (size_t i = eaches->count; i > 0; i--) {
        const json_t *other = eaches->all[i - 1].begin;
        if (tool_json_int(other, "number", 0) == number &&
            tool_json_int(other, "attempt", 0) == attempt &&
            strcmp(tool_json_text(other, "stage", ""), stage) == 0)
            return &eaches->all[i - 1];
    }
    return NULL;
}

static void take_item(tool_each *each, const json_t *item)
{
    const bool has_failed = tool_item_has_failed(item);
    const bool is_earlier = !has_failed && tool_json_bool(item, "earlier", false);
    each->items = sh_grown(each->items, each->item_count, sizeof *each->items);
    each->items[each->item_count++] = item;
    each->failed += has_failed;
    each->earlier += is_earlier;
    each->passed += !has_failed && !is_earlier;
    each->retried += !has_failed && tool_json_int(item, "attempts", 0) > 1;
}

void tool_eaches_add(tool_eaches *eaches, const json_t *event)
{
    const bool is_item = tool_json_is(event, "item");
    if (tool_json_is(event, "each_begin"))
        begin(eaches, event);
    else if (is_item || tool_json_is(event, "each_end")) {
        tool_each *each = find(eaches, event, is_item ? "each" : "number");
        if (each != NULL && is_item)
            take_item(each, event);
        else if (each != NULL)
            each->end = event;
    }
}

void tool_eaches_free(tool_eaches *eaches)
{
    for (size_t i = 0; i < eaches->count; i++)
        free(eaches->all[i].items);
    free(eaches->all);
    *eaches = (tool_eaches){0};
}

/* ---- Totals ---- */

int64_t tool_each_total(const tool_each *each)
{
    const int64_t not_run = tool_json_int(each->end, "not_run", 0);
    return tool_json_int(each->begin, "total",
                         each->end == NULL ? -1 : (int64_t)each->item_count + not_run);
}

int64_t tool_each_not_run(const tool_each *each)
{
    const int64_t total = tool_each_total(each);
    const int64_t others = total - (int64_t)each->item_count;
    return tool_json_int(each->end, "not_run", total < 0 || others < 0 ? 0 : others);
}

void tool_each_add_totals(sh_text *text, const tool_each *each)
{
    const int64_t total = tool_each_total(each);
    if (each->end == NULL && total < 0)
        sh_text_addf(text, "%zu ended: ", each->item_count);
    else if (each->end == NULL)
        sh_text_addf(text, "%zu of %" PRId64 " ended: ", each->item_count, total);
    sh_text_addf(text, "%zu passed", each->passed);
    if (each->retried > 0)
        sh_text_addf(text, ", %zu of them after a retry", each->retried);
    if (each->earlier > 0)
        sh_text_addf(text, ", %zu had passed before", each->earlier);
    if (each->failed > 0)
        sh_text_addf(text, ", %zu failed", each->failed);
    if (each->end != NULL && tool_each_not_run(each) > 0)
        sh_text_addf(text, ", %" PRId64 " not run", tool_each_not_run(each));
}

/* ---- Items ---- */

tool_item_time tool_item_ran(const tool_each *each, const json_t *item)
{
    const int64_t earliest_ns = tool_json_int(each->begin, "elapsed_ns", 0);
    const int64_t ended_ns = tool_json_int(item, "elapsed_ns", earliest_ns);
    const int64_t began_ns = ended_ns - tool_json_int(item, "duration_ns", 0);
    tool_item_time time = {.began_ns = began_ns < earliest_ns ? earliest_ns : began_ns};
    time.duration_ns = ended_ns < time.began_ns ? 0 : ended_ns - time.began_ns;
    return time;
}

bool tool_item_has_failed(const json_t *item)
{
    return strcmp(tool_json_text(item, "outcome", ""), "passed") != 0;
}

void tool_item_add_name(sh_text *text, const json_t *item)
{
    enum { LONGEST = 160 };
    const char *name = tool_json_text(item, "item", "");
    const size_t length = strlen(name);
    size_t end = length < LONGEST ? length : LONGEST;
    /* Not within a character. */
    while (end > 0 && end < length && ((unsigned char)name[end] & 0xc0) == 0x80)
        end--;
    sh_text_add(text, name, end);
    sh_text_addf(text, "%s", length == 0 ? "''" : end < length ? "..." : "");
}

const json_t *tool_each_next_failed(const tool_each *each, size_t *at)
{
    while (*at < each->item_count) {
        const json_t *item = each->items[(*at)++];
        if (tool_item_has_failed(item))
            return item;
    }
    return NULL;
}
