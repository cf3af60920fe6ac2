/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/values/unicode.h"

#include <string.h>

#include "base/utf8.h"

/* The range that holds the character, or NULL. */
static const stg_unicode_range *find(const stg_unicode_range *ranges, size_t count,
                                     uint32_t character)
{
    size_t low = 0;
    while (low < count) {
        const size_t middle = low + (count - low) / 2;
        if (character > ranges[middle].last)
            low = middle + 1;
        else if (character < ranges[middle].first)
            count = middle;
        else
            return &ranges[middle];
    }
    return NULL;
}

bool stg_is_printable(uint32_t character)
{
    if (character < 0x7F)
        return character >= ' ';
    return find(stg_unicode_hidden, stg_unicode_hidden_count, character) == NULL;
}

bool stg_is_word(uint32_t character)
{
    if (character < 0x80)
        return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
               (character >= '0' && character <= '9') || character == '_';
    return find(stg_unicode_word, stg_unicode_word_count, character) != NULL;
}

bool stg_is_space(uint32_t character)
{
    if (character < 0x80)
        return (character >= 0x9 && character <= 0xD) || (character >= 0x1C && character <= ' ');
    return character == 0x85 || character == 0xA0 || character == 0x1680 ||
           (character >= 0x2000 && character <= 0x200A) || character == 0x2028 ||
           character == 0x2029 || character == 0x202F || character == 0x205F || character == 0x3000;
}

int stg_digit_value(uint32_t character)
{
    if (character < 0x80)
        return character >= '0' && character <= '9' ? (int)(character - '0') : -1;
    const stg_unicode_range *range = find(stg_unicode_digit, stg_unicode_digit_count, character);
    /* Every range is made of whole sets of ten. */
    return range == NULL ? -1 : (int)((character - range->first) % 10);
}

static bool add_special_upper(stg_buf *out, uint32_t character)
{
    size_t low = 0;
    size_t high = stg_unicode_special_count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const stg_unicode_upper_special *special = &stg_unicode_special[middle];
        if (character == special->character) {
            for (size_t i = 0; i < 3 && special->upper[i] != 0; i++)
                stg_buf_add_codepoint(out, special->upper[i]);
            return true;
        }
        if (character > special->character)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

static uint32_t simple_upper(uint32_t character)
{
    size_t low = 0;
    size_t high = stg_unicode_upper_count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const stg_unicode_upper_run *run = &stg_unicode_upper[middle];
        if (character > run->last)
            low = middle + 1;
        else if (character < run->first)
            high = middle;
        else if ((character - run->first) % run->step == 0)
            return (uint32_t)((int64_t)character + run->delta);
        else
            return character;
    }
    return character;
}

void stg_add_upper(stg_buf *out, const char *text)
{
    const char *end = text + strlen(text);
    while (text < end) {
        if ((unsigned char)*text < 0x80) {
            stg_buf_add_char(out, *text >= 'a' && *text <= 'z' ? (char)(*text - 'a' + 'A') : *text);
            text++;
            continue;
        }
        uint32_t character;
        const size_t used = stg_utf8_decode(text, (size_t)(end - text), &character);
        if (used == 1)
            stg_buf_add_char(out, *text);
        else if (!add_special_upper(out, character))
            stg_buf_add_codepoint(out, simple_upper(character));
        text += used;
    }
}

void stg_strip(const char **text, size_t *length)
{
    uint32_t character;
    size_t end = 0;
    size_t start = *length;
    for (size_t i = 0; i < *length;) {
        const size_t used = stg_utf8_decode(*text + i, *length - i, &character);
        if (!stg_is_space(character)) {
            start = i < start ? i : start;
            end = i + used;
        }
        i += used;
    }
    *text += end == 0 ? 0 : start;
    *length = end == 0 ? 0 : end - start;
}

static void add_escaped(stg_buf *out, uint32_t character)
{
    if (character == '\t')
        stg_buf_add_text(out, "\\t");
    else if (character == '\n')
        stg_buf_add_text(out, "\\n");
    else if (character == '\r')
        stg_buf_add_text(out, "\\r");
    else if (character <= 0xFF)
        stg_buf_addf(out, "\\x%02x", (unsigned)character);
    else if (character <= 0xFFFF)
        stg_buf_addf(out, "\\u%04x", (unsigned)character);
    else
        stg_buf_addf(out, "\\U%08x", (unsigned)character);
}

void stg_add_repr(stg_buf *out, const char *text, size_t length)
{
    const bool single = memchr(text, '\'', length) != NULL;
    const char quote = single && memchr(text, '"', length) == NULL ? '"' : '\'';
    stg_buf_add_char(out, quote);
    for (size_t i = 0; i < length;) {
        uint32_t character;
        const size_t used = stg_utf8_decode(text + i, length - i, &character);
        if (used == 1 && (unsigned char)text[i] >= 0x80)
            stg_buf_addf(out, "\\udc%02x", (unsigned)(unsigned char)text[i]); /* a broken byte */
        else if (text[i] == quote || text[i] == '\\')
            stg_buf_addf(out, "\\%c", text[i]);
        else if (stg_is_printable(character))
            stg_buf_add(out, text + i, used);
        else
            add_escaped(out, character);
        i += used;
    }
    stg_buf_add_char(out, quote);
}
