# SPDX-License-Identifier: BSD-3-Clause
"""The C code that documentation shows is compiled.

In comments of public headers it stands between lines `@code` and `@endcode`, in README.md and docs/
in blocks that begin with ```c.  It may be a file, a part of one, or statements; each begins with
<staged/staged.h> included.  Statements stand in a function that returns a staged_status and has, for
every type `staged_NAME` of which only pointers can be had, a parameter NAME.
"""
import functools
import os
import pathlib
import re
import tempfile
import unittest

from support import compilers, public_api, tap

IN_COMMENT = re.compile(r'^ ?\*? *@code *\n(.*?)^ ?\*? *@endcode', re.MULTILINE | re.DOTALL)
IN_MARKDOWN = re.compile(r'^```c\n(.*?)^```', re.MULTILINE | re.DOTALL)
OPAQUE = re.compile(r'^typedef struct (staged_\w+) \1;', re.MULTILINE)
# What is shown need not be used, nor declared beforehand.
OPTIONS = ('-std=c11', '-D_POSIX_C_SOURCE=200809L', '-Wall', '-Wextra', '-Wpedantic', '-Werror',
           '-Wno-unused', '-Wno-unused-parameter', '-Wno-missing-field-initializers', '-fsyntax-only')


def snippets():
    """All code that is shown: [(file and line, code)]."""
    found = []
    documents = [tap.SOURCE / 'README.md', *sorted((tap.SOURCE / 'docs').glob('*.md'))]
    for path, pattern in [*((header, IN_COMMENT) for header in public_api.headers()),
                          *((path, IN_MARKDOWN) for path in documents if path.exists())]:
        text = path.read_text(encoding='utf-8')
        for match in pattern.finditer(text):
            code = match.group(1)
            if pattern is IN_COMMENT:
                code = re.sub(r'^ ?\* ?', '', code, flags=re.MULTILINE)
            line = text.count('\n', 0, match.start(1)) + 1
            found.append((f'{os.path.relpath(path, tap.SOURCE)}:{line}', code))
    return found


@functools.cache
def parameters():
    """The parameters of the function that statements stand in."""
    names = set()
    for header in public_api.headers():
        names.update(OPAQUE.findall(public_api.text_without_comments(header)))
    return ', '.join(f'{name} *{name[len("staged_"):]}' for name in sorted(names)) or 'void'


def as_file(code):
    return f'#include <staged/staged.h>\n#line 1 "shown"\n{code}\n'


def as_statements(*codes):
    """Each in a function of its own; what is wrong in the first is said of the file shown-0."""
    text = '#include <staged/staged.h>\n'
    for number, code in enumerate(codes):
        head = f'staged_status shown_{number}({parameters()})'
        text += (f'{head};\n{head}\n{{\n#line 1 "shown-{number}"\n{code}\n'
                 '#line 1 "after"\nreturn STAGED_OK;\n}\n')
    return text


class Examples(unittest.TestCase):
    @staticmethod
    def compile(text):
        with tempfile.TemporaryDirectory() as folder:
            program = pathlib.Path(folder, 'shown.c')
            program.write_text(text, encoding='utf-8')
            return compilers.run([*compilers.BUILT_WITH, *OPTIONS, *public_api.OPTIONS,
                                  program])

    def complaint(self, code):
        """None for code that is right in one reading; otherwise the better reading explains it."""
        complaints = []
        for text in (as_file(code), as_statements(code)):
            worked, said = self.compile(text)
            if worked:
                return None
            complaints.append(said)
        return min(complaints, key=lambda said: said.count('error:'))

    def right_together(self, codes):
        """Those that are right as statements, found by few compilers.  Each knows of the others' macros and
        headers, so code with a # is left out."""
        codes = [code for code in codes if '#' not in code]
        while codes:
            worked, said = self.compile(as_statements(*codes))
            if worked:
                break
            named = {int(number) for number in re.findall(r'^shown-(\d+):\d+:', said, re.MULTILINE)}
            codes = [code for number, code in enumerate(codes) if named and number not in named]
        return set(codes)

    def test_shown_code(self):
        """code shown in documentation compiles"""
        shown = snippets()
        right = self.right_together([code for _, code in shown])
        for (place, _), complaint in compilers.for_each(
                lambda one: None if one[1] in right else self.complaint(one[1]), shown):
            with self.subTest(place=place):
                self.assertIsNone(complaint, complaint)

    def test_both_readings(self):
        """a file and statements are told apart, and mistakes are found"""
        for right in ('static int f(void)\n{\n    return STAGED_OK;\n}\n',
                      'if (sizeof(int) == 4)\n    return STAGED_FAILED;\n'):
            self.assertIsNone(self.complaint(right))
        mistakes = ('staged_status s = no_such_thing;\n', 'int f(void)\n{\n    return\n}\n')
        for mistake in mistakes:
            self.assertIn('error:', self.complaint(mistake))
        good = 'if (sizeof(int) == 4)\n    return STAGED_FAILED;\n'
        self.assertEqual(self.right_together([mistakes[0], good, mistakes[1]]), {good})


tap.main()
