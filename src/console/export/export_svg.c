/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A picture of a terminal's window, laid out as Rich does.  Lengths are in hundredths of a pixel,
 * formatted by hand: printf's output would depend on the locale. */
#include <stdio.h>
#include <string.h>

#include "base/memory/hash.h"
#include "base/unicode/cells.h"
#include "console/export/export.h"
#include "console/export/page.h"

#define FONTS "'Fira Code', 'DejaVu Sans Mono', Menlo, Consolas, monospace"

#define CELL_WIDTH ((size_t)1220)
#define CELL_HEIGHT ((size_t)2000)
#define LINE_HEIGHT ((size_t)2440)
#define LINE_TOP 150 /* how far a line's background begins below the top of the line */
#define LINE_OVERLAP 25
#define MARGIN ((size_t)100)
#define PADDING ((size_t)800)
#define PADDING_TOP ((size_t)4000)
#define TAB_CELLS 8

typedef struct svg {
    const staged_terminal_theme *theme;
    size_t width; /* columns */
    char id[64];
    stg_export_classes classes;
    stg_buf backgrounds;
    stg_buf texts;
    stg_buf clips;
    stg_buf rules;
    staged_status failure; /* of a part that has been emptied since */
    size_t line;           /* from 0 */
    size_t column;         /* where `pending` begins */
    size_t cursor;         /* where it ends */
    stg_buf pending;       /* text of one style in one line, not yet written */
    stg_style style;
} svg;

static void add_length(stg_buf *out, size_t hundredths)
{
    stg_buf_addf(out, "%zu", hundredths / 100);
    if (hundredths % 100 != 0)
        stg_buf_addf(out, hundredths % 10 != 0 ? ".%02zu" : ".%zu",
                     hundredths % 10 != 0 ? hundredths % 100 : hundredths % 100 / 10);
}

static void add_attribute(stg_buf *out, const char *name, size_t hundredths)
{
    stg_buf_addf(out, " %s=\"", name);
    add_length(out, hundredths);
    stg_buf_add_char(out, '"');
}

static void add_color_attribute(stg_buf *out, const char *name, staged_rgb rgb)
{
    stg_buf_addf(out, " %s=\"", name);
    stg_export_color(out, rgb);
    stg_buf_add_char(out, '"');
}

static bool shows(const svg *picture, unsigned attribute)
{
    return (picture->style.on & attribute) != 0;
}

static bool is_lined(const svg *picture)
{
    return shows(picture, STG_UNDERLINE | STG_UNDERLINE2 | STG_STRIKE | STG_OVERLINE);
}

static void make_rules(svg *picture)
{
    const stg_style *style = &picture->style;
    staged_rgb front = stg_color_rgb(style->color, picture->theme, true);
    staged_rgb back = stg_color_rgb(style->background, picture->theme, false);
    if (shows(picture, STG_REVERSE)) {
        const staged_rgb other = front;
        front = back;
        back = other;
    }
    if (shows(picture, STG_DIM))
        front = stg_rgb_blend(front, back, 0.4);
    stg_buf *rules = &picture->rules;
    stg_export_clear(rules, &picture->failure);
    stg_buf_add_text(rules, "fill: ");
    stg_export_color(rules, shows(picture, STG_CONCEAL) ? back : front);
    if (shows(picture, STG_BOLD))
        stg_buf_add_text(rules, "; font-weight: bold");
    if (shows(picture, STG_ITALIC))
        stg_buf_add_text(rules, "; font-style: italic");
    const bool is_lined =
        shows(picture, STG_UNDERLINE | STG_UNDERLINE2 | STG_STRIKE | STG_OVERLINE);
    if (is_lined) {
        stg_buf_add_text(rules, "; text-decoration:");
        if (shows(picture, STG_UNDERLINE | STG_UNDERLINE2))
            stg_buf_add_text(rules, " underline");
        if (shows(picture, STG_STRIKE))
            stg_buf_add_text(rules, " line-through");
        if (shows(picture, STG_OVERLINE))
            stg_buf_add_text(rules, " overline");
    }
}

static void add_background(svg *picture)
{
    const stg_style *style = &picture->style;
    const bool is_reversed = shows(picture, STG_REVERSE);
    const stg_color color = is_reversed ? style->color : style->background;
    if (!is_reversed && (color.kind == STG_COLOR_UNSET || color.kind == STG_COLOR_DEFAULT))
        return;
    stg_buf *out = &picture->backgrounds;
    stg_buf_add_text(out, "<rect");
    add_color_attribute(out, "fill", stg_color_rgb(color, picture->theme, is_reversed));
    add_attribute(out, "x", picture->column * CELL_WIDTH);
    add_attribute(out, "y", picture->line * LINE_HEIGHT + LINE_TOP);
    add_attribute(out, "width", (picture->cursor - picture->column) * CELL_WIDTH);
    add_attribute(out, "height", LINE_HEIGHT + LINE_OVERLAP);
    stg_buf_add_text(out, " shape-rendering=\"crispEdges\"/>\n");
}

static void add_text(svg *picture, const char *text, size_t length, size_t column)
{
    make_rules(picture);
    const size_t number = stg_export_class(&picture->classes, stg_buf_text(&picture->rules));
    stg_buf *out = &picture->texts;
    stg_buf_addf(out, "<text class=\"%s-r%zu\"", picture->id, number);
    add_attribute(out, "x", column * CELL_WIDTH);
    add_attribute(out, "y", picture->line * LINE_HEIGHT + CELL_HEIGHT);
    add_attribute(out, "textLength", stg_cells(text, length) * CELL_WIDTH);
    stg_buf_addf(out, " clip-path=\"url(#%s-line-%zu)\">", picture->id, picture->line);
    stg_export_escape(out, text, length, is_lined(picture));
    stg_buf_add_text(out, "</text>\n");
}

static size_t count_blanks(const char *text, size_t length)
{
    size_t count = 0;
    while (count < length && text[count] == ' ')
        count++;
    return count;
}

/* The bytes before the end, or before two blanks. */
static size_t piece_length(const char *text, size_t length)
{
    size_t end = 0;
    while (end < length && count_blanks(text + end, length - end) < 2)
        end++;
    return end == length && end > 0 && text[end - 1] == ' ' ? end - 1 : end;
}

/* Draws each word in its place: a viewer may collapse blanks, and drop those at the ends. */
static void add_words(svg *picture)
{
    const char *text = stg_buf_text(&picture->pending);
    size_t length = picture->pending.length;
    size_t column = picture->column;
    while (length > 0) {
        const size_t blanks = count_blanks(text, length);
        const size_t piece = piece_length(text + blanks, length - blanks);
        if (piece > 0)
            add_text(picture, text + blanks, piece, column + blanks);
        column += blanks + stg_cells(text + blanks, piece);
        text += blanks + piece;
        length -= blanks + piece;
    }
}

/* Writes the pending text, which has one style and is on one line. */
static void flush(svg *picture)
{
    if (picture->cursor > picture->column) {
        add_background(picture);
        if (is_lined(picture))
            add_text(picture, stg_buf_text(&picture->pending), picture->pending.length,
                     picture->column);
        else
            add_words(picture);
    }
    picture->column = picture->cursor;
    stg_export_clear(&picture->pending, &picture->failure);
}

static void end_line(svg *picture)
{
    flush(picture);
    stg_buf *out = &picture->clips;
    stg_buf_addf(out, "<clipPath id=\"%s-line-%zu\"><rect x=\"0\"", picture->id, picture->line);
    add_attribute(out, "y", picture->line * LINE_HEIGHT + LINE_TOP);
    add_attribute(out, "width", picture->width * CELL_WIDTH);
    add_attribute(out, "height", LINE_HEIGHT + LINE_OVERLAP);
    stg_buf_add_text(out, "/></clipPath>\n");
    picture->line++;
    picture->column = 0;
    picture->cursor = 0;
}

/* Adds a piece without tabs, continuing on the next line where there is no room. */
static void add_folded(svg *picture, const char *text, size_t length)
{
    while (length > 0) {
        const size_t room = picture->width > picture->cursor ? picture->width - picture->cursor : 0;
        const stg_cell_cut cut = stg_cells_cut(text, length, room);
        /* A character wider than the window is drawn all the same. */
        const size_t taken = cut.left == 0 && picture->cursor == 0 ? cut.right : cut.left;
        stg_buf_add(&picture->pending, text, taken);
        picture->cursor += stg_cells(text, taken);
        text += taken;
        length -= taken;
        if (length > 0)
            end_line(picture);
    }
}

/* The number of blanks that a tab at this column stands for. */
static size_t tab_blanks(size_t column)
{
    return TAB_CELLS - column % TAB_CELLS;
}

static void add_run(svg *picture, const stg_ansi_run *run)
{
    static const char blanks[TAB_CELLS + 1] = "        ";
    const char *text = run->text;
    size_t length = run->length;
    while (length > 0) {
        const char *tab = memchr(text, '\t', length);
        const size_t part = tab == NULL ? length : (size_t)(tab - text);
        add_folded(picture, text, part);
        if (tab != NULL)
            add_folded(picture, blanks, tab_blanks(picture->cursor));
        const size_t used = part + (tab != NULL);
        text += used;
        length -= used;
    }
}

/* The width of the longest line in cells. */
static size_t natural_width(const char *text, size_t length, stg_buf *whole)
{
    stg_ansi ansi = {.text = text, .length = length};
    stg_ansi_run run;
    size_t widest = 1;
    size_t cursor = 0;
    while (stg_ansi_next(&ansi, &run)) {
        for (size_t i = 0; i < run.length;) {
            const char *tab = memchr(run.text + i, '\t', run.length - i);
            const size_t end = tab == NULL ? run.length : (size_t)(tab - run.text);
            cursor += stg_cells(run.text + i, end - i);
            cursor += tab == NULL ? 0 : tab_blanks(cursor);
            i = end + (tab != NULL);
        }
        widest = cursor > widest ? cursor : widest;
        cursor = run.length > 0 ? cursor : 0;
    }
    stg_export_end(&ansi, whole);
    return widest;
}

static void add_contents(svg *picture, const char *text, size_t length)
{
    stg_ansi ansi = {.text = text, .length = length};
    stg_ansi_run run;
    while (stg_ansi_next(&ansi, &run)) {
        if (run.length == 0) {
            end_line(picture);
            continue;
        }
        if (!stg_style_equal(&run.style, &picture->style)) {
            flush(picture);
            picture->style = run.style;
        }
        add_run(picture, &run);
    }
    if (picture->cursor > 0 || picture->line == 0)
        end_line(picture);
    stg_export_end(&ansi, &picture->texts);
}

/* The same contents always get the same name. */
static void make_id(svg *picture, const char *text, size_t length, const char *title)
{
    uint32_t hash = stg_hash(STG_HASH_BEGIN, text, length);
    if (title != NULL)
        hash = stg_hash(hash, title, strlen(title));
    snprintf(picture->id, sizeof picture->id, "terminal-%lu", (unsigned long)hash);
}

static void add_style_sheet(stg_buf *out, const svg *picture)
{
    stg_buf_addf(out,
                 "<style>\n"
                 ".%s-matrix {font-family: " FONTS "; font-size: 20px; line-height: 24.4px; "
                 "font-variant-east-asian: full-width}\n"
                 ".%s-title {font-family: Arial, sans-serif; font-size: 18px; font-weight: bold}\n",
                 picture->id, picture->id);
    for (size_t i = 1; i <= picture->classes.count; i++)
        stg_buf_addf(out, ".%s-r%zu {%s}\n", picture->id, i,
                     stg_export_rules(&picture->classes, i));
    stg_buf_add_text(out, "</style>\n");
}

/* The window: its background, its title and the three buttons of its bar. */
static void add_frame(stg_buf *out, const svg *picture, const char *title, size_t width,
                      size_t height)
{
    stg_buf_add_text(out, "<rect");
    add_color_attribute(out, "fill", picture->theme->background);
    stg_buf_add_text(out, " stroke=\"rgba(255,255,255,0.35)\" stroke-width=\"1\"");
    add_attribute(out, "x", MARGIN);
    add_attribute(out, "y", MARGIN);
    add_attribute(out, "width", width);
    add_attribute(out, "height", height);
    stg_buf_add_text(out, " rx=\"8\"/>\n");
    if (title != NULL && *title != '\0') {
        stg_buf_addf(out, "<text class=\"%s-title\"", picture->id);
        add_color_attribute(out, "fill", picture->theme->foreground);
        stg_buf_add_text(out, " text-anchor=\"middle\"");
        add_attribute(out, "x", width / 200 * 100);
        add_attribute(out, "y", MARGIN + CELL_HEIGHT + 600);
        stg_buf_add_char(out, '>');
        stg_export_escape(out, title, strlen(title), false);
        stg_buf_add_text(out, "</text>\n");
    }
    stg_buf_add_text(out, "<g transform=\"translate(26,22)\">\n"
                          "<circle cx=\"0\" cy=\"0\" r=\"7\" fill=\"#ff5f57\"/>\n"
                          "<circle cx=\"22\" cy=\"0\" r=\"7\" fill=\"#febc2e\"/>\n"
                          "<circle cx=\"44\" cy=\"0\" r=\"7\" fill=\"#28c840\"/>\n"
                          "</g>\n");
}

static void add_document(stg_buf *out, const svg *picture, const char *title)
{
    const size_t columns_width = picture->width * CELL_WIDTH;
    const size_t lines_height = picture->line * LINE_HEIGHT;
    const size_t width = (columns_width + 2 * PADDING + 99) / 100 * 100;
    const size_t height = lines_height + PADDING_TOP + PADDING;
    stg_buf_add_text(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ");
    add_length(out, width + 2 * MARGIN);
    stg_buf_add_char(out, ' ');
    add_length(out, height + 2 * MARGIN);
    stg_buf_add_text(out, "\">\n");
    add_style_sheet(out, picture);
    stg_buf_addf(out, "<defs>\n<clipPath id=\"%s-clip-terminal\"><rect x=\"0\" y=\"0\"",
                 picture->id);
    add_attribute(out, "width", columns_width - 100);
    /* The last line has room for what hangs below it. */
    add_attribute(out, "height", lines_height + LINE_TOP + LINE_OVERLAP);
    stg_buf_add_text(out, "/></clipPath>\n");
    stg_buf_add(out, stg_buf_text(&picture->clips), picture->clips.length);
    stg_buf_add_text(out, "</defs>\n");
    add_frame(out, picture, title, width, height);
    stg_buf_add_text(out, "<g transform=\"translate(");
    add_length(out, MARGIN + PADDING);
    stg_buf_add_text(out, ", ");
    add_length(out, MARGIN + PADDING_TOP);
    stg_buf_addf(out, ")\" clip-path=\"url(#%s-clip-terminal)\">\n", picture->id);
    stg_buf_add(out, stg_buf_text(&picture->backgrounds), picture->backgrounds.length);
    stg_buf_addf(out, "<g class=\"%s-matrix\">\n", picture->id);
    stg_buf_add(out, stg_buf_text(&picture->texts), picture->texts.length);
    stg_buf_add_text(out, "</g>\n</g>\n</svg>\n");
}

void stg_export_svg(stg_buf *out, const char *text, size_t length,
                    const staged_export_options *options)
{
    svg picture = {
        .theme = options->theme != NULL ? options->theme : staged_terminal_theme_find("dark"),
        .width = options->width > 0 ? (size_t)options->width : natural_width(text, length, out),
    };
    if (options->id != NULL)
        snprintf(picture.id, sizeof picture.id, "%s", options->id);
    else
        make_id(&picture, text, length, options->title);
    add_contents(&picture, text, length);
    add_document(out, &picture, options->title);
    stg_buf *const parts[] = {&picture.backgrounds, &picture.texts, &picture.clips, &picture.rules,
                              &picture.pending};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        stg_export_free(parts[i], picture.failure, out);
    stg_export_classes_free(&picture.classes, out);
}
