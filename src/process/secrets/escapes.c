/* SPDX-License-Identifier: BSD-3-Clause
 *
 * How shells, JSON, URLs, XML and terminals write characters. */
#include "process/secrets/escapes.h"

#include <stdint.h>
#include <string.h>

#include "base/text/utf8.h"

/* Texts within texts within texts: "\\\\\\\"". */
enum { MOST_BACKSLASHES = 8, MOST_PERCENTS = 4, LONGEST_SEQUENCE = 24, MOST_BLANKS = 64 };

/* One search for spellings. */
typedef struct search {
    stg_bytes plain, written;
    stg_step *steps;
    size_t count;
    bool *is_cut;
} search;

static void add_step(search *s, size_t plain, size_t written)
{
    if (s->count < STG_MOST_STEPS)
        s->steps[s->count++] = (stg_step){plain, written};
}

static int hex_value(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* The byte at an index; -1 past the end, which is recorded. */
static int byte_at(const search *s, size_t at)
{
    if (at < s->written.length)
        return (unsigned char)s->written.at[at];
    *s->is_cut = true;
    return -1;
}

/* Reads `least` to `most` digits.  Returns how many; 0: too few. */
static size_t read_digits(const search *s, size_t at, int base, size_t least, size_t most,
                          uint32_t *number)
{
    size_t count = 0;
    *number = 0;
    for (; count < most; count++) {
        const int byte = byte_at(s, at + count);
        const int digit = byte < 0 ? -1 : hex_value((char)byte);
        if (digit < 0 || digit >= base)
            break;
        *number = *number * (uint32_t)base + (uint32_t)digit;
    }
    return count >= least ? count : 0;
}

static unsigned char plain_byte(const search *s)
{
    return (unsigned char)s->plain.at[0];
}

static bool is_letter_or_digit(unsigned char c)
{
    return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || c >= 0x80;
}

/* A character written as its number. */
static void add_if_character(search *s, uint32_t number, size_t written)
{
    char bytes[4];
    if (number > 0x10FFFF || (number >= 0xD800 && number < 0xE000))
        return;
    const size_t length = stg_utf8_encode(number, bytes);
    if (length <= s->plain.length && memcmp(bytes, s->plain.at, length) == 0)
        add_step(s, length, written);
}

/* ---- Behind a backslash ---- */

static char letter_escape(unsigned char plain)
{
    switch (plain) {
    case '\n':
        return 'n';
    case '\t':
        return 't';
    case '\r':
        return 'r';
    case '\b':
        return 'b';
    case '\f':
        return 'f';
    case '\v':
        return 'v';
    case '\a':
        return 'a';
    case 0x1B:
        return 'e';
    default:
        return '\0';
    }
}

/* \u00e9, and \ud83d\ude00 for one character, with as many backslashes as before. */
static void add_utf16(search *s, size_t at, size_t backslashes)
{
    uint32_t high, low;
    if (read_digits(s, at, 16, 4, 4, &high) == 0)
        return;
    at += 4;
    if (high < 0xD800 || high >= 0xDC00) {
        add_if_character(s, high, at);
        return;
    }
    for (size_t i = 0; i < backslashes; i++) {
        if (byte_at(s, at++) != '\\')
            return;
    }
    if (byte_at(s, at) != 'u' || read_digits(s, at + 1, 16, 4, 4, &low) == 0 || low < 0xDC00 ||
        low >= 0xE000)
        return;
    add_if_character(s, 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00), at + 5);
}

static void add_braced(search *s, size_t at)
{
    uint32_t number;
    const size_t digits = read_digits(s, at + 1, 16, 1, 8, &number);
    if (digits > 0 && byte_at(s, at + 1 + digits) == '}')
        add_if_character(s, number, at + digits + 2);
}

static void add_numbered(search *s, size_t at, size_t backslashes)
{
    uint32_t number;
    const int letter = byte_at(s, at);
    if ((letter == 'u' || letter == 'x') && byte_at(s, at + 1) == '{')
        add_braced(s, at + 1);
    else if (letter == 'u')
        add_utf16(s, at + 1, backslashes);
    if (letter == 'U' && read_digits(s, at + 1, 16, 8, 8, &number) > 0)
        add_if_character(s, number, at + 9);
    if (letter == 'x' && read_digits(s, at + 1, 16, 2, 2, &number) > 0) {
        if (number == plain_byte(s))
            add_step(s, 1, at + 3);
        else
            add_if_character(s, number, at + 3);
    }
    const size_t zero = letter == '0' ? 1 : 0;
    const size_t digits = read_digits(s, at, 8, 1, 3, &number);
    if (digits > 0 && number == plain_byte(s))
        add_step(s, 1, at + digits);
    if (zero > 0 && read_digits(s, at + 1, 8, 3, 3, &number) > 0 && number == plain_byte(s))
        add_step(s, 1, at + 4);
}

/* How a man page writes it. */
static void add_roff(search *s, size_t at)
{
    static const struct {
        char plain;
        const char *written;
    } names[] = {{'\'', "(aq"}, {'`', "(ga"}, {'^', "(ha"}, {'~', "(ti"}, {'\\', "e"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (names[i].plain != *s->plain.at)
            continue;
        size_t length = 0;
        while (names[i].written[length] != '\0' &&
               byte_at(s, at + length) == names[i].written[length])
            length++;
        if (names[i].written[length] == '\0')
            add_step(s, 1, at + length);
    }
}

static bool is_control(unsigned char c)
{
    return c < 32 || c == 127;
}

/* \ca of fish and \C-a of zsh, behind the backslash; -1: neither.
 *   end   receives where it ends */
static int control_at(const search *s, size_t at, int *end)
{
    const bool is_long = byte_at(s, at) == 'C' && byte_at(s, at + 1) == '-';
    if (!is_long && byte_at(s, at) != 'c')
        return -1;
    const size_t letter = at + (is_long ? 2 : 1);
    const int byte = byte_at(s, letter);
    *end = (int)letter + 1;
    return byte < 0 ? -1 : byte == '?' ? 127 : byte & 31;
}

/* M-C for a byte past ASCII, and M-^A, as cat -v and zsh write them; -1: neither.
 *   end   receives where it ends */
static int meta_at(const search *s, size_t at, size_t *end)
{
    if (byte_at(s, at) != 'M' || byte_at(s, at + 1) != '-')
        return -1;
    const int byte = byte_at(s, at + 2);
    if (byte < 0)
        return -1;
    int control_end;
    const size_t escape = byte == '\\' ? 1 : 0;
    const int control = escape > 0 ? control_at(s, at + 3, &control_end) : -1;
    if (control >= 0) {
        *end = (size_t)control_end;
        return control | 128;
    }
    const int behind_caret = byte == '^' ? byte_at(s, at + 3) : -1;
    if (behind_caret >= 64 || behind_caret == '?') {
        *end = at + 4;
        return (behind_caret ^ 64) | 128;
    }
    *end = at + 3;
    return byte | 128;
}

static void add_meta(search *s, size_t at)
{
    size_t end;
    if (plain_byte(s) >= 128 && meta_at(s, at, &end) == plain_byte(s))
        add_step(s, 1, end);
}

static void add_behind_backslashes(search *s, bool is_first)
{
    size_t count = 0;
    while (count < MOST_BACKSLASHES && byte_at(s, count) == '\\')
        count++;
    const unsigned char plain = plain_byte(s);
    if (plain == '\\') {
        for (size_t written = 2; written <= count; written *= 2)
            add_step(s, 1, written);
    }
    int next = byte_at(s, count);
    if (next == plain && !is_letter_or_digit(plain) && (!is_first || plain > ' '))
        add_step(s, 1, count + 1);
    if (next > 0 && (next == letter_escape(plain) || (plain == 0x1B && next == 'E')))
        add_step(s, 1, count + 1);
    add_numbered(s, count, count);
    if (count == 1)
        add_roff(s, 1);
    add_meta(s, count);
    if (is_control(plain) && control_at(s, count, &next) == plain)
        add_step(s, 1, (size_t)next);
}

/* ---- What an escape may stand for ---- */

static unsigned char first_byte(uint32_t number)
{
    char bytes[4] = "";
    (void)stg_utf8_encode(number > 0x10FFFF ? 0 : number, bytes);
    return (unsigned char)bytes[0];
}

static size_t add_numbers(const search *s, size_t at, unsigned char firsts[STG_MOST_FIRSTS])
{
    uint32_t number;
    size_t count = 0;
    const int letter = byte_at(s, at);
    if ((letter == 'u' || letter == 'x') && byte_at(s, at + 1) == '{') {
        if (read_digits(s, at + 2, 16, 1, 8, &number) > 0)
            firsts[count++] = first_byte(number);
    } else if (letter == 'u' && read_digits(s, at + 1, 16, 4, 4, &number) > 0) {
        /* The first half of a surrogate pair decides the first byte. */
        const bool is_high = number >= 0xD800 && number < 0xDC00;
        firsts[count++] = first_byte(is_high ? 0x10000 + ((number - 0xD800) << 10) : number);
    } else if (letter == 'U' && read_digits(s, at + 1, 16, 8, 8, &number) > 0) {
        firsts[count++] = first_byte(number);
    } else if (letter == 'x' && read_digits(s, at + 1, 16, 2, 2, &number) > 0) {
        firsts[count++] = (unsigned char)number;
        firsts[count++] = first_byte(number);
    }
    if (read_digits(s, at, 8, 1, 3, &number) > 0)
        firsts[count++] = (unsigned char)number;
    if (letter == '0' && read_digits(s, at + 1, 8, 3, 3, &number) > 0)
        firsts[count++] = (unsigned char)number;
    return count;
}

/* Characters that are literal after a backslash, or as a letter. */
static size_t add_escaped(const search *s, size_t at, unsigned char firsts[STG_MOST_FIRSTS])
{
    static const unsigned char controls[] = "\b\f\v\a\x1b";
    const int next = byte_at(s, at);
    size_t count = 0;
    firsts[count++] = '\\';
    if (next >= 0 && !is_letter_or_digit((unsigned char)next))
        firsts[count++] = (unsigned char)next;
    for (size_t i = 0; controls[i] != '\0'; i++) {
        if (next == letter_escape(controls[i]) || (next == 'E' && controls[i] == 0x1B))
            firsts[count++] = controls[i];
    }
    int end;
    size_t meta_end;
    const int control = control_at(s, at, &end), meta = meta_at(s, at, &meta_end);
    if (control >= 0)
        firsts[count++] = (unsigned char)control;
    if (meta >= 0)
        firsts[count++] = (unsigned char)meta;
    for (size_t i = 0; next == '(' && i < 4; i++)
        firsts[count++] = (unsigned char)"'`^~"[i];
    return count;
}

size_t stg_first_bytes(stg_bytes written, unsigned char firsts[STG_MOST_FIRSTS], bool *is_cut)
{
    const search s = {.written = written, .is_cut = is_cut};
    uint32_t number = 0;
    size_t count = 0, at = 1;
    firsts[count++] = (unsigned char)*written.at;
    switch (*written.at) {
    case '\\':
        while (at < MOST_BACKSLASHES && byte_at(&s, at) == '\\')
            at++;
        count = add_escaped(&s, at, firsts);
        return count + add_numbers(&s, at, firsts + count);
    case '%':
        for (size_t i = 0; i < MOST_PERCENTS && read_digits(&s, at, 16, 2, 2, &number) > 0;
             at += 2, i++) {
            firsts[count++] = (unsigned char)number;
            if (number != '%')
                break;
        }
        return count;
    case '&':
        if (byte_at(&s, 1) == '#' && byte_at(&s, 2) >= 0) {
            const bool is_hex = (byte_at(&s, 2) | 32) == 'x';
            if (read_digits(&s, is_hex ? 3 : 2, is_hex ? 16 : 10, 1, 8, &number) > 0)
                firsts[count++] = first_byte(number);
            return count;
        }
        for (size_t i = 0; i < 4; i++)
            firsts[count++] = (unsigned char)"<>\"'"[i];
        return count;
    case 'M':
        if (meta_at(&s, 0, &at) >= 0)
            firsts[count++] = (unsigned char)meta_at(&s, 0, &at);
        return count;
    case '^':
        if (byte_at(&s, 1) >= 0)
            firsts[count++] = (unsigned char)(byte_at(&s, 1) ^ 64);
        return count;
    default:
        return count;
    }
}

/* ---- Elsewhere ---- */

/* %2F, and %252F if encoded twice. */
static void add_behind_percent(search *s)
{
    uint32_t number;
    for (size_t at = 1, i = 0; i < MOST_PERCENTS; at += 2, i++) {
        if (read_digits(s, at, 16, 2, 2, &number) == 0)
            return;
        if (number == plain_byte(s))
            add_step(s, 1, at + 2);
        if (number != '%')
            return;
    }
}

static void add_entity(search *s)
{
    static const struct {
        char plain;
        const char *name;
    } names[] = {{'&', "amp;"}, {'<', "lt;"}, {'>', "gt;"}, {'"', "quot;"}, {'\'', "apos;"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t length = 0;
        while (names[i].plain == *s->plain.at && names[i].name[length] != '\0' &&
               byte_at(s, 1 + length) == names[i].name[length])
            length++;
        if (names[i].plain == *s->plain.at && names[i].name[length] == '\0')
            add_step(s, 1, 1 + length);
    }
    if (byte_at(s, 1) != '#')
        return;
    uint32_t number;
    const int x = byte_at(s, 2);
    const bool is_hex = x == 'x' || x == 'X';
    const size_t at = is_hex ? 3 : 2;
    const size_t digits = read_digits(s, at, is_hex ? 16 : 10, 1, 8, &number);
    if (digits > 0 && byte_at(s, at + digits) == ';')
        add_if_character(s, number, at + digits + 1);
}

/* A line was broken at a blank. */
static void add_line_break(search *s)
{
    size_t at = 0;
    bool has_newline = false;
    for (; at < MOST_BLANKS; at++) {
        const int byte = byte_at(s, at);
        if (byte != ' ' && byte != '\t' && byte != '\r' && byte != '\n')
            break;
        if (byte == '\n' && has_newline)
            break;
        has_newline = has_newline || byte == '\n';
    }
    if (has_newline)
        add_step(s, 1, at);
}

size_t stg_steps_as_text(stg_bytes plain, stg_bytes written, bool is_first,
                         stg_step steps[STG_MOST_STEPS], bool *is_cut)
{
    search s = {.plain = plain, .written = written, .steps = steps, .is_cut = is_cut};
    const int first = byte_at(&s, 0);
    if (first == plain_byte(&s))
        add_step(&s, 1, 1);
    if (first == '\\')
        add_behind_backslashes(&s, is_first);
    else if (first == '%')
        add_behind_percent(&s);
    else if (first == '&')
        add_entity(&s);
    else if (first == '^' && is_control(plain_byte(&s)) && byte_at(&s, 1) == (plain_byte(&s) ^ 64))
        add_step(&s, 1, 2);
    else if (first == 'M')
        add_meta(&s, 0);
    if (plain_byte(&s) != ' ')
        return s.count;
    if (first == '+')
        add_step(&s, 1, 1);
    else if (first == ' ' || first == '\r' || first == '\n')
        add_line_break(&s);
    return s.count;
}

size_t stg_steps_as_base64(stg_bytes plain, stg_bytes written, stg_step steps[STG_MOST_STEPS],
                           bool *is_cut)
{
    search s = {.plain = plain, .written = written, .steps = steps, .is_cut = is_cut};
    const int first = byte_at(&s, 0);
    const unsigned char digit = plain_byte(&s);
    if (first == digit || (digit == '+' && first == '-') || (digit == '/' && first == '_'))
        add_step(&s, 1, 1);
    else if (first == '%')
        add_behind_percent(&s);
    else if (first == '\\' && digit == '/' && byte_at(&s, 1) == '/')
        add_step(&s, 1, 2);
    return s.count;
}

size_t stg_steps_as_hex(stg_bytes plain, stg_bytes written, stg_step steps[STG_MOST_STEPS],
                        bool *is_cut)
{
    search s = {.plain = plain, .written = written, .steps = steps, .is_cut = is_cut};
    uint32_t number;
    if (read_digits(&s, 0, 16, 2, 2, &number) > 0 && number == plain_byte(&s))
        add_step(&s, 1, 2);
    return s.count;
}

/* ---- Between characters ---- */

/* A terminal's escape sequence, such as a colour; 0: none. */
static size_t sequence_length(const search *s, size_t at)
{
    if (byte_at(s, at) != 0x1B || byte_at(s, at + 1) != '[')
        return 0;
    for (size_t length = 2; length < LONGEST_SEQUENCE; length++) {
        const int byte = byte_at(s, at + length);
        if (byte < 0x20 || byte > 0x7E)
            return 0;
        if (byte >= 0x40)
            return length + 1;
    }
    return 0;
}

/* A shell's quote inside JSON: \"; 0: none. */
static size_t escaped_quote_length(const search *s, size_t at)
{
    size_t count = 0;
    while (count < MOST_BACKSLASHES && byte_at(s, at + count) == '\\')
        count++;
    const int quote = byte_at(s, at + count);
    return quote == '\'' || quote == '"' ? count + 1 : 0;
}

size_t stg_gaps_of_text(stg_bytes written, size_t ends[STG_MOST_GAPS], bool *is_cut)
{
    const search s = {.written = written, .is_cut = is_cut};
    size_t count = 0;
    for (size_t at = 0; count < STG_MOST_GAPS; ends[count++] = at) {
        const int byte = byte_at(&s, at);
        size_t length = 0;
        if (byte == '\'' || byte == '"')
            length = 1;
        else if (byte == '$' && (byte_at(&s, at + 1) == '\'' || byte_at(&s, at + 1) == '"'))
            length = 2;
        else if (byte == '\\')
            length = escaped_quote_length(&s, at);
        else if (byte == 0x1B)
            length = sequence_length(&s, at);
        if (length == 0)
            break;
        at += length;
    }
    return count;
}

size_t stg_gaps_of_digits(stg_bytes written, bool with_marks, size_t ends[STG_MOST_GAPS],
                          bool *is_cut)
{
    const search s = {.written = written, .is_cut = is_cut};
    size_t at = 0;
    const int first = byte_at(&s, 0);
    if (with_marks && (first == ':' || first == ' '))
        at = 1;
    else if (first != '\r' && first != '\n' && first != '\\')
        return 0;
    for (bool goes_on = at == 0; goes_on && at < MOST_BLANKS;) {
        const int byte = byte_at(&s, at);
        const int next = byte == '\\' ? byte_at(&s, at + 1) : -1;
        goes_on = byte == '\r' || byte == '\n' || byte == ' ' || byte == '\t' || next == 'n' ||
                  next == 'r';
        at += !goes_on ? 0 : byte == '\\' ? 2 : 1;
    }
    ends[0] = at;
    return at > 0 ? 1 : 0;
}

bool stg_may_be_written(char plain, char first)
{
    const unsigned char byte = (unsigned char)plain;
    return plain == first || (first == 'M' && byte >= 128) || first == '\\' || first == '%' ||
           (first == '^' && is_control(byte)) ||
           (first == '&' && !(byte < 0x80 && is_letter_or_digit(byte))) ||
           (plain == ' ' && (first == '+' || first == '\n' || first == '\r'));
}
