/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Colours for unified diffs, as diff and git write them. */
#include <limits.h>
#include <string.h>

#include "console/markup/highlight.h"

typedef enum diff_kind { CONTEXT, FILE_NAME, HUNK, ADDED, REMOVED, KINDS } diff_kind;

/* Names that a theme may define, and their default styles. */
static const struct {
    const char *name, *otherwise;
} style_names[KINDS] = {{"diff.context", "none"},
                        {"diff.file", "bold"},
                        {"diff.hunk", "cyan"},
                        {"diff.added", "green"},
                        {"diff.removed", "red"}};

/* Lines of the hunk still to come: a removed line `-- x` is not a file name. */
typedef struct hunk {
    size_t old_lines, new_lines;
} hunk;

static bool begins_with(const char *line, size_t length, const char *words)
{
    const size_t needed = strlen(words);
    return length >= needed && memcmp(line, words, needed) == 0;
}

/* "-3,4 " or "-3 ": the number of lines; false: something else. */
static bool read_range(const char **at, const char *end, char sign, size_t *lines)
{
    const char *c = *at;
    bool is_count = false;
    if (c == end || *c++ != sign)
        return false;
    *lines = 1;
    for (; c < end && *c != ' '; c++) {
        if (*c == ',' && !is_count) {
            is_count = true;
            *lines = 0;
        } else if (*c < '0' || *c > '9' || *lines > INT_MAX) {
            return false;
        } else if (is_count) {
            *lines = *lines * 10 + (size_t)(*c - '0');
        }
    }
    *at = c + (c < end);
    return true;
}

static bool read_hunk(const char *line, size_t length, hunk *h)
{
    const char *at = line + 3, *end = line + length;
    hunk read;
    if (!begins_with(line, length, "@@ ") || !read_range(&at, end, '-', &read.old_lines) ||
        !read_range(&at, end, '+', &read.new_lines) || !begins_with(at, (size_t)(end - at), "@@"))
        return false;
    *h = read;
    return true;
}

static void count_down(size_t *lines)
{
    *lines -= *lines > 0;
}

static diff_kind kind_in_hunk(char first, hunk *h)
{
    if (first == '\\')
        return CONTEXT;
    if (first != '+')
        count_down(&h->old_lines);
    if (first != '-')
        count_down(&h->new_lines);
    return first == '+' ? ADDED : first == '-' ? REMOVED : CONTEXT;
}

static diff_kind kind_of(const char *line, size_t length, hunk *h)
{
    static const char *const of_files[] = {
        "--- ",      "+++ ",      "diff ",        "index ",     "new file ",        "deleted file ",
        "old mode ", "new mode ", "rename from ", "rename to ", "similarity index "};
    if (h->old_lines > 0 || h->new_lines > 0)
        return kind_in_hunk(length == 0 ? ' ' : *line, h);
    if (read_hunk(line, length, h))
        return HUNK;
    for (size_t i = 0; i < sizeof of_files / sizeof *of_files; i++) {
        if (begins_with(line, length, of_files[i]))
            return FILE_NAME;
    }
    return CONTEXT;
}

void stg_highlight_diff(stg_draw *draw, stg_text *text)
{
    if (!draw->styled)
        return;
    stg_style styles[KINDS];
    for (size_t i = 0; i < KINDS; i++) {
        const bool is_known =
            stg_theme_find(draw->theme, style_names[i].name, strlen(style_names[i].name)) != NULL;
        styles[i] = stg_draw_style(draw, is_known ? style_names[i].name : style_names[i].otherwise);
    }
    hunk h = {0};
    for (size_t at = 0; at < text->length;) {
        const char *newline = memchr(text->data + at, '\n', text->length - at);
        const size_t end = newline == NULL ? text->length : (size_t)(newline - text->data);
        const diff_kind kind = kind_of(text->data + at, end - at, &h);
        if (!stg_style_is_null(&styles[kind]))
            stg_text_add_span(draw, text, at, end, &styles[kind]);
        at = end + 1;
    }
}
