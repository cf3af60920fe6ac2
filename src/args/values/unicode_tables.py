# SPDX-License-Identifier: BSD-3-Clause
"""Writes unicode_tables.c: what CPython's str says of every character.

Run with CPython 3.14 (Unicode 16), whose texts the parser's texts equal:
    python3.14 unicode_tables.py > unicode_tables.c && clang-format -i unicode_tables.c
"""

import sys
import unicodedata

LAST = sys.maxunicode


def ranges(holds):
    """The first and last characters of each run for which `holds` is true."""
    found = []
    for c in range(LAST + 1):
        if holds(chr(c)):
            if found and found[-1][1] == c - 1:
                found[-1][1] = c
            else:
                found.append([c, c])
    return found


def print_ranges(name, holds):
    found = ranges(holds)
    print(f"const stg_unicode_range {name}[] = {{")
    print(",".join(f"{{0x{a:X}, 0x{b:X}}}" for a, b in found))
    print(f"}};\nconst size_t {name}_count = {len(found)};\n")


def print_upper():
    """Runs of letters that lie `step` apart and have their capitals at one distance."""
    runs, special = [], []
    for c in range(LAST + 1):
        upper = chr(c).upper()
        if len(upper) > 1:
            special.append((c, [ord(u) for u in upper]))
        elif ord(upper) != c:
            delta = ord(upper) - c
            run = runs[-1] if runs else None
            step = c - run[1] if run else 0
            if run and run[3] == delta and (step == run[2] or (run[0] == run[1] and step <= 2)):
                run[1], run[2] = c, step
            else:
                runs.append([c, c, 1, delta])
    print("const stg_unicode_upper_run stg_unicode_upper[] = {")
    print(",".join(f"{{0x{a:X}, 0x{b:X}, {s}, {d}}}" for a, b, s, d in runs))
    print(f"}};\nconst size_t stg_unicode_upper_count = {len(runs)};\n")
    print("const stg_unicode_upper_special stg_unicode_special[] = {")
    print(",".join(f"{{0x{c:X}, {{{', '.join(f'0x{u:X}' for u in us)}}}}}" for c, us in special))
    print(f"}};\nconst size_t stg_unicode_special_count = {len(special)};")


print(f"""/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Unicode {unicodedata.unidata_version}, written by unicode_tables.py. */
#include "args/unicode.h"
""")
print_ranges("stg_unicode_hidden", lambda c: not c.isprintable())
print_ranges("stg_unicode_word", lambda c: c.isalnum() or c == "_")
print_ranges("stg_unicode_digit", str.isdecimal)
print_upper()
