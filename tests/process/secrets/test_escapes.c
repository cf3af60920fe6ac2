/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Secrets in all the ways in which programs write them. */
#include "process/secrets/escapes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text/buf.h"
#include "base/text/utf8.h"
#include "process/secrets/mask.h"
#include "process/secrets/secrets.h"
#include "support/cmocka_all.h"

/* ---- Ways of writing ---- */

typedef void way_writer(stg_buf *out, const char *text, size_t length);

static bool is_in(char c, const char *set)
{
    return c != '\0' && strchr(set, c) != NULL;
}

/* Each character of `set` is written as `replacement`, in which % stands for it. */
static void replace(stg_buf *out, const char *text, size_t length, const char *set,
                    const char *replacement)
{
    for (size_t i = 0; i < length; i++) {
        if (!is_in(text[i], set)) {
            stg_buf_add_char(out, text[i]);
            continue;
        }
        for (const char *r = replacement; *r != '\0'; r++)
            stg_buf_add_char(out, *r == '%' ? text[i] : *r);
    }
}

/* Writes with one way what another has written. */
static void twice(stg_buf *out, const char *text, size_t length, way_writer *first,
                  way_writer *second)
{
    stg_buf once = {0};
    first(&once, text, length);
    second(out, stg_buf_text(&once), once.length);
    stg_buf_free(&once);
}

static void as_it_is(stg_buf *out, const char *text, size_t length)
{
    stg_buf_add(out, text, length);
}

static void dash_quotes(stg_buf *out, const char *text, size_t length)
{
    stg_buf_add_char(out, '\'');
    replace(out, text, length, "'", "'\"'\"'");
    stg_buf_add_char(out, '\'');
}

static void bash_quotes(stg_buf *out, const char *text, size_t length)
{
    stg_buf_add_char(out, '\'');
    replace(out, text, length, "'", "'\\''");
    stg_buf_add_char(out, '\'');
}

static void doubled_single_quotes(stg_buf *out, const char *text, size_t length)
{
    stg_buf_add_char(out, '\'');
    replace(out, text, length, "'", "''");
    stg_buf_add_char(out, '\'');
}

static void csv(stg_buf *out, const char *text, size_t length)
{
    stg_buf_add_char(out, '"');
    replace(out, text, length, "\"", "\"\"");
    stg_buf_add_char(out, '"');
}

static void double_quotes(stg_buf *out, const char *text, size_t length)
{
    stg_buf_add_char(out, '"');
    replace(out, text, length, "\"\\$`", "\\%");
    stg_buf_add_char(out, '"');
}

static void double_quotes_and_bang(stg_buf *out, const char *text, size_t length)
{
    replace(out, text, length, "\"\\$`!", "\\%");
}

static void backslashes(stg_buf *out, const char *text, size_t length)
{
    replace(out, text, length, " \t'\"\\$`!&;()<>|*?[]{}~#=%^,@+/:-", "\\%");
}

static void fish_single_quotes(stg_buf *out, const char *text, size_t length)
{
    replace(out, text, length, "'\\", "\\%");
}

static void quotes_around_each_quote(stg_buf *out, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '\'')
            stg_buf_add_text(out, "\"'\"");
        else if (text[i] == '"' || text[i] == '$')
            stg_buf_addf(out, "'%c'", text[i]);
        else
            stg_buf_add_char(out, text[i]);
    }
}

static void words_in_turn(stg_buf *out, const char *text, size_t length)
{
    stg_buf_add(out, text, length / 2);
    stg_buf_add_text(out, "'$'");
    stg_buf_add(out, text + length / 2, length - length / 2);
}

/* Bytes past ASCII, control characters and those of `set` as `format` has their number. */
static void numbered(stg_buf *out, const char *text, size_t length, const char *set,
                     const char *format)
{
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    for (size_t i = 0; i < length; i++) {
        const unsigned char byte = (unsigned char)text[i];
        if (set == NULL || byte >= 127 || byte < 32 || is_in(text[i], set))
            stg_buf_addf(out, format, byte);
        else
            stg_buf_add_char(out, text[i]);
    }
#pragma GCC diagnostic pop
}

static void ansi_octal(stg_buf *out, const char *text, size_t length)
{
    stg_buf_add_text(out, "$'");
    stg_buf escaped = {0};
    replace(&escaped, text, length, "'\\", "\\%");
    numbered(out, stg_buf_text(&escaped), escaped.length, "", "\\%03o");
    stg_buf_free(&escaped);
    stg_buf_add_char(out, '\'');
}

static void octal_everywhere(stg_buf *out, const char *text, size_t length)
{
    numbered(out, text, length, NULL, "\\%03o");
}

static void octal_with_zero(stg_buf *out, const char *text, size_t length)
{
    numbered(out, text, length, "'\"\\", "\\0%03o");
}

static void hex_escapes(stg_buf *out, const char *text, size_t length)
{
    numbered(out, text, length, "'\"\\", "\\x%02x");
}

static void upper_hex_escapes(stg_buf *out, const char *text, size_t length)
{
    numbered(out, text, length, " '\"\\", "\\x%02X");
}

static void hex_escapes_everywhere(stg_buf *out, const char *text, size_t length)
{
    numbered(out, text, length, NULL, "\\x%02x");
}

static void percent(stg_buf *out, const char *text, size_t length)
{
    numbered(out, text, length, " !\"#$%&'()*+,/:;<=>?@[\\]^`{|}", "%%%02X");
}

static void lower_percent(stg_buf *out, const char *text, size_t length)
{
    numbered(out, text, length, " !\"#$%&'()*+,/:;<=>?@[\\]^`{|}", "%%%02x");
}

static void percent_everywhere(stg_buf *out, const char *text, size_t length)
{
    numbered(out, text, length, NULL, "%%%02X");
}

static void percent_seldom(stg_buf *out, const char *text, size_t length)
{
    numbered(out, text, length, " \"%<>\\^`{|}", "%%%02X");
}

static void percent_of_blanks(stg_buf *out, const char *text, size_t length)
{
    numbered(out, text, length, " ", "%%%02X");
}

static void percent_and_plus(stg_buf *out, const char *text, size_t length)
{
    stg_buf encoded = {0};
    numbered(&encoded, text, length, "!\"#$%&'()*+,/:;<=>?@[\\]^`{|}", "%%%02X");
    replace(out, stg_buf_text(&encoded), encoded.length, " ", "+");
    stg_buf_free(&encoded);
}

static void percent_twice(stg_buf *out, const char *text, size_t length)
{
    twice(out, text, length, percent, percent);
}

/* Characters past ASCII, or all, as `narrow`, or `wide` past U+FFFF (NULL: two of UTF-16). */
static void characters(stg_buf *out, const char *text, size_t length, const char *set,
                       const char *narrow, const char *wide)
{
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    for (size_t i = 0; i < length;) {
        uint32_t c;
        const size_t used = stg_utf8_decode(text + i, length - i, &c);
        const bool is_broken = c == STG_UTF8_REPLACEMENT && used == 1;
        if (is_broken || (set != NULL && c < 127 && c >= 32 && !is_in(text[i], set)))
            stg_buf_add(out, text + i, used);
        else if (c > 0xFFFF && wide == NULL)
            stg_buf_addf(out, "\\ud%03x\\ud%03x", 0x800 + (c - 0x10000) / 1024,
                         0xC00 + (c - 0x10000) % 1024);
        else
            stg_buf_addf(out, c > 0xFFFF ? wide : narrow, c);
        i += used;
    }
#pragma GCC diagnostic pop
}

static void json(stg_buf *out, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        const unsigned char byte = (unsigned char)text[i];
        if (text[i] == '"' || text[i] == '\\')
            stg_buf_addf(out, "\\%c", text[i]);
        else if (text[i] == '\n')
            stg_buf_add_text(out, "\\n");
        else if (text[i] == '\t')
            stg_buf_add_text(out, "\\t");
        else if (byte < 32)
            stg_buf_addf(out, "\\u%04x", byte);
        else
            stg_buf_add_char(out, text[i]);
    }
}

static void json_slashes(stg_buf *out, const char *text, size_t length)
{
    stg_buf encoded = {0};
    json(&encoded, text, length);
    replace(out, stg_buf_text(&encoded), encoded.length, "/", "\\/");
    stg_buf_free(&encoded);
}

static void json_ascii(stg_buf *out, const char *text, size_t length)
{
    characters(out, text, length, "\"\\", "\\u%04x", NULL);
}

static void json_ascii_upper(stg_buf *out, const char *text, size_t length)
{
    stg_buf encoded = {0};
    characters(&encoded, text, length, "\"\\&<>'+", "\\u%04X", NULL);
    stg_buf_add(out, encoded.data, encoded.length);
    stg_buf_free(&encoded);
}

static void json_everywhere(stg_buf *out, const char *text, size_t length)
{
    characters(out, text, length, NULL, "\\u%04x", NULL);
}

static void json_in_json(stg_buf *out, const char *text, size_t length)
{
    twice(out, text, length, json, json);
}

static void json_ascii_in_json(stg_buf *out, const char *text, size_t length)
{
    twice(out, text, length, json_ascii, json);
}

static void json_in_json_in_json(stg_buf *out, const char *text, size_t length)
{
    twice(out, text, length, json_in_json, json);
}

static void json_in_single_quotes(stg_buf *out, const char *text, size_t length)
{
    twice(out, text, length, json, bash_quotes);
}

static void json_in_double_quotes(stg_buf *out, const char *text, size_t length)
{
    twice(out, text, length, json, double_quotes);
}

static void percent_in_json(stg_buf *out, const char *text, size_t length)
{
    twice(out, text, length, percent_seldom, json);
}

static void quotes_in_json(stg_buf *out, const char *text, size_t length)
{
    twice(out, text, length, bash_quotes, json);
}

static void python_repr(stg_buf *out, const char *text, size_t length)
{
    stg_buf escaped = {0};
    replace(&escaped, text, length, "'\\", "\\%");
    characters(out, stg_buf_text(&escaped), escaped.length, "", "\\u%04x", "\\U%08x");
    stg_buf_free(&escaped);
}

static void python_ascii(stg_buf *out, const char *text, size_t length)
{
    stg_buf escaped = {0};
    replace(&escaped, text, length, "'\\", "\\%");
    for (size_t i = 0; i < escaped.length;) {
        uint32_t c;
        const size_t used = stg_utf8_decode(escaped.data + i, escaped.length - i, &c);
        characters(out, escaped.data + i, used, "", c < 256 ? "\\x%02x" : "\\u%04x", "\\U%08x");
        i += used;
    }
    stg_buf_free(&escaped);
}

static void braces(stg_buf *out, const char *text, size_t length)
{
    characters(out, text, length, "'\"\\", "\\u{%x}", "\\u{%X}");
}

static void perl_braces(stg_buf *out, const char *text, size_t length)
{
    characters(out, text, length, "'\"\\", "\\x{%x}", "\\x{%x}");
}

static void long_escapes(stg_buf *out, const char *text, size_t length)
{
    characters(out, text, length, "'\"\\", "\\U%08X", "\\U%08X");
}

static void xml(stg_buf *out, const char *text, size_t length)
{
    static const char special[] = "&<>\"'";
    static const char *const names[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&apos;"};
    for (size_t i = 0; i < length; i++) {
        if (is_in(text[i], special))
            stg_buf_add_text(out, names[strchr(special, text[i]) - special]);
        else
            stg_buf_add_char(out, text[i]);
    }
}

static void xml_numbers(stg_buf *out, const char *text, size_t length)
{
    characters(out, text, length, "&<>\"'", "&#%u;", "&#%u;");
}

static void xml_hex_numbers(stg_buf *out, const char *text, size_t length)
{
    characters(out, text, length, "&<>\"'", "&#x%X;", "&#x%x;");
}

static void xml_in_json(stg_buf *out, const char *text, size_t length)
{
    twice(out, text, length, xml, json);
}

static void carets(stg_buf *out, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if ((unsigned char)text[i] < 32 && text[i] != '\n')
            stg_buf_addf(out, "^%c", text[i] ^ 64);
        else
            stg_buf_add_char(out, text[i]);
    }
}

static void fish_controls(stg_buf *out, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (text[i] == 0x1B)
            stg_buf_add_text(out, "\\e");
        else if ((unsigned char)text[i] < 32 && text[i] != '\n')
            stg_buf_addf(out, "\\c%c", text[i] | 96);
        else
            replace(out, text + i, 1, "\\'\" $&;()<>|", "\\%");
    }
}

static void zsh_controls(stg_buf *out, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (text[i] == 127)
            stg_buf_add_text(out, "\\C-?");
        else if ((unsigned char)text[i] < 32 && text[i] != '\n')
            stg_buf_addf(out, "\\C-%c", text[i] | 64);
        else
            replace(out, text + i, 1, "\\'", "\\%");
    }
}

/* As cat -v does. */
static void meta(stg_buf *out, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        const unsigned char byte = (unsigned char)text[i], low = byte & 127;
        if (text[i] == '\n' || text[i] == '\t') {
            stg_buf_add_char(out, text[i]);
            continue;
        }
        stg_buf_add_text(out, byte >= 128 ? "M-" : "");
        stg_buf_addf(out, low < 32 || low == 127 ? "^%c" : "%c",
                     low < 32 || low == 127 ? low ^ 64 : low);
    }
}

/* As zsh does in the C locale. */
static void zsh_meta(stg_buf *out, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        const unsigned char byte = (unsigned char)text[i], low = byte & 127;
        if (byte < 128)
            zsh_controls(out, text + i, 1);
        else if (low < 32 || low == 127)
            stg_buf_addf(out, "\\M-\\C-%c", low == 127 ? '?' : low | 64);
        else
            stg_buf_addf(out, "\\M-%c", low);
    }
}

/* As few digits as the next character allows. */
static void short_octal(stg_buf *out, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        const unsigned char byte = (unsigned char)text[i];
        const bool is_before_digit = i + 1 < length && text[i + 1] >= '0' && text[i + 1] <= '9';
        if (byte >= 32 && byte < 127)
            replace(out, text + i, 1, "\\\"$@", "\\%");
        else
            stg_buf_addf(out, is_before_digit ? "\\%03o" : "\\%o", byte);
    }
}

static void dash_quotes_in_json(stg_buf *out, const char *text, size_t length)
{
    twice(out, text, length, dash_quotes, json);
}

static void roff(stg_buf *out, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        switch (text[i]) {
        case '\\':
            stg_buf_add_text(out, "\\e");
            break;
        case '-':
            stg_buf_add_text(out, "\\-");
            break;
        case '\'':
            stg_buf_add_text(out, "\\(aq");
            break;
        case '`':
            stg_buf_add_text(out, "\\(ga");
            break;
        default:
            stg_buf_add_char(out, text[i]);
        }
    }
}

static void colours(stg_buf *out, const char *text, size_t length)
{
    stg_buf_add(out, text, 3);
    stg_buf_add_text(out, "\x1b[1;38;5;12m");
    stg_buf_add(out, text + 3, length - 3);
    stg_buf_add_text(out, "\x1b[0m");
}

static void grep_colours(stg_buf *out, const char *text, size_t length)
{
    stg_buf_add(out, text, 2);
    stg_buf_add_text(out, "\x1b[01;31m\x1b[K");
    stg_buf_add(out, text + 2, 3);
    stg_buf_add_text(out, "\x1b[m\x1b[K");
    stg_buf_add(out, text + 5, length - 5);
}

static void broken_at_blanks(stg_buf *out, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (text[i] == ' ')
            stg_buf_add_text(out, "\n        ");
        else
            stg_buf_add_char(out, text[i]);
    }
}

/* ---- base64 and hexadecimal digits ---- */

static const char usual[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static const char urls[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

static void encode(stg_buf *out, const char *text, size_t length, const char *alphabet, bool padded)
{
    unsigned held = 0;
    int bits = 0;
    size_t digits = 0;
    for (size_t i = 0; i < length; i++) {
        held = held << 8 | (unsigned char)text[i];
        for (bits += 8; bits >= 6; digits++)
            stg_buf_add_char(out, alphabet[held >> (bits -= 6) & 63]);
        held &= 63;
    }
    if (bits > 0) {
        stg_buf_add_char(out, alphabet[held << (6 - bits) & 63]);
        digits++;
    }
    for (; padded && digits % 4 != 0; digits++)
        stg_buf_add_char(out, '=');
}

static void base64(stg_buf *out, const char *text, size_t length)
{
    encode(out, text, length, usual, true);
}

static void base64_unpadded(stg_buf *out, const char *text, size_t length)
{
    encode(out, text, length, usual, false);
}

static void base64_for_urls(stg_buf *out, const char *text, size_t length)
{
    encode(out, text, length, urls, true);
}

static void base64_for_urls_unpadded(stg_buf *out, const char *text, size_t length)
{
    encode(out, text, length, urls, false);
}

/* Of a longer text. */
static void base64_within(stg_buf *out, const char *before, const char *text, size_t length,
                          const char *alphabet)
{
    stg_buf whole = {0};
    stg_buf_add_text(&whole, before);
    stg_buf_add(&whole, text, length);
    stg_buf_add_text(&whole, "!");
    encode(out, whole.data, whole.length, alphabet, true);
    stg_buf_free(&whole);
}

static void base64_second(stg_buf *out, const char *text, size_t length)
{
    base64_within(out, "x", text, length, usual);
}

static void base64_third(stg_buf *out, const char *text, size_t length)
{
    base64_within(out, "xy", text, length, urls);
}

static void base64_fourth(stg_buf *out, const char *text, size_t length)
{
    base64_within(out, "x:y", text, length, usual);
}

static void wrap(stg_buf *out, const stg_buf *digits, size_t columns, const char *newline)
{
    for (size_t i = 0; i < digits->length; i++) {
        if (i > 0 && i % columns == 0)
            stg_buf_add_text(out, newline);
        stg_buf_add_char(out, digits->data[i]);
    }
}

/* In lines of so many digits. */
static void base64_lines(stg_buf *out, const char *text, size_t length, size_t columns,
                         const char *newline)
{
    stg_buf digits = {0};
    encode(&digits, text, length, usual, true);
    wrap(out, &digits, columns, newline);
    stg_buf_free(&digits);
}

static void base64_76_lf(stg_buf *out, const char *text, size_t length)
{
    base64_lines(out, text, length, 76, "\n");
}

static void base64_76_crlf(stg_buf *out, const char *text, size_t length)
{
    base64_lines(out, text, length, 76, "\r\n");
}

static void base64_64_lf(stg_buf *out, const char *text, size_t length)
{
    base64_lines(out, text, length, 64, "\n");
}

static void base64_64_crlf(stg_buf *out, const char *text, size_t length)
{
    base64_lines(out, text, length, 64, "\r\n");
}

static void base64_narrow(stg_buf *out, const char *text, size_t length)
{
    base64_lines(out, text, length, 7, "\n    ");
}

static void base64_lines_in_json(stg_buf *out, const char *text, size_t length)
{
    base64_lines(out, text, length, 20, "\\n");
}

static void base64_in_url(stg_buf *out, const char *text, size_t length)
{
    twice(out, text, length, base64, percent);
}

static void base64_in_json(stg_buf *out, const char *text, size_t length)
{
    twice(out, text, length, base64, json_slashes);
}

static void hex(stg_buf *out, const char *text, size_t length)
{
    numbered(out, text, length, NULL, "%02x");
}

static void upper_hex(stg_buf *out, const char *text, size_t length)
{
    numbered(out, text, length, NULL, "%02X");
}

static void hex_with_blanks(stg_buf *out, const char *text, size_t length)
{
    numbered(out, text, length, NULL, "%02x ");
}

static void hex_with_colons(stg_buf *out, const char *text, size_t length)
{
    numbered(out, text, length, NULL, "%02X:");
}

static void hex_lines(stg_buf *out, const char *text, size_t length)
{
    stg_buf digits = {0};
    hex(&digits, text, length);
    wrap(out, &digits, 60, "\n");
    stg_buf_free(&digits);
}

/* ---- The test ---- */

static const struct {
    const char *name;
    way_writer *write;
} ways[] = {
#define WAY(way)                                                                                   \
    {                                                                                              \
#way, way                                                                                  \
    }
    WAY(as_it_is),
    WAY(dash_quotes),
    WAY(bash_quotes),
    WAY(doubled_single_quotes),
    WAY(csv),
    WAY(double_quotes),
    WAY(double_quotes_and_bang),
    WAY(backslashes),
    WAY(fish_single_quotes),
    WAY(quotes_around_each_quote),
    WAY(words_in_turn),
    WAY(ansi_octal),
    WAY(octal_everywhere),
    WAY(octal_with_zero),
    WAY(hex_escapes),
    WAY(upper_hex_escapes),
    WAY(hex_escapes_everywhere),
    WAY(percent),
    WAY(lower_percent),
    WAY(percent_everywhere),
    WAY(percent_seldom),
    WAY(percent_of_blanks),
    WAY(percent_and_plus),
    WAY(percent_twice),
    WAY(json),
    WAY(json_slashes),
    WAY(json_ascii),
    WAY(json_ascii_upper),
    WAY(json_everywhere),
    WAY(json_in_json),
    WAY(json_ascii_in_json),
    WAY(json_in_json_in_json),
    WAY(json_in_single_quotes),
    WAY(json_in_double_quotes),
    WAY(percent_in_json),
    WAY(quotes_in_json),
    WAY(python_repr),
    WAY(python_ascii),
    WAY(braces),
    WAY(perl_braces),
    WAY(long_escapes),
    WAY(xml),
    WAY(xml_numbers),
    WAY(xml_hex_numbers),
    WAY(xml_in_json),
    WAY(carets),
    WAY(fish_controls),
    WAY(zsh_controls),
    WAY(meta),
    WAY(zsh_meta),
    WAY(short_octal),
    WAY(dash_quotes_in_json),
    WAY(roff),
    WAY(colours),
    WAY(grep_colours),
    WAY(broken_at_blanks),
    WAY(base64),
    WAY(base64_unpadded),
    WAY(base64_for_urls),
    WAY(base64_for_urls_unpadded),
    WAY(base64_second),
    WAY(base64_third),
    WAY(base64_fourth),
    WAY(base64_76_lf),
    WAY(base64_76_crlf),
    WAY(base64_64_lf),
    WAY(base64_64_crlf),
    WAY(base64_narrow),
    WAY(base64_lines_in_json),
    WAY(base64_in_url),
    WAY(base64_in_json),
    WAY(hex),
    WAY(upper_hex),
    WAY(hex_with_blanks),
    WAY(hex_with_colons),
    WAY(hex_lines),
#undef WAY
};
enum { WAYS = sizeof ways / sizeof *ways };

static const struct {
    const char *value;
    size_t rest; /* how many bytes of a text may stay beside the masks */
} kinds[] = {
    {"hunter2-and-a-long-enough-token", 12},
    {"it's \"quoted\", \\back\\\\slashed$1 and `so on`!", 12},
    {"p@ss w0rd+/=&<>%41;?#[x]{y}~%25z-0123456789", 12},
    {"s3cr3t\xc3\xa9\xe2\x9c\x93\xf0\x9f\x98\x80\xc3\xbct\xc3\xa9 of 28 bytes", 12},
    {"tab\tbell\a esc\x1b[ and \x01 control\x1f \x7f characters", 12},
    {"\xff\xfe not \x80 UTF-8 \xc3( at all, but bytes", 12},
    {"the first line's key\nand+the/second \"line\"==\n}\nthe last \\ line of it", 36},
    {"''\"\"\\\\\\\\$$``  %%++''\"\"\\\\", 12},
};
enum { KINDS = sizeof kinds / sizeof *kinds };

static void add_to_buf(void *context, const char *bytes, size_t length)
{
    stg_buf_add(context, bytes, length);
}

/* In pieces of so many bytes. */
static void mask(stg_buf *out, const staged_secrets *secrets, const stg_buf *text, size_t piece)
{
    stg_buf_clear(out);
    stg_mask m = stg_mask_begin(stg_secrets_forms(secrets));
    for (size_t at = 0; at < text->length; at += piece)
        stg_mask_add(&m, text->data + at, text->length - at < piece ? text->length - at : piece,
                     add_to_buf, out);
    stg_mask_end(&m, add_to_buf, out);
}

/* How much there is of a text beside its masks; SIZE_MAX: there is no mask. */
static size_t rest_of(const stg_buf *masked)
{
    const char *text = stg_buf_text(masked);
    size_t masks = 0;
    for (const char *at = text; (at = strstr(at, STAGED_SECRET_MASK)) != NULL; at += 3)
        masks++;
    return masks == 0 ? SIZE_MAX : masked->length - 3 * masks;
}

static void test_all_ways_of_all_kinds(void **state)
{
    (void)state;
    static const size_t pieces[] = {SIZE_MAX / 2, 1, 2, 3, 5, 16};
    int shown = 0;
    for (size_t k = 0; k < KINDS; k++) {
        const size_t length = strlen(kinds[k].value);
        staged_secrets *secrets = staged_secrets_new();
        assert_int_equal(staged_secrets_add(secrets, kinds[k].value, length), STAGED_OK);
        for (size_t w = 0; w < WAYS; w++) {
            stg_buf text = {0}, masked = {0}, again = {0};
            stg_buf_add_text(&text, "<");
            ways[w].write(&text, kinds[k].value, length);
            stg_buf_add_text(&text, ">");
            for (size_t p = 0; p < sizeof pieces / sizeof *pieces; p++) {
                mask(p == 0 ? &masked : &again, secrets, &text, pieces[p]);
                if (p > 0)
                    assert_string_equal(stg_buf_text(&again), stg_buf_text(&masked));
            }
            if (rest_of(&masked) > kinds[k].rest) {
                print_error("%zu %s: %s\n   %s\n", k, ways[w].name, stg_buf_text(&text),
                            stg_buf_text(&masked));
                shown++;
            }
            stg_buf_free(&text);
            stg_buf_free(&masked);
            stg_buf_free(&again);
        }
        staged_secrets_free(secrets);
    }
    assert_int_equal(shown, 0);
}

static void assert_masked(const char *secret, const char *text, const char *expected)
{
    staged_secrets *secrets = staged_secrets_new();
    assert_int_equal(staged_secrets_add(secrets, secret, strlen(secret)), STAGED_OK);
    char *masked = staged_secrets_mask(secrets, text, strlen(text), NULL);
    assert_string_equal(masked, expected);
    free(masked);
    staged_secrets_free(secrets);
}

/* What only looks alike is shown, and what stands around a secret stays. */
static void test_nothing_else_is_masked(void **state)
{
    (void)state;
    assert_masked("hunter2", "CORP\\hunter2 \"hunter2\" 'hunter2'", "CORP\\*** \"***\" '***'");
    assert_masked("hunter2", "line\\nhunter2\\n", "line\\n***\\n");
    assert_masked("hunter2", "hun-ter2 hun ter2 hun\nter2 Hunter2 hunter",
                  "hun-ter2 hun ter2 "
                  "hun\nter2 Hunter2 "
                  "hunter");
    assert_masked("hunter2", "hunhunter2 hunterhunter2", "hun*** hunter***");
    assert_masked("aaaa", "aaaaaaa baaab aaaab", "*** baaab ***b");
    assert_masked("hunter2", "\x1b[1mhun\x1b[0mter2\x1b[0m", "\x1b[1m***\x1b[0m");
    assert_masked("$ecret", "\\$ecret \\\\$ecret", "*** ***");
    assert_masked("correct horse", "correct\n    horse, correcthorse, correct  horse",
                  "***, correcthorse, correct  horse");
    assert_masked("a%bcd", "a%bcd a%25bcd a%bc", "*** *** a%bc");
    assert_masked("100%25", "100%25 100%2525 100%", "*** *** 100%");
}

TEST_GROUP(escapes)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_ways_of_all_kinds),
        cmocka_unit_test(test_nothing_else_is_masked),
    };
    return cmocka_run_group_tests_name("process escapes", tests, NULL, NULL);
}
