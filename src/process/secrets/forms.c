/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The forms in which secrets may appear. */
#include "process/secrets/forms.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory/grow.h"
#include "base/text/buf.h"
#include "process/secrets/escapes.h"

/* How many bytes after a form are needed to decide about it. */
enum { LOOKAHEAD = 512 };

/* ---- What a form may begin with ---- */

static void allow_pair(stg_forms *forms, int first, int second)
{
    const unsigned pair = (unsigned)(unsigned char)first << 8 | (unsigned char)second;
    forms->pairs[pair / 64] |= UINT64_C(1) << pair % 64;
    forms->firsts[(unsigned char)first] = true;
}

static void allow_pairs(stg_forms *forms, int first, const char *seconds)
{
    for (; *seconds != '\0'; seconds++)
        allow_pair(forms, first, *seconds);
}

/* Both cases of a hexadecimal digit; the second texts are the upper ones. */
static const char lower_digits[] = "0123456789abcdef", upper_digits[] = "0123456789ABCDEF";

static void allow_text(stg_forms *forms, const char *text)
{
    const unsigned char first = (unsigned char)text[0];
    for (int byte = 0; byte < 256; byte++) {
        if (stg_may_be_written(text[1], (char)byte))
            allow_pair(forms, first, byte);
    }
    allow_pairs(forms, first, "'\"$\x1b\r\n");
    allow_pairs(forms, '\\', "\\xuUCMce0(abEfnrtv");
    allow_pair(forms, '\\', first);
    allow_pairs(forms, '\\', "1234567");
    allow_pair(forms, '%', lower_digits[first >> 4]);
    allow_pair(forms, '%', upper_digits[first >> 4]);
    if (first >= 128)
        allow_pair(forms, 'M', '-');
    allow_pair(forms, '%', '2');
    allow_pairs(forms, '&', "#algq");
    if (first < 32 || first == 127)
        allow_pair(forms, '^', first ^ 64);
}

/* The digit of the URL alphabet for one of the standard alphabet. */
static char for_urls(char digit)
{
    return digit == '+' ? '-' : digit == '/' ? '_' : digit;
}

static void allow_base64(stg_forms *forms, const char *text)
{
    const char firsts[] = {text[0], for_urls(text[0])};
    for (size_t i = 0; i < sizeof firsts; i++) {
        allow_pair(forms, firsts[i], text[1]);
        allow_pair(forms, firsts[i], for_urls(text[1]));
        allow_pairs(forms, firsts[i], "%\\\r\n");
    }
    if (text[0] == '+' || text[0] == '/') {
        allow_pair(forms, '%', '2');
        allow_pair(forms, '\\', '/');
    }
}

static void allow_hex(stg_forms *forms, unsigned char first)
{
    const char highs[] = {lower_digits[first >> 4], upper_digits[first >> 4]};
    const char lows[] = {lower_digits[first & 15], upper_digits[first & 15]};
    for (size_t i = 0; i < 4; i++)
        allow_pair(forms, highs[i / 2], lows[i % 2]);
}

/* ---- The set ---- */

static bool has_form(const stg_forms *forms, stg_form_kind kind, const char *text, size_t length)
{
    for (size_t i = forms->heads[kind][(unsigned char)*text]; i > 0; i = forms->items[i - 1].next) {
        const stg_form *form = &forms->items[i - 1];
        if (form->length == length && memcmp(form->text, text, length) == 0)
            return true;
    }
    return false;
}

/* Enough for all spellings, nested ones too; it bounds what is held back. */
static size_t most_written(stg_form_kind kind, size_t length)
{
    static const size_t factors[STG_FORM_KINDS] = {16, 2, 4};
    return factors[kind] * length + 128;
}

bool stg_forms_add(stg_forms *forms, stg_form_kind kind, const char *text, size_t length)
{
    if (length < 2 || has_form(forms, kind, text, length))
        return true;
    char *copy = malloc(length);
    if (copy == NULL ||
        !stg_grow(&forms->items, &forms->capacity, forms->count + 1, sizeof *forms->items)) {
        free(copy);
        return false;
    }
    memcpy(copy, text, length);
    size_t *head = &forms->heads[kind][(unsigned char)*text];
    const stg_form form = {.kind = kind,
                           .text = copy,
                           .length = length,
                           .most = most_written(kind, length),
                           .next = *head};
    forms->items[forms->count++] = form;
    *head = forms->count;
    if (form.most + LOOKAHEAD > forms->longest)
        forms->longest = form.most + LOOKAHEAD;
    if (kind == STG_FORM_TEXT)
        allow_text(forms, text);
    else if (kind == STG_FORM_BASE64)
        allow_base64(forms, text);
    else
        allow_hex(forms, (unsigned char)*text);
    return true;
}

void stg_forms_free(stg_forms *forms)
{
    for (size_t i = 0; i < forms->count; i++) {
        stg_wipe(forms->items[i].text, forms->items[i].length);
        free(forms->items[i].text);
    }
    free(forms->items);
    *forms = (stg_forms){0};
}

static bool has_pair(const stg_forms *forms, const char *bytes)
{
    const unsigned pair = (unsigned)(unsigned char)bytes[0] << 8 | (unsigned char)bytes[1];
    return (forms->pairs[pair / 64] >> pair % 64 & 1) != 0;
}

size_t stg_forms_find(const stg_forms *forms, const char *bytes, size_t at, size_t end)
{
    for (; at < end; at++) {
        if (forms->firsts[(unsigned char)bytes[at]] &&
            (at + 1 == end || has_pair(forms, bytes + at)))
            break;
    }
    return at;
}

/* ---- Matching ---- */

/* A character may be read in several ways, so the next may be at several places; a step takes up to
 * four bytes of the form. */
enum { MOST_PLACES = 64, WINDOW = 5 };

typedef struct places {
    size_t count;
    size_t at[MOST_PLACES];
} places;

typedef struct matching {
    const stg_form *form;
    stg_bytes bytes;
    bool is_wrapped;
    bool is_cut;
    places window[WINDOW];
} matching;

static void add_place(places *p, size_t at)
{
    for (size_t i = 0; i < p->count; i++) {
        if (p->at[i] == at)
            return;
    }
    if (p->count < MOST_PLACES)
        p->at[p->count++] = at;
}

static stg_bytes behind(stg_bytes bytes, size_t at)
{
    return (stg_bytes){bytes.at + at, bytes.length - at};
}

/* Continues from one place where the form's byte `i` may begin. */
static void go_on(matching *m, size_t i, size_t at)
{
    const stg_form *form = m->form;
    const stg_bytes plain = {form->text + i, form->length - i};
    const stg_bytes written = behind(m->bytes, at);
    stg_step steps[STG_MOST_STEPS];
    const size_t count =
        form->kind == STG_FORM_TEXT ? stg_steps_as_text(plain, written, i == 0, steps, &m->is_cut)
        : form->kind == STG_FORM_BASE64 ? stg_steps_as_base64(plain, written, steps, &m->is_cut)
                                        : stg_steps_as_hex(plain, written, steps, &m->is_cut);
    for (size_t n = 0; n < count; n++) {
        if (at + steps[n].written <= form->most)
            add_place(&m->window[(i + steps[n].plain) % WINDOW], at + steps[n].written);
    }
}

/* ... or after what may separate it from the previous byte. */
static void go_on_behind_gaps(matching *m, size_t i, size_t at)
{
    size_t ends[STG_MOST_GAPS], count = 0;
    const stg_bytes written = behind(m->bytes, at);
    const bool is_text = m->form->kind == STG_FORM_TEXT;
    if (is_text)
        count = stg_gaps_of_text(written, ends, &m->is_cut);
    if (count == 0 && (!is_text || m->is_wrapped))
        count = stg_gaps_of_digits(written, m->form->kind == STG_FORM_HEX, ends, &m->is_cut);
    for (size_t n = 0; n < count; n++) {
        if (at + ends[n] <= m->form->most)
            go_on(m, i, at + ends[n]);
    }
}

static bool is_over(const matching *m)
{
    for (size_t i = 0; i < WINDOW; i++) {
        if (m->window[i].count > 0)
            return false;
    }
    return true;
}

/* The length of the form's spelling at the beginning of the bytes; 0: it is not there. */
static size_t match_form(matching *m, const stg_form *form)
{
    m->form = form;
    for (size_t i = 0; i < WINDOW; i++)
        m->window[i].count = 0;
    add_place(&m->window[0], 0);
    for (size_t i = 0; i < form->length; i++) {
        places *here = &m->window[i % WINDOW];
        for (size_t n = 0; n < here->count; n++) {
            go_on(m, i, here->at[n]);
            if (i > 0)
                go_on_behind_gaps(m, i, here->at[n]);
        }
        here->count = 0;
        if (is_over(m))
            return 0;
    }
    const places *ends = &m->window[form->length % WINDOW];
    size_t best = 0;
    for (size_t n = 0; n < ends->count; n++)
        best = ends->at[n] > best ? ends->at[n] : best;
    return best;
}

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

/* Whether it may begin anything but a literal character. */
static bool is_special(stg_form_kind kind, char c)
{
    switch (c) {
    case '%':
    case '\\':
    case '\r':
    case '\n':
        return true;
    case '-':
    case '_':
        return kind == STG_FORM_BASE64;
    case '&':
    case '^':
    case '\'':
    case '"':
    case '$':
    case '+':
    case ' ':
    case '\x1b':
    case 'M':
        return kind == STG_FORM_TEXT;
    default:
        return false;
    }
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 87 : -1;
}

/* The value of two hexadecimal digits; -1: they are not digits. */
static int hex_byte(const char *digits)
{
    const int high = hex_digit(digits[0]), low = hex_digit(digits[1]);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
}

/* Quick: whether the second byte cannot be the form's. */
static bool may_match_hex(const matching *m, const stg_form *form)
{
    const int second = m->bytes.length < 4 ? -1 : hex_byte(m->bytes.at + 2);
    return second < 0 || second == (unsigned char)form->text[1];
}

/* Quick: whether the first characters, while they are literal, are the form's. */
static bool may_match(const matching *m, const stg_form *form)
{
    enum { ENOUGH = 8 };
    const size_t length = form->length < m->bytes.length ? form->length : m->bytes.length;
    for (size_t i = 0; i < length && i < ENOUGH; i++) {
        const char c = m->bytes.at[i];
        if (is_special(form->kind, c))
            return true;
        if (c != form->text[i])
            return false;
    }
    return true;
}

static size_t match_list(matching *m, const stg_forms *forms, stg_form_kind kind,
                         unsigned char first)
{
    size_t best = 0;
    for (size_t i = forms->heads[kind][first]; i > 0; i = forms->items[i - 1].next) {
        const stg_form *form = &forms->items[i - 1];
        if (kind == STG_FORM_HEX ? may_match_hex(m, form) : may_match(m, form))
            best = larger(best, match_form(m, form));
    }
    return best;
}

static size_t match_texts(matching *m, const stg_forms *forms)
{
    unsigned char firsts[STG_MOST_FIRSTS];
    const size_t count = stg_first_bytes(m->bytes, firsts, &m->is_cut);
    size_t best = 0;
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || firsts[i] != firsts[i - 1])
            best = larger(best, match_list(m, forms, STG_FORM_TEXT, firsts[i]));
    }
    return best;
}

static size_t match_base64(matching *m, const stg_forms *forms, char first)
{
    const char digit = first == '-' ? '+' : first == '_' ? '/' : first;
    if (first == '%' || first == '\\')
        return larger(match_list(m, forms, STG_FORM_BASE64, '+'),
                      match_list(m, forms, STG_FORM_BASE64, '/'));
    return match_list(m, forms, STG_FORM_BASE64, (unsigned char)digit);
}

static size_t match_hex(matching *m, const stg_forms *forms)
{
    const int byte = hex_byte(m->bytes.at);
    return byte < 0 ? 0 : match_list(m, forms, STG_FORM_HEX, (unsigned char)byte);
}

size_t stg_forms_match(const stg_forms *forms, const char *bytes, size_t length, bool is_wrapped,
                       bool *longer)
{
    *longer = false;
    if (length < 2) {
        *longer = length == 1 && forms->firsts[(unsigned char)bytes[0]];
        return 0;
    }
    if (!has_pair(forms, bytes))
        return 0;
    matching m;
    m.bytes = (stg_bytes){bytes, length};
    m.is_wrapped = is_wrapped;
    m.is_cut = false;
    const size_t text = match_texts(&m, forms);
    const size_t base64 = match_base64(&m, forms, *bytes);
    const size_t hex = match_hex(&m, forms);
    *longer = m.is_cut;
    return larger(text, larger(base64, hex));
}

size_t stg_forms_cut(const stg_forms *forms, const char *bytes, size_t length, size_t at,
                     bool behind_it)
{
    const size_t begin = at < forms->longest ? 0 : at - forms->longest;
    size_t last = at;
    for (size_t from = stg_forms_find(forms, bytes, begin, at); from < at;
         from = stg_forms_find(forms, bytes, from + 1, at)) {
        bool longer;
        const size_t match = stg_forms_match(forms, bytes + from, length - from, false, &longer);
        if (from + match <= last)
            continue;
        if (!behind_it)
            return from;
        last = from + match;
    }
    return last;
}
