/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/renderable/rule.h"

#include <stdlib.h>
#include <string.h>

#include "base/failure/options.h"
#include "base/unicode/cells.h"
#include "console/markup/markup.h"

/* One drawing of a rule. */
typedef struct line {
    stg_draw *draw;
    int width;
    stg_text pattern;
    size_t pattern_cells;
    stg_style style;
} line;

/* The pattern, repeated `times` times. */
static stg_text repeated(const line *l, int times)
{
    stg_text text = {.plain = l->pattern.plain};
    const size_t count = times < 0 ? 0 : (size_t)times;
    char *data = stg_draw_alloc(l->draw, count * l->pattern.length);
    if (data == NULL)
        return text;
    for (size_t i = 0; i < count; i++)
        memcpy(data + i * l->pattern.length, l->pattern.data, l->pattern.length);
    text.data = data;
    text.length = count * l->pattern.length;
    return text;
}

/* The pattern, repeated as often as `cells` require, then cut to `cut`. */
static stg_text stroke(const line *l, int cells, int cut)
{
    stg_text text = repeated(l, cells / (int)l->pattern_cells + 1);
    stg_text_truncate(l->draw, &text, cut, STAGED_OVERFLOW_CROP, false);
    return text;
}

static stg_text bare_line(const line *l)
{
    stg_text text = stroke(l, l->width, l->width);
    text.style = l->style;
    text.has_style = true;
    return text;
}

static void append(const line *l, stg_text *text, const stg_text *part)
{
    stg_text_append(l->draw, text, part->data, part->length, &l->style);
}

static stg_text centered(const line *l, const stg_text *title)
{
    const int side = (l->width - (int)stg_text_cells(title)) / 2;
    stg_text left = stroke(l, side, side - 1);
    const int rest = l->width - (int)stg_text_cells(&left) - (int)stg_text_cells(title);
    const stg_text right = stroke(l, side, rest);
    stg_text_pad_right(l->draw, &left, 1);
    stg_text padded = right;
    stg_text_pad_left(l->draw, &padded, 1);
    stg_text text = {.plain = true};
    append(l, &text, &left);
    stg_text_append_text(l->draw, &text, title);
    append(l, &text, &padded);
    return text;
}

/* A line on one side only: as many patterns as there are cells, whatever their width. */
static stg_text one_sided(const line *l, const stg_text *title, bool title_first)
{
    stg_text text = {.plain = true};
    if (title_first) {
        stg_text_append_text(l->draw, &text, title);
        stg_text_append(l->draw, &text, " ", 1, NULL);
        const stg_text strokes = repeated(l, l->width - (int)stg_text_cells(&text));
        append(l, &text, &strokes);
    } else {
        const stg_text strokes = repeated(l, l->width - (int)stg_text_cells(title) - 1);
        append(l, &text, &strokes);
        stg_text_append(l->draw, &text, " ", 1, NULL);
        stg_text_append_text(l->draw, &text, title);
    }
    return text;
}

static stg_text titled_line(const line *l, stg_text *title, staged_align align)
{
    stg_text_flatten(l->draw, title);
    stg_text_expand_tabs(l->draw, title, 0);
    const bool sided = align == STAGED_ALIGN_LEFT || align == STAGED_ALIGN_RIGHT;
    const int room = l->width - (sided ? 2 : 4);
    if (room <= 0)
        return bare_line(l);
    stg_text_truncate(l->draw, title, room, STAGED_OVERFLOW_ELLIPSIS, false);
    return sided ? one_sided(l, title, align == STAGED_ALIGN_LEFT) : centered(l, title);
}

static bool is_ascii(const char *text)
{
    return stg_cells_plain(text, strlen(text));
}

static void draw_rule(const staged_renderable *self, stg_draw *draw,
                      const stg_draw_options *options, stg_segments *out)
{
    const stg_rule *rule = (const stg_rule *)self;
    const char *characters = rule->characters == NULL ? "─" : rule->characters;
    if (draw->ascii && !is_ascii(characters))
        characters = "-";
    line l = {.draw = draw, .width = options->width};
    l.pattern = stg_text_of(draw, characters, strlen(characters));
    l.pattern_cells = stg_text_cells(&l.pattern);
    if (l.pattern_cells == 0) {
        stg_draw_fail(draw, STAGED_BAD_USE, "the characters of a rule have no width");
        return;
    }
    const char *style = rule->style == NULL ? "rule.line" : rule->style;
    (void)stg_theme_get(draw->theme, style, strlen(style), &l.style, NULL);
    stg_text text;
    if (rule->title.length == 0) {
        text = bare_line(&l);
    } else {
        stg_text title = stg_markup_to_text(draw, &rule->title, STAGED_AUTO, STAGED_AUTO);
        text = titled_line(&l, &title, rule->align);
    }
    stg_text_set_cells(draw, &text, l.width);
    text.end = "\n";
    stg_text_draw(draw, &text, options, out);
}

static stg_measurement measure_rule(const staged_renderable *self, stg_draw *draw,
                                    const stg_draw_options *options)
{
    (void)self;
    (void)draw;
    (void)options;
    return (stg_measurement){1, 1};
}

static const stg_item_kind passing_kind = {draw_rule, measure_rule, NULL};

stg_rule stg_rule_of(const staged_rule_options *options, const stg_markup *title)
{
    staged_rule_options own;
    stg_rule rule = {.base = {.kind = &passing_kind, .depth = 1}, .title = *title};
    stg_item_refuse_options(&rule.base, STG_READ_OPTIONS(&own, options, staged_rule_options));
    rule.characters = own.characters;
    rule.style = own.style;
    rule.align = own.align;
    return rule;
}

/* A rule kept by an author. */
typedef struct kept_rule {
    stg_rule rule;
    stg_formatted title;
    char *characters, *style;
} kept_rule;

static void clear_rule(staged_renderable *self)
{
    kept_rule *kept = (kept_rule *)self;
    stg_formatted_free(&kept->title);
    free(kept->characters);
    free(kept->style);
}

static const stg_item_kind kept_kind = {draw_rule, measure_rule, clear_rule};

/* A rule that has no title yet. */
static kept_rule *new_rule(const staged_rule_options *options)
{
    kept_rule *kept = (kept_rule *)stg_item_new(&kept_kind, sizeof *kept);
    if (kept == NULL)
        return NULL;
    staged_rule_options own;
    stg_item_refuse_options(&kept->rule.base, STG_READ_OPTIONS(&own, options, staged_rule_options));
    kept->rule.align = own.align;
    if (!stg_item_copy_text(&kept->characters, own.characters) ||
        !stg_item_copy_text(&kept->style, own.style)) {
        staged_renderable_free(&kept->rule.base);
        return NULL;
    }
    kept->rule.characters = kept->characters;
    kept->rule.style = kept->style;
    return kept;
}

/* Takes over the result of making the title. */
static staged_renderable *with_title(kept_rule *kept, staged_status status)
{
    kept->rule.title = stg_formatted_markup(&kept->title);
    return stg_item_with_format(&kept->rule.base, status);
}

staged_renderable *staged_rule_new_v(const staged_rule_options *options, const char *format,
                                     va_list values)
{
    kept_rule *kept = new_rule(options);
    if (kept == NULL)
        return NULL;
    return with_title(kept, stg_formatted_add_v(&kept->title, format, values));
}

staged_renderable *staged_rule_new_text(const staged_rule_options *options, const char *title)
{
    kept_rule *kept = new_rule(options);
    if (kept == NULL)
        return NULL;
    return with_title(kept, stg_formatted_add_list(&kept->title, "%s", &title, 1));
}

staged_renderable *staged_rule_new(const staged_rule_options *options, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    staged_renderable *rule = staged_rule_new_v(options, format, values);
    va_end(values);
    return rule;
}
