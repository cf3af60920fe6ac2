# SPDX-License-Identifier: BSD-3-Clause
"""The installed library is usable with nothing but what `pkg-config staged` says."""
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

from support import compilers, public_api, tap

USER = pathlib.Path(__file__).parent / 'user.c'
CXX_SCRIPT = USER.with_name('script.cc')
SCRIPT = tap.SOURCE / 'examples' / 'hello_script.c'
EXPECTED = 'timed out, 1 day, 1:01:01.000001\n'
SANITIZE = os.environ.get('STAGED_SANITIZE', 'none')
SANITIZED = SANITIZE != 'none'
# What the shared library may need: the C library, in all its pieces.
SYSTEM_LIBRARIES = re.compile(r'^(libc|libpthread|libm|ld-linux.*|ld-musl.*|libc\.musl.*)\.so')
SANITIZER_LIBRARIES = re.compile(r'^lib(asan|tsan|ubsan|clang_rt.*)\.so')


class Install(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        cls.root = pathlib.Path(cls.temporary.name, 'root')
        subprocess.run(['meson', 'install', '-C', tap.BUILD, '--no-rebuild', '--quiet',
                        '--destdir', cls.root], check=True, stdout=subprocess.DEVNULL)
        cls.pc = next(cls.root.rglob('staged.pc'))
        cls.libraries = cls.pc.parent.parent
        cls.include = next(cls.root.rglob('staged.h')).parent.parent

    @classmethod
    def tearDownClass(cls):
        cls.temporary.cleanup()

    def pkg_config(self, *options):
        environment = {**os.environ, 'PKG_CONFIG_LIBDIR': str(self.pc.parent),
                       'PKG_CONFIG_SYSROOT_DIR': str(self.root)}
        worked, said = compilers.run(['pkg-config', *options, 'staged'], env=environment)
        self.assertTrue(worked, said)
        return said.split()

    def build_and_run(self, compiler, strict, before, libraries, source=USER, words=()):
        """Builds a program and runs it: (where it is, all that it said)."""
        program = pathlib.Path(self.temporary.name, source.stem)
        sanitize = [f'-fsanitize={SANITIZE}'] if SANITIZED else []
        language = ['-x', 'c++'] if compiler[-1].endswith('++') else []
        worked, said = compilers.run([*compiler, *strict, *sanitize, *self.pkg_config('--cflags'),
                                      *language, source, '-x', 'none', *before, '-o', program,
                                      *libraries])
        self.assertTrue(worked, said)
        worked, said = compilers.run([program, *words],
                                     env={**os.environ, 'LD_LIBRARY_PATH': str(self.libraries)})
        self.assertTrue(worked, said)
        return program, said

    def needed(self, program):
        """The shared libraries that a program or library asks for, and its own name."""
        said = subprocess.run(['readelf', '--dynamic', '--wide', program], check=True, text=True,
                              stdout=subprocess.PIPE).stdout
        return (re.findall(r'\(NEEDED\).*\[(.*)\]', said), re.findall(r'\(SONAME\).*\[(.*)\]', said))

    def test_shared(self):
        """a C program with the shared library"""
        program, said = self.build_and_run(compilers.BUILT_WITH, compilers.STRICT_C, [],
                                           self.pkg_config('--libs'))
        self.assertEqual(said, EXPECTED)
        self.assertTrue([name for name in self.needed(program)[0] if name.startswith('libstaged')])

    def test_static(self):
        """a C program with everything in it"""
        libraries = self.pkg_config('--libs', '--static')
        # There is no static sanitizer.
        before = ['-Wl,-Bstatic'] if SANITIZED else ['-static']
        program, said = self.build_and_run(compilers.BUILT_WITH, compilers.STRICT_C, before,
                                           libraries + (['-Wl,-Bdynamic'] if SANITIZED else []))
        self.assertEqual(said, EXPECTED)
        self.assertFalse([name for name in self.needed(program)[0] if name.startswith('libstaged')])

    @unittest.skipUnless(compilers.is_there(compilers.CXX_BESIDE), f'no {compilers.CXX_BESIDE}')
    def test_cxx(self):
        """a C++ program with the shared library"""
        _, said = self.build_and_run([compilers.CXX_BESIDE], compilers.STRICT_CXX, [],
                                     self.pkg_config('--libs'))
        self.assertEqual(said, EXPECTED)

    @unittest.skipUnless(compilers.is_there(compilers.CXX_BESIDE), f'no {compilers.CXX_BESIDE}')
    def test_cxx_script(self):
        """a script in C++, with the macros of the headers"""
        _, said = self.build_and_run(
            [compilers.CXX_BESIDE], (*compilers.STRICT_CXX, '-std=c++20'), [],
            self.pkg_config('--libs'), CXX_SCRIPT,
            ['--stage', 'hello', 'wait', 'list', '--color', 'red', '--loud'])
        for words in ('2 times red', 'A heading', '\ntwo words\n', '\nthree $words\n', '\npretty\n',
                      '\nlisted\n', 'loud nothing', 'script.cc:', '2 checks', "although 'wait' failed (allowed)"):
            self.assertIn(words, said)

    @unittest.skipUnless(compilers.is_there('tcc'), 'no tcc')
    @unittest.skipIf(SANITIZED, 'tcc cannot load the sanitizers')
    def test_script_without_build(self):
        """a C file that tcc runs as a script"""
        environment = {**os.environ, 'CPATH': str(self.include),
                       'LIBRARY_PATH': str(self.libraries), 'LD_LIBRARY_PATH': str(self.libraries)}
        worked, said = compilers.run([SCRIPT, '--stage', 'hello'], env=environment)
        self.assertTrue(worked, said)
        self.assertIn('Greeting the user', said)
        self.assertIn('\nHello World\n', said)

    def test_name_of_shared_library(self):
        """programs remember the shared library by its name and binary interface"""
        major, minor, _ = self.pkg_config('--modversion')[0].split('.')
        name = f'libstaged.so.0.{minor}' if major == '0' else f'libstaged.so.{major}'
        self.assertEqual(self.needed(self.libraries / 'libstaged.so')[1], [name])
        self.assertTrue((self.libraries / name).exists())

    def test_dependencies(self):
        """the shared library needs the C library and nothing else"""
        allowed = [SYSTEM_LIBRARIES] + ([SANITIZER_LIBRARIES] if SANITIZED else [])
        others = [name for name in self.needed(self.libraries / 'libstaged.so')[0]
                  if not any(pattern.match(name) for pattern in allowed)]
        self.assertFalse(others, ', '.join(others))

    def test_headers(self):
        """every public header is installed, and nothing else"""
        self.assertEqual({path.name for path in (self.include / 'staged').iterdir()},
                         {path.name for path in public_api.headers()})

    def test_program(self):
        """the program is installed, with its man page and its completion"""
        program = next(self.root.rglob('bin/staged'))
        worked, said = compilers.run([program, '--version'])
        self.assertTrue(worked, said)
        for place in ('man/man1/staged.1', 'man/man7/staged-script.7', 'bash-completion/completions/staged',
                      'zsh/site-functions/_staged', 'fish/vendor_completions.d/staged.fish'):
            with self.subTest(place=place):
                text = next(self.root.rglob(f'share/{place}')).read_text(encoding='utf-8')
                self.assertIn('quiet', text)

    def test_no_path_of_this_machine(self):
        """the pkg-config file names no path of the machine that built it"""
        text = self.pc.read_text(encoding='utf-8')
        self.assertNotIn(str(tap.SOURCE), text)
        self.assertNotIn(str(tap.BUILD), text)


tap.main()
