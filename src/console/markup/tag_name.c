/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/text/utf8.h"
#include "base/unicode/unicode.h"
#include "console/markup/markup.h"
#include "console/style/color.h"
#include "console/style/style.h"
#include "console/text/chars.h"

static const char *const attribute_names[] = {
    "bold",    "dim",    "italic",     "underline", "blink",    "blink2",   "reverse",
    "conceal", "strike", "underline2", "frame",     "encircle", "overline",
};

/* A part of the name. */
typedef struct word {
    const char *text;
    size_t length;
} word;

static size_t count_spaces(const char *text, size_t length, bool spaces)
{
    size_t i = 0;
    while (i < length) {
        uint32_t codepoint;
        const size_t size = stg_utf8_decode(text + i, length - i, &codepoint);
        if (stg_is_space(codepoint) != spaces)
            break;
        i += size;
    }
    return i;
}

/* Removes and returns the first word. */
static word next_word(word *rest)
{
    const size_t skipped = count_spaces(rest->text, rest->length, true);
    rest->text += skipped;
    rest->length -= skipped;
    const word first = {rest->text, count_spaces(rest->text, rest->length, false)};
    rest->text += first.length;
    rest->length -= first.length;
    return first;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool is_word(const word *w, const char *expected)
{
    size_t i = 0;
    while (i < w->length && expected[i] != '\0' && lower(w->text[i]) == expected[i])
        i++;
    return i == w->length && expected[i] == '\0';
}

static void add_lower(stg_buf *out, const word *w)
{
    for (size_t i = 0; i < w->length; i++)
        stg_buf_add_char(out, lower(w->text[i]));
}

static void separate(stg_buf *out, size_t start)
{
    if (out->length > start)
        stg_buf_add_char(out, ' ');
}

/* Adds the colours, by the names used; a later word overrides an earlier one. */
static void add_colors(stg_buf *out, size_t start, word rest)
{
    word color = {0};
    word background = {0};
    for (word w = next_word(&rest); w.length > 0; w = next_word(&rest)) {
        stg_color value;
        if (is_word(&w, "on"))
            background = next_word(&rest);
        else if (is_word(&w, "not") || is_word(&w, "link"))
            next_word(&rest);
        else if (stg_color_parse(w.text, w.length, &value, NULL) == STAGED_OK)
            color = w;
    }
    if (color.length > 0) {
        separate(out, start);
        add_lower(out, &color);
    }
    if (background.length > 0) {
        separate(out, start);
        stg_buf_add_text(out, "on ");
        add_lower(out, &background);
    }
}

void stg_tag_normalize(stg_buf *out, const char *name, size_t length)
{
    const size_t start = out->length;
    stg_style style;
    if (stg_style_parse(name, length, &style, NULL) != STAGED_OK) {
        const size_t skipped = count_spaces(name, length, true);
        add_lower(out, &(word){name + skipped, stg_chars_trimmed(name, length) - skipped});
        return;
    }
    for (size_t i = 0; i < sizeof attribute_names / sizeof *attribute_names; i++) {
        if ((style.set >> i & 1) == 0)
            continue;
        separate(out, start);
        stg_buf_addf(out, "%s%s", (style.on >> i & 1) == 0 ? "not " : "", attribute_names[i]);
    }
    add_colors(out, start, (word){name, length});
    if (style.link != NULL) {
        separate(out, start);
        stg_buf_add_text(out, "link ");
        stg_buf_add(out, style.link, style.link_length);
    }
    if (out->length == start)
        stg_buf_add_text(out, "none");
}
