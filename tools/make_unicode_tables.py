#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""make_unicode_tables.py kinds|cells: writes a table of characters to standard output.

`kinds` is src/base/unicode/unicode_tables.c: what str of CPython 3.14 (Unicode 16) says of every character,
so that texts come out as argparse's and Rich's do.

    python3.14 tools/make_unicode_tables.py kinds > src/base/unicode/unicode_tables.c

`cells` is src/base/unicode/cell_table.c: the cells that each character takes, by the Unicode 17 database
(East Asian width, general category, emoji variation sequences) in the reading that Rich 14.3.3 and
wcwidth share.  They are asked of Rich itself, one character at a time.

    pip install rich==14.3.3
    tools/make_unicode_tables.py cells > src/base/unicode/cell_table.c
"""
import itertools
import sys
import unicodedata

KINDS_OF = '16.0.0'
CELLS_OF = '17.0.0'
BLOCK = 256


def print_head(what, version, header):
    print('/* SPDX-License-Identifier: BSD-3-Clause')
    print(' *')
    print(f' * Made by tools/make_unicode_tables.py: {what} of Unicode {version}. */')
    print('/* clang-format off */')
    print(f'#include "base/{header}"')


def print_rows(cells, indent='    '):
    """As many as a line of 100 columns holds."""
    line = ''
    for cell in cells:
        if line and len(indent) + len(line) + len(cell) + 2 > 100:
            print(indent + line)
            line = ''
        line += (' ' if line else '') + cell + ','
    print(indent + line)


def print_table(kind, name, count, cells):
    cells = list(cells)
    print(f'\nconst {kind} {name}[] = {{')
    print_rows(cells)
    print(f'}};\nconst size_t {count} = {len(cells)};')


# ---- Kinds ----

def ranges(holds):
    """The first and last characters past ASCII of each run for which `holds` is true."""
    members = (code for code in range(0x80, sys.maxunicode + 1) if holds(chr(code)))
    for _, run in itertools.groupby(enumerate(members), lambda pair: pair[1] - pair[0]):
        run = [code for _, code in run]
        yield run[0], run[-1]


def capitals():
    """Runs of letters that lie `step` apart and have their capitals at one distance, as lists
    [first, last, step, distance]; and pairs of a letter and the several that are its capital."""
    runs, special = [], []
    for code in range(0x80, sys.maxunicode + 1):
        upper = chr(code).upper()
        if len(upper) > 1:
            special.append((code, [ord(letter) for letter in upper]))
        elif ord(upper) != code:
            delta = ord(upper) - code
            run = runs[-1] if runs else None
            step = code - run[1] if run else 0
            if run and run[3] == delta and (step == run[2] or (run[0] == run[1] and step <= 2)):
                run[1], run[2] = code, step
            else:
                runs.append([code, code, 1, delta])
    return runs, special


def print_kinds():
    if unicodedata.unidata_version != KINDS_OF:
        sys.exit(f'needs a Python of Unicode {KINDS_OF}, this one has {unicodedata.unidata_version}')
    print_head('kinds and capitals of characters', KINDS_OF, 'unicode_tables.h')
    for name, holds in (('hidden', lambda c: not c.isprintable()),
                        ('word', lambda c: c.isalnum() or c == '_'), ('digit', str.isdecimal)):
        print_table('stg_char_range', f'stg_{name}_ranges', f'stg_{name}_range_count',
                    (f'{{0x{first:X}, 0x{last:X}}}' for first, last in ranges(holds)))
    runs, special = capitals()
    print_table('stg_upper_run', 'stg_upper_runs', 'stg_upper_run_count',
                (f'{{{{0x{first:X}, 0x{last:X}}}, {step}, {delta}}}' for first, last, step, delta in runs))
    print_table('stg_upper_special', 'stg_upper_specials', 'stg_upper_special_count',
                (f'{{0x{code:X}, {{{", ".join(f"0x{letter:X}" for letter in upper)}}}}}'
                 for code, upper in special))


# ---- Cells ----

def print_cells():
    from rich._unicode_data import load
    from rich.cells import get_character_cell_size
    widens = {ord(character) for character in load(CELLS_OF).narrow_to_wide}

    def entry(code):
        """Two bits: the cells, or 3 for one cell that variation selector 16 makes two."""
        cells = get_character_cell_size(chr(code), CELLS_OF)
        assert code not in widens or cells == 1
        return 3 if code in widens else cells

    def packed(first):
        entries = [entry(code) for code in range(first, first + BLOCK)]
        return tuple(sum(bits << 2 * i for i, bits in enumerate(entries[start:start + 4]))
                     for start in range(0, BLOCK, 4))

    blocks = [packed(first) for first in range(0, sys.maxunicode + 1, BLOCK)]
    ordinary = (0x55,) * (BLOCK // 4)
    while blocks[-1] == ordinary:
        blocks.pop()
    distinct = sorted(set(blocks), key=blocks.index)
    assert len(distinct) < 256
    print_head('widths', CELLS_OF, 'cell_table.h')
    print('\nconst uint8_t stg_cell_blocks[STG_CELL_BLOCKS] = {')
    print_rows(str(distinct.index(block)) for block in blocks)
    print('};\n')
    print('const uint8_t stg_cell_widths[][64] = {')
    for block in distinct:
        print('    {')
        print_rows(map(str, block), '        ')
        print('    },')
    print('};\n')
    print(f'_Static_assert(STG_CELL_BLOCKS == {len(blocks)}, "the table and its header differ");')


if __name__ == '__main__':
    if sys.argv[1:] not in (['kinds'], ['cells']):
        sys.exit(__doc__)
    print_kinds() if sys.argv[1] == 'kinds' else print_cells()
