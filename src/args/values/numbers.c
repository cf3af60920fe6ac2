/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/values/numbers.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/text/utf8.h"
#include "base/unicode/unicode.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Writes the text without blanks around it, digits of all scripts as ASCII's, and without the `_`
 * between digits; an `_` elsewhere, which no number has, stays. */
static void write_plainly(stg_buf *out, const char *text)
{
    size_t length = strlen(text);
    stg_strip(&text, &length);
    for (size_t i = 0; i < length;) {
        uint32_t character;
        const size_t used = stg_utf8_decode(text + i, length - i, &character);
        const int digit = stg_digit_value(character);
        if (digit < 0)
            stg_buf_add(out, text + i, used);
        else
            stg_buf_add_char(out, (char)('0' + digit));
        i += used;
    }
    if (out->data == NULL || strchr(out->data, '_') == NULL)
        return;
    size_t kept = 0;
    for (size_t i = 0; i < out->length; i++) {
        const bool between = out->data[i] == '_' && i > 0 && is_digit(out->data[i - 1]) &&
                             is_digit(out->data[i + 1]);
        if (!between)
            out->data[kept++] = out->data[i];
    }
    stg_buf_truncate(out, kept);
}

static bool read_plain_int(const char *text, int64_t *number)
{
    const bool negative = *text == '-';
    if (*text == '-' || *text == '+')
        text++;
    if (!is_digit(*text))
        return false;
    /* Below zero there is one number more. */
    const uint64_t most = negative ? (uint64_t)INT64_MAX + 1 : (uint64_t)INT64_MAX;
    uint64_t value = 0;
    for (; is_digit(*text); text++) {
        const uint64_t digit = (uint64_t)(*text - '0');
        if (value > (most - digit) / 10)
            return false;
        value = value * 10 + digit;
    }
    *number = negative && value > 0 ? -(int64_t)(value - 1) - 1 : (int64_t)value;
    return *text == '\0';
}

stg_number_result stg_read_int(const char *text, int64_t *number)
{
    stg_buf plain = {0};
    write_plainly(&plain, text);
    stg_number_result result = STG_NUMBER_NO_MEMORY;
    if (stg_buf_status(&plain) == STAGED_OK)
        result =
            read_plain_int(stg_buf_text(&plain), number) ? STG_NUMBER_READ : STG_NUMBER_REFUSED;
    stg_buf_free(&plain);
    return result;
}

static bool read_word(const char *text, double *number)
{
    const bool negative = *text == '-';
    if (*text == '-' || *text == '+')
        text++;
    if (strcasecmp(text, "inf") == 0 || strcasecmp(text, "infinity") == 0)
        *number = negative ? -(double)INFINITY : (double)INFINITY;
    else if (strcasecmp(text, "nan") == 0)
        *number = (double)NAN;
    else
        return false;
    return true;
}

/* Whether strtod's wider ideas (hexadecimal numbers, names) are kept out. */
static bool has_shape_of_float(const char *text)
{
    if (*text == '-' || *text == '+')
        text++;
    const size_t whole = strspn(text, "0123456789");
    text += whole;
    size_t fraction = 0;
    if (*text == '.') {
        fraction = strspn(++text, "0123456789");
        text += fraction;
    }
    if (whole + fraction == 0)
        return false;
    if (*text == 'e' || *text == 'E') {
        text++;
        if (*text == '-' || *text == '+')
            text++;
        const size_t exponent = strspn(text, "0123456789");
        if (exponent == 0)
            return false;
        text += exponent;
    }
    return *text == '\0';
}

/* strtod expects the locale's point. */
static void write_locale_point(stg_buf *out, const char *text)
{
    const char *point = strchr(text, '.');
    if (point == NULL) {
        stg_buf_add_text(out, text);
        return;
    }
    stg_buf_add(out, text, (size_t)(point - text));
    stg_buf_add_text(out, localeconv()->decimal_point);
    stg_buf_add_text(out, point + 1);
}

stg_number_result stg_read_float(const char *text, double *number)
{
    stg_buf plain = {0};
    stg_buf local = {0};
    write_plainly(&plain, text);
    write_locale_point(&local, stg_buf_text(&plain));
    stg_number_result result = STG_NUMBER_REFUSED;
    if (stg_buf_status(&plain) != STAGED_OK || stg_buf_status(&local) != STAGED_OK) {
        result = STG_NUMBER_NO_MEMORY;
    } else if (has_shape_of_float(stg_buf_text(&plain))) {
        *number = strtod(stg_buf_text(&local), NULL);
        result = STG_NUMBER_READ;
    } else if (read_word(stg_buf_text(&plain), number)) {
        result = STG_NUMBER_READ;
    }
    stg_buf_free(&local);
    stg_buf_free(&plain);
    return result;
}

void stg_shortest_digits(double number, stg_decimal *decimal)
{
    char text[64];
    for (int digits = 1; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*e", digits - 1, number);
        if (digits == 17 || strtod(text, NULL) == number)
            break;
    }
    decimal->count = 0;
    const char *exponent = strchr(text, 'e');
    for (const char *c = text; c < exponent; c++) {
        if (is_digit(*c))
            decimal->digits[decimal->count++] = *c;
    }
    while (decimal->count > 1 && decimal->digits[decimal->count - 1] == '0')
        decimal->count--;
    decimal->exponent = number == 0.0 ? 1 : (int)strtol(exponent + 1, NULL, 10) + 1;
}

/* 1.5e-07: where the number is too small or too large for plain digits. */
static void add_with_exponent(stg_buf *out, const stg_decimal *decimal)
{
    stg_buf_add(out, decimal->digits, 1);
    if (decimal->count > 1) {
        stg_buf_add_char(out, '.');
        stg_buf_add(out, decimal->digits + 1, (size_t)decimal->count - 1);
    }
    const int exponent = decimal->exponent - 1;
    stg_buf_addf(out, "e%c%02d", exponent < 0 ? '-' : '+', exponent < 0 ? -exponent : exponent);
}

void stg_add_float(stg_buf *out, double number)
{
    if (isnan(number)) {
        stg_buf_add_text(out, "nan");
        return;
    }
    if (signbit(number))
        stg_buf_add_char(out, '-');
    if (isinf(number)) {
        stg_buf_add_text(out, "inf");
        return;
    }
    stg_decimal decimal;
    stg_shortest_digits(fabs(number), &decimal);
    const size_t count = (size_t)decimal.count;
    if (decimal.exponent <= -4 || decimal.exponent > 16) {
        add_with_exponent(out, &decimal);
    } else if (decimal.exponent <= 0) {
        stg_buf_add_text(out, "0.");
        stg_buf_add_repeated(out, '0', (size_t)-decimal.exponent);
        stg_buf_add(out, decimal.digits, count);
    } else if ((size_t)decimal.exponent >= count) {
        stg_buf_add(out, decimal.digits, count);
        stg_buf_add_repeated(out, '0', (size_t)decimal.exponent - count);
        stg_buf_add_text(out, ".0");
    } else {
        stg_buf_add(out, decimal.digits, (size_t)decimal.exponent);
        stg_buf_add_char(out, '.');
        stg_buf_add(out, decimal.digits + decimal.exponent, count - (size_t)decimal.exponent);
    }
}
