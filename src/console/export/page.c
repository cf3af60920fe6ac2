/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/export/page.h"

#include <stdlib.h>

#include "base/memory/grow.h"
#include "base/text/utf8.h"

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
    return classes->items[number - 1]->rules;
}

size_t stg_export_class(stg_export_classes *classes, const char *rules)
{
    const stg_export_rule_set *known = stg_names_get_text(&classes->by_rules, rules);
    if (known != NULL || classes->failed)
        return known == NULL ? 0 : known->number;
    stg_export_rule_set *set = stg_arena_alloc(&classes->memory, sizeof *set);
    const char *copy = stg_arena_text(&classes->memory, rules);
    if (set == NULL || copy == NULL ||
        !stg_grow(&classes->items, &classes->capacity, classes->count + 1, sizeof set) ||
        !stg_names_put_text(&classes->by_rules, copy, set)) {
        classes->failed = true;
        return 0;
    }
    classes->items[classes->count] = set;
    *set = (stg_export_rule_set){.rules = copy, .number = ++classes->count};
    return set->number;
}

void stg_export_classes_free(stg_export_classes *classes, stg_buf *whole)
{
    if (classes->failed)
        whole->failure = STAGED_NO_MEMORY;
    stg_names_free(&classes->by_rules);
    free(classes->items);
    stg_arena_free(&classes->memory);
}
