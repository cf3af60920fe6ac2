/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/export/page.h"

#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "base/hash.h"
#include "base/utf8.h"

void stg_export_color(stg_buf *out, staged_rgb rgb)
{
    stg_buf_addf(out, "#%02x%02x%02x", (unsigned)rgb.red, (unsigned)rgb.green, (unsigned)rgb.blue);
}

static void escape_one(stg_buf *out, uint32_t codepoint, bool keep_blanks)
{
    switch (codepoint) {
    case '&':
        stg_buf_add_text(out, "&amp;");
        break;
    case '<':
        stg_buf_add_text(out, "&lt;");
        break;
    case '>':
        stg_buf_add_text(out, "&gt;");
        break;
    case '"':
        stg_buf_add_text(out, "&quot;");
        break;
    case '\'':
        stg_buf_add_text(out, "&#x27;");
        break;
    case ' ':
        stg_buf_add_text(out, keep_blanks ? "&#160;" : " ");
        break;
    default:
        if (codepoint >= 0x20 || codepoint == '\t')
            stg_buf_add_codepoint(
                out, codepoint >= 0xFFFE && codepoint <= 0xFFFF ? STG_UTF8_REPLACEMENT : codepoint);
    }
}

void stg_export_escape(stg_buf *out, const char *text, size_t length, bool keep_blanks)
{
    for (size_t i = 0; i < length;) {
        uint32_t codepoint;
        i += stg_utf8_decode(text + i, length - i, &codepoint);
        escape_one(out, codepoint, keep_blanks);
    }
}

void stg_export_end(stg_ansi *ansi, stg_buf *whole)
{
    if (ansi->failed)
        whole->failure = STAGED_NO_MEMORY;
    stg_ansi_free(ansi);
}

void stg_export_clear(stg_buf *part, staged_status *failure)
{
    if (part->failure != STAGED_OK)
        *failure = part->failure;
    stg_buf_clear(part);
}

void stg_export_free(stg_buf *part, staged_status failure, stg_buf *whole)
{
    if (part->failure != STAGED_OK)
        failure = part->failure;
    if (failure != STAGED_OK)
        whole->failure = failure;
    stg_buf_free(part);
}

const char *stg_export_rules(const stg_export_classes *classes, size_t number)
{
    return stg_buf_text(&classes->rules) + classes->starts[number - 1];
}

/* Where these rules are, or would be. */
static size_t *find_slot(const stg_export_classes *classes, const char *rules)
{
    size_t i = stg_hash(STG_HASH_BEGIN, rules, strlen(rules)) % classes->slot_count;
    while (classes->slots[i] != 0 &&
           strcmp(stg_export_rules(classes, classes->slots[i]), rules) != 0)
        i = (i + 1) % classes->slot_count;
    return &classes->slots[i];
}

/* Room for one more, with at least as many slots left free. */
static bool make_room(stg_export_classes *classes)
{
    if (!stg_grow(&classes->starts, &classes->capacity, classes->count + 1,
                  sizeof *classes->starts))
        return false;
    if (2 * (classes->count + 1) <= classes->slot_count)
        return true;
    stg_export_classes grown = *classes;
    grown.slot_count = 2 * classes->slot_count + 64;
    grown.slots = calloc(grown.slot_count, sizeof *grown.slots);
    if (grown.slots == NULL)
        return false;
    for (size_t i = 1; i <= classes->count; i++)
        *find_slot(&grown, stg_export_rules(classes, i)) = i;
    free(classes->slots);
    *classes = grown;
    return true;
}

size_t stg_export_class(stg_export_classes *classes, const char *rules)
{
    classes->failed = classes->failed || !make_room(classes);
    if (classes->failed)
        return 0;
    size_t *slot = find_slot(classes, rules);
    if (*slot != 0)
        return *slot;
    classes->starts[classes->count] = classes->rules.length;
    stg_buf_add(&classes->rules, rules, strlen(rules) + 1);
    classes->failed = classes->rules.failure != STAGED_OK;
    if (!classes->failed)
        *slot = ++classes->count;
    return classes->count;
}

void stg_export_classes_free(stg_export_classes *classes, stg_buf *whole)
{
    if (classes->failed)
        whole->failure = STAGED_NO_MEMORY;
    stg_buf_free(&classes->rules);
    free(classes->starts);
    free(classes->slots);
}
