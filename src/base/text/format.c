/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/text/format.h"

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* va_list may be an array type; a struct around it can be passed by pointer everywhere. */
typedef struct argument_list {
    va_list values;
    const char *const *texts; /* instead of the values; NULL: none */
    size_t left;              /* how many of them are still to be taken */
} argument_list;

typedef struct conversion {
    char flags[8];
    int width;     /* -1: none */
    int precision; /* -1: none */
    char length[3];
    char letter;
    bool is_null; /* its value is, where that should be a text */
} conversion;

static int read_number(const char **at, argument_list *arguments)
{
    if (**at == '*') {
        (*at)++;
        return va_arg(arguments->values, int);
    }
    int number = 0;
    while (**at >= '0' && **at <= '9' && number < 100000)
        number = number * 10 + (*(*at)++ - '0');
    return number;
}

/* Reads what follows a '%'; returns false if that is not a conversion. */
static bool read_conversion(const char **at, conversion *c, argument_list *arguments)
{
    *c = (conversion){.width = -1, .precision = -1};
    for (size_t n = 0; **at != '\0' && strchr("-+ #0", **at) != NULL; (*at)++) {
        if (n + 2 < sizeof c->flags && strchr(c->flags, **at) == NULL)
            c->flags[n++] = **at;
    }
    if (**at == '*' || (**at >= '1' && **at <= '9'))
        c->width = read_number(at, arguments);
    if (c->width < -1) {
        c->width = c->width == INT32_MIN ? INT32_MAX : -c->width;
        if (strchr(c->flags, '-') == NULL)
            c->flags[strlen(c->flags)] = '-';
    }
    if (**at == '.') {
        (*at)++;
        c->precision = read_number(at, arguments);
    }
    for (size_t n = 0; **at != '\0' && strchr("hljztL", **at) != NULL; (*at)++) {
        if (n + 1 == sizeof c->length)
            return false;
        c->length[n++] = **at;
    }
    c->letter = **at;
    if (c->letter == '\0')
        return false;
    (*at)++;
    return true;
}

/* The conversion spelled out for snprintf, with its own length modifier replaced. */
static void spell(const conversion *c, const char *length, char text[64])
{
    int n = snprintf(text, 64, "%%%s", c->flags);
    if (c->width >= 0)
        n += snprintf(text + n, 64 - (size_t)n, "%d", c->width);
    if (c->precision >= 0)
        n += snprintf(text + n, 64 - (size_t)n, ".%d", c->precision);
    (void)snprintf(text + n, 64 - (size_t)n, "%s%c", length, c->letter);
}

static intmax_t signed_value(const char *length, argument_list *arguments)
{
    if (strcmp(length, "l") == 0)
        return va_arg(arguments->values, long);
    if (strcmp(length, "ll") == 0)
        return va_arg(arguments->values, long long);
    if (strcmp(length, "j") == 0)
        return va_arg(arguments->values, intmax_t);
    if (strcmp(length, "z") == 0 || strcmp(length, "t") == 0)
        return va_arg(arguments->values, ptrdiff_t);
    const int value = va_arg(arguments->values, int);
    if (strcmp(length, "hh") == 0)
        return (signed char)value;
    return strcmp(length, "h") == 0 ? (short)value : value;
}

static uintmax_t unsigned_value(const char *length, argument_list *arguments)
{
    if (strcmp(length, "l") == 0)
        return va_arg(arguments->values, unsigned long);
    if (strcmp(length, "ll") == 0)
        return va_arg(arguments->values, unsigned long long);
    if (strcmp(length, "j") == 0)
        return va_arg(arguments->values, uintmax_t);
    if (strcmp(length, "z") == 0 || strcmp(length, "t") == 0)
        return va_arg(arguments->values, size_t);
    const unsigned value = va_arg(arguments->values, unsigned);
    if (strcmp(length, "hh") == 0)
        return (unsigned char)value;
    return strcmp(length, "h") == 0 ? (unsigned short)value : value;
}

#if defined(__GNUC__) || defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
#endif
static const char *next_text(argument_list *arguments)
{
    if (arguments->texts == NULL)
        return va_arg(arguments->values, const char *);
    arguments->left--;
    return *arguments->texts++;
}

/* A string without width or precision, the usual one, is added without a copy. */
static const char *plain_string(conversion *c, argument_list *arguments, stg_buf *scratch,
                                size_t *length)
{
    const char *text = next_text(arguments);
    if (text == NULL) {
        text = "(null)";
        c->is_null = true;
    }
    if (c->width < 0) {
        *length = c->precision < 0 ? strlen(text) : strnlen(text, (size_t)c->precision);
        return text;
    }
    char spec[64];
    spell(c, "", spec);
    stg_buf_addf(scratch, spec, text);
    *length = scratch->length;
    return stg_buf_text(scratch);
}

/* Numbers without flags, width and precision, the usual ones, need no printf. */
static bool is_bare(const conversion *c)
{
    return c->flags[0] == '\0' && c->width < 0 && c->precision < 0;
}

static void add_decimal(stg_buf *out, bool negative, uintmax_t number)
{
    char digits[sizeof "-18446744073709551615"];
    size_t first = sizeof digits;
    do {
        digits[--first] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    if (negative)
        digits[--first] = '-';
    stg_buf_add(out, digits + first, sizeof digits - first);
}

static void add_signed(const conversion *c, stg_buf *scratch, intmax_t value)
{
    if (is_bare(c)) {
        add_decimal(scratch, value < 0, value < 0 ? -(uintmax_t)value : (uintmax_t)value);
        return;
    }
    char spec[64];
    spell(c, "j", spec);
    stg_buf_addf(scratch, spec, value);
}

static void add_unsigned(const conversion *c, stg_buf *scratch, uintmax_t value)
{
    if (is_bare(c) && c->letter == 'u') {
        add_decimal(scratch, false, value);
        return;
    }
    char spec[64];
    spell(c, "j", spec);
    stg_buf_addf(scratch, spec, value);
}

/* Formats one argument into `scratch`; returns false for a conversion that is not supported. */
static bool format_one(const conversion *c, argument_list *arguments, stg_buf *scratch)
{
    char spec[64];
    switch (c->letter) {
    case 'd':
    case 'i':
        add_signed(c, scratch, signed_value(c->length, arguments));
        return true;
    case 'u':
    case 'o':
    case 'x':
    case 'X':
        add_unsigned(c, scratch, unsigned_value(c->length, arguments));
        return true;
    case 'c':
        spell(c, "", spec);
        stg_buf_addf(scratch, spec, va_arg(arguments->values, int));
        return c->length[0] == '\0';
    case 'p':
        spell(c, "", spec);
        stg_buf_addf(scratch, spec, va_arg(arguments->values, void *));
        return true;
    case 'f':
    case 'F':
    case 'e':
    case 'E':
    case 'g':
    case 'G':
    case 'a':
    case 'A':
        if (strcmp(c->length, "L") == 0) {
            spell(c, "L", spec);
            stg_buf_addf(scratch, spec, va_arg(arguments->values, long double));
        } else {
            spell(c, "", spec);
            stg_buf_addf(scratch, spec, va_arg(arguments->values, double));
        }
        return true;
    default:
        return false;
    }
}
#if defined(__GNUC__) || defined(__clang__)
#pragma GCC diagnostic pop
#endif

/* Whether the texts of an array are fit for a conversion: they are taken by `%s` alone. */
static bool takes_next_text(const char *at, const argument_list *list)
{
    at += strspn(at, "-");
    at += strspn(at, "0123456789.");
    return *at == 's' && list->left > 0;
}

static staged_status format_all(stg_buf *out, stg_format_hook *hook, void *context,
                                const char *format, argument_list *list)
{
    stg_buf scratch = {0};
    staged_status status = STAGED_OK;
    while (*format != '\0' && status == STAGED_OK) {
        const size_t literal = strcspn(format, "%");
        stg_buf_add(out, format, literal);
        format += literal;
        if (*format == '\0')
            break;
        if (*++format == '%') {
            stg_buf_add_char(out, *format++);
            continue;
        }
        conversion c;
        if (list->texts != NULL && !takes_next_text(format, list)) {
            status = STAGED_BAD_INPUT;
            break;
        }
        if (!read_conversion(&format, &c, list)) {
            status = STAGED_BAD_USE;
        } else if (c.letter == 's' && c.length[0] == '\0') {
            size_t length;
            const char *text = plain_string(&c, list, &scratch, &length);
            hook(context, out, text, length, c.is_null ? '\0' : c.letter, format);
        } else if (format_one(&c, list, &scratch)) {
            hook(context, out, stg_buf_text(&scratch), scratch.length, c.letter, format);
        } else {
            status = STAGED_BAD_USE;
        }
        if (status == STAGED_OK)
            status = stg_buf_status(&scratch);
        stg_buf_clear(&scratch);
    }
    stg_buf_free(&scratch);
    return status == STAGED_OK ? stg_buf_status(out) : status;
}

staged_status stg_format(stg_buf *out, stg_format_hook *hook, void *context, const char *format,
                         va_list arguments)
{
    argument_list list = {.texts = NULL};
    va_copy(list.values, arguments);
    const staged_status status = format_all(out, hook, context, format, &list);
    va_end(list.values);
    return status;
}

staged_status stg_format_list(stg_buf *out, stg_format_hook *hook, void *context,
                              const char *format, const char *const *texts, size_t count)
{
    static const char *const none[] = {NULL};
    argument_list list = {.texts = count == 0 ? none : texts, .left = count};
    const staged_status status = format_all(out, hook, context, format, &list);
    return status == STAGED_OK && list.left > 0 ? STAGED_BAD_INPUT : status;
}
