#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""Writes src/console/text/word_table.c: the characters past ASCII that words are made of."""
import itertools
import pathlib
import sys
import unicodedata

TARGET = pathlib.Path(__file__).parent.parent / 'src' / 'console' / 'text' / 'word_table.c'


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


def zeros():
    """What stands for nought in each script that has digits of its own."""
    return [codepoint for codepoint in range(0x80, 0x110000)
            if unicodedata.decimal(chr(codepoint), None) == 0]


def table(cells, columns):
    """The rows of a table."""
    rows = [' '.join(cells[start:start + columns]) for start in range(0, len(cells), columns)]
    return '\n'.join(f'    {row}' for row in rows)


def main():
    words = table([f'{{0x{first:X}, 0x{last:X}}},' for first, last in ranges()], 5)
    digits = table([f'0x{zero:X},' for zero in zeros()], 11)
    TARGET.write_text(f'''/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Made by tools/make_word_table.py: letters and digits of Unicode {unicodedata.unidata_version}. */
/* clang-format off */
#include "console/text/chars.h"

const stg_char_range stg_word_ranges[] = {{
{words}
}};
const size_t stg_word_range_count = sizeof stg_word_ranges / sizeof *stg_word_ranges;

const uint32_t stg_digit_zeros[] = {{
{digits}
}};
const size_t stg_digit_zero_count = sizeof stg_digit_zeros / sizeof *stg_digit_zeros;
''', encoding='utf-8')


if __name__ == '__main__':
    sys.exit(main())
