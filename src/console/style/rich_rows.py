# SPDX-License-Identifier: BSD-3-Clause
"""Makes rows of C tables from Rich's names: rich_rows.py RICH.json TABLE OUTPUT.h

TABLE is one in rich.json: colors, theme, terminals, spinners.  Rows are sorted by name if the
library searches them.
"""
import json
import sys

SGR = ('bold', 'dim', 'italic', 'underline', 'blink', 'blink2', 'reverse', 'conceal', 'strike')


def quoted(text):
    """As a literal of C, all of it in ASCII."""
    return '"' + ''.join(f'\\{byte:03o}' if byte < 0x20 or byte > 0x7E or chr(byte) in '"\\?'
                         else chr(byte) for byte in text.encode()) + '"'


def rgb(text):
    return '{' + ', '.join(str(byte) for byte in bytes.fromhex(text.lstrip('#'))) + '}'


def color(word, colors):
    if word.startswith('#'):
        return '{STG_COLOR_TRUE, ' + rgb(word)[1:]
    if word == 'default':
        return '{STG_COLOR_DEFAULT, 0, 0, 0}'
    kind = 'STANDARD' if colors[word] < 16 else '256'
    return f'{{STG_COLOR_{kind}, {colors[word]}, 0, 0}}'


def style(definition, colors):
    """What stg_style_parse reads of a definition; so that the theme needs not be read at run time."""
    switched_on, switched_off, members = [], [], []
    words = iter(definition.split() if definition != "none" else ())
    for word in words:
        if word == 'not':
            switched_off.append(next(words))
        elif word == 'on':
            members.append('.background = ' + color(next(words), colors))
        elif word in SGR:
            switched_on.append(word)
        else:
            members.append('.color = ' + color(word, colors))
    bits = {name: ' | '.join(f'STG_{word.upper()}' for word in words) for name, words in
            (('.set', switched_on + switched_off), ('.on', switched_on)) if words}
    return ', '.join([f'{name} = {value}' for name, value in bits.items()] + members) or '.set = 0'


def rows(rich, table):
    items = rich[table].items()
    if table == 'colors':
        return [f'{{{quoted(name)}, {number}}},' for name, number in sorted(items)]
    if table == 'theme':
        return [f'{{{quoted(name)}, {{{style(definition, rich["colors"])}}}}},'
                for name, definition in sorted(items)]
    if table == 'terminals':
        return [f'{{{quoted(name)}, {{.background = {rgb(ground)}, .foreground = {rgb(text)}, '
                f'.ansi = {{{", ".join(map(rgb, ansi))}}}}}}},' for name, (ground, text, *ansi) in items]
    return [f'{{{quoted(name)}, {interval_ms}, {len(frames)}, '
            + quoted(''.join(frame + '\n' for frame in frames)) + '},'
            for name, (interval_ms, *frames) in items]


source, table, output = sys.argv[1:]
with open(source, encoding='utf-8') as data:
    rich = json.load(data)
with open(output, 'w', encoding='ascii') as out:
    out.write('/* Made by rich_rows.py. */\n' + '\n'.join(rows(rich, table)) + '\n')
