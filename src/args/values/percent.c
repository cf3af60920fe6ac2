/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/values/percent.h"

#include <inttypes.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "args/values/value.h"
#include "base/text/utf8.h"

/* Wider than any line of help; keeps a typo from filling the memory. */
enum { WIDEST = 10000 };

typedef struct conversion {
    const char *name; /* NULL: none given */
    size_t name_length;
    bool left, plus, zero;
    size_t width;
    bool has_precision;
    size_t precision;
    char letter;
} conversion;

static bool read_number(const char **at, size_t *number)
{
    *number = 0;
    for (; **at >= '0' && **at <= '9'; (*at)++) {
        *number = *number * 10 + (size_t)(**at - '0');
        if (*number > WIDEST)
            return false;
    }
    return true;
}

static const char *read_name(const char **at, conversion *conv)
{
    if (**at != '(')
        return NULL;
    conv->name = ++*at;
    for (int depth = 1; **at != '\0'; (*at)++) {
        depth += **at == '(' ? 1 : **at == ')' ? -1 : 0;
        if (depth == 0) {
            conv->name_length = (size_t)((*at)++ - conv->name);
            return NULL;
        }
    }
    return "the name after % has no closing parenthesis";
}

static void read_flags(const char **at, conversion *conv)
{
    for (; **at == '-' || **at == '+' || **at == '0'; (*at)++) {
        conv->left = conv->left || **at == '-';
        conv->plus = conv->plus || **at == '+';
        conv->zero = conv->zero || **at == '0';
    }
}

/* Reads what follows the `%`. */
static const char *read_conversion(const char **at, conversion *conv)
{
    *conv = (conversion){0};
    const char *problem = read_name(at, conv);
    if (problem != NULL)
        return problem;
    read_flags(at, conv);
    bool fits = read_number(at, &conv->width);
    if (**at == '.') {
        (*at)++;
        conv->has_precision = true;
        fits = read_number(at, &conv->precision) && fits;
    }
    if (!fits)
        return "a width or precision is too large";
    conv->letter = **at;
    if (conv->letter == '\0')
        return "nothing follows the %; write %% for a percent sign";
    (*at)++;
    return NULL;
}

/* Adds a number's parts in the given width. */
static void add_padded(stg_buf *out, const conversion *conv, const char *sign, const char *body,
                       size_t length, bool is_number)
{
    const size_t used = strlen(sign) + stg_utf8_count(body, length);
    const size_t padding = conv->width > used ? conv->width - used : 0;
    const bool zeros = is_number && conv->zero && !conv->left;
    if (!zeros && !conv->left)
        stg_buf_add_repeated(out, ' ', padding);
    stg_buf_add_text(out, sign);
    if (zeros)
        stg_buf_add_repeated(out, '0', padding);
    stg_buf_add(out, body, length);
    if (conv->left)
        stg_buf_add_repeated(out, ' ', padding);
}

/* Adds a number of which `body` is all but the sign, and frees that. */
static void add_number(stg_buf *out, const conversion *conv, bool negative, stg_buf *body)
{
    const char *sign = negative ? "-" : conv->plus ? "+" : "";
    add_padded(out, conv, sign, stg_buf_text(body), body->length, true);
    if (body->failure != STAGED_OK)
        out->failure = body->failure;
    stg_buf_free(body);
}

static bool as_integer(const staged_value *value, bool truncate, bool *negative,
                       uint64_t *magnitude)
{
    int64_t integer;
    if (value->kind == STAGED_VALUE_INT)
        integer = value->as.integer;
    else if (value->kind == STAGED_VALUE_BOOL)
        integer = value->as.boolean;
    else if (value->kind == STAGED_VALUE_FLOAT && truncate && fabs(value->as.number) < 0x1p63)
        integer = (int64_t)value->as.number;
    else
        return false;
    *negative = integer < 0;
    *magnitude = *negative ? ~(uint64_t)integer + 1 : (uint64_t)integer;
    return true;
}

static const char *add_integer(stg_buf *out, const conversion *conv, const staged_value *value)
{
    const bool decimal = conv->letter == 'd';
    bool negative;
    uint64_t magnitude;
    if (!as_integer(value, decimal, &negative, &magnitude))
        return "its value is not an integer";
    /* Python writes a zero where C writes nothing. */
    const int least = conv->precision > 1 ? (int)conv->precision : 1;
    stg_buf body = {0};
    if (decimal)
        stg_buf_addf(&body, "%.*" PRIu64, least, magnitude);
    else
        stg_buf_addf(&body, "%.*" PRIx64, least, magnitude);
    add_number(out, conv, negative, &body);
    return NULL;
}

/* printf writes the locale's point. */
static void put_plain_point(stg_buf *body)
{
    const char *point = localeconv()->decimal_point;
    char *found = body->data == NULL || *point == '\0' ? NULL : strstr(body->data, point);
    if (found == NULL)
        return;
    const size_t length = strlen(point);
    *found = '.';
    memmove(found + 1, found + length, strlen(found + length) + 1);
    body->length -= length - 1;
}

static const char *add_float(stg_buf *out, const conversion *conv, const staged_value *value)
{
    double number;
    if (!stg_as_double(value, &number))
        return "its value is not a number";
    const int precision = conv->has_precision ? (int)conv->precision : 6;
    stg_buf body = {0};
    if (isnan(number))
        stg_buf_add_text(&body, "nan");
    else if (isinf(number))
        stg_buf_add_text(&body, "inf");
    else if (conv->letter == 'e')
        stg_buf_addf(&body, "%.*e", precision, fabs(number));
    else if (conv->letter == 'f')
        stg_buf_addf(&body, "%.*f", precision, fabs(number));
    else
        stg_buf_addf(&body, "%.*g", precision, fabs(number));
    put_plain_point(&body);
    add_number(out, conv, !isnan(number) && signbit(number), &body);
    return NULL;
}

/* Every character past ASCII as repr() would escape it. */
static void add_ascii(stg_buf *out, const stg_buf *text)
{
    const char *at = stg_buf_text(text);
    for (size_t i = 0; i < text->length;) {
        uint32_t character;
        const size_t used = stg_utf8_decode(at + i, text->length - i, &character);
        if (used == 1)
            stg_buf_add_char(out, at[i]);
        else
            stg_buf_addf(out,
                         character <= 0xFF     ? "\\x%02x"
                         : character <= 0xFFFF ? "\\u%04x"
                                               : "\\U%08x",
                         (unsigned)character);
        i += used;
    }
}

static void add_text(stg_buf *out, const conversion *conv, const staged_value *value)
{
    stg_buf body = {0};
    stg_buf ascii = {0};
    const stg_buf *shown = &body;
    if (conv->letter == 's')
        stg_add_str(&body, value);
    else
        stg_add_value_repr(&body, value);
    if (conv->letter == 'a') {
        add_ascii(&ascii, &body);
        shown = &ascii;
    }
    const char *text = stg_buf_text(shown);
    size_t length = shown->length;
    if (conv->has_precision) {
        uint32_t character;
        size_t end = 0;
        for (size_t n = 0; n < conv->precision && end < length; n++)
            end += stg_utf8_decode(text + end, length - end, &character);
        length = end;
    }
    add_padded(out, conv, "", text, length, false);
    if (body.failure != STAGED_OK || ascii.failure != STAGED_OK)
        out->failure = STAGED_NO_MEMORY;
    stg_buf_free(&ascii);
    stg_buf_free(&body);
}

static const char *add_value(stg_buf *out, const conversion *conv, const staged_value *value)
{
    if (strchr("sra", conv->letter) != NULL) {
        add_text(out, conv, value);
        return NULL;
    }
    if (strchr("dx", conv->letter) != NULL)
        return add_integer(out, conv, value);
    if (strchr("efg", conv->letter) != NULL)
        return add_float(out, conv, value);
    return "an unknown letter follows the %; write %% for a percent sign";
}

static const char *add_conversion(stg_buf *out, const char **at, stg_percent_lookup *lookup,
                                  void *context)
{
    conversion conv;
    if (**at == '%') {
        (*at)++;
        stg_buf_add_char(out, '%');
        return NULL;
    }
    const char *problem = read_conversion(at, &conv);
    if (problem != NULL)
        return problem;
    const staged_value *value = NULL;
    if (conv.name != NULL && (value = lookup(context, conv.name, conv.name_length)) == NULL)
        return "unknown name after %";
    if (value == NULL)
        return "no name follows the %; write %% for a percent sign";
    return add_value(out, &conv, value);
}

const char *stg_add_percent(stg_buf *out, const char *text, stg_percent_lookup *lookup,
                            void *context)
{
    for (;;) {
        const char *percent = strchr(text, '%');
        if (percent == NULL) {
            stg_buf_add_text(out, text);
            return NULL;
        }
        stg_buf_add(out, text, (size_t)(percent - text));
        const char *rest = percent + 1;
        const char *problem = add_conversion(out, &rest, lookup, context);
        if (problem != NULL) {
            stg_buf_add_text(out, percent);
            return problem;
        }
        text = rest;
    }
}
