/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/export.h"

#include <string.h>

#include "base/utf8.h"
#include "console/ansi.h"

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

void stg_export_clear(stg_buf *part, staged_status *failure)
{
    if (part->failure != 0)
        *failure = part->failure;
    stg_buf_clear(part);
}

void stg_export_free(stg_buf *part, staged_status failure, stg_buf *whole)
{
    if (part->failure != 0)
        failure = part->failure;
    if (failure != 0)
        whole->failure = failure;
    stg_buf_free(part);
}

size_t stg_export_class(stg_export_classes *classes, const char *rules)
{
    const char *known = stg_buf_text(&classes->rules);
    for (size_t i = 0; i < classes->count; i++) {
        if (strcmp(known, rules) == 0)
            return i + 1;
        known += strlen(known) + 1;
    }
    stg_buf_add(&classes->rules, rules, strlen(rules) + 1);
    if (classes->rules.failure == 0)
        classes->count++;
    return classes->count;
}

void stg_export_text(stg_buf *out, const char *text, size_t length)
{
    stg_ansi ansi = {.text = text, .length = length};
    stg_ansi_run run;
    while (stg_ansi_next(&ansi, &run)) {
        if (run.length > 0)
            stg_buf_add(out, run.text, run.length);
        else
            stg_buf_add_char(out, '\n');
    }
}

char *staged_export_ansi(const char *bytes, size_t length, const staged_export_options *options)
{
    static const staged_export_options defaults = {0};
    const staged_export_options *chosen = options == NULL ? &defaults : options;
    stg_buf out = {0};
    switch (chosen->format) {
    case STAGED_EXPORT_TEXT:
        stg_export_text(&out, bytes, length);
        break;
    case STAGED_EXPORT_ANSI:
        stg_buf_add(&out, bytes, length);
        break;
    case STAGED_EXPORT_HTML:
        stg_export_html(&out, bytes, length, chosen);
        break;
    case STAGED_EXPORT_SVG:
        stg_export_svg(&out, bytes, length, chosen);
        break;
    }
    return stg_buf_take(&out);
}
