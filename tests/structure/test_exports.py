# SPDX-License-Identifier: BSD-3-Clause
"""The names that the library shows to the world, and that each is documented."""
import re
import subprocess
import sys
import unittest

from support import public_api, tap

SHARED = tap.BUILD / 'src' / 'libstaged.so'
STATIC = tap.BUILD / 'src' / 'libstaged.a'
# Added by the sanitizers, which keep a record of each global object.
OF_SANITIZER = re.compile(r'^(__odr_asan|__asan|__ubsan|__sancov|_Z)')
PUBLIC_NAME = re.compile(r'^(?:staged_|STAGED_)')


def kinds_of_symbols(library, *options):
    """The names that a library defines for others: {name, with its version: kind}."""
    nm = subprocess.run(['nm', '--defined-only', '--extern-only', '--format=posix', *options,
                         str(library)], stdout=subprocess.PIPE, text=True, check=True)
    # An archive's members are named between the symbols, by lines that end with a colon.
    found = dict(line.split()[:2] for line in nm.stdout.splitlines() if line and line[-1] != ':')
    # 'A' is the name of a version.
    return {name: kind for name, kind in found.items()
            if kind != 'A' and not OF_SANITIZER.match(name)}


def symbols(library, *options):
    """The names that a library defines for others."""
    return {name.split('@')[0] for name in kinds_of_symbols(library, *options)}


def declared():
    """The names that the public headers declare as exported."""
    return {name for header in public_api.headers() for name, _ in public_api.exported(header)}


def begins_with_comment(lines, index):
    """Whether a comment is right before a line, or before the lines right before it."""
    while index > 0 and lines[index - 1] and not lines[index - 1].endswith('*/'):
        index -= 1
    return index > 0 and lines[index - 1].endswith('*/')


class Exports(unittest.TestCase):
    def assert_none(self, names, problem):
        self.assertFalse(names, f'{problem}: {", ".join(sorted(names))}')

    def setUp(self):
        if not SHARED.exists():
            self.skipTest(f'no {SHARED.name}')

    def test_prefix(self):
        """every exported symbol begins with staged_"""
        found = symbols(SHARED, '--dynamic')
        self.assertIn('staged_status_text', found)
        self.assert_none({name for name in found if not name.startswith('staged_')},
                         'exported under another prefix')

    def test_functions_only(self):
        """no object is exported: programs keep a copy of it, of the size that it had for them"""
        self.assert_none({name for name, kind in kinds_of_symbols(SHARED, '--dynamic').items()
                          if kind != 'T'}, 'not functions')

    @unittest.skipUnless(sys.platform == 'linux', 'other linkers know no versions of names')
    def test_versions(self):
        """every exported symbol has the version of the binary interface"""
        _, interface = SHARED.readlink().name.split('.so.')
        # The file that the linker is given leads to the one whose name programs remember.
        self.assert_none({name for name in kinds_of_symbols(SHARED, '--dynamic', '--with-symbol-versions')
                          if not name.endswith(f'@@STAGED_{interface}')}, 'without that version')

    def test_exported_is_declared(self):
        """every exported symbol is declared in a public header"""
        self.assert_none(symbols(SHARED, '--dynamic') - declared(), 'in no public header')

    def test_declared_is_exported(self):
        """everything that a public header declares is in the library"""
        self.assert_none(declared() - symbols(SHARED, '--dynamic'), 'declared, but not defined')

    def test_names_within(self):
        """names shared between files of the library begin with stg_"""
        self.assert_none({name for name in symbols(STATIC)
                          if not name.startswith(('staged_', 'stg_'))}, 'other names')


class Headers(unittest.TestCase):
    def for_each_header(self, problems_of):
        for header in public_api.headers():
            with self.subTest(header=header.name):
                problems = problems_of(header)
                self.assertFalse(problems, '\n'.join(problems))

    def test_documented(self):
        """every public function is in a block of declarations that begins with a comment"""
        def problems_of(header):
            lines = header.read_text(encoding='utf-8').splitlines()
            return [f'{header.name}:{number}: {name}' for name, number in
                    public_api.exported(header) if not begins_with_comment(lines, number - 1)]
        self.for_each_header(problems_of)

    def test_marked(self):
        """every public function has STAGED_API before it, else it could not be called"""
        unmarked = re.compile(r'^(?!STAGED_API|extern STAGED_API|typedef|static|#|[{}\s]).*\bstaged_\w+\(')

        def problems_of(header):
            lines = public_api.text_without_comments(header).splitlines()
            return [f'{header.name}:{number}: {line}' for number, line in enumerate(lines, 1)
                    if unmarked.match(line) and not lines[number - 2].startswith('STAGED_API')]
        self.for_each_header(problems_of)

    def test_macros_and_types(self):
        """every macro and type of a public header begins with STAGED_ or staged_"""
        names = re.compile(r'^#\s*define\s+(\w+)|^typedef\b[^;({]*?(\w+)\s*;|^\}\s*(\w+)\s*;',
                           re.MULTILINE)

        def problems_of(header):
            found = (''.join(match.groups('')) for match in
                     names.finditer(public_api.text_without_comments(header)))
            return [f'{header.name}: {name}' for name in found if not PUBLIC_NAME.match(name)]
        self.for_each_header(problems_of)


tap.main()
