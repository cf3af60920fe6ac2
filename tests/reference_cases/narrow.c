/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Python counts characters where we count columns.  In a case whose wide characters, and those that
 * take no column, are others of one column each, both are the same: so that all else of it can be
 * compared.  That columns are counted is tested in tests/args. */
#include <string.h>

#include "base/text/buf.h"
#include "base/text/utf8.h"
#include "base/unicode/cells.h"
#include "base/unicode/unicode.h"
#include "narrow.h"

enum {
    MOST = 256,
    SPACE = 0x2003,
    FIRST_LETTER = 0x1401, /* Canadian syllables: letters without capitals */
    FIRST_SYMBOL = 0x2800, /* dots of Braille */
    FIRST_HIDDEN = 0xE000  /* of private use: they are written as escapes */
};

/* The characters that were replaced, in the order in which they were met. */
typedef struct replaced {
    bool keeps_line_ends;
    uint32_t characters[MOST];
    size_t count;
} replaced;

static size_t number_of(replaced *r, uint32_t character)
{
    size_t i = 0;
    while (i < r->count && r->characters[i] != character)
        i++;
    if (i == r->count && r->count < MOST)
        r->characters[r->count++] = character;
    return i;
}

static uint32_t narrow(replaced *r, uint32_t character)
{
    if (character < 0x80 || stg_cell_width(character) == 1)
        return character;
    if (stg_is_space(character))
        return r->keeps_line_ends && stg_cell_width(character) == 0 ? character : SPACE;
    const uint32_t number = (uint32_t)number_of(r, character);
    if (number == MOST)
        return character;
    return number + (stg_is_word(character)        ? FIRST_LETTER
                     : stg_is_printable(character) ? FIRST_SYMBOL
                                                   : FIRST_HIDDEN);
}

static void add_narrowed(stg_buf *out, replaced *r, const char *text, size_t length)
{
    for (size_t i = 0; i < length;) {
        uint32_t character;
        i += stg_utf8_decode(text + i, length - i, &character);
        stg_buf_add_codepoint(out, narrow(r, character));
    }
}

static json_t *narrowed(replaced *r, const json_t *json)
{
    stg_buf text = {0};
    json_t *copy;
    if (json_is_string(json)) {
        add_narrowed(&text, r, json_string_value(json), json_string_length(json));
        copy = json_stringn(stg_buf_text(&text), text.length);
    } else if (json_is_array(json)) {
        copy = json_array();
        for (size_t i = 0; i < json_array_size(json); i++)
            json_array_append_new(copy, narrowed(r, json_array_get(json, i)));
    } else if (json_is_object(json)) {
        const char *key;
        json_t *value;
        copy = json_object();
        json_object_foreach((json_t *)(uintptr_t)json, key, value)
        {
            stg_buf_clear(&text);
            add_narrowed(&text, r, key, strlen(key));
            json_object_set_new(copy, stg_buf_text(&text), narrowed(r, value));
        }
    } else {
        copy = json_copy((json_t *)(uintptr_t)json);
    }
    stg_buf_free(&text);
    return copy;
}

json_t *reference_narrowed(const json_t *test_case, bool keeps_line_ends)
{
    replaced r = {.keeps_line_ends = keeps_line_ends};
    return narrowed(&r, test_case);
}
