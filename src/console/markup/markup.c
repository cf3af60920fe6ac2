/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/markup/markup.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text/utf8.h"
#include "base/unicode/cells.h"
#include "base/unicode/unicode.h"
#include "console/markup/tags.h"
#include "console/text/chars.h"

#define NO_MARK SIZE_MAX

/* An opened tag. */
typedef struct mark {
    size_t start, end;
    size_t closed; /* its place in the order of closing, from 1; 0: still open */
    stg_tag *tag;
    const char *parameters; /* what followed "="; NULL: there was none */
    size_t parameters_length;
    bool is_link;     /* the parameters are an address, whatever it contains */
    size_t same_name; /* the open mark below with the same name; or NO_MARK */
    size_t below;     /* the open marks below and above; or NO_MARK */
    size_t above;
} mark;

typedef struct reader {
    stg_draw *draw;
    const stg_markup *source;
    size_t number; /* of this reading */
    char *out;     /* the text without tags */
    size_t length;
    bool plain;        /* whether the output so far is plain */
    bool plain_source; /* whether the source is */
    mark *marks;
    size_t count, capacity;
    size_t top; /* the open mark that was opened last; or NO_MARK */
    size_t closed;
} reader;

static void add_bytes(reader *r, const char *bytes, size_t length)
{
    if (r->plain_source) {
        memcpy(r->out + r->length, bytes, length);
        r->length += length;
        return;
    }
    bool plain;
    r->length += stg_chars_clean(bytes, length, r->out + r->length, &plain);
    r->plain = r->plain && plain;
}

/* Adds text without tags; a backslash before a bracket is dropped. */
static void add_plain(reader *r, size_t start, size_t end)
{
    const char *text = r->source->text;
    size_t from = start;
    const char *backslash;
    for (size_t i = start; (backslash = memchr(text + i, '\\', end - i)) != NULL; i++) {
        i = (size_t)(backslash - text);
        if (i + 1 < end && text[i + 1] == '[') {
            add_bytes(r, text + from, i - from);
            from = ++i;
        }
    }
    add_bytes(r, text + from, end - from);
}

static void open_tag(reader *r, const char *name, size_t length)
{
    const char *equals = memchr(name, '=', length);
    const size_t name_length = equals == NULL ? length : (size_t)(equals - name);
    stg_tag *tag = stg_tags_get(r->draw->tags, name, name_length);
    if (tag == NULL || !stg_draw_grow(r->draw, &r->marks, &r->capacity, r->count, r->count + 1,
                                      sizeof *r->marks)) {
        stg_draw_fail(r->draw, STAGED_NO_MEMORY, "%s", staged_status_text(STAGED_NO_MEMORY));
        return;
    }
    tag = tag->normal;
    if (tag->reading != r->number) {
        tag->reading = r->number;
        tag->open_mark = NO_MARK;
    }
    const size_t index = r->count++;
    r->marks[index] = (mark){.start = r->length,
                             .tag = tag,
                             .same_name = tag->open_mark,
                             .below = r->top,
                             .above = NO_MARK};
    if (equals != NULL) {
        r->marks[index].parameters = equals + 1;
        r->marks[index].parameters_length = length - name_length - 1;
    }
    if (r->top != NO_MARK)
        r->marks[r->top].above = index;
    r->top = index;
    tag->open_mark = index;
}

/* Closes a mark, the last open one with its name. */
static void close_mark(reader *r, size_t index)
{
    mark *m = &r->marks[index];
    m->end = r->length;
    m->closed = ++r->closed;
    m->tag->open_mark = m->same_name;
    if (m->below != NO_MARK)
        r->marks[m->below].above = m->above;
    if (m->above != NO_MARK)
        r->marks[m->above].below = m->below;
    else
        r->top = m->below;
}

/* The number of characters before a place: messages count in characters. */
static size_t position_of(const reader *r, size_t at)
{
    return stg_utf8_count(r->source->text, at);
}

/* A tag that begins with "/"; `at` is the position of its bracket. */
static void close_tag(reader *r, const char *name, size_t length, size_t at)
{
    const char *equals = memchr(name, '=', length);
    const size_t end = stg_chars_trimmed(name, equals == NULL ? length : (size_t)(equals - name));
    size_t start = 1;
    uint32_t codepoint;
    while (start < end) {
        const size_t size = stg_utf8_decode(name + start, end - start, &codepoint);
        if (!stg_is_space(codepoint))
            break;
        start += size;
    }
    if (start >= end) {
        if (r->top != NO_MARK)
            close_mark(r, r->top);
        else
            stg_draw_fail(r->draw, STAGED_BAD_MARKUP,
                          "closing tag '[/]' at position %zu has nothing to close",
                          position_of(r, at));
        return;
    }
    const stg_tag *tag = stg_tags_get(r->draw->tags, name + start, end - start);
    if (tag == NULL) {
        stg_draw_fail(r->draw, STAGED_NO_MEMORY, "%s", staged_status_text(STAGED_NO_MEMORY));
        return;
    }
    tag = tag->normal;
    if (tag->reading == r->number && tag->open_mark != NO_MARK)
        close_mark(r, tag->open_mark);
    else
        stg_draw_fail(r->draw, STAGED_BAD_MARKUP,
                      "closing tag '[%.*s]' at position %zu doesn't match any open tag",
                      (int)length, name, position_of(r, at));
}

size_t stg_markup_end_of_tag(const char *text, size_t at, size_t end)
{
    if (at + 1 >= end)
        return 0;
    const char first = text[at + 1];
    if (!((first >= 'a' && first <= 'z') || first == '#' || first == '/' || first == '@'))
        return 0;
    for (size_t i = at + 2; i < end && text[i] != '['; i++) {
        if (text[i] == ']')
            return i + 1;
    }
    return 0;
}

/* Reads markup without data. */
static void read_stretch(reader *r, size_t start, size_t end)
{
    const char *text = r->source->text;
    size_t done = start;
    size_t look = start;
    while (look < end && r->draw->status == STAGED_OK) {
        const char *bracket = memchr(text + look, '[', end - look);
        if (bracket == NULL)
            break;
        const size_t at = (size_t)(bracket - text);
        const size_t after = stg_markup_end_of_tag(text, at, end);
        look = after == 0 ? at + 1 : after;
        if (after == 0)
            continue;
        size_t backslashes = 0;
        while (at - backslashes > done && text[at - backslashes - 1] == '\\')
            backslashes++;
        add_plain(r, done, at - backslashes);
        add_bytes(r, text + at - backslashes, backslashes / 2);
        done = after;
        if (backslashes % 2 == 1)
            add_bytes(r, bracket, after - at);
        else if (bracket[1] == '/')
            close_tag(r, bracket + 1, after - at - 2, at);
        else
            open_tag(r, bracket + 1, after - at - 2);
    }
    add_plain(r, done, end);
}

/* Orders by start; of marks that start together, the one closed last comes first. */
static int compare_marks(const void *a, const void *b)
{
    const mark *left = a;
    const mark *right = b;
    if (left->start != right->start)
        return left->start < right->start ? -1 : 1;
    return left->closed > right->closed ? -1 : 1;
}

static void sort_marks(mark *marks, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        if (compare_marks(&marks[i - 1], &marks[i]) > 0) {
            qsort(marks, count, sizeof *marks, compare_marks);
            return;
        }
    }
}

static stg_style style_of(stg_draw *draw, const mark *m)
{
    stg_style style = {0};
    if (m->parameters == NULL)
        return *stg_tag_style(m->tag, draw->theme);
    if (m->is_link) {
        style.link = m->parameters;
        style.link_length = (uint32_t)m->parameters_length;
        return style;
    }
    const size_t name_length = m->tag->length;
    char *definition = stg_draw_alloc(draw, name_length + 1 + m->parameters_length);
    if (definition == NULL)
        return style;
    memcpy(definition, m->tag->name, name_length);
    definition[name_length] = ' ';
    memcpy(definition + name_length + 1, m->parameters, m->parameters_length);
    (void)stg_theme_get(draw->theme, definition, name_length + 1 + m->parameters_length, &style,
                        NULL);
    return style;
}

static void add_spans(reader *r, stg_text *text)
{
    sort_marks(r->marks, r->count);
    text->spans = stg_draw_alloc(r->draw, r->count * sizeof *text->spans);
    if (text->spans == NULL)
        return;
    text->span_capacity = text->span_count = r->count;
    for (size_t i = 0; i < r->count; i++)
        text->spans[i] =
            (stg_span){r->marks[i].start, r->marks[i].end, style_of(r->draw, &r->marks[i])};
}

/* "[link=%s]": the only tag that may contain data.  If the markup before data number `*index` ends
 * like this, opens the tag, and returns where it ends, with `*index` past its data.
 * Otherwise returns 0. */
static size_t read_link(reader *r, size_t start, size_t *index)
{
    static const char begin[] = "[link=";
    const stg_markup *source = r->source;
    const stg_range *data = &source->data[*index];
    const size_t length = sizeof begin - 1;
    const bool escaped =
        data->start - start > length && source->text[data->start - length - 1] == '\\';
    if (data->start - start < length || escaped || data->end >= source->length ||
        source->text[data->end] != ']' ||
        memcmp(source->text + data->start - length, begin, length) != 0 ||
        (*index + 1 < source->data_count && data[1].start == data->end))
        return 0;
    read_stretch(r, start, data->start - length);
    open_tag(r, source->text + data->start - length + 1, data->end - data->start + length - 1);
    if (r->draw->status == STAGED_OK)
        r->marks[r->count - 1].is_link = true;
    (*index)++;
    return data->end + 1;
}

static void read_all(reader *r)
{
    size_t done = 0;
    for (size_t i = 0; i < r->source->data_count;) {
        const size_t link_end = read_link(r, done, &i);
        if (link_end != 0) {
            done = link_end;
            continue;
        }
        const stg_range *data = &r->source->data[i++];
        read_stretch(r, done, data->start);
        add_bytes(r, r->source->text + data->start, data->end - data->start);
        done = data->end;
    }
    read_stretch(r, done, r->source->length);
    while (r->top != NO_MARK)
        close_mark(r, r->top);
}

stg_text stg_markup_read(stg_draw *draw, const stg_markup *markup)
{
    if (markup->length == 0 || memchr(markup->text, '[', markup->length) == NULL)
        return stg_text_of(draw, markup->text, markup->length);
    stg_text text = {.plain = true, .end = "\n"};
    const bool plain = stg_cells_plain(markup->text, markup->length);
    reader r = {
        .draw = draw, .source = markup, .plain = true, .plain_source = plain, .top = NO_MARK};
    r.out = stg_draw_alloc(draw, markup->length * (plain ? 1 : STG_CHARS_CLEAN_MAX));
    if (r.out == NULL)
        return text;
    r.number = stg_tags_begin(draw->tags);
    read_all(&r);
    if (draw->status != STAGED_OK)
        return text;
    text.data = r.out;
    text.length = r.length;
    text.plain = r.plain;
    text.splits = stg_text_has_splits(&text);
    if ((draw->styled || text.splits) && r.count > 0)
        add_spans(&r, &text);
    return text;
}

/* Reads markup outside of any console, and adds its visible text.
 *   out  NULL: the markup is only read */
static staged_status read_apart(const stg_markup *markup, stg_buf *out, stg_error *error)
{
    stg_arena arena = {0};
    stg_draw draw = {.arena = &arena, .error = error, .status = STAGED_OK};
    draw.tags = stg_tags_new();
    if (draw.tags == NULL)
        return STAGED_NO_MEMORY;
    const stg_text text = stg_markup_read(&draw, markup);
    if (out != NULL && draw.status == STAGED_OK)
        stg_buf_add(out, text.data, text.length);
    stg_tags_free(draw.tags);
    stg_arena_free(&arena);
    return draw.status;
}

staged_status stg_markup_check(const char *text, size_t length, stg_error *error)
{
    const stg_markup markup = {.text = text, .length = length};
    return memchr(text, '[', length) == NULL ? STAGED_OK : read_apart(&markup, NULL, error);
}

void stg_markup_add_plain(const stg_markup *markup, stg_buf *out)
{
    stg_error error = {0};
    if (memchr(markup->text, '[', markup->length) == NULL ||
        read_apart(markup, out, &error) != STAGED_OK)
        stg_buf_add(out, markup->text, markup->length);
    stg_error_free(&error);
}
