/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Parses the definition of a style. */
#include "base/text/utf8.h"
#include "base/unicode/unicode.h"
#include "console/style/repr.h"
#include "console/style/style.h"

static const struct {
    const char *name;
    uint16_t bit;
} attributes[] = {
    {"bold", STG_BOLD},
    {"b", STG_BOLD},
    {"dim", STG_DIM},
    {"d", STG_DIM},
    {"italic", STG_ITALIC},
    {"i", STG_ITALIC},
    {"underline", STG_UNDERLINE},
    {"u", STG_UNDERLINE},
    {"blink", STG_BLINK},
    {"blink2", STG_BLINK2},
    {"reverse", STG_REVERSE},
    {"r", STG_REVERSE},
    {"conceal", STG_CONCEAL},
    {"c", STG_CONCEAL},
    {"strike", STG_STRIKE},
    {"s", STG_STRIKE},
    {"underline2", STG_UNDERLINE2},
    {"uu", STG_UNDERLINE2},
    {"frame", STG_FRAME},
    {"encircle", STG_ENCIRCLE},
    {"overline", STG_OVERLINE},
    {"o", STG_OVERLINE},
};

/* The length of the blank at the start of the text, 0 if there is none. */
static size_t blank(const char *text, size_t length)
{
    uint32_t codepoint;
    const size_t size = stg_utf8_decode(text, length, &codepoint);
    return stg_is_space(codepoint) ? size : 0;
}

/* The rest of a definition, and the word before it. */
typedef struct reader {
    const char *text;
    size_t length;
    const char *word;
    size_t word_length;
} reader;

static void skip(reader *words, size_t count)
{
    words->text += count;
    words->length -= count;
}

static bool next_word(reader *words)
{
    size_t size;
    while (words->length > 0 && (size = blank(words->text, words->length)) > 0)
        skip(words, size);
    words->word = words->text;
    while (words->length > 0 && blank(words->text, words->length) == 0)
        skip(words, 1);
    words->word_length = (size_t)(words->text - words->word);
    return words->word_length > 0;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool is_word(const reader *words, const char *expected, bool any_case)
{
    for (size_t i = 0; i < words->word_length; i++) {
        const char c = any_case ? lower(words->word[i]) : words->word[i];
        if (c != expected[i] || c == '\0')
            return false;
    }
    return expected[words->word_length] == '\0';
}

static uint16_t attribute(const reader *words, bool any_case)
{
    for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++)
        if (is_word(words, attributes[i].name, any_case))
            return attributes[i].bit;
    return 0;
}

/* Rich's message has the word in lower case for a colour, but not for a background. */
static staged_status explain_color(const reader *words, bool background, stg_error *error)
{
    stg_buf word = {0};
    stg_buf after = {0};
    stg_color color;
    for (size_t i = 0; i < words->word_length; i++)
        stg_buf_add_char(&word, background ? words->word[i] : lower(words->word[i]));
    staged_status status = stg_color_parse(stg_buf_text(&word), word.length, &color, error);
    if (status == STAGED_BAD_MARKUP) {
        stg_buf_addf(&after, " as %scolor; %s", background ? "background " : "",
                     stg_error_text(error));
        status = stg_repr_error(error, "unable to parse ", stg_buf_text(&word), word.length,
                                stg_buf_text(&after));
    }
    if (word.failure != STAGED_OK || after.failure != STAGED_OK)
        status = stg_error_set(error, STAGED_NO_MEMORY, "%s", staged_status_text(STAGED_NO_MEMORY));
    stg_buf_free(&word);
    stg_buf_free(&after);
    return status;
}

static staged_status parse_color(const reader *words, bool background, stg_color *color,
                                 stg_error *error)
{
    const staged_status status = stg_color_parse(words->word, words->word_length, color, NULL);
    return status == STAGED_OK || error == NULL ? status : explain_color(words, background, error);
}

static staged_status fail(stg_error *error, const char *message)
{
    return error == NULL ? STAGED_BAD_MARKUP
                         : stg_error_set(error, STAGED_BAD_MARKUP, "%s", message);
}

/* Reads what one word begins. */
static staged_status parse_word(reader *words, stg_style *style, stg_error *error)
{
    if (is_word(words, "on", true)) {
        if (!next_word(words))
            return fail(error, "color expected after 'on'");
        return parse_color(words, true, &style->background, error);
    }
    if (is_word(words, "not", true)) {
        next_word(words);
        const uint16_t bit = attribute(words, false);
        if (bit == 0)
            return stg_repr_error(error, "expected style attribute after 'not', found ",
                                  words->word, words->word_length, "");
        style->set |= bit;
        style->on &= (uint16_t)~bit;
        return STAGED_OK;
    }
    if (is_word(words, "link", true)) {
        if (!next_word(words))
            return fail(error, "URL expected after 'link'");
        style->link = words->word;
        style->link_length = (uint32_t)words->word_length;
        return STAGED_OK;
    }
    const uint16_t bit = attribute(words, true);
    if (bit == 0)
        return parse_color(words, false, &style->color, error);
    style->set |= bit;
    style->on |= bit;
    return STAGED_OK;
}

staged_status stg_style_parse(const char *text, size_t length, stg_style *style, stg_error *error)
{
    *style = (stg_style){0};
    reader words = {.text = text, .length = length};
    if (!next_word(&words))
        return STAGED_OK;
    if (is_word(&words, "none", false)) {
        reader rest = words;
        if (!next_word(&rest))
            return STAGED_OK;
    }
    do {
        const staged_status status = parse_word(&words, style, error);
        if (status != STAGED_OK) {
            *style = (stg_style){0};
            return status;
        }
    } while (next_word(&words));
    return STAGED_OK;
}
