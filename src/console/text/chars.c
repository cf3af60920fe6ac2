/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/text/chars.h"

#include <string.h>

#include "base/text/utf8.h"
#include "base/unicode/cells.h"
#include "base/unicode/unicode.h"

size_t stg_chars_trimmed(const char *text, size_t length)
{
    while (length > 0) {
        size_t start = length - 1;
        while (start > 0 && (text[start] & 0xC0) == 0x80)
            start--;
        uint32_t codepoint;
        if (start + stg_utf8_decode(text + start, length - start, &codepoint) != length ||
            !stg_is_space(codepoint))
            break;
        length = start;
    }
    return length;
}

/* What replaces a character; 0 for nothing. */
static uint32_t replacement(uint32_t codepoint)
{
    switch (codepoint) {
    case '\a':
    case '\b':
    case '\v':
    case '\f':
    case '\r':
        return 0;
    case 0x7F:
        return 0x2421;
    default:
        break;
    }
    /* Separators have no effect on a terminal, and Rich breaks lines at them. */
    if (codepoint < 0x20 && codepoint != '\n' && codepoint != '\t' &&
        !(codepoint >= 0x1C && codepoint <= 0x1F))
        return 0x2400 + codepoint;
    return codepoint >= 0x80 && codepoint < 0xA0 ? STG_UTF8_REPLACEMENT : codepoint;
}

size_t stg_chars_clean(const char *text, size_t length, char *out, bool *plain)
{
    *plain = stg_cells_plain(text, length);
    if (*plain) {
        if (length > 0)
            memcpy(out, text, length);
        return length;
    }
    char *end = out;
    for (size_t i = 0; i < length;) {
        if (text[i] >= 0x20 && text[i] < 0x7F) {
            *end++ = text[i++];
            continue;
        }
        uint32_t codepoint;
        i += stg_utf8_decode(text + i, length - i, &codepoint);
        codepoint = replacement(codepoint);
        if (codepoint != 0)
            end += stg_utf8_encode(codepoint, end);
    }
    return (size_t)(end - out);
}
