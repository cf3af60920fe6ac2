/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/values/value.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "args/values/numbers.h"
#include "base/text/utf8.h"
#include "base/unicode/unicode.h"

const staged_value stg_none = {.kind = STAGED_VALUE_NONE};
const staged_value stg_suppressed = {.kind = STAGED_VALUE_TEXT, .as.text = STAGED_ARG_SUPPRESS};

staged_value staged_value_none(void)
{
    return stg_none;
}

staged_value staged_value_bool(bool boolean)
{
    return (staged_value){.kind = STAGED_VALUE_BOOL, .as.boolean = boolean};
}

staged_value staged_value_int(int64_t integer)
{
    return (staged_value){.kind = STAGED_VALUE_INT, .as.integer = integer};
}

staged_value staged_value_float(double number)
{
    return (staged_value){.kind = STAGED_VALUE_FLOAT, .as.number = number};
}

staged_value staged_value_text(const char *text)
{
    if (text == NULL)
        return stg_none;
    return (staged_value){.kind = STAGED_VALUE_TEXT, .as.text = text};
}

staged_value staged_value_path(const char *path)
{
    if (path == NULL)
        return stg_none;
    return (staged_value){.kind = STAGED_VALUE_PATH, .as.text = path};
}

staged_value staged_value_list(const staged_value *items, size_t count)
{
    return (staged_value){.kind = STAGED_VALUE_LIST, .as.items = items, .count = count};
}

static bool copy_to_depth(stg_arena *arena, staged_value *copy, const staged_value *value,
                          int depth)
{
    *copy = *value;
    if (value->given != NULL && (copy->given = stg_arena_text(arena, value->given)) == NULL)
        return false;
    if (value->kind == STAGED_VALUE_TEXT || value->kind == STAGED_VALUE_PATH)
        return (copy->as.text = stg_arena_text(arena, value->as.text)) != NULL;
    if (value->kind != STAGED_VALUE_LIST)
        return true;
    if (depth == 0) {
        *copy = stg_none;
        return true;
    }
    staged_value *items = value->count > SIZE_MAX / sizeof *items
                              ? NULL
                              : stg_arena_alloc(arena, value->count * sizeof *items);
    if (items == NULL)
        return false;
    copy->as.items = items;
    for (size_t i = 0; i < value->count; i++) {
        if (!copy_to_depth(arena, &items[i], &value->as.items[i], depth - 1))
            return false;
    }
    return true;
}

bool stg_value_copy(stg_arena *arena, staged_value *copy, const staged_value *value)
{
    return copy_to_depth(arena, copy, value, STG_VALUE_DEPTH);
}

bool stg_value_copy_texts(stg_arena *arena, staged_value *copy, const char *const *texts)
{
    size_t count = 0;
    while (texts[count] != NULL)
        count++;
    staged_value *items = stg_arena_alloc(arena, count * sizeof *items);
    if (items == NULL)
        return false;
    for (size_t i = 0; i < count; i++) {
        items[i] = staged_value_text(stg_arena_text(arena, texts[i]));
        if (items[i].kind == STAGED_VALUE_NONE)
            return false;
    }
    *copy = staged_value_list(items, count);
    return true;
}

static bool is_number(const staged_value *value)
{
    return value->kind == STAGED_VALUE_BOOL || value->kind == STAGED_VALUE_INT ||
           value->kind == STAGED_VALUE_FLOAT;
}

static int64_t integer_of(const staged_value *value)
{
    return value->kind == STAGED_VALUE_BOOL ? value->as.boolean : value->as.integer;
}

static bool numbers_equal(const staged_value *a, const staged_value *b)
{
    if (a->kind == STAGED_VALUE_FLOAT && b->kind == STAGED_VALUE_FLOAT)
        return a->as.number == b->as.number;
    if (b->kind == STAGED_VALUE_FLOAT)
        return numbers_equal(b, a);
    if (a->kind != STAGED_VALUE_FLOAT)
        return integer_of(a) == integer_of(b);
    /* An integer may have more digits than a float: compare as integers. */
    const double number = a->as.number;
    return number >= -0x1p63 && number < 0x1p63 && number == floor(number) &&
           (int64_t)number == integer_of(b);
}

bool stg_value_equal(const staged_value *a, const staged_value *b)
{
    /* An author's function makes the same of the same word. */
    if (a->given != NULL && b->given != NULL && strcmp(a->given, b->given) == 0)
        return true;
    if (is_number(a) && is_number(b))
        return numbers_equal(a, b);
    if (a->kind != b->kind)
        return false;
    if (a->kind == STAGED_VALUE_TEXT || a->kind == STAGED_VALUE_PATH)
        return strcmp(a->as.text, b->as.text) == 0;
    if (a->kind != STAGED_VALUE_LIST)
        return true;
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++) {
        if (!stg_value_equal(&a->as.items[i], &b->as.items[i]))
            return false;
    }
    return true;
}

static bool is_shared_text(const char *text)
{
    uint32_t character = 0;
    const size_t length = strlen(text);
    const size_t used = length == 0 ? 0 : stg_utf8_decode(text, length, &character);
    return used == length && character <= 0xFF;
}

bool stg_value_is_shared(const staged_value *a, const staged_value *b)
{
    if (a->kind != b->kind)
        return false;
    switch (a->kind) {
    case STAGED_VALUE_NONE:
        return true;
    case STAGED_VALUE_BOOL:
        return a->as.boolean == b->as.boolean;
    case STAGED_VALUE_INT:
        return a->as.integer == b->as.integer && a->as.integer >= -5 && a->as.integer <= 256;
    case STAGED_VALUE_TEXT:
        return strcmp(a->as.text, b->as.text) == 0 && is_shared_text(a->as.text);
    default:
        return false;
    }
}

bool stg_as_double(const staged_value *value, double *number)
{
    if (!is_number(value))
        return false;
    *number = value->kind == STAGED_VALUE_FLOAT ? value->as.number : (double)integer_of(value);
    return true;
}

void stg_add_str(stg_buf *out, const staged_value *value)
{
    if (value->kind == STAGED_VALUE_TEXT || value->kind == STAGED_VALUE_PATH)
        stg_buf_add_text(out, value->as.text);
    else
        stg_add_value_repr(out, value);
}

static void add_list_repr(stg_buf *out, const staged_value *list)
{
    if (list->unordered && list->count == 0) {
        stg_buf_add_text(out, "set()");
        return;
    }
    stg_buf_add_char(out, list->unordered ? '{' : '[');
    for (size_t i = 0; i < list->count; i++) {
        if (i > 0)
            stg_buf_add_text(out, ", ");
        stg_add_value_repr(out, &list->as.items[i]);
    }
    stg_buf_add_char(out, list->unordered ? '}' : ']');
}

void stg_add_value_repr(stg_buf *out, const staged_value *value)
{
    switch (value->kind) {
    case STAGED_VALUE_BOOL:
        stg_buf_add_text(out, value->as.boolean ? "True" : "False");
        break;
    case STAGED_VALUE_INT:
        stg_buf_addf(out, "%" PRId64, value->as.integer);
        break;
    case STAGED_VALUE_FLOAT:
        stg_add_float(out, value->as.number);
        break;
    case STAGED_VALUE_TEXT:
        stg_add_repr(out, value->as.text, strlen(value->as.text));
        break;
    case STAGED_VALUE_PATH:
        stg_buf_add_text(out, "PosixPath(");
        stg_add_repr(out, value->as.text, strlen(value->as.text));
        stg_buf_add_char(out, ')');
        break;
    case STAGED_VALUE_LIST:
        add_list_repr(out, value);
        break;
    default:
        stg_buf_add_text(out, "None");
    }
}

void stg_add_items(stg_buf *out, const staged_value *list, const char *separator)
{
    for (size_t i = 0; i < list->count; i++) {
        if (i > 0)
            stg_buf_add_text(out, separator);
        stg_add_str(out, &list->as.items[i]);
    }
}

void stg_add_tidy_path(stg_buf *out, const char *path)
{
    const size_t slashes = strspn(path, "/");
    /* POSIX leaves the meaning of two slashes, not of more, to the system. */
    stg_buf_add_repeated(out, '/', slashes == 2 ? 2 : slashes > 0);
    const char *between = "";
    while (*path != '\0') {
        const size_t length = strcspn(path, "/");
        const bool here = length == 0 || (length == 1 && *path == '.');
        if (!here) {
            stg_buf_add_text(out, between);
            stg_buf_add(out, path, length);
            between = "/";
        }
        path += length + (path[length] == '/');
    }
    if (slashes == 0 && *between == '\0')
        stg_buf_add_char(out, '.');
}
