# SPDX-License-Identifier: BSD-3-Clause
"""Scripts in C++: the README's compiles as C++20, and the one that docs/scripts.md shows runs."""
import os
import pathlib
import re
import tempfile
import unittest

from support import compilers, public_api, tap

STRICT = ('-std=c++20', '-Wall', '-Wextra', '-Wpedantic', '-Werror')
LIBRARY = tap.BUILD / 'src' / 'libstaged.so'
SANITIZE = os.environ.get('STAGED_SANITIZE', 'none')


def shown(document, language):
    """The program that a document shows."""
    text = (tap.SOURCE / document).read_text(encoding='utf-8')
    blocks = re.findall(rf'^```{language}\n(.*?)^```', text, re.MULTILINE | re.DOTALL)
    return next(block for block in blocks if 'int main(' in block)


class Cxx(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.addCleanup(self.temporary.cleanup)

    def compile(self, compiler, code, *options):
        """Compiles a program, and returns where it is."""
        if not compilers.is_there(compiler):
            self.skipTest(f'no {compiler}')
        source = pathlib.Path(self.temporary.name, 'script.cpp')
        source.write_text(code, encoding='utf-8')
        program = source.with_suffix('')
        worked, said = compilers.run([compiler, *STRICT, *public_api.OPTIONS, source, *options,
                                      '-o', program])
        self.assertTrue(worked, said)
        return program

    def run_shown(self, compiler):
        if not LIBRARY.exists():
            self.skipTest(f'no {LIBRARY.name}')
        if SANITIZE != 'none' and compiler != compilers.CXX_BESIDE:
            self.skipTest('the library needs the sanitizers of the other compiler')
        sanitize = [] if SANITIZE == 'none' else [f'-fsanitize={SANITIZE}']
        program = self.compile(compiler, shown('docs/scripts.md', 'cpp'), *sanitize,
                               f'-L{LIBRARY.parent}', f'-Wl,-rpath,{LIBRARY.parent}', '-lstaged')
        worked, said = compilers.run([program, '--name', 'world', '--times', '2'])
        self.assertTrue(worked, said)
        self.assertEqual(said.count('\nHello world\n'), 2, said)
        self.assertIn('100% of 2 greetings', said)

    def test_readme_gxx(self):
        """the README's script, g++"""
        self.compile('g++', shown('README.md', 'c'), '-c')

    def test_readme_clangxx(self):
        """the README's script, clang++"""
        self.compile('clang++', shown('README.md', 'c'), '-c')

    def test_shown_gxx(self):
        """the C++ script that the documentation shows, g++"""
        self.run_shown('g++')

    def test_shown_clangxx(self):
        """the C++ script that the documentation shows, clang++"""
        self.run_shown('clang++')


tap.main()
