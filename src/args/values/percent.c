/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/values/percent.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "args/values/value.h"
#include "base/utf8.h"

/* Wider than any line of help; keeps a slip of the pen from filling the memory. */
enum { WIDEST = 10000 };

typedef struct conversion {
    const char *name; /* NULL: none given */
    size_t name_length;
    bool left, plus, blank, alternate, zero;
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
    for (;; (*at)++) {
        switch (**at) {
        case '-':
            conv->left = true;
            break;
        case '+':
            conv->plus = true;
            break;
        case ' ':
            conv->blank = true;
            break;
        case '#':
            conv->alternate = true;
            break;
        case '0':
            conv->zero = true;
            break;
        default:
            return;
        }
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
    if (**at != '\0' && strchr("hlL", **at) != NULL)
        (*at)++;
    conv->letter = **at;
    if (conv->letter == '\0')
        return "nothing follows the %; a per cent sign is written %%";
    (*at)++;
    return NULL;
}

/* Adds a number's parts in the width that was asked for. */
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

static const char *sign_of(const conversion *conv, bool negative)
{
    return negative ? "-" : conv->plus ? "+" : conv->blank ? " " : "";
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
    const bool decimal = strchr("diu", conv->letter) != NULL;
    bool negative;
    uint64_t magnitude;
    if (!as_integer(value, decimal, &negative, &magnitude))
        return "its value is no integer";
    const unsigned base = decimal ? 10 : conv->letter == 'o' ? 8 : 16;
    const char *const symbols = conv->letter == 'X' ? "0123456789ABCDEF" : "0123456789abcdef";
    char digits[32];
    size_t start = sizeof digits;
    do {
        digits[--start] = symbols[magnitude % base];
        magnitude /= base;
    } while (magnitude > 0);
    const size_t count = sizeof digits - start;

    const char *prefix = !conv->alternate || decimal ? ""
                         : conv->letter == 'o'       ? "0o"
                         : conv->letter == 'x'       ? "0x"
                                                     : "0X";
    char sign[8];
    (void)snprintf(sign, sizeof sign, "%s%s", sign_of(conv, negative), prefix);
    stg_buf body = {0};
    if (conv->precision > count)
        stg_buf_add_repeated(&body, '0', conv->precision - count);
    stg_buf_add(&body, digits + start, count);
    add_padded(out, conv, sign, stg_buf_text(&body), body.length, true);
    if (body.failure != STAGED_OK)
        out->failure = body.failure;
    stg_buf_free(&body);
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
        return "its value is no number";
    const bool large = conv->letter < 'a';
    stg_buf body = {0};
    if (isnan(number)) {
        stg_buf_add_text(&body, large ? "NAN" : "nan");
    } else if (isinf(number)) {
        stg_buf_add_text(&body, large ? "INF" : "inf");
    } else {
        const char format[] = {'%',
                               conv->alternate ? '#' : '.',
                               conv->alternate ? '.' : '*',
                               conv->alternate ? '*' : conv->letter,
                               conv->alternate ? conv->letter : '\0',
                               '\0'};
        const int precision = conv->has_precision ? (int)conv->precision : 6;
#if defined(__GNUC__) || defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
#endif
        stg_buf_addf(&body, format, precision, fabs(number));
#if defined(__GNUC__) || defined(__clang__)
#pragma GCC diagnostic pop
#endif
        put_plain_point(&body);
    }
    const bool negative = !isnan(number) && signbit(number);
    add_padded(out, conv, sign_of(conv, negative), stg_buf_text(&body), body.length, true);
    if (body.failure != STAGED_OK)
        out->failure = body.failure;
    stg_buf_free(&body);
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

static const char *add_character(stg_buf *out, const conversion *conv, const staged_value *value)
{
    char bytes[4];
    if (value->kind == STAGED_VALUE_TEXT) {
        const size_t length = strlen(value->as.text);
        if (stg_utf8_count(value->as.text, length) != 1)
            return "its value is not one character";
        add_padded(out, conv, "", value->as.text, length, false);
        return NULL;
    }
    bool negative;
    uint64_t number;
    if (!as_integer(value, false, &negative, &number) || negative || number > 0x10FFFF)
        return "its value is no character";
    const size_t length = stg_utf8_encode((uint32_t)number, bytes);
    add_padded(out, conv, "", bytes, length, false);
    return NULL;
}

static const char *add_value(stg_buf *out, const conversion *conv, const staged_value *value)
{
    if (strchr("sra", conv->letter) != NULL) {
        add_text(out, conv, value);
        return NULL;
    }
    if (strchr("diuoxX", conv->letter) != NULL)
        return add_integer(out, conv, value);
    if (strchr("eEfFgG", conv->letter) != NULL)
        return add_float(out, conv, value);
    if (conv->letter == 'c')
        return add_character(out, conv, value);
    return "an unknown letter follows the %; a per cent sign is written %%";
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
        return "the name after % is not known";
    if (value == NULL)
        return "no name follows the %; a per cent sign is written %%";
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
