/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/markup/highlight_match.h"

#include <stdint.h>
#include <string.h>

#include "base/text/utf8.h"
#include "base/unicode/unicode.h"
#include "console/text/chars.h"

static char byte_at(const stg_subject *s, size_t at)
{
    return at < s->length ? s->text[at] : '\0';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_hex(char c)
{
    return is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

/* The number of hexadecimal digits from `at` on, at most `limit`. */
static size_t count_hex(const stg_subject *s, size_t at, size_t limit)
{
    size_t count = 0;
    while (count < limit && is_hex(byte_at(s, at + count)))
        count++;
    return count;
}

size_t stg_match_hex(const stg_subject *s, size_t at, size_t limit)
{
    return at + count_hex(s, at, limit);
}

static size_t count_digits(const stg_subject *s, size_t at, size_t limit)
{
    size_t count = 0;
    while (count < limit && is_digit(byte_at(s, at + count)))
        count++;
    return count;
}

bool stg_word_before(const stg_subject *s, size_t at)
{
    if (at == 0)
        return false;
    size_t start = at - 1;
    while (start > 0 && (s->text[start] & 0xC0) == 0x80)
        start--;
    return stg_word_at(s, start);
}

bool stg_word_at(const stg_subject *s, size_t at)
{
    if (at >= s->length)
        return false;
    if (s->text[at] > 0)
        return stg_char_is_ascii_word(s->text[at]);
    uint32_t codepoint;
    stg_utf8_decode(s->text + at, s->length - at, &codepoint);
    return stg_is_word(codepoint);
}

/* Whether exactly one of the characters around a place belongs to a word. */
static bool is_boundary(const stg_subject *s, size_t at)
{
    return stg_word_before(s, at) != stg_word_at(s, at);
}

size_t stg_match_word(const stg_subject *s, size_t at)
{
    while (at < s->length) {
        if (s->text[at] > 0) {
            if (!stg_char_is_ascii_word(s->text[at]))
                break;
            at++;
            continue;
        }
        uint32_t codepoint;
        const size_t size = stg_utf8_decode(s->text + at, s->length - at, &codepoint);
        if (!stg_is_word(codepoint))
            break;
        at += size;
    }
    return at;
}

size_t stg_match_ipv4(const stg_subject *s, size_t at)
{
    for (int i = 0; i < 4; i++) {
        const size_t digits = count_digits(s, at, 3);
        if (digits == 0)
            return 0;
        at += digits;
        if (i < 3 && byte_at(s, at++) != '.')
            return 0;
    }
    return at;
}

size_t stg_match_ipv6(const stg_subject *s, size_t at)
{
    /* As many groups "12ab:" or "12ab::" as possible, then digits.  Without those, the match ends
     * with the digits of the last group. */
    size_t last_group = 0;
    int groups = 0;
    for (; groups < 7; groups++) {
        const size_t digits = count_hex(s, at, 5);
        if (digits == 0 || digits > 4 || byte_at(s, at + digits) != ':')
            break;
        last_group = at;
        at += digits + 1;
        at += byte_at(s, at) == ':';
    }
    if (groups == 0)
        return 0;
    const size_t digits = count_hex(s, at, 4);
    if (digits > 0)
        return at + digits;
    return groups < 2 ? 0 : last_group + count_hex(s, last_group, 4);
}

/* `count` groups of `least` to `most` digits, each followed by `separator`, and one more. */
static size_t match_groups(const stg_subject *s, size_t at, int count, size_t least, size_t most,
                           char separator)
{
    for (int i = 0; i < count; i++) {
        const size_t digits = count_hex(s, at, most);
        if (digits < least || byte_at(s, at + digits) != separator)
            return 0;
        at += digits + 1;
    }
    const size_t digits = count_hex(s, at, most);
    return digits < least ? 0 : at + digits;
}

static size_t match_eui(const stg_subject *s, size_t at, int bytes, int words)
{
    size_t end = match_groups(s, at, bytes, 1, 2, '-');
    if (end == 0)
        end = match_groups(s, at, bytes, 1, 2, ':');
    return end != 0 ? end : match_groups(s, at, words, 4, 4, '.');
}

size_t stg_match_eui64(const stg_subject *s, size_t at)
{
    return match_eui(s, at, 7, 3);
}

size_t stg_match_eui48(const stg_subject *s, size_t at)
{
    return match_eui(s, at, 5, 2);
}

size_t stg_match_uuid(const stg_subject *s, size_t at)
{
    static const size_t groups[] = {8, 4, 4, 4, 12};
    for (size_t i = 0; i < 5; i++) {
        if (count_hex(s, at, groups[i]) < groups[i])
            return 0;
        at += groups[i];
        if (i < 4 && byte_at(s, at++) != '-')
            return 0;
    }
    return at;
}

size_t stg_match_name(const stg_subject *s, size_t at, const char *name)
{
    const size_t length = strlen(name);
    if (s->length - at < length || memcmp(s->text + at, name, length) != 0 ||
        stg_word_before(s, at) || stg_word_at(s, at + length))
        return 0;
    return at + length;
}

/* The end of the digits, of any script, from `at` on. */
static size_t end_of_digits(const stg_subject *s, size_t at)
{
    uint32_t codepoint;
    while (at < s->length) {
        const size_t size = stg_utf8_decode(s->text + at, s->length - at, &codepoint);
        if (stg_digit_value(codepoint) < 0)
            break;
        at += size;
    }
    return at;
}

/* The end of "e+12", or `at`. */
static size_t match_exponent(const stg_subject *s, size_t at)
{
    if (byte_at(s, at) != 'e')
        return at;
    size_t digits = at + 1;
    digits += byte_at(s, digits) == '-' || byte_at(s, digits) == '+';
    const size_t end = end_of_digits(s, digits);
    return end == digits ? at : end;
}

/* The end of "12.34e5", without a sign; 0 if there are no digits. */
static size_t match_real(const stg_subject *s, size_t at)
{
    const size_t digits = count_digits(s, at, SIZE_MAX);
    if (digits == 0)
        return 0;
    at += digits;
    at += byte_at(s, at) == '.';
    return match_exponent(s, at + count_digits(s, at, SIZE_MAX));
}

size_t stg_match_complex(const stg_subject *s, size_t at)
{
    if (stg_word_before(s, at))
        return 0;
    size_t end = match_real(s, at + (byte_at(s, at) == '-'));
    if (end == 0)
        return 0;
    if (byte_at(s, end) == '-' || byte_at(s, end) == '+')
        end = match_real(s, end + 1);
    return end != 0 && byte_at(s, end) == 'j' ? end + 1 : 0;
}

static size_t match_decimal(const stg_subject *s, size_t at)
{
    if (stg_word_before(s, at))
        return 0;
    at += byte_at(s, at) == '-';
    const size_t whole = at + count_digits(s, at, SIZE_MAX);
    if (whole == at)
        return 0;
    const bool has_point = byte_at(s, whole) == '.';
    const size_t point = whole + has_point;
    const size_t fraction = point + count_digits(s, point, SIZE_MAX);
    const size_t exponent = match_exponent(s, fraction);
    /* The longest of these that ends at a word boundary. */
    const size_t ends[] = {exponent, fraction, point, whole};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        if (is_boundary(s, ends[i]))
            return ends[i];
    }
    return 0;
}

size_t stg_match_number(const stg_subject *s, size_t at)
{
    const size_t end = match_decimal(s, at);
    if (end != 0)
        return end;
    if (byte_at(s, at) != '0' || byte_at(s, at + 1) != 'x')
        return 0;
    return at + 2 + count_hex(s, at + 2, SIZE_MAX);
}

size_t stg_match_filename(const stg_subject *s, size_t at)
{
    for (;;) {
        const size_t end = stg_match_word(s, at);
        at = end;
        while (at < s->length && (s->text[at] == '-' || s->text[at] == '.' || s->text[at] == '+'))
            at++;
        if (at == end)
            return at;
    }
}

size_t stg_match_path(const stg_subject *s, size_t at)
{
    if (byte_at(s, at) != '/' || stg_word_before(s, at))
        return 0;
    size_t end = at + 1;
    for (;;) {
        const size_t name = stg_match_filename(s, end);
        if (name == end || byte_at(s, name) != '/')
            return end;
        end = name + 1;
    }
}

/* The end of the string that `quote` (one or three characters) closes, on the same line and not
 * after a backslash; 0 if none does. */
static size_t match_quoted(const stg_subject *s, size_t at, char quote, size_t count)
{
    for (size_t i = at + count; i + count <= s->length && s->text[i] != '\n'; i++) {
        if (s->text[i] != quote || s->text[i - 1] == '\\')
            continue;
        if (count == 1 || (byte_at(s, i + 1) == quote && byte_at(s, i + 2) == quote))
            return i + count;
    }
    return 0;
}

size_t stg_match_string(const stg_subject *s, size_t at)
{
    if (stg_word_before(s, at) || (at > 0 && s->text[at - 1] == '\\'))
        return 0;
    const size_t start = at + (byte_at(s, at) == 'b');
    const char quote = byte_at(s, start);
    if (quote != '\'' && quote != '"')
        return 0;
    size_t end = 0;
    if (byte_at(s, start + 1) == quote && byte_at(s, start + 2) == quote)
        end = match_quoted(s, start, quote, 3);
    return end != 0 ? end : match_quoted(s, start, quote, 1);
}

size_t stg_match_url(const stg_subject *s, size_t at)
{
    static const char *const schemes[] = {"file://", "https://", "http://", "ws://", "wss://"};
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        const size_t length = strlen(schemes[i]);
        if (s->length - at < length || memcmp(s->text + at, schemes[i], length) != 0)
            continue;
        at += length;
        while (at < s->length && s->text[at] > 0 && s->text[at] < 0x7F &&
               (stg_is_word((uint32_t)s->text[at]) ||
                strchr("-$+!`(),.?/;:&=%#~@", s->text[at]) != NULL))
            at++;
        return at;
    }
    return 0;
}
