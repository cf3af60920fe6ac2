/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/unicode/cells.h"

#include <string.h>

#include "base/text/utf8.h"
#include "base/unicode/cell_table.h"

#define JOINER 0x200Du
#define VARIATION_SELECTOR_16 0xFE0Fu

static bool is_plain(char c)
{
    return c >= 0x20 && c < 0x7F;
}

/* The table's two bits. */
static unsigned table_entry(uint32_t codepoint)
{
    if (codepoint >= STG_CELL_BLOCKS * 256u)
        return 1;
    const uint8_t *block = stg_cell_widths[stg_cell_blocks[codepoint >> 8]];
    return block[(codepoint & 0xFF) >> 2] >> ((codepoint & 3) * 2) & 3;
}

unsigned stg_cell_width(uint32_t codepoint)
{
    const unsigned entry = table_entry(codepoint);
    return entry == STG_CELL_WIDENS ? 1 : entry;
}

bool stg_cells_plain(const char *text, size_t length)
{
    /* Eight bytes at a time: the high bit of each remains where it is below 0x20 or above 0x7E. */
    const uint64_t ones = UINT64_C(0x0101010101010101);
    uint64_t odd = 0;
    size_t i = 0;
    for (; i + 8 <= length; i += 8) {
        uint64_t bytes;
        memcpy(&bytes, text + i, sizeof bytes);
        odd |= ((bytes - 0x20 * ones) & ~bytes) | (bytes + ones) | bytes;
    }
    for (; i < length; i++)
        odd |= is_plain(text[i]) ? 0 : 0x80;
    return (odd & 0x80 * ones) == 0;
}

size_t stg_cells(const char *text, size_t length)
{
    if (stg_cells_plain(text, length))
        return length;
    size_t cells = 0;
    bool widens = false;
    for (size_t i = 0; i < length;) {
        uint32_t codepoint;
        i += stg_utf8_decode(text + i, length - i, &codepoint);
        if (codepoint == JOINER) {
            if (i < length)
                i += stg_utf8_decode(text + i, length - i, &codepoint);
        } else if (codepoint == VARIATION_SELECTOR_16) {
            cells += widens;
            widens = false;
        } else {
            const unsigned entry = table_entry(codepoint);
            if (entry != 0)
                widens = entry == STG_CELL_WIDENS;
            cells += entry == STG_CELL_WIDENS ? 1 : entry;
        }
    }
    return cells;
}

stg_grapheme stg_grapheme_at(const char *text, size_t length, size_t start)
{
    stg_grapheme grapheme = {.start = start};
    if (is_plain(text[start]) && (start + 1 == length || is_plain(text[start + 1]))) {
        grapheme.end = start + 1;
        grapheme.cells = 1;
        return grapheme;
    }
    uint32_t codepoint;
    size_t i = start + stg_utf8_decode(text + start, length - start, &codepoint);
    const unsigned first = table_entry(codepoint);
    bool widens = first == STG_CELL_WIDENS;
    grapheme.cells = widens ? 1 : first;
    while (i < length) {
        const size_t next = i + stg_utf8_decode(text + i, length - i, &codepoint);
        if (table_entry(codepoint) != 0)
            break;
        i = next;
        if (codepoint == JOINER && i < length) {
            i += stg_utf8_decode(text + i, length - i, &codepoint);
        } else if (codepoint == VARIATION_SELECTOR_16 && widens) {
            grapheme.cells++;
            widens = false;
        }
    }
    grapheme.end = i;
    return grapheme;
}

stg_cell_cut stg_cells_cut(const char *text, size_t length, size_t cells)
{
    size_t used = 0;
    size_t i = 0;
    while (i < length && used < cells) {
        const stg_grapheme grapheme = stg_grapheme_at(text, length, i);
        if (used + grapheme.cells > cells)
            return (stg_cell_cut){.left = i, .right = grapheme.end, .halved = true};
        used += grapheme.cells;
        i = grapheme.end;
    }
    return (stg_cell_cut){.left = i, .right = i};
}

bool stg_cells_chop(stg_cell_chop *chop)
{
    chop->start = chop->end;
    size_t used = 0;
    size_t i = chop->start;
    while (i < chop->length) {
        const stg_grapheme grapheme = stg_grapheme_at(chop->text, chop->length, i);
        const bool free_place = chop->begun && i == chop->start;
        if (used + grapheme.cells > chop->width && !free_place)
            break;
        used += grapheme.cells;
        i = grapheme.end;
    }
    const bool is_last = i == chop->length;
    chop->begun = true;
    chop->end = i;
    return !is_last || used > 0;
}
