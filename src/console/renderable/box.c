/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/renderable/box.h"

#include <string.h>

#include "base/text/utf8.h"

/* clang-format off */
/* Four characters per line, eight lines per box. */
static const char *const boxes[] = {
    [STAGED_BOX_ASCII] = "+--+| |||-+|| |||-+||-+|| ||+--+",
    [STAGED_BOX_ASCII2] = "+-++| ||+-++| ||+-+++-++| ||+-++",
    [STAGED_BOX_ASCII_DOUBLE_HEAD] = "+-++| ||+=++| ||+-+++-++| ||+-++",
    [STAGED_BOX_SQUARE] = "┌─┬┐│ ││├─┼┤│ ││├─┼┤├─┼┤│ ││└─┴┘",
    [STAGED_BOX_SQUARE_DOUBLE_HEAD] = "┌─┬┐│ ││╞═╪╡│ ││├─┼┤├─┼┤│ ││└─┴┘",
    [STAGED_BOX_MINIMAL] = "  ╷   │ ╶─┼╴  │ ╶─┼╴╶─┼╴  │   ╵ ",
    [STAGED_BOX_MINIMAL_HEAVY_HEAD] = "  ╷   │ ╺━┿╸  │ ╶─┼╴╶─┼╴  │   ╵ ",
    [STAGED_BOX_MINIMAL_DOUBLE_HEAD] = "  ╷   │  ═╪   │  ─┼  ─┼   │   ╵ ",
    [STAGED_BOX_SIMPLE] = "         ──          ──         ",
    [STAGED_BOX_SIMPLE_HEAD] = "         ──                     ",
    [STAGED_BOX_SIMPLE_HEAVY] = "         ━━          ━━         ",
    [STAGED_BOX_HORIZONTALS] = " ──      ──      ──  ──      ── ",
    [STAGED_BOX_ROUNDED] = "╭─┬╮│ ││├─┼┤│ ││├─┼┤├─┼┤│ ││╰─┴╯",
    [STAGED_BOX_HEAVY] = "┏━┳┓┃ ┃┃┣━╋┫┃ ┃┃┣━╋┫┣━╋┫┃ ┃┃┗━┻┛",
    [STAGED_BOX_HEAVY_EDGE] = "┏━┯┓┃ │┃┠─┼┨┃ │┃┠─┼┨┠─┼┨┃ │┃┗━┷┛",
    [STAGED_BOX_HEAVY_HEAD] = "┏━┳┓┃ ┃┃┡━╇┩│ ││├─┼┤├─┼┤│ ││└─┴┘",
    [STAGED_BOX_DOUBLE] = "╔═╦╗║ ║║╠═╬╣║ ║║╠═╬╣╠═╬╣║ ║║╚═╩╝",
    [STAGED_BOX_DOUBLE_EDGE] = "╔═╤╗║ │║╟─┼╢║ │║╟─┼╢╟─┼╢║ │║╚═╧╝",
    [STAGED_BOX_MARKDOWN] = "    | |||-||| |||-|||-||| ||    ",
};
/* clang-format on */

static staged_box without_head(staged_box box)
{
    switch (box) {
    case STAGED_BOX_HEAVY_HEAD:
    case STAGED_BOX_SQUARE_DOUBLE_HEAD:
        return STAGED_BOX_SQUARE;
    case STAGED_BOX_MINIMAL_DOUBLE_HEAD:
    case STAGED_BOX_MINIMAL_HEAVY_HEAD:
        return STAGED_BOX_MINIMAL;
    case STAGED_BOX_ASCII_DOUBLE_HEAD:
        return STAGED_BOX_ASCII2;
    default:
        return box;
    }
}

static bool is_ascii(staged_box box)
{
    return box == STAGED_BOX_ASCII || box == STAGED_BOX_ASCII2 ||
           box == STAGED_BOX_ASCII_DOUBLE_HEAD || box == STAGED_BOX_MARKDOWN;
}

stg_box stg_box_get(staged_box box, bool ascii, bool headed)
{
    if (ascii && !is_ascii(box))
        box = STAGED_BOX_ASCII;
    if (!headed)
        box = without_head(box);
    const char *at = boxes[box];
    stg_box result = {0};
    for (size_t line = 0; line < STG_BOX_LINES; line++) {
        for (size_t place = 0; place < STG_BOX_PLACES; place++) {
            uint32_t codepoint;
            const size_t size = stg_utf8_decode(at, strlen(at), &codepoint);
            memcpy(result.parts[line][place], at, size);
            at += size;
        }
    }
    return result;
}

static char *add_part(char *end, const char *part)
{
    const size_t length = strlen(part);
    memcpy(end, part, length);
    return end + length;
}

void stg_box_draw_line(stg_draw *draw, const stg_box *box, stg_box_line line, const int *widths,
                       size_t count, bool edges, int times, const stg_style *style,
                       stg_segments *out)
{
    const char(*parts)[4] = box->parts[line];
    size_t cells = (edges ? 2 : 0) + (count > 0 ? count - 1 : 0);
    for (size_t i = 0; i < count; i++)
        cells += widths[i] > 0 ? (size_t)widths[i] : 0;
    cells *= (size_t)times;
    char *text = stg_draw_alloc(draw, cells * sizeof parts[0]);
    if (text == NULL)
        return;
    char *end = text;
    for (int time = 0; time < times; time++) {
        if (edges)
            end = add_part(end, parts[STG_BOX_LEFT]);
        for (size_t i = 0; i < count; i++) {
            if (i > 0)
                end = add_part(end, parts[STG_BOX_DIVIDER]);
            for (int k = 0; k < widths[i]; k++)
                end = add_part(end, parts[STG_BOX_FILL]);
        }
        if (edges)
            end = add_part(end, parts[STG_BOX_RIGHT]);
    }
    stg_segments_add(draw, out, text, (size_t)(end - text), cells, style);
}

void stg_box_draw_parts(stg_draw *draw, const char *first, const char *second,
                        const stg_style *style, stg_segments *out)
{
    char *text = stg_draw_alloc(draw, 2 * sizeof(char[4]));
    if (text == NULL)
        return;
    char *end = add_part(text, first);
    if (second != NULL)
        end = add_part(end, second);
    stg_segments_add(draw, out, text, (size_t)(end - text), second == NULL ? 1 : 2, style);
}
