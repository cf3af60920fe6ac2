/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/text/segment.h"

#include <string.h>

#include "base/unicode/cells.h"

static const char many_blanks[] =
    "                                                                                "
    "                                                                                "
    "                                                                                ";

void stg_segments_add(stg_draw *draw, stg_segments *segments, const char *text, size_t length,
                      size_t cells, const stg_style *style)
{
    if (!stg_draw_grow(draw, &segments->items, &segments->capacity, segments->count,
                       segments->count + 1, sizeof *segments->items))
        return;
    stg_segment *segment = &segments->items[segments->count++];
    segment->text = text;
    segment->length = length;
    segment->cells = cells;
    segment->style = style == NULL ? (stg_style){0} : *style;
    segment->extent = STG_TO_WIDTH;
}

void stg_segments_add_text(stg_draw *draw, stg_segments *segments, const char *text,
                           const stg_style *style)
{
    const size_t length = strlen(text);
    stg_segments_add(draw, segments, text, length, stg_cells(text, length), style);
}

void stg_segments_newline(stg_draw *draw, stg_segments *segments)
{
    stg_segments_add(draw, segments, "\n", 1, 0, NULL);
}

/* `count` blanks, and room for `extra` bytes after them. */
static char *new_blanks(stg_draw *draw, size_t count, size_t extra)
{
    char *blanks = stg_draw_alloc(draw, count + extra);
    if (blanks != NULL)
        memset(blanks, ' ', count);
    return blanks;
}

static stg_segment segment_of_blanks(stg_draw *draw, size_t count, const stg_style *style)
{
    const char *blanks = count < sizeof many_blanks ? many_blanks : new_blanks(draw, count, 0);
    if (blanks == NULL)
        count = 0;
    stg_segment segment = {.text = blanks, .length = count, .cells = count};
    if (style != NULL)
        segment.style = *style;
    return segment;
}

void stg_segments_blanks(stg_draw *draw, stg_segments *segments, size_t count,
                         const stg_style *style)
{
    if (count == 0)
        return;
    const stg_segment blanks = segment_of_blanks(draw, count, style);
    if (blanks.length > 0)
        stg_segments_add(draw, segments, blanks.text, count, count, style);
}

void stg_segments_blank_line(stg_draw *draw, stg_segments *segments, size_t count,
                             const stg_style *style)
{
    char *blanks = new_blanks(draw, count, 1);
    if (blanks == NULL)
        return;
    blanks[count] = '\n';
    stg_segments_add(draw, segments, blanks, count + 1, count, style);
}

void stg_segments_line(stg_draw *draw, stg_segments *segments, const stg_line *line)
{
    if (!stg_draw_grow(draw, &segments->items, &segments->capacity, segments->count,
                       segments->count + line->count + 1, sizeof *segments->items))
        return;
    if (line->count > 0)
        memcpy(segments->items + segments->count, line->items, line->count * sizeof *line->items);
    segments->count += line->count;
    stg_segments_blanks(draw, segments, line->blanks, &line->blank_style);
}

void stg_segments_apply(stg_segments *segments, size_t first, const stg_style *style)
{
    if (stg_style_is_null(style))
        return;
    for (size_t i = first; i < segments->count; i++) {
        stg_segment *segment = &segments->items[i];
        segment->style = stg_style_combine(style, &segment->style);
    }
}

/* Removes the newline at the end of a segment; returns whether there was one. */
static bool take_newline(stg_segment *segment)
{
    const bool ended = segment->length > 0 && segment->text[segment->length - 1] == '\n';
    segment->length -= ended;
    return ended;
}

void stg_lines_of(stg_draw *draw, stg_segments *segments, stg_lines *lines)
{
    stg_line line = {.items = segments->items};
    for (size_t i = 0; i < segments->count; i++) {
        stg_segment *segment = &segments->items[i];
        line.ended = take_newline(segment);
        line.count += segment->length > 0 || !line.ended;
        line.cells += segment->cells;
        if (segment->extent > line.extent)
            line.extent = segment->extent;
        if (!line.ended && i + 1 < segments->count)
            continue;
        if (!stg_draw_grow(draw, &lines->items, &lines->capacity, lines->count, lines->count + 1,
                           sizeof *lines->items))
            return;
        lines->items[lines->count++] = line;
        line = (stg_line){.items = segment + 1};
    }
}

/* Cuts a segment to `cells` cells, if it is wider.  The rest is measured anew: a joiner at its
 * beginning hides what follows from measuring, but not from cutting. */
static void crop(stg_draw *draw, stg_segment *segment, size_t cells)
{
    if (segment->cells == cells)
        return;
    const stg_cell_cut cut = stg_cells_cut(segment->text, segment->length, cells);
    segment->length = cut.left;
    if (cut.halved) {
        char *cropped = stg_draw_alloc(draw, cut.left + 1);
        if (cropped == NULL)
            return;
        memcpy(cropped, segment->text, cut.left);
        cropped[cut.left] = ' ';
        segment->text = cropped;
        segment->length = cut.left + 1;
    }
    segment->cells = stg_cells(segment->text, segment->length);
}

void stg_line_fit(stg_draw *draw, stg_line *line, int width, const stg_style *style)
{
    const size_t wanted = width < 0 ? 0 : (size_t)width;
    if (line->extent != STG_TO_WIDTH)
        return;
    if (line->cells < wanted && style != NULL) {
        line->blanks += wanted - line->cells;
        line->blank_style = *style;
        line->cells = wanted;
    }
    if (line->cells <= wanted)
        return;
    size_t cells = 0;
    size_t i = 0;
    while (i < line->count && cells + line->items[i].cells < wanted)
        cells += line->items[i++].cells;
    if (i < line->count) {
        crop(draw, &line->items[i], wanted - cells);
        line->count = i + 1;
        line->blanks = 0;
        line->cells = cells + line->items[i].cells;
    } else {
        line->blanks = wanted - cells;
        line->cells = wanted;
    }
}

void stg_segments_keep(stg_draw *draw, stg_segments *segments, size_t first)
{
    for (size_t i = first; i < segments->count && draw->status == STAGED_OK; i++) {
        stg_segment *segment = &segments->items[i];
        segment->text = stg_draw_copy(draw, segment->text, segment->length);
        if (segment->style.link != NULL)
            segment->style.link =
                stg_draw_copy(draw, segment->style.link, segment->style.link_length);
    }
}
