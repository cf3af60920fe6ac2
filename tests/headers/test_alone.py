# SPDX-License-Identifier: BSD-3-Clause
"""Each public header compiles alone, with every compiler and in every language that it is for."""
import pathlib
import tempfile
import unittest

from support import compilers, public_api, tap

COMPILERS = {
    'gcc': (*compilers.STRICT_C, '-fsyntax-only'),
    'clang': (*compilers.STRICT_C, '-fsyntax-only'),
    'g++': (*compilers.STRICT_CXX, '-fsyntax-only'),
    'clang++': (*compilers.STRICT_CXX, '-fsyntax-only'),
    'tcc': ('-Wall', '-Werror', '-c'),
}


class Alone(unittest.TestCase):
    @staticmethod
    def compile(compiler, header, folder):
        program = pathlib.Path(folder, header.stem + ('.cc' if compiler.endswith('++') else '.c'))
        # Twice, for its guard; and something of our own, since a file may not be empty.
        program.write_text(f'#include <staged/{header.name}>\n' * 2 + 'extern int unused;\n',
                           encoding='utf-8')
        # In the folder, where tcc leaves its object file.  (Never name /dev/null as its output: it
        # removes that file first, and root may.)
        return compilers.run([compiler, *COMPILERS[compiler], *public_api.OPTIONS, program],
                             cwd=folder)

    def check(self, compiler):
        if not compilers.is_there(compiler):
            self.skipTest(f'no {compiler}')
        with tempfile.TemporaryDirectory() as folder:
            compiled = compilers.for_each(lambda header: self.compile(compiler, header, folder),
                                          public_api.headers())
        for header, (worked, said) in compiled:
            with self.subTest(header=header.name):
                self.assertTrue(worked, said)

    def test_gcc(self):
        """as C11, gcc"""
        self.check('gcc')

    def test_clang(self):
        """as C11, clang"""
        self.check('clang')

    def test_gxx(self):
        """as C++17, g++"""
        self.check('g++')

    def test_clangxx(self):
        """as C++17, clang++"""
        self.check('clang++')

    def test_tcc(self):
        """as C, tcc"""
        self.check('tcc')


tap.main()
