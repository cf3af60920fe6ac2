/* SPDX-License-Identifier: BSD-3-Clause */
#include "script/log/command_text.h"

#include <stdlib.h>
#include <string.h>

#include "base/text/buf.h"
#include "base/unicode/cells.h"
#include "console/framework.h"
#include "process/framework.h"

/* The additional indent of the continuation of a broken line. */
enum { FURTHER = 4 };

typedef struct command_text {
    char *command, *lead, *before, *comment;
    size_t indent;
    bool apart;
} command_text;

/* One drawing. */
typedef struct layout {
    const command_text *source;
    stg_canvas *canvas;
    stg_buf line;  /* the line under construction */
    size_t origin; /* the indent of the command's lines */
    size_t base;   /* that of the line being broken */
    size_t indent; /* that of the current line */
} layout;

/* Draws the current line, and begins an empty one. */
static void take_line(layout *l, stg_extent extent)
{
    if (l->line.failure != STAGED_OK)
        stg_canvas_fail(l->canvas);
    stg_canvas_add_line(l->canvas, stg_buf_text(&l->line), l->line.length, extent);
    stg_buf_clear(&l->line);
}

static void begin_line(layout *l, size_t indent)
{
    l->indent = indent;
    stg_buf_add_repeated(&l->line, ' ', indent);
}

/* Ends the line with a backslash and begins its continuation. */
static void break_line(layout *l, size_t indent)
{
    stg_buf_add_text(&l->line, " \\");
    take_line(l, STG_WHOLE);
    begin_line(l, indent);
}

/* Whether the terminal would break the line if `part` were appended, and that matters.
 *   is_last  nothing follows, so no backslash either */
static bool is_too_long(const layout *l, const stg_part *part, const char *text, bool is_last)
{
    if (!l->canvas->terminal || l->line.length <= l->indent || *text == '#')
        return false;
    const size_t cells = stg_cells(stg_buf_text(&l->line), l->line.length) + part->indent +
                         stg_cells(text, part->length) + (is_last ? 0 : 2);
    return l->canvas->room < 0 || cells > (size_t)l->canvas->room;
}

static void draw_parts(layout *l, const char *command, const stg_parts *parts)
{
    for (size_t i = 0; i < parts->count; i++) {
        const stg_part *part = &parts->items[i];
        const char *text = command + part->at;
        const bool is_last = i + 1 == parts->count || part[1].gap == STG_GAP_LINE;
        if (i > 0 && part->gap == STG_GAP_LINE) {
            take_line(l, STG_WHOLE);
            l->base = l->origin + part->indent;
            begin_line(l, l->base);
        } else if (i > 0 && part->gap == STG_GAP_CONTINUED) {
            l->base = l->origin + part->indent;
            break_line(l, l->base);
        } else if (i > 0 && is_too_long(l, part, text, is_last)) {
            break_line(l, l->base + FURTHER);
        } else if (i > 0) {
            stg_buf_add_repeated(&l->line, ' ', part->indent);
        }
        stg_buf_add(&l->line, text, part->length);
    }
    take_line(l, STG_WHOLE);
}

/* Draws it unchanged, except that a single line loses its indent. */
static void draw_as_it_is(layout *l, const char *command)
{
    const bool is_one = strchr(command, '\n') == NULL;
    for (const char *line = command;; line++) {
        const size_t length = strcspn(line, "\n");
        if (is_one)
            stg_buf_add(&l->line, line, length);
        else
            stg_canvas_add_line(l->canvas, line, length, STG_FROM_EDGE);
        line += length;
        if (*line == '\0')
            break;
    }
    if (is_one)
        take_line(l, STG_WHOLE);
}

/* Whether it is a single line that fits beside other things, as other messages do. */
static bool fits(const layout *l, const char *command, int width)
{
    return strchr(command, '\n') == NULL && stg_cells(stg_buf_text(&l->line), l->line.length) +
                                                    stg_cells(command, strlen(command)) <=
                                                (size_t)width;
}

static void draw_command(layout *l, const char *command, int width)
{
    const char *lead = l->source->lead;
    stg_parts parts = stg_parts_of(command);
    if (parts.failed)
        stg_canvas_fail(l->canvas);
    begin_line(l, l->source->indent);
    l->origin = l->base = l->source->indent;
    if (lead != NULL)
        stg_buf_add_text(&l->line, lead);
    if (lead != NULL && fits(l, command, width)) {
        stg_buf_add_text(&l->line, command);
        take_line(l, STG_TO_WIDTH);
    } else {
        if (lead != NULL && strchr(command, '\n') != NULL) {
            take_line(l, STG_TO_WIDTH);
            l->origin = l->base = l->source->indent + FURTHER;
            begin_line(l, l->base);
        }
        if (parts.movable)
            draw_parts(l, command, &parts);
        else
            draw_as_it_is(l, command);
    }
    stg_parts_free(&parts);
}

/* Adds what a shell is to read, made displayable. */
static void add_shown(const command_text *s, stg_buf *out, bool ascii)
{
    stg_buf before = {0};
    stg_buf command = {0};
    if (s->before != NULL)
        stg_show_command(&before, s->before, ascii);
    stg_show_command(&command, s->command, ascii);
    if (s->apart || s->before != NULL)
        stg_show_apart(out, stg_buf_text(&before), stg_buf_text(&command));
    else
        stg_buf_add_text(out, stg_buf_text(&command));
    if (s->comment != NULL)
        stg_show_comment(out, s->comment);
    if (before.failure != STAGED_OK || command.failure != STAGED_OK)
        out->failure = STAGED_NO_MEMORY;
    stg_buf_free(&before);
    stg_buf_free(&command);
}

static void lay_out(const void *source, stg_canvas *canvas)
{
    layout l = {.source = source, .canvas = canvas};
    stg_buf shown = {0};
    add_shown(source, &shown, canvas->ascii);
    draw_command(&l, stg_buf_text(&shown), canvas->width);
    if (shown.failure != STAGED_OK)
        stg_canvas_fail(canvas);
    stg_buf_free(&shown);
    stg_buf_free(&l.line);
}

static void release(void *source)
{
    command_text *s = source;
    free(s->command);
    free(s->lead);
    free(s->before);
    free(s->comment);
    free(s);
}

/* Copies a text, which may be NULL; false when out of memory. */
static bool copy_text(char **copy, const char *text)
{
    *copy = text == NULL ? NULL : strdup(text);
    return text == NULL || *copy != NULL;
}

staged_renderable *stg_command_text_new(const stg_command_text_options *options)
{
    command_text *s = calloc(1, sizeof *s);
    if (s == NULL)
        return NULL;
    s->indent = (size_t)options->indent;
    s->apart = options->apart;
    if (options->command == NULL || !copy_text(&s->command, options->command) ||
        !copy_text(&s->lead, options->lead) || !copy_text(&s->before, options->before) ||
        !copy_text(&s->comment, options->comment)) {
        release(s);
        return NULL;
    }
    return stg_laid_out_new(lay_out, release, s, options->highlight);
}
