/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Hides parts of markup. */
#include <stdlib.h>
#include <string.h>

#include "base/memory/grow.h"
#include "console/framework.h"
#include "console/markup/markup.h"

/* What to hide. */
typedef struct search {
    stg_find_function *find;
    const void *context;
} search;

/* The visible text of markup, and where in the markup each of its bytes is: a secret may span
 * several values, and contain tags. */
typedef struct visible_text {
    stg_buf text;
    size_t *places;
    size_t capacity;
    bool failed;
} visible_text;

static void add_visible(visible_text *v, const char *markup, size_t start, size_t end)
{
    const size_t count = v->text.length;
    if (!stg_grow(&v->places, &v->capacity, count + end - start, sizeof *v->places)) {
        v->failed = true;
        return;
    }
    for (size_t at = start; at < end; at++)
        v->places[count + at - start] = at;
    stg_buf_add(&v->text, markup + start, end - start);
}

/* Adds a stretch without data. */
static void add_without_tags(visible_text *v, const char *markup, size_t start, size_t end)
{
    for (size_t at = start; at < end;) {
        const char *bracket = memchr(markup + at, '[', end - at);
        const size_t tag = bracket == NULL ? end : (size_t)(bracket - markup);
        const size_t behind = tag == end ? 0 : stg_markup_end_of_tag(markup, tag, end);
        const bool is_escaped = behind > 0 && tag > at && markup[tag - 1] == '\\';
        const size_t stop = behind > 0 && !is_escaped ? tag : tag + (tag < end ? 1 : 0);
        add_visible(v, markup, at, stop);
        at = behind > 0 && !is_escaped ? behind : stop;
    }
}

static void make_visible(visible_text *v, const stg_formatted *formatted)
{
    const char *markup = stg_buf_text(&formatted->text);
    size_t done = 0;
    for (size_t i = 0; i < formatted->count; i++) {
        add_without_tags(v, markup, done, formatted->data[i].start);
        add_visible(v, markup, formatted->data[i].start, formatted->data[i].end);
        done = formatted->data[i].end;
    }
    add_without_tags(v, markup, done, formatted->text.length);
}

/* Marks the matches in a text.
 *   places   where its bytes are in the markup; NULL: the text is the markup
 *   hidden   a byte for each byte of the markup: 1 for the first of a match, 2 for the rest */
static void mark(const search *s, const stg_buf *text, const size_t *places, char *hidden)
{
    size_t start, end = 0;
    while (s->find(s->context, stg_buf_text(text), text->length, end, &start, &end)) {
        for (size_t at = start; at < end; at++) {
            char *mark = &hidden[places == NULL ? at : places[at]];
            if (*mark == 0)
                *mark = at == start ? 1 : 2;
        }
    }
}

/* Rewrites the markup, with masks in place of what is hidden, and moves its data ranges. */
static void leave_out(stg_formatted *formatted, const char *hidden, const char *mask)
{
    stg_buf out = {0};
    size_t next = 0;
    for (size_t at = 0; at <= formatted->text.length; at++) {
        while (next < formatted->count * 2) {
            stg_range *range = &formatted->data[next / 2];
            size_t *place = next % 2 == 0 ? &range->start : &range->end;
            if (*place != at)
                break;
            *place = out.length;
            next++;
        }
        if (at == formatted->text.length)
            break;
        if (hidden[at] == 0)
            stg_buf_add_char(&out, formatted->text.data[at]);
        else if (hidden[at] == 1)
            stg_buf_add_text(&out, mask);
    }
    stg_wipe(formatted->text.data, formatted->text.length);
    stg_buf_free(&formatted->text);
    formatted->text = out;
}

staged_status stg_formatted_hide(stg_formatted *formatted, stg_find_function *find,
                                 const void *context, const char *mask)
{
    const search s = {find, context};
    visible_text visible = {0};
    make_visible(&visible, formatted);
    char *hidden = calloc(formatted->text.length + 1, 1);
    staged_status status = stg_buf_status(&visible.text);
    if (visible.failed || hidden == NULL)
        status = STAGED_NO_MEMORY;
    if (status == STAGED_OK && formatted->text.length > 0) {
        mark(&s, &visible.text, visible.places, hidden);
        mark(&s, &formatted->text, NULL, hidden);
        leave_out(formatted, hidden, mask);
        status = stg_buf_status(&formatted->text);
    }
    free(hidden);
    free(visible.places);
    stg_buf_free(&visible.text);
    return status;
}
