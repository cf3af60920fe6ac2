/* SPDX-License-Identifier: BSD-3-Clause */
#include <string.h>

#include "console/export/export.h"
#include "console/export/page.h"

#define FONTS "Menlo, 'DejaVu Sans Mono', Consolas, 'Courier New', monospace"

typedef struct html {
    stg_buf elements;
    const staged_terminal_theme *theme;
    bool inline_styles;
    stg_export_classes classes;
    stg_style style; /* of `text` */
    stg_buf text;    /* escaped, not yet written */
    stg_buf rules;
    staged_status failure; /* of a part that has been emptied since */
} html;

static void add_rule(stg_buf *rules, const char *rule)
{
    if (rules->length > 0)
        stg_buf_add_text(rules, "; ");
    stg_buf_add_text(rules, rule);
}

static void add_color_rule(stg_buf *rules, const char *property, staged_rgb rgb)
{
    add_rule(rules, property);
    stg_buf_add_text(rules, ": ");
    stg_export_color(rules, rgb);
}

/* The style as CSS (Rich's get_html_style). */
static void make_rules(html *page)
{
    static const struct {
        uint16_t bit;
        const char *rule;
    } simple[] = {
        {STG_BOLD, "font-weight: bold"},
        {STG_ITALIC, "font-style: italic"},
        {STG_UNDERLINE, "text-decoration: underline"},
        {STG_STRIKE, "text-decoration: line-through"},
        {STG_OVERLINE, "text-decoration: overline"},
    };
    const unsigned on = page->style.on;
    const bool is_reversed = (on & STG_REVERSE) != 0;
    const stg_color front = is_reversed ? page->style.background : page->style.color;
    const stg_color back = is_reversed ? page->style.color : page->style.background;
    stg_export_clear(&page->rules, &page->failure);
    if (front.kind != STG_COLOR_UNSET || (on & STG_DIM) != 0) {
        staged_rgb rgb = stg_color_rgb(front, page->theme, true);
        if ((on & STG_DIM) != 0)
            rgb = stg_rgb_blend(rgb, page->theme->background, 0.5);
        add_color_rule(&page->rules, "color", rgb);
        add_color_rule(&page->rules, "text-decoration-color", rgb);
    }
    if (back.kind != STG_COLOR_UNSET)
        add_color_rule(&page->rules, "background-color", stg_color_rgb(back, page->theme, false));
    for (size_t i = 0; i < sizeof simple / sizeof *simple; i++)
        if ((on & simple[i].bit) != 0)
            add_rule(&page->rules, simple[i].rule);
}

static void begin_link(html *page)
{
    stg_buf_add_text(&page->elements, " href=\"");
    stg_export_escape(&page->elements, page->style.link, page->style.link_length, false);
    stg_buf_add_char(&page->elements, '"');
}

static void write_inline(html *page)
{
    const bool has_link = page->style.link != NULL;
    const bool has_rules = page->rules.length > 0;
    if (has_rules)
        stg_buf_addf(&page->elements, "<span style=\"%s\">", stg_buf_text(&page->rules));
    if (has_link) {
        stg_buf_add_text(&page->elements, "<a");
        begin_link(page);
        stg_buf_add_char(&page->elements, '>');
    }
    stg_buf_add(&page->elements, stg_buf_text(&page->text), page->text.length);
    stg_buf_add_text(&page->elements, has_link ? "</a>" : "");
    stg_buf_add_text(&page->elements, has_rules ? "</span>" : "");
}

static void write_classed(html *page)
{
    const char *name = page->style.link != NULL ? "a" : "span";
    const size_t number = stg_export_class(&page->classes, stg_buf_text(&page->rules));
    stg_buf_addf(&page->elements, "<%s class=\"r%zu\"", name, number);
    if (page->style.link != NULL)
        begin_link(page);
    stg_buf_addf(&page->elements, ">%s</%s>", stg_buf_text(&page->text), name);
}

/* Writes the pending text, which has one style. */
static void flush(html *page)
{
    if (page->text.length == 0)
        return;
    if (stg_style_is_null(&page->style)) {
        stg_buf_add(&page->elements, page->text.data, page->text.length);
    } else {
        make_rules(page);
        if (page->inline_styles)
            write_inline(page);
        else
            write_classed(page);
    }
    stg_export_clear(&page->text, &page->failure);
}

static void add_contents(html *page, const char *text, size_t length)
{
    stg_ansi ansi = {.text = text, .length = length};
    stg_ansi_run run;
    while (stg_ansi_next(&ansi, &run)) {
        if (!stg_style_equal(&run.style, &page->style)) {
            flush(page);
            page->style = run.style;
        }
        if (run.length > 0)
            stg_export_escape(&page->text, run.text, run.length, false);
        else
            stg_buf_add_char(&page->text, '\n');
    }
    flush(page);
    stg_export_end(&ansi, &page->elements);
}

static void add_style_sheet(stg_buf *out, const stg_export_classes *classes)
{
    for (size_t i = 1; i <= classes->count; i++) {
        const char *rules = stg_export_rules(classes, i);
        if (*rules != '\0')
            stg_buf_addf(out, ".r%zu {%s}\n", i, rules);
    }
}

static void add_head(stg_buf *out, const html *page, const char *title)
{
    stg_buf_add_text(out, "<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"UTF-8\">\n");
    if (title != NULL) {
        stg_buf_add_text(out, "<title>");
        stg_export_escape(out, title, strlen(title), false);
        stg_buf_add_text(out, "</title>\n");
    }
    stg_buf_add_text(out, "<style>\n");
    add_style_sheet(out, &page->classes);
    stg_buf_add_text(out, "body {color: ");
    stg_export_color(out, page->theme->foreground);
    stg_buf_add_text(out, "; background-color: ");
    stg_export_color(out, page->theme->background);
    stg_buf_add_text(out, "}\n</style>\n</head>\n");
}

void stg_export_html(stg_buf *out, const char *text, size_t length,
                     const staged_export_options *options)
{
    html page = {
        .theme = options->theme != NULL ? options->theme : staged_terminal_theme_find("light"),
        .inline_styles = options->inline_styles,
    };
    add_contents(&page, text, length);
    add_head(out, &page, options->title);
    stg_buf_add_text(out, "<body>\n<pre style=\"font-family:" FONTS "\">"
                          "<code style=\"font-family:inherit\">");
    stg_buf_add(out, stg_buf_text(&page.elements), page.elements.length);
    stg_buf_add_text(out, "</code></pre>\n</body>\n</html>\n");
    stg_buf *const parts[] = {&page.elements, &page.text, &page.rules};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        stg_export_free(parts[i], page.failure, out);
    stg_export_classes_free(&page.classes, out);
}
