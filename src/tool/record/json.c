/* SPDX-License-Identifier: BSD-3-Clause */
#include "tool/record/json.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "tool/common/text.h"

/* In what jansson gets, this character and two hexadecimal digits stand for a byte: one that is no
 * valid UTF-8, or the character itself. */
enum { MARK = 1, FIRST_BYTE = 0x80, SURROGATES = 0xdc00, HIGH_SURROGATES = 0xd800 };

/* ---- Reading ---- */

/* The number of `\uXXXX`; negative: there is none. */
static int escaped_unit(const char *at, const char *end)
{
    int unit = 0;
    if (end - at < 6 || at[0] != '\\' || at[1] != 'u')
        return -1;
    for (int i = 2; i < 6; i++) {
        if (!isxdigit((unsigned char)at[i]))
            return -1;
        unit =
            unit * 16 + (isdigit((unsigned char)at[i]) ? at[i] - '0' : (at[i] | 0x20) - 'a' + 10);
    }
    return unit;
}

static bool is_escaped_byte(int unit)
{
    return unit >= SURROGATES + FIRST_BYTE && unit <= SURROGATES + 0xff;
}

/* Adds an escape sequence, with a byte or the mark as marked.  Returns where it ends. */
static const char *add_escape(sh_text *text, const char *at, const char *end)
{
    const int unit = escaped_unit(at, end);
    size_t length = 2;
    if (is_escaped_byte(unit) || unit == MARK) {
        sh_text_addf(text, "\\u%04x%02x", MARK, unit & 0xff);
        return at + 6;
    }
    if (unit >= 0)
        length =
            unit >= HIGH_SURROGATES && unit < SURROGATES && escaped_unit(at + 6, end) >= 0 ? 12 : 6;
    if ((size_t)(end - at) < length)
        length = (size_t)(end - at);
    sh_text_add(text, at, length);
    return at + length;
}

static bool needs_marks(const char *line, size_t length)
{
    return memmem(line, length, "\\udc", 4) != NULL || memmem(line, length, "\\uDC", 4) != NULL ||
           memmem(line, length, "\\u0001", 6) != NULL;
}

static sh_text with_marks(const char *line, size_t length)
{
    sh_text text = {0};
    const char *end = line + length;
    while (line < end) {
        const char *slash = memchr(line, '\\', (size_t)(end - line));
        const char *stop = slash == NULL ? end : slash;
        sh_text_add(&text, line, (size_t)(stop - line));
        line = slash == NULL ? end : add_escape(&text, slash, end);
    }
    return text;
}

/* The bytes of a text with marks. */
static sh_text without_marks(const char *marked)
{
    sh_text bytes = {0};
    for (const char *mark;
         (mark = strchr(marked, MARK)) != NULL && mark[1] != '\0' && mark[2] != '\0';
         marked = mark + 3) {
        const char digits[] = {mark[1], mark[2], '\0'};
        const char byte = (char)strtol(digits, NULL, 16);
        sh_text_add(&bytes, marked, (size_t)(mark - marked));
        sh_text_add(&bytes, &byte, 1);
    }
    sh_text_addf(&bytes, "%s", marked);
    return bytes;
}

/* What a text becomes on its way in or out. */
typedef sh_text change_text(const char *text);

/* A copy in which each text, and each name of a member, was changed. */
static json_t *changed(const json_t *json, change_text *change)
{
    json_t *copy = NULL;
    if (json_is_string(json)) {
        sh_text text = change(json_string_value(json));
        copy = json_stringn_nocheck(sh_text_of(&text), text.length);
        sh_text_free(&text);
    } else if (json_is_array(json)) {
        copy = json_array();
        for (size_t i = 0; i < json_array_size(json); i++)
            (void)json_array_append_new(copy, changed(json_array_get(json, i), change));
    } else if (json_is_object(json)) {
        copy = json_object();
        const char *name;
        json_t *value;
        /* The iteration does not change it. */
        union {
            const json_t *given;
            json_t *wanted;
        } object = {.given = json};
        json_object_foreach(object.wanted, name, value)
        {
            sh_text text = change(name);
            (void)json_object_set_new_nocheck(copy, sh_text_of(&text), changed(value, change));
            sh_text_free(&text);
        }
    } else {
        copy = json_deep_copy(json);
    }
    return copy;
}

static json_t *read_object(const char *text, size_t length)
{
    json_error_t error;
    json_t *json = json_loadb(text, length, 0, &error);
    if (json != NULL && !json_is_object(json)) {
        json_decref(json);
        json = NULL;
    }
    return json;
}

json_t *tool_json_read(const char *line, size_t length)
{
    if (!needs_marks(line, length))
        return read_object(line, length);
    sh_text text = with_marks(line, length);
    json_t *marked = read_object(sh_text_of(&text), text.length);
    sh_text_free(&text);
    json_t *json = marked == NULL ? NULL : changed(marked, without_marks);
    json_decref(marked);
    return json;
}

/* ---- Writing ---- */

/* How many bytes of a text are one character of valid UTF-8; 0: the first is part of none. */
static size_t character_length(const char *text)
{
    for (size_t length = 1; length <= 4 && (length == 1 || text[length - 1] != '\0'); length++) {
        json_t *character = json_stringn(text, length);
        const bool is_valid = character != NULL;
        json_decref(character);
        if (is_valid)
            return length;
    }
    return 0;
}

static sh_text marked_bytes(const char *bytes)
{
    sh_text text = {0};
    json_t *all = strchr(bytes, MARK) == NULL ? json_string(bytes) : NULL;
    if (all != NULL) {
        sh_text_addf(&text, "%s", bytes);
        json_decref(all);
        return text;
    }
    while (*bytes != '\0') {
        const size_t length = *bytes == MARK ? 0 : character_length(bytes);
        if (length == 0)
            sh_text_addf(&text, "%c%02x", MARK, (unsigned char)*bytes);
        else
            sh_text_add(&text, bytes, length);
        bytes += length == 0 ? 1 : length;
    }
    return text;
}

/* Turns marks, as they are written, into what stands for their bytes. */
static char *with_surrogates(const char *marked)
{
    sh_text text = {0};
    const char *end = marked + strlen(marked);
    while (marked < end) {
        const char *slash = memchr(marked, '\\', (size_t)(end - marked));
        const char *stop = slash == NULL ? end : slash;
        sh_text_add(&text, marked, (size_t)(stop - marked));
        if (slash != NULL && escaped_unit(slash, end) == MARK && end - slash >= 8) {
            const bool is_mark = memcmp(slash + 6, "01", 2) == 0;
            sh_text_addf(&text, "\\u%s%.2s", is_mark ? "00" : "dc", slash + 6);
            marked = slash + 8;
        } else {
            marked = slash == NULL ? end : slash + 2;
            if (slash != NULL)
                sh_text_add(&text, slash, 2);
        }
    }
    char *written = sh_copy(sh_text_of(&text));
    sh_text_free(&text);
    return written;
}

char *tool_json_write(const json_t *json, size_t flags)
{
    json_t *marked = changed(json, marked_bytes);
    char *dumped = json_dumps(marked, flags);
    json_decref(marked);
    char *written = with_surrogates(dumped == NULL ? "null" : dumped);
    free(dumped);
    return written;
}

json_t *tool_json_of(const char *text)
{
    return text == NULL ? json_null() : json_stringn_nocheck(text, strlen(text));
}

/* ---- Members ---- */

const char *tool_json_text(const json_t *object, const char *name, const char *otherwise)
{
    const json_t *value = json_object_get(object, name);
    return json_is_string(value) ? json_string_value(value) : otherwise;
}

int64_t tool_json_int(const json_t *object, const char *name, int64_t otherwise)
{
    const json_t *value = json_object_get(object, name);
    return json_is_integer(value) ? (int64_t)json_integer_value(value) : otherwise;
}

bool tool_json_bool(const json_t *object, const char *name, bool otherwise)
{
    const json_t *value = json_object_get(object, name);
    return json_is_boolean(value) ? json_is_true(value) : otherwise;
}

bool tool_json_is(const json_t *event, const char *kind)
{
    return strcmp(tool_json_text(event, "event", ""), kind) == 0;
}
