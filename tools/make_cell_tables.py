#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""Writes src/base/cell_table.c: the cells that each character takes.

The figures are those of the Unicode 17 character database (East Asian width,
general category, emoji variation sequences) in the reading that Rich 14.3.3
and the wcwidth project share.  They are asked of Rich itself, one character
at a time, so that both always agree:

    pip install rich==14.3.3
    tools/make_cell_tables.py > src/base/cell_table.c
"""

from rich._unicode_data import load
from rich.cells import get_character_cell_size

UNICODE = "17.0.0"
BLOCK = 256

widens = {ord(character) for character in load(UNICODE).narrow_to_wide}


def entry(codepoint):
    """Two bits: the cells, or 3 for one cell that variation selector 16 makes two."""
    cells = get_character_cell_size(chr(codepoint), UNICODE)
    assert codepoint not in widens or cells == 1
    return 3 if codepoint in widens else cells


def packed(first):
    entries = [entry(codepoint) for codepoint in range(first, first + BLOCK)]
    return tuple(
        sum(entries[index + part] << (2 * part) for part in range(4))
        for index in range(0, BLOCK, 4)
    )


def rows(values, width):
    for start in range(0, len(values), width):
        yield "    " + ", ".join(map(str, values[start : start + width])) + ","


def main():
    blocks = [packed(first) for first in range(0, 0x110000, BLOCK)]
    ordinary = (0x55,) * (BLOCK // 4)
    while blocks[-1] == ordinary:
        blocks.pop()
    distinct = sorted(set(blocks), key=blocks.index)
    assert len(distinct) < 256
    print("/* SPDX-License-Identifier: BSD-3-Clause")
    print(" *")
    print(f" * Made by tools/make_cell_tables.py: widths of Unicode {UNICODE}. */")
    print("/* clang-format off */")
    print('#include "base/cell_table.h"\n')
    print("const uint8_t stg_cell_blocks[STG_CELL_BLOCKS] = {")
    print(*rows([distinct.index(block) for block in blocks], 24), sep="\n")
    print("};\n")
    print("const uint8_t stg_cell_widths[][64] = {")
    for block in distinct:
        print("    {")
        print(*("    " + row for row in rows(block, 16)), sep="\n")
        print("    },")
    print("};\n")
    print(f"_Static_assert(STG_CELL_BLOCKS == {len(blocks)}, \"the table and its header differ\");")


main()
