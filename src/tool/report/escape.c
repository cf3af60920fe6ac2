/* SPDX-License-Identifier: BSD-3-Clause */
#include "tool/report/escape.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

enum { REPLACEMENT = 0xfffd, CONTROL_PICTURES = 0x2400 };

size_t tool_character(const char *at, const char *end, uint32_t *code)
{
    const unsigned char first = (unsigned char)*at;
    const size_t length = first < 0x80                    ? 1
                          : first >= 0xc2 && first < 0xe0 ? 2
                          : first >= 0xe0 && first < 0xf0 ? 3
                          : first >= 0xf0 && first < 0xf5 ? 4
                                                          : 0;
    static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    *code = REPLACEMENT;
    if (length == 0 || (size_t)(end - at) < length)
        return 1;
    uint32_t found = length == 1 ? first : first & (0x7fu >> length);
    for (size_t i = 1; i < length; i++) {
        if (((unsigned char)at[i] & 0xc0) != 0x80)
            return 1;
        found = found << 6 | ((unsigned char)at[i] & 0x3f);
    }
    if (found < smallest[length] || found > 0x10ffff || (found >= 0xd800 && found < 0xe000))
        return 1;
    *code = found;
    return length;
}

/* What stands for a character that cannot be shown as it is; 0: it can. */
static uint32_t substitute_of(uint32_t code)
{
    if (code == '\n' || code == '\t')
        return 0;
    if (code < 0x20)
        return CONTROL_PICTURES + code;
    if (code == 0x7f)
        return CONTROL_PICTURES + 0x21;
    const bool is_control = code >= 0x80 && code < 0xa0;
    const bool is_direction = (code >= 0x202a && code <= 0x202e) ||
                              (code >= 0x2066 && code <= 0x2069) || code == 0x200e ||
                              code == 0x200f;
    return is_control || is_direction || code == REPLACEMENT || (code & 0xfffe) == 0xfffe
               ? REPLACEMENT
               : 0;
}

/* Adds a character of the plane in which the substitutes are. */
static void add_substitute(sh_text *out, uint32_t code)
{
    const char bytes[] = {(char)(0xe0 | code >> 12), (char)(0x80 | (code >> 6 & 0x3f)),
                          (char)(0x80 | (code & 0x3f))};
    sh_text_add(out, bytes, sizeof bytes);
}

static const char *entity_of(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

static bool is_plain(char c)
{
    return ((unsigned char)c >= 0x20 && (unsigned char)c < 0x7f && entity_of(c) == NULL) ||
           c == '\n' || c == '\t';
}

static void add(sh_text *out, const char *text, size_t length, bool has_entities)
{
    const char *end = text + length;
    while (text < end) {
        const char *stop = text;
        while (stop < end && is_plain(*stop))
            stop++;
        sh_text_add(out, text, (size_t)(stop - text));
        text = stop;
        if (text == end)
            break;
        uint32_t code;
        const size_t size = tool_character(text, end, &code);
        const char *entity = has_entities ? entity_of(*text) : NULL;
        const uint32_t substitute = substitute_of(code);
        if (entity != NULL)
            sh_text_add(out, entity, strlen(entity));
        else if (substitute != 0)
            add_substitute(out, substitute);
        else
            sh_text_add(out, text, size);
        text += size;
    }
}

void tool_escape(sh_text *out, const char *text, size_t length)
{
    add(out, text, length, true);
}

void tool_escape_controls(sh_text *out, const char *text, size_t length)
{
    add(out, text, length, false);
}

void tool_escape_text(sh_text *out, const char *text)
{
    tool_escape(out, text, strlen(text));
}

void tool_escape_attribute(sh_text *out, const char *text)
{
    for (;;) {
        const size_t length = strcspn(text, "\n\t");
        tool_escape(out, text, length);
        if (text[length] == '\0')
            return;
        sh_text_addf(out, "&#%d;", text[length]);
        text += length + 1;
    }
}

void tool_escape_markdown(sh_text *out, const char *text)
{
    const char *end = text + strlen(text);
    while (text < end) {
        uint32_t code;
        const size_t size = tool_character(text, end, &code);
        const uint32_t substitute = substitute_of(code);
        if (*text == '&' || *text == '<')
            sh_text_addf(out, "%s", entity_of(*text));
        else if (isspace((unsigned char)*text))
            sh_text_add(out, " ", 1);
        else if (substitute != 0)
            add_substitute(out, substitute);
        else if (size == 1 && strchr("\\`*_{}[]()#+-.!|~>@:", *text) != NULL)
            sh_text_addf(out, "\\%c", *text);
        else
            sh_text_add(out, text, size);
        text += size;
    }
}

void tool_escape_path(sh_text *out, const char *path)
{
    for (; *path != '\0'; path++) {
        if (isalnum((unsigned char)*path) || strchr("/-_.~", *path) != NULL)
            sh_text_add(out, path, 1);
        else
            sh_text_addf(out, "%%%02X", (unsigned char)*path);
    }
}
