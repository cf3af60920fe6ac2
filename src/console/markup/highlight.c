/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/markup/highlight.h"

#include <string.h>

#include "console/markup/highlight_match.h"
#include "console/text/chars.h"

static const char *const style_names[STG_REPR_KINDS] = {
    "repr.tag_start", "repr.tag_name",    "repr.tag_contents",
    "repr.tag_end",   "repr.attrib_name", "repr.attrib_value",
    "repr.brace",     "repr.ipv4",        "repr.ipv6",
    "repr.eui64",     "repr.eui48",       "repr.uuid",
    "repr.call",      "repr.bool_true",   "repr.bool_false",
    "repr.none",      "repr.ellipsis",    "repr.number_complex",
    "repr.number",    "repr.path",        "repr.filename",
    "repr.str",       "repr.url",
};

enum { LONGEST_ATTRIB_NAME = 50 };

typedef struct finder {
    stg_draw *draw;
    stg_text *text;
    stg_subject subject;
    size_t run_end; /* the end of the letters, digits and points scanned last */
    bool no_call;   /* what follows them rules out a call */
} finder;

static void set_up(stg_highlighter *highlighter, const stg_theme *theme)
{
    for (size_t i = 0; i < STG_REPR_KINDS; i++)
        (void)stg_theme_get(theme, style_names[i], strlen(style_names[i]), &highlighter->styles[i],
                            NULL);
    highlighter->ready = true;
}

static void add(finder *f, size_t start, size_t end, stg_repr_kind kind)
{
    stg_text_add_span(f->draw, f->text, start, end, &f->draw->highlighter->styles[kind]);
}

/* The end of a tag's name that begins at `at`, at most `end`. */
static size_t end_of_tag_name(const stg_subject *s, size_t at, size_t end)
{
    for (;;) {
        const size_t word = stg_match_word(s, at);
        size_t next = word;
        while (next < end && strchr("-.:|", s->text[next]) != NULL)
            next++;
        if (next == at)
            return at;
        at = next;
    }
}

/* "<name contents>": from the first "<" to the last ">". */
static void find_tag(finder *f)
{
    const char *text = f->subject.text;
    const char *first = memchr(text, '<', f->subject.length);
    if (first == NULL)
        return;
    const size_t start = (size_t)(first - text);
    size_t end = f->subject.length - 1;
    while (end > start && text[end] != '>')
        end--;
    if (end == start)
        return;
    const size_t name = end_of_tag_name(&f->subject, start + 1, end);
    add(f, start, start + 1, STG_REPR_TAG_START);
    add(f, start + 1, name, STG_REPR_TAG_NAME);
    add(f, name, end, STG_REPR_TAG_CONTENTS);
    add(f, end, end + 1, STG_REPR_TAG_END);
}

/* Where the name that ends before `at` begins, at least `from`. */
static size_t start_of_name(const stg_subject *s, size_t from, size_t at)
{
    for (int i = 0; i < LONGEST_ATTRIB_NAME && at > from && stg_word_before(s, at); i++) {
        at--;
        while (at > from && (s->text[at] & 0xC0) == 0x80)
            at--;
    }
    return at;
}

/* The end of a value, quoted or not; `at` if there is none. */
static size_t end_of_value(const stg_subject *s, size_t at)
{
    const size_t word = at + (at < s->length && s->text[at] == '"');
    const size_t end = stg_match_word(s, word);
    if (end == word)
        return at;
    return end + (end < s->length && s->text[end] == '"');
}

/* "name=value". */
static void find_attributes(finder *f)
{
    const stg_subject *s = &f->subject;
    size_t done = 0;
    const char *equals;
    for (size_t look = 0; (equals = memchr(s->text + look, '=', s->length - look)) != NULL;) {
        const size_t at = (size_t)(equals - s->text);
        const size_t start = start_of_name(s, done, at);
        look = at + 1;
        if (start == at)
            continue;
        look = done = end_of_value(s, at + 1);
        add(f, start, at, STG_REPR_ATTRIB_NAME);
        add(f, at + 1, done, STG_REPR_ATTRIB_VALUE);
    }
}

static void find_braces(finder *f)
{
    static const stg_ascii_set braces = {
        {UINT64_C(0x0000030000000000), UINT64_C(0x2800000028000000)}}; /* ()[]{} */
    for (size_t i = 0; i < f->subject.length; i++) {
        if (stg_ascii_has(&braces, f->subject.text[i]))
            add(f, i, i + 1, STG_REPR_BRACE);
    }
}

/* The end of the letters, digits and points from `at` on. */
static size_t end_of_call_name(const stg_subject *s, size_t at)
{
    for (;;) {
        size_t next = stg_match_word(s, at);
        next += next < s->length && s->text[next] == '.';
        if (next == at)
            return at;
        at = next;
    }
}

/* The end of "name.of.function(", or 0. */
static size_t match_call(finder *f, size_t at)
{
    const stg_subject *s = &f->subject;
    if (f->run_end < at || f->run_end == 0) {
        f->run_end = end_of_call_name(s, at);
        f->no_call = f->run_end == s->length || s->text[f->run_end] != '(';
    }
    return f->no_call ? 0 : f->run_end + 1;
}

/* All addresses begin with a few hexadecimal digits and one of these, which most words do not. */
static bool may_be_address(const stg_subject *s, size_t at)
{
    const size_t end = stg_match_hex(s, at, 9);
    return end - at <= 8 && end < s->length &&
           (s->text[end] == '.' || s->text[end] == ':' || s->text[end] == '-');
}

/* An address that begins with a hexadecimal digit; returns its end, or 0. */
static size_t find_address(finder *f, size_t at)
{
    static const struct {
        size_t (*match)(const stg_subject *s, size_t at);
        stg_repr_kind kind;
    } addresses[] = {
        {stg_match_ipv4, STG_REPR_IPV4},   {stg_match_ipv6, STG_REPR_IPV6},
        {stg_match_eui64, STG_REPR_EUI64}, {stg_match_eui48, STG_REPR_EUI48},
        {stg_match_uuid, STG_REPR_UUID},
    };
    if (!may_be_address(&f->subject, at))
        return 0;
    for (size_t i = 0; i < sizeof addresses / sizeof *addresses; i++) {
        const size_t end = addresses[i].match(&f->subject, at);
        if (end != 0) {
            add(f, at, end, addresses[i].kind);
            return end;
        }
    }
    return 0;
}

static size_t find_constant(finder *f, size_t at)
{
    static const struct {
        const char *name;
        stg_repr_kind kind;
    } constants[] = {
        {"True", STG_REPR_BOOL_TRUE}, {"False", STG_REPR_BOOL_FALSE}, {"None", STG_REPR_NONE}};
    for (size_t i = 0; i < sizeof constants / sizeof *constants; i++) {
        const size_t end = stg_match_name(&f->subject, at, constants[i].name);
        if (end != 0) {
            add(f, at, end, constants[i].kind);
            return end;
        }
    }
    return 0;
}

static size_t find_number(finder *f, size_t at)
{
    size_t end = stg_match_complex(&f->subject, at);
    if (end != 0) {
        add(f, at, end, STG_REPR_NUMBER_COMPLEX);
        return end;
    }
    end = stg_match_number(&f->subject, at);
    if (end != 0)
        add(f, at, end, STG_REPR_NUMBER);
    return end;
}

static size_t find_path(finder *f, size_t at)
{
    const size_t slash = stg_match_path(&f->subject, at);
    if (slash == 0)
        return 0;
    const size_t end = stg_match_filename(&f->subject, slash);
    add(f, at, slash, STG_REPR_PATH);
    add(f, slash, end, STG_REPR_FILENAME);
    return end;
}

static size_t found(finder *f, size_t at, size_t end, stg_repr_kind kind)
{
    if (end != 0)
        add(f, at, end, kind);
    return end;
}

/* Kinds of characters, by what they can begin. */
enum {
    HEX = 1 << 0,      /* addresses */
    NAME = 1 << 1,     /* calls */
    CONSTANT = 1 << 2, /* True, False, None */
    POINT = 1 << 3,    /* ... */
    NUMBER = 1 << 4,
    SLASH = 1 << 5,
    QUOTE = 1 << 6,  /* strings, also b'...' */
    SCHEME = 1 << 7, /* web addresses */
};

static unsigned kinds_of(char c)
{
    if (c >= '0' && c <= '9')
        return HEX | NAME | NUMBER;
    switch (c) {
    case 'a':
    case 'c':
    case 'd':
    case 'e':
    case 'A':
    case 'B':
    case 'C':
    case 'D':
    case 'E':
        return HEX | NAME;
    case 'b':
        return HEX | NAME | QUOTE;
    case 'f':
        return HEX | NAME | SCHEME;
    case 'F':
        return HEX | NAME | CONSTANT;
    case 'T':
    case 'N':
        return NAME | CONSTANT;
    case 'h':
    case 'w':
        return NAME | SCHEME;
    case '.':
        return NAME | POINT;
    case '(':
        return NAME;
    case '-':
        return NUMBER;
    case '/':
        return SLASH;
    case '\'':
    case '"':
        return QUOTE;
    default:
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
                       (unsigned char)c >= 0xC0
                   ? NAME
                   : 0;
    }
}

/* Tries everything that can begin here, in order of precedence.  Returns where the match ends, or
 * 0. */
static size_t find_at(finder *f, size_t at, unsigned kinds)
{
    const stg_subject *s = &f->subject;
    size_t end = 0;
    if ((kinds & HEX) != 0)
        end = find_address(f, at);
    if (end == 0 && (kinds & NAME) != 0 && (end = match_call(f, at)) != 0)
        add(f, at, end - 1, STG_REPR_CALL);
    if (end == 0 && (kinds & CONSTANT) != 0)
        end = find_constant(f, at);
    if (end == 0 && (kinds & POINT) != 0 && s->length - at >= 3 &&
        memcmp(s->text + at, "...", 3) == 0)
        end = found(f, at, at + 3, STG_REPR_ELLIPSIS);
    if (end == 0 && (kinds & NUMBER) != 0)
        end = find_number(f, at);
    if (end == 0 && (kinds & SLASH) != 0)
        end = find_path(f, at);
    if (end == 0 && (kinds & QUOTE) != 0)
        end = found(f, at, stg_match_string(s, at), STG_REPR_STR);
    if (end == 0 && (kinds & SCHEME) != 0)
        end = found(f, at, stg_match_url(s, at), STG_REPR_URL);
    return end;
}

static void find_values(finder *f)
{
    for (size_t at = 0; at < f->subject.length;) {
        unsigned kinds = kinds_of(f->subject.text[at]);
        if (f->no_call && at < f->run_end)
            kinds &= ~(unsigned)NAME;
        const size_t end = kinds == 0 ? 0 : find_at(f, at, kinds);
        at = end == 0 ? at + 1 : end;
    }
}

void stg_highlight(stg_draw *draw, stg_text *text)
{
    if (text->length == 0)
        return;
    if (draw->styled && !draw->highlighter->ready)
        set_up(draw->highlighter, draw->theme);
    finder f = {.draw = draw, .text = text, .subject = {text->data, text->length}};
    find_tag(&f);
    find_attributes(&f);
    find_braces(&f);
    find_values(&f);
}
