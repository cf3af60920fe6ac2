#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""Writes src/console/word_table.c: the characters past ASCII that words are made of."""
import itertools
import pathlib
import sys
import unicodedata

TARGET = pathlib.Path(__file__).parent.parent / 'src' / 'console' / 'word_table.c'


def is_word(codepoint):
    """Whether a regular expression's \\w matches."""
    return chr(codepoint).isalnum()


def ranges():
    """[(first, last)] of all that are word characters."""
    codepoints = filter(is_word, range(0x80, 0x110000))
    groups = itertools.groupby(enumerate(codepoints), lambda pair: pair[1] - pair[0])
    for _, group in groups:
        members = [codepoint for _, codepoint in group]
        yield members[0], members[-1]


def main():
    found = list(ranges())
    cells = [f'{{0x{first:X}, 0x{last:X}}},' for first, last in found]
    rows = [' '.join(cells[start:start + 5]) for start in range(0, len(cells), 5)]
    body = '\n'.join(f'    {row}' for row in rows)
    TARGET.write_text(f'''/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Made by tools/make_word_table.py: letters and digits of Unicode {unicodedata.unidata_version}. */
/* clang-format off */
#include "console/chars.h"

const stg_char_range stg_word_ranges[] = {{
{body}
}};
const size_t stg_word_range_count = sizeof stg_word_ranges / sizeof *stg_word_ranges;
''', encoding='utf-8')


if __name__ == '__main__':
    sys.exit(main())
