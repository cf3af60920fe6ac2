/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/unicode/unicode.h"

#include <string.h>

#include "base/memory/search.h"
#include "base/text/utf8.h"
#include "base/unicode/unicode_tables.h"

static bool ends_before(const void *row, const void *character)
{
    return ((const stg_char_range *)row)->last < *(const uint32_t *)character;
}

/* The row that holds the character, or NULL; its first member is a range. */
static const void *find(const void *rows, size_t count, size_t size, uint32_t character)
{
    const size_t at = stg_search(rows, count, size, ends_before, &character);
    const char *row = (const char *)rows + at * size;
    return at < count && ((const stg_char_range *)row)->first <= character ? row : NULL;
}

static const stg_char_range *find_range(const stg_char_range *ranges, size_t count,
                                        uint32_t character)
{
    return find(ranges, count, sizeof *ranges, character);
}

bool stg_is_printable(uint32_t character)
{
    if (character < 0x80)
        return character >= ' ' && character != 0x7F;
    return find_range(stg_hidden_ranges, stg_hidden_range_count, character) == NULL;
}

bool stg_is_word(uint32_t character)
{
    if (character < 0x80)
        return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
               (character >= '0' && character <= '9') || character == '_';
    return find_range(stg_word_ranges, stg_word_range_count, character) != NULL;
}

bool stg_is_space(uint32_t character)
{
    if (character < 0x80)
        return (character >= 0x9 && character <= 0xD) || (character >= 0x1C && character <= ' ');
    return character == 0x85 || character == 0xA0 || character == 0x1680 ||
           (character >= 0x2000 && character <= 0x200A) || character == 0x2028 ||
           character == 0x2029 || character == 0x202F || character == 0x205F || character == 0x3000;
}

bool stg_ends_line(uint32_t character)
{
    return (character >= '\n' && character <= '\r') || (character >= 0x1C && character <= 0x1E) ||
           character == 0x85 || character == 0x2028 || character == 0x2029;
}

int stg_digit_value(uint32_t character)
{
    if (character < 0x80)
        return character >= '0' && character <= '9' ? (int)(character - '0') : -1;
    const stg_char_range *range = find_range(stg_digit_ranges, stg_digit_range_count, character);
    /* Each range consists of whole sets of ten. */
    return range == NULL ? -1 : (int)((character - range->first) % 10);
}

static bool precedes(const void *row, const void *character)
{
    return ((const stg_upper_special *)row)->character < *(const uint32_t *)character;
}

static bool add_special_upper(stg_buf *out, uint32_t character)
{
    const size_t at = stg_search(stg_upper_specials, stg_upper_special_count,
                                 sizeof *stg_upper_specials, precedes, &character);
    if (at == stg_upper_special_count || stg_upper_specials[at].character != character)
        return false;
    for (size_t i = 0; i < 3 && stg_upper_specials[at].upper[i] != 0; i++)
        stg_buf_add_codepoint(out, stg_upper_specials[at].upper[i]);
    return true;
}

static uint32_t simple_upper(uint32_t character)
{
    const stg_upper_run *run =
        find(stg_upper_runs, stg_upper_run_count, sizeof *stg_upper_runs, character);
    if (run == NULL || (character - run->range.first) % run->step != 0)
        return character;
    return (uint32_t)((int64_t)character + run->delta);
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
