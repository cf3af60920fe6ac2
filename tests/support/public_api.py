# SPDX-License-Identifier: BSD-3-Clause
"""What the public headers declare, read from their text."""
import re

from support.tap import BUILD, SOURCE

INCLUDE = SOURCE / 'include' / 'staged'
GENERATED = BUILD / 'include' / 'staged'
# For a compiler.
OPTIONS = ('-I', INCLUDE.parent, '-I', GENERATED.parent)
COMMENT = re.compile(r'/\*.*?\*/', re.DOTALL)
DECLARATION = re.compile(r'^(?:extern )?STAGED_API\b([^;]*);', re.MULTILINE)
FUNCTION_NAME = re.compile(r'\b([a-z]\w*)\s*\(')
OBJECT_NAME = re.compile(r'(\w+)\s*(?:\[[^]]*\])?\s*$')


def headers():
    """The public headers, by name."""
    return sorted([*INCLUDE.glob('*.h'), *GENERATED.glob('*.h')])


def text_without_comments(header):
    """The text of a header, whose lines keep their numbers."""
    def blank(match):
        return re.sub(r'[^\n]', ' ', match.group(0))
    return COMMENT.sub(blank, header.read_text(encoding='utf-8'))


def exported(header):
    """The functions and objects that a header declares: [(name, line number from 1)]."""
    text = text_without_comments(header)
    found = []
    for declaration in DECLARATION.finditer(text):
        body = declaration.group(1)
        name = FUNCTION_NAME.search(body) or OBJECT_NAME.search(body)
        found.append((name.group(1), text.count('\n', 0, declaration.start()) + 1))
    return found


def functions():
    """The functions that the headers declare: [(name, its parameters)]."""
    found = []
    for header in headers():
        for declaration in DECLARATION.finditer(text_without_comments(header)):
            body = ' '.join(declaration.group(1).split())
            name = FUNCTION_NAME.search(body)
            if name is not None:
                found.append((name.group(1), parameters(body[name.end():])))
    return found


def parameters(text):
    """The parameters of a function, from what follows its opening parenthesis."""
    found = ['']
    depth = 1
    for character in text:
        depth += {'(': 1, ')': -1}.get(character, 0)
        if depth == 0:
            break
        if character == ',' and depth == 1:
            found.append('')
        else:
            found[-1] += character
    return [parameter.strip() for parameter in found]
