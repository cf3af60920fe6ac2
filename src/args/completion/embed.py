# SPDX-License-Identifier: BSD-3-Clause
"""Makes C of shell code: embed.py [--bare] OUTPUT.h FILE...

Each FILE becomes an array `stg_FILE_SUFFIX`.  The comment that it begins with is left out, and
_PROGRAM, which a script's functions begin with, becomes "~", which the library puts the name for.

    --bare  leaves out all lines that are comments, and indentation: bash takes longer over them than
            over the rest
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


words = sys.argv[1:]
bare = words[0] == '--bare'
output, *sources = words[bare:]
with open(output, 'w', encoding='utf-8') as out:
    out.write('/* Made by embed.py. */\n')
    for source in sources:
        out.write(array_of(pathlib.Path(source), bare))
