/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/device/region.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory/grow.h"
#include "console/device/restore.h"
#include "console/markup/ansi.h"

#define HIDE_CURSOR "\x1b[?25l"
#define SHOW_CURSOR "\x1b[?25h"
#define ERASE_LINE "\r\x1b[2K"
#define LINE_ABOVE "\x1b[1A\x1b[2K"

/* ---- taking it off ---- */

/* Rows of the screen that the lines take now: a terminal breaks them when its window has become
 * narrower. */
static size_t rows_on_screen(const stg_region *region)
{
    const int width = region->console->width;
    if (width >= region->width || width < 1)
        return region->line_count;
    size_t rows = 0;
    for (size_t i = 0; i < region->line_count; i++)
        rows += region->cells[i] == 0 ? 1 : (region->cells[i] - 1) / (size_t)width + 1;
    return rows;
}

static void erase(const stg_region *region, stg_buf *out)
{
    const size_t rows = rows_on_screen(region);
    if (rows > 0)
        stg_buf_add_text(out, ERASE_LINE);
    for (size_t i = 1; i < rows; i++)
        stg_buf_add_text(out, LINE_ABOVE);
}

static void hide_cursor(stg_region *region, stg_buf *out)
{
    stg_buf_add_text(out, HIDE_CURSOR);
    stg_restore_add(region->console->output.fd);
    region->restored = stg_restore_count();
}

/* Whether the process was stopped and continued, which means that the screen is no longer ours:
 * forgets what was drawn. */
static bool has_lost_screen(stg_region *region)
{
    if (region->restored == stg_restore_count())
        return false;
    region->line_count = 0;
    stg_buf_clear(&region->frame);
    return true;
}

static void take_off(void *context, stg_buf *out)
{
    stg_region *region = context;
    if (has_lost_screen(region))
        hide_cursor(region, out);
    erase(region, out);
    region->begun = out->length;
    stg_buf_add(out, stg_buf_text(&region->held), region->held.length);
}

/* ---- putting it on ---- */

static void draw_displays(const stg_region *region, stg_draw *draw, stg_lines *lines)
{
    const stg_draw_options options = stg_console_options(region->console);
    for (const staged_live *live = region->first; live != NULL; live = live->next) {
        stg_segments segments = {0};
        stg_item_draw(live->renderable, draw, &options, &segments);
        stg_lines_of(draw, &segments, lines);
    }
    for (size_t i = 0; i < lines->count; i++)
        stg_line_fit(draw, &lines->items[i], options.width, NULL);
}

/* Makes the last line that fits say that there are more. */
static void add_ellipsis(const stg_region *region, stg_draw *draw, stg_lines *lines)
{
    const stg_draw_options options = stg_console_options(region->console);
    stg_text text = stg_text_of(draw, "...", 3);
    stg_text_set_style(draw, &text, "live.ellipsis");
    text.justify = STAGED_JUSTIFY_CENTER;
    text.overflow = STAGED_OVERFLOW_CROP;
    stg_segments segments = {0};
    stg_text_draw(draw, &text, &options, &segments);
    lines->count--;
    stg_lines_of(draw, &segments, lines);
}

static void keep_to_height(const stg_region *region, stg_draw *draw, stg_lines *lines)
{
    const size_t height = (size_t)region->console->height;
    if (lines->count <= height || height == 0)
        return;
    lines->count = height;
    if (region->first->overflow == STAGED_LIVE_ELLIPSIS)
        add_ellipsis(region, draw, lines);
}

/* Draws into `next`. */
static staged_status draw_frame(stg_region *region, stg_draw *draw)
{
    stg_lines lines = {0};
    draw_displays(region, draw, &lines);
    keep_to_height(region, draw, &lines);
    STAGED_TRY(draw->status);
    if (!stg_grow(&region->cells, &region->capacity, lines.count, sizeof *region->cells))
        return STAGED_NO_MEMORY;
    stg_buf_clear(&region->next);
    for (size_t i = 0; i < lines.count; i++) {
        lines.items[i].ended = i + 1 < lines.count;
        region->cells[i] = lines.items[i].cells;
        if (region->console->trim)
            stg_paint_trimmed(&region->console->palette, &region->next, &lines.items[i]);
        else
            stg_paint_line(&region->console->palette, &region->next, &lines.items[i]);
    }
    region->line_count = lines.count;
    region->width = region->console->width;
    return stg_buf_status(&region->next);
}

/* Whether the text shows anything. */
static bool is_visible(const char *text, size_t length)
{
    stg_ansi ansi = {.text = text, .length = length};
    stg_ansi_run run;
    const bool visible = (stg_ansi_next(&ansi, &run) && run.length > 0) || ansi.failed;
    stg_ansi_free(&ansi);
    return visible;
}

/* Holds back the unfinished line at the end of what somebody else prints. */
static void hold_back(stg_region *region, stg_buf *out)
{
    size_t start = out->length;
    while (start > region->begun && out->data[start - 1] != '\n')
        start--;
    stg_buf_clear(&region->held);
    if (start == out->length || !is_visible(out->data + start, out->length - start))
        return;
    stg_buf_add(&region->held, out->data + start, out->length - start);
    if (region->held.failure == STAGED_OK)
        stg_buf_truncate(out, start);
    else
        stg_buf_add_char(out, '\n');
}

static bool has_changed(const stg_region *region, const stg_buf *out, int old_width)
{
    return out->length > region->begun || region->width != old_width ||
           region->frame.length != region->next.length ||
           memcmp(stg_buf_text(&region->frame), stg_buf_text(&region->next), region->next.length) !=
               0;
}

/* A display's failure is its own: what others print is written all the same. */
static void put_on(void *context, staged_console *console, stg_draw *draw, stg_buf *out)
{
    (void)console;
    stg_region *region = context;
    const int old_width = region->width;
    if (out->failure == STAGED_OK)
        hold_back(region, out);
    stg_draw own = *draw;
    const staged_status status = draw_frame(region, &own);
    if (region->outcome != NULL)
        *region->outcome = status;
    region->outcome = NULL;
    if (status != STAGED_OK) {
        region->line_count = 0;
        stg_buf_clear(&region->next);
    }
    if (!has_changed(region, out, old_width)) {
        stg_buf_truncate(out, 0);
        return;
    }
    stg_buf_add(out, stg_buf_text(&region->next), region->next.length);
    const stg_buf drawn = region->next;
    region->next = region->frame;
    region->frame = drawn;
}

/* ---- displays come and go ---- */

stg_region *stg_region_of(staged_console *console)
{
    if (console->below.context != NULL)
        return console->below.context;
    stg_region *region = calloc(1, sizeof *region);
    if (region == NULL)
        return NULL;
    region->console = console;
    console->below.context = region;
    return region;
}

/* Begins to keep the region below all output. */
static void enter(stg_region *region, stg_buf *out)
{
    hide_cursor(region, out);
    region->console->below = (stg_below){take_off, put_on, region};
}

/* Takes the region off the screen; what follows in `out` stays. */
static void leave(stg_region *region, stg_buf *out)
{
    (void)has_lost_screen(region);
    erase(region, out);
    region->line_count = 0;
    stg_buf_clear(&region->frame);
    region->console->below = (stg_below){.context = region};
}

static void give_back(stg_region *region, stg_buf *out)
{
    stg_buf_add_text(out, SHOW_CURSOR);
    stg_restore_remove(region->console->output.fd);
    stg_buf_add(out, stg_buf_text(&region->held), region->held.length);
    stg_buf_clear(&region->held);
}

void stg_region_add(stg_region *region, staged_live *live, stg_buf *out)
{
    if (region->first == NULL && region->pauses == 0)
        enter(region, out);
    staged_live **end = &region->first;
    while (*end != NULL)
        end = &(*end)->next;
    *end = live;
}

void stg_region_remove(stg_region *region, staged_live *live, stg_buf *out)
{
    staged_live **place = &region->first;
    while (*place != live)
        place = &(*place)->next;
    *place = live->next;
    if (region->first == NULL && region->pauses == 0)
        leave(region, out);
}

void stg_region_end(stg_region *region, stg_buf *out)
{
    if (region->first != NULL || region->pauses > 0)
        return;
    give_back(region, out);
    region->console->below = (stg_below){0};
    stg_region_free(region);
}

void stg_region_pause(stg_region *region, stg_buf *out)
{
    if (region->pauses++ > 0 || region->first == NULL)
        return;
    leave(region, out);
    give_back(region, out);
}

void stg_region_resume(stg_region *region, stg_buf *out)
{
    if (region->pauses == 0 || --region->pauses > 0)
        return;
    if (region->first != NULL) {
        enter(region, out);
    } else {
        region->console->below = (stg_below){0};
        stg_region_free(region);
    }
}

void stg_region_free(stg_region *region)
{
    if (region == NULL)
        return;
    stg_buf_free(&region->held);
    stg_buf_free(&region->frame);
    stg_buf_free(&region->next);
    free(region->cells);
    free(region);
}
