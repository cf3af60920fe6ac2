# SPDX-License-Identifier: BSD-3-Clause
"""Makes C of shell code: embed.py [--prelude] OUTPUT.h FILE...

Each FILE becomes an array `stg_FILE_SUFFIX`.  The comment that it begins with is left out, and
_PROGRAM, which a script's functions begin with, becomes "~", which the library puts the name for.

    --prelude  leaves out all lines that are comments, and indentation: bash takes longer over them
               than over the rest; adds `stg_functions`, the names of the functions, sorted
"""
import pathlib
import re
import sys


def text_of(path, is_bare):
    lines = path.read_text(encoding='utf-8').splitlines(keepends=True)
    while lines and lines[0].startswith('#'):
        lines.pop(0)
    text = ''.join(lines)
    if is_bare:
        text = re.sub(r'^[ \t]*(#.*)?\n|^[ \t]+', '', text, flags=re.MULTILINE)
    if '~' in text:
        sys.exit(f'{path}: write a tilde in another way: it stands for the name of the program')
    return text.replace('_PROGRAM', '~')


def array_of(path, is_bare):
    name = f'stg_{path.stem}_{path.suffix[1:]}'
    data = text_of(path, is_bare).encode() + b'\0'
    rows = [', '.join(str(byte) for byte in data[at:at + 20]) for at in range(0, len(data), 20)]
    return f'static const char {name}[] = {{\n    ' + ',\n    '.join(rows) + '};\n'


def names_of_functions(paths):
    names = {name for path in paths
             for name in re.findall(r'^(\w+)\(\)', path.read_text(encoding='utf-8'), re.MULTILINE)}
    rows = ',\n    '.join(f'"{name}"' for name in sorted(names))
    return f'static const char *const stg_functions[] = {{\n    {rows}}};\n'


words = sys.argv[1:]
prelude = words[0] == '--prelude'
output, *sources = words[prelude:]
sources = [pathlib.Path(source) for source in sources]
with open(output, 'w', encoding='utf-8') as out:
    out.write('/* Made by embed.py. */\n')
    for source in sources:
        out.write(array_of(source, prelude))
    if prelude:
        out.write(names_of_functions(sources))
