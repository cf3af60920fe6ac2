/* SPDX-License-Identifier: BSD-3-Clause */
#include "record/format/json_reading.h"

#include <stdlib.h>
#include <string.h>

/* Deeper than any line of ours. */
enum { MOST_DEPTH = 32 };

/* ---- Passing over values ---- */

static void pass_space(stg_slice *rest)
{
    while (rest->begin < rest->end && strchr(" \t\r\n", *rest->begin) != NULL &&
           *rest->begin != '\0')
        rest->begin++;
}

/* Passes over one character, with the space before it. */
static bool pass(stg_slice *rest, char c)
{
    pass_space(rest);
    if (rest->begin == rest->end || *rest->begin != c)
        return false;
    rest->begin++;
    return true;
}

static bool pass_text(stg_slice *rest)
{
    if (!pass(rest, '"'))
        return false;
    while (rest->begin < rest->end && *rest->begin != '"') {
        const size_t length = *rest->begin == '\\' ? 2 : 1;
        if ((unsigned char)*rest->begin < 0x20 || (size_t)(rest->end - rest->begin) < length)
            return false;
        rest->begin += length;
    }
    return pass(rest, '"');
}

/* A number, true, false or null. */
static bool pass_word(stg_slice *rest)
{
    const char *begin = rest->begin;
    while (rest->begin < rest->end && strchr("+-.0123456789aeflnrstuE", *rest->begin) != NULL &&
           *rest->begin != '\0')
        rest->begin++;
    return rest->begin > begin;
}

static bool pass_value(stg_slice *rest, unsigned depth);

/* A list, or an object, whose items have names. */
static bool pass_items(stg_slice *rest, unsigned depth, bool is_object)
{
    const char end = is_object ? '}' : ']';
    rest->begin++;
    if (pass(rest, end))
        return true;
    do {
        if (is_object && !(pass_text(rest) && pass(rest, ':')))
            return false;
        if (!pass_value(rest, depth))
            return false;
    } while (pass(rest, ','));
    return pass(rest, end);
}

static bool pass_value(stg_slice *rest, unsigned depth)
{
    pass_space(rest);
    if (rest->begin == rest->end || depth == MOST_DEPTH)
        return false;
    switch (*rest->begin) {
    case '{':
    case '[':
        return pass_items(rest, depth + 1, *rest->begin == '{');
    case '"':
        return pass_text(rest);
    default:
        return pass_word(rest);
    }
}

/* ---- What is in them ---- */

bool stg_json_is_whole(stg_slice line)
{
    const bool is_value = pass_value(&line, 0);
    pass_space(&line);
    return is_value && line.begin == line.end;
}

stg_slice stg_json_member(stg_slice object, const char *name)
{
    const stg_slice none = {0};
    const size_t length = strlen(name);
    if (object.begin == NULL || !pass(&object, '{'))
        return none;
    do {
        pass_space(&object);
        const char *found = object.begin;
        if (!pass_text(&object))
            return none;
        const bool is_it =
            (size_t)(object.begin - found) == length + 2 && memcmp(found + 1, name, length) == 0;
        if (!pass(&object, ':'))
            return none;
        pass_space(&object);
        const char *begin = object.begin;
        if (!pass_value(&object, 0))
            return none;
        if (is_it)
            return (stg_slice){begin, object.begin};
    } while (pass(&object, ','));
    return none;
}

bool stg_json_next_item(stg_slice *rest, stg_slice *item)
{
    if (rest->begin == NULL || !(pass(rest, '[') || pass(rest, ',')))
        return false;
    pass_space(rest);
    item->begin = rest->begin;
    if (!pass_value(rest, 0))
        return false;
    item->end = rest->begin;
    return true;
}

bool stg_json_next_member(stg_slice *rest, stg_slice *name, stg_slice *value)
{
    if (rest->begin == NULL || !(pass(rest, '{') || pass(rest, ',')))
        return false;
    pass_space(rest);
    name->begin = rest->begin;
    if (!pass_text(rest))
        return false;
    name->end = rest->begin;
    if (!pass(rest, ':'))
        return false;
    pass_space(rest);
    value->begin = rest->begin;
    if (!pass_value(rest, 0))
        return false;
    value->end = rest->begin;
    return true;
}

bool stg_json_is(stg_slice value, const char *written)
{
    const size_t length = strlen(written);
    return value.begin != NULL && (size_t)(value.end - value.begin) == length &&
           memcmp(value.begin, written, length) == 0;
}

int64_t stg_json_read_number(stg_slice value)
{
    return value.begin == NULL ? 0 : strtoll(value.begin, NULL, 10);
}

/* ---- Texts ---- */

/* Four digits; returns false if they are none. */
static bool read_unit(stg_slice *rest, uint32_t *unit)
{
    enum { DIGITS = 4 };
    *unit = 0;
    for (int i = 0; i < DIGITS; i++) {
        static const char digits[] = "0123456789abcdef";
        const char c = rest->begin < rest->end ? *rest->begin : '\0';
        const char *digit = c == '\0' ? NULL : strchr(digits, c | 0x20);
        if (digit == NULL)
            return false;
        *unit = *unit << 4 | (uint32_t)(digit - digits);
        rest->begin++;
    }
    return true;
}

/* Behind `\u`.  A byte that is no UTF-8 stands there as \udc80 to \udcff. */
static bool add_unit(stg_slice *rest, stg_buf *out)
{
    uint32_t unit;
    uint32_t second;
    if (!read_unit(rest, &unit))
        return false;
    if (unit >= 0xdc80 && unit <= 0xdcff) {
        stg_buf_add_char(out, (char)(unit & 0xff));
        return true;
    }
    if (unit >= 0xd800 && unit < 0xdc00) {
        if (!pass(rest, '\\') || !pass(rest, 'u') || !read_unit(rest, &second))
            return false;
        unit = 0x10000 + ((unit & 0x3ff) << 10) + (second & 0x3ff);
    }
    stg_buf_add_codepoint(out, unit);
    return true;
}

/* Behind a backslash. */
static bool add_escaped(stg_slice *rest, stg_buf *out)
{
    static const char letters[] = "\"\\/bfnrt";
    static const char meant[] = "\"\\/\b\f\n\r\t";
    const char c = *rest->begin++;
    const char *letter = c == '\0' ? NULL : strchr(letters, c);
    if (c == 'u')
        return add_unit(rest, out);
    if (letter != NULL)
        stg_buf_add_char(out, meant[letter - letters]);
    return letter != NULL;
}

bool stg_json_read_text(stg_slice value, stg_buf *out)
{
    stg_slice whole = value;
    if (value.begin == NULL || !pass_text(&whole) || whole.begin != value.end)
        return false;
    value.begin++;
    value.end--;
    while (value.begin < value.end) {
        const char *escape = memchr(value.begin, '\\', (size_t)(value.end - value.begin));
        const char *end = escape == NULL ? value.end : escape;
        stg_buf_add(out, value.begin, (size_t)(end - value.begin));
        value.begin = end;
        if (escape == NULL)
            break;
        value.begin++;
        if (!add_escaped(&value, out))
            return false;
    }
    return true;
}
