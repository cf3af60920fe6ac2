/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Colours for JSON: one value, or several in a row.  Anything else gets none. */
#include <string.h>

#include "console/markup/highlight.h"

enum { DEEPEST = 512 };

typedef enum json_kind { BRACE, KEY, STRING, NUMBER, IS_TRUE, IS_FALSE, IS_NULL, KINDS } json_kind;

static const char *const style_names[KINDS] = {"json.brace",  "json.key",       "json.str",
                                               "json.number", "json.bool_true", "json.bool_false",
                                               "json.null"};

/* What may come next. */
typedef enum json_state {
    VALUE,
    VALUE_OR_END, /* behind `[` */
    NAME,
    NAME_OR_END, /* behind `{` */
    COLON,
    COMMA_OR_END
} json_state;

typedef struct json_reader {
    stg_draw *draw;
    stg_text *text;
    const char *bytes;
    size_t length, at;
    json_state state;
    char open[DEEPEST]; /* brackets */
    size_t depth;
    stg_style styles[KINDS];
} json_reader;

static char byte_at(const json_reader *r, size_t at)
{
    return at < r->length ? r->bytes[at] : '\0';
}

static void add(json_reader *r, size_t end, json_kind kind)
{
    stg_text_add_span(r->draw, r->text, r->at, end, &r->styles[kind]);
    r->at = end;
}

static void skip_blanks(json_reader *r)
{
    while (r->at < r->length && strchr(" \t\r\n", r->bytes[r->at]) != NULL)
        r->at++;
}

static bool read_string(json_reader *r, json_kind kind)
{
    if (byte_at(r, r->at) != '"')
        return false;
    for (size_t at = r->at + 1; at < r->length && r->bytes[at] != '\n'; at++) {
        if (r->bytes[at] == '\\') {
            at++;
        } else if (r->bytes[at] == '"') {
            add(r, at + 1, kind);
            return true;
        }
    }
    return false;
}

static size_t end_of_digits(const json_reader *r, size_t at)
{
    while (byte_at(r, at) >= '0' && byte_at(r, at) <= '9')
        at++;
    return at;
}

static bool read_number(json_reader *r)
{
    const size_t first = r->at + (byte_at(r, r->at) == '-');
    size_t end = end_of_digits(r, first);
    if (end == first || (r->bytes[first] == '0' && end > first + 1))
        return false;
    if (byte_at(r, end) == '.') {
        const size_t fraction = end + 1;
        end = end_of_digits(r, fraction);
        if (end == fraction)
            return false;
    }
    if (byte_at(r, end) == 'e' || byte_at(r, end) == 'E') {
        const size_t digits = end + 1 + (byte_at(r, end + 1) == '+' || byte_at(r, end + 1) == '-');
        end = end_of_digits(r, digits);
        if (end == digits)
            return false;
    }
    add(r, end, NUMBER);
    return true;
}

static bool read_word(json_reader *r)
{
    static const struct {
        const char *word;
        json_kind kind;
    } words[] = {{"true", IS_TRUE}, {"false", IS_FALSE}, {"null", IS_NULL}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const size_t length = strlen(words[i].word);
        if (r->length - r->at >= length && memcmp(r->bytes + r->at, words[i].word, length) == 0) {
            add(r, r->at + length, words[i].kind);
            return true;
        }
    }
    return false;
}

static bool read_open(json_reader *r, char bracket)
{
    if (r->depth == DEEPEST)
        return false;
    r->open[r->depth++] = bracket;
    add(r, r->at + 1, BRACE);
    r->state = bracket == '{' ? NAME_OR_END : VALUE_OR_END;
    return true;
}

static void end_value(json_reader *r)
{
    r->state = r->depth == 0 ? VALUE : COMMA_OR_END;
}

static bool read_close(json_reader *r, char bracket)
{
    if (r->depth == 0 || r->open[r->depth - 1] != bracket)
        return false;
    r->depth--;
    add(r, r->at + 1, BRACE);
    end_value(r);
    return true;
}

static bool read_value(json_reader *r, char c)
{
    if (c == '{' || c == '[')
        return read_open(r, c);
    if (!read_string(r, STRING) && !read_number(r) && !read_word(r))
        return false;
    end_value(r);
    return true;
}

/* Reads the token at a place; returns false when it is not JSON. */
static bool read_next(json_reader *r)
{
    const char c = r->bytes[r->at];
    const bool may_end = r->state != VALUE && r->state != NAME && r->state != COLON;
    if (may_end && (c == '}' || c == ']'))
        return read_close(r, c == '}' ? '{' : '[');
    switch (r->state) {
    case VALUE:
    case VALUE_OR_END:
        return read_value(r, c);
    case NAME:
    case NAME_OR_END:
        r->state = COLON;
        return read_string(r, KEY);
    case COLON:
        r->state = VALUE;
        break;
    default:
        r->state = r->open[r->depth - 1] == '{' ? NAME : VALUE;
        break;
    }
    const bool is_right = c == (r->state == VALUE && r->open[r->depth - 1] == '{' ? ':' : ',');
    r->at++;
    return is_right;
}

void stg_highlight_json(stg_draw *draw, stg_text *text)
{
    if (!draw->styled)
        return;
    json_reader r = {.draw = draw, .text = text, .bytes = text->data, .length = text->length};
    for (size_t i = 0; i < KINDS; i++)
        r.styles[i] = stg_draw_style(draw, style_names[i]);
    const size_t before = text->span_count;
    bool is_json = true;
    for (skip_blanks(&r); is_json && r.at < r.length; skip_blanks(&r))
        is_json = read_next(&r);
    if (!is_json || r.depth > 0)
        text->span_count = before;
}
