/* SPDX-License-Identifier: BSD-3-Clause */
#include "script/log/command_text.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/cells.h"
#include "console/renderable/item.h"
#include "process/framework.h"

/* How much further a line begins that a broken one goes on in. */
enum { FURTHER = 4 };

typedef struct command_text {
    staged_renderable base;
    char *command, *lead, *before, *comment;
    size_t indent;
    bool apart;
    staged_choice highlight;
} command_text;

/* One drawing. */
typedef struct layout {
    const command_text *source;
    stg_draw *draw;
    stg_segments *out;
    stg_buf line;  /* the one that is being put together */
    size_t origin; /* columns that the command's lines begin with */
    size_t base;   /* those of the line that is broken into several */
    size_t indent; /* those of this line */
} layout;

static void draw_line(layout *l, const char *text, size_t length, stg_extent extent)
{
    stg_draw *draw = l->draw;
    const char *copy = stg_draw_copy(draw, text, length);
    if (copy == NULL)
        return;
    const stg_markup markup = {.text = copy, .length = length};
    stg_text styled = stg_markup_to_text(draw, &markup, STAGED_NO, l->source->highlight);
    styled.end = "\n";
    const stg_draw_options options = {
        .width = INT_MAX, .overflow = STAGED_OVERFLOW_IGNORE, .no_wrap = STAGED_YES};
    const size_t first = l->out->count;
    stg_text_draw(draw, &styled, &options, l->out);
    for (size_t i = first; i < l->out->count; i++)
        l->out->items[i].extent = extent;
}

static void fail_for_memory(stg_draw *draw)
{
    stg_draw_fail(draw, STAGED_NO_MEMORY, "%s", staged_status_text(STAGED_NO_MEMORY));
}

/* Draws the line that was put together, and begins with an empty one. */
static void take_line(layout *l, stg_extent extent)
{
    if (l->line.failure != STAGED_OK)
        fail_for_memory(l->draw);
    draw_line(l, stg_buf_text(&l->line), l->line.length, extent);
    stg_buf_clear(&l->line);
}

static void begin_line(layout *l, size_t indent)
{
    l->indent = indent;
    stg_buf_add_repeated(&l->line, ' ', indent);
}

/* Ends the line and begins the one that it goes on in. */
static void break_line(layout *l, size_t indent)
{
    stg_buf_add_text(&l->line, " \\");
    take_line(l, STG_WHOLE);
    begin_line(l, indent);
}

/* Whether the terminal would break the line if `part` came behind what is in it, and that matters.
 *   is_last  nothing follows, and so no backslash */
static bool is_too_long(const layout *l, const stg_part *part, const char *text, bool is_last)
{
    if (!l->draw->terminal || l->line.length <= l->indent || *text == '#')
        return false;
    const size_t cells = stg_cells(stg_buf_text(&l->line), l->line.length) + part->indent +
                         stg_cells(text, part->length) + (is_last ? 0 : 2);
    return l->draw->room < 0 || cells > (size_t)l->draw->room;
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

/* As it is, but for the blanks before a line that is the only one. */
static void draw_as_it_is(layout *l, const char *command)
{
    const bool is_one = strchr(command, '\n') == NULL;
    for (const char *line = command;; line++) {
        const size_t length = strcspn(line, "\n");
        if (is_one)
            stg_buf_add(&l->line, line, length);
        else
            draw_line(l, line, length, STG_FROM_EDGE);
        line += length;
        if (*line == '\0')
            break;
    }
    if (is_one)
        take_line(l, STG_WHOLE);
}

/* Whether it is one line that other things can stand beside, as they do beside other messages. */
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
        fail_for_memory(l->draw);
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

/* What a shell is to read, with all that can be shown of it. */
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

static void draw_command_text(const staged_renderable *self, stg_draw *draw,
                              const stg_draw_options *options, stg_segments *out)
{
    const command_text *s = (const command_text *)self;
    layout l = {.source = s, .draw = draw, .out = out};
    stg_buf shown = {0};
    add_shown(s, &shown, draw->ascii);
    draw_command(&l, stg_buf_text(&shown), options->width);
    if (shown.failure != STAGED_OK)
        fail_for_memory(draw);
    stg_buf_free(&shown);
    stg_buf_free(&l.line);
}

static stg_measurement measure_command_text(const staged_renderable *self, stg_draw *draw,
                                            const stg_draw_options *options)
{
    (void)self;
    (void)draw;
    return (stg_measurement){options->width, options->width};
}

static void clear_command_text(staged_renderable *self)
{
    command_text *s = (command_text *)self;
    free(s->command);
    free(s->lead);
    free(s->before);
    free(s->comment);
}

static const stg_item_kind command_text_kind = {draw_command_text, measure_command_text,
                                                clear_command_text};

staged_renderable *stg_command_text_new(const stg_command_text_options *options)
{
    command_text *s = (command_text *)stg_item_new(&command_text_kind, sizeof *s);
    if (s == NULL)
        return NULL;
    s->base.may_exceed = true;
    s->indent = (size_t)options->indent;
    s->apart = options->apart;
    s->highlight = options->highlight ? STAGED_AUTO : STAGED_NO;
    if (options->command == NULL || !stg_item_copy_text(&s->command, options->command) ||
        !stg_item_copy_text(&s->lead, options->lead) ||
        !stg_item_copy_text(&s->before, options->before) ||
        !stg_item_copy_text(&s->comment, options->comment)) {
        staged_renderable_free(&s->base);
        return NULL;
    }
    return &s->base;
}
