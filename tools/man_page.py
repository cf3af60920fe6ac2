# SPDX-License-Identifier: BSD-3-Clause
"""Makes a man page of a page of the documentation: man_page.py PAGE.md NAME SECTION SUMMARY.

Knows what the pages use of Markdown: headings, paragraphs, lists, tables, code, bold text, links.
A picture is left out, with the paragraph before it, which introduces it.
"""
import pathlib
import re
import sys

CODE = re.compile(r'`([^`]*)`')
BOLD = re.compile(r'\*\*(.+?)\*\*')
LINK = re.compile(r'\[([^]]+)\]\([^)]*\)')
CELL = re.compile(r'(?<!\\)\|')
# What stands for the beginning and the end of bold text until it is escaped.
BEGIN, END = '\x01', '\x02'
SPECIAL = {'\\': '\\e', '-': '\\-', "'": '\\(aq', '`': '\\(ga', '^': '\\(ha', '~': '\\(ti', BEGIN: '\\fB',
           END: '\\fR'}


def escaped(text):
    """Text as roff reads it back; at the beginning of a line a point would be a request."""
    text = ''.join(SPECIAL.get(character, character) for character in text)
    return re.sub(r'^\.', r'\\&.', text)


def inline(text):
    text = LINK.sub(r'\1', text.replace('\\|', '|'))
    text = CODE.sub(BEGIN + r'\1' + END, text)
    return escaped(BOLD.sub(BEGIN + r'\1' + END, text))


def table(rows):
    """The rows as a list of terms; what the first row says above them is left out."""
    for row in rows[2:]:
        first, *others = [cell.strip() for cell in CELL.split(row.strip().strip('|'))]
        yield '.TP'
        yield inline(first)
        yield inline('; '.join(other for other in others if other)) or '\\&'


def code(lines):
    yield from ('.PP', '.RS 4', '.nf', *(escaped(line) or '\\&' for line in lines), '.fi', '.RE')


def blocks(text):
    """What the page consists of: [(kind, lines)]."""
    lines = text.splitlines()
    while lines:
        line = lines.pop(0)
        if line.startswith('```'):
            end = lines.index('```')
            yield 'code', lines[:end]
            del lines[:end + 1]
        elif line.startswith('#'):
            yield 'heading', [line]
        elif line.strip():
            kind = 'table' if line.startswith('|') else 'item' if line.startswith('- ') else 'text'
            block = [line]
            while lines and lines[0].strip() and not lines[0].startswith(('```', '#', '- ')):
                block.append(lines.pop(0))
            yield kind, block


def without_pictures(found):
    found = list(found)
    for (kind, lines), (_, following) in zip(found, found[1:] + [('end', [''])]):
        if not any(block[0].startswith('![') for block in (lines, following)):
            yield kind, lines


def page(text, name, section, summary):
    yield f'.TH "{name.upper()}" "{section}"'
    yield '.nh'
    yield '.ad l'
    yield '.SH NAME'
    yield f'{escaped(name)} \\- {escaped(summary)}'
    heading = '.SH DESCRIPTION'
    for kind, lines in without_pictures(blocks(text)):
        if kind == 'heading':
            # The title is the page's own.
            if lines[0].startswith('##'):
                heading = '.SH ' + inline(lines[0].lstrip('# ').upper())
            continue
        if heading:
            yield heading
        if kind == 'code':
            yield from code(lines)
        elif kind == 'table':
            yield from table(lines)
        elif kind == 'item':
            yield '.IP \\(bu 2'
            yield inline(' '.join(line.strip() for line in lines)[2:])
        else:
            if not heading:
                yield '.PP'
            yield inline(' '.join(line.strip() for line in lines))
        heading = None


source, *words = sys.argv[1:]
print('\n'.join(page(pathlib.Path(source).read_text(encoding='utf-8'), *words)))
