# SPDX-License-Identifier: BSD-3-Clause
"""`staged new`: what it writes runs, and nothing is overwritten."""
import os
import pathlib
import shutil
import tempfile
import unittest

from support import compilers, tap

from program import STAGED, staged

SANITIZE = os.environ.get('STAGED_SANITIZE', 'none')


class New(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def new(self, *words):
        return staged('new', *words, cwd=self.folder)

    def run_program(self, *words):
        environment = {**os.environ, 'PATH': f'{STAGED.parent}:{os.environ["PATH"]}'}
        worked, said = compilers.run(words, cwd=self.folder, env=environment)
        self.assertTrue(worked, said)
        return said

    def test_c(self):
        """a script in C builds without a warning, and runs"""
        run = self.new('--c', 'deploy')
        self.assertEqual((run.returncode, run.stderr), (0, ''))
        self.assertEqual(run.stdout, 'Wrote deploy.c.  Build it with `cc -o deploy deploy.c '
                                     '$(pkg-config --cflags --libs staged)`.\n')
        text = (self.folder / 'deploy.c').read_text('utf-8')
        self.assertIn(' *     cc -o deploy deploy.c $(pkg-config', text)
        self.assertNotIn('@', text)
        sanitize = [] if SANITIZE == 'none' else [f'-fsanitize={SANITIZE}']
        self.run_program(*compilers.BUILT_WITH, *compilers.STRICT_C, *sanitize, '-o', 'deploy',
                         'deploy.c', f'-I{tap.SOURCE}/include', f'-I{tap.BUILD}/include',
                         tap.BUILD / 'src' / 'libstaged.a', '-lm', '-lpthread')
        said = self.run_program('./deploy')
        for words in ('Building all', 'Checking', 'Cleaning up', 'Success'):
            self.assertIn(words, said)
        self.assertFalse((self.folder / 'result.txt').exists())
        self.assertIn('Building docs', self.run_program('./deploy', '--target', 'docs', '--stage',
                                                        'build'))
        self.assertIn('--target TARGET', self.run_program('./deploy', '--help'))

    @unittest.skipUnless(shutil.which('bash'), 'bash is not installed')
    def test_shell(self):
        """a script in shell has no mistakes, and runs"""
        for words in (['deploy'], ['--shell', 'folder/deploy']):
            (self.folder / 'folder').mkdir(exist_ok=True)
            with self.subTest(words=words):
                path = words[-1] if '/' in words[-1] else f'./{words[-1]}'
                run = self.new(*words)
                self.assertEqual((run.returncode, run.stderr), (0, ''))
                self.assertEqual(run.stdout, f'Wrote {words[-1]}.  Run it with `{path} --help`.\n')
                text = (self.folder / words[-1]).read_text('utf-8')
                self.assertTrue(text.startswith('#!/usr/bin/env staged\n#\n# deploy: '), text)
                self.assertNotIn('@', text)
                self.assertEqual(staged('check', self.folder / words[-1]).returncode, 0)
                said = self.run_program(path)
                for part in ('Building all', 'Checking', 'Cleaning up', 'Success'):
                    self.assertIn(part, said)
                self.assertIn('Building docs', self.run_program(path, '--target', 'docs', '--stage',
                                                                'build'))

    @unittest.skipUnless(shutil.which('shellcheck'), 'shellcheck is not installed')
    def test_shellcheck(self):
        """ShellCheck has nothing to say against a script in shell"""
        self.new('deploy')
        self.assertEqual(self.run_program('shellcheck', '--norc', 'deploy'), '')

    def test_suffix(self):
        """the suffix may be given, and a path before the name"""
        (self.folder / 'folder').mkdir()
        self.assertEqual(self.new('--c', 'folder/deploy.c').returncode, 0)
        self.assertIn('cc -o deploy deploy.c', (self.folder / 'folder/deploy.c').read_text('utf-8'))

    def test_nothing_is_overwritten(self):
        """a file that is there stays as it is"""
        (self.folder / 'deploy.c').write_text('mine', 'utf-8')
        run = self.new('--c', 'deploy')
        self.assertEqual((run.returncode, run.stdout), (1, ''))
        self.assertEqual(run.stderr,
                         "staged new: 'deploy.c' is there already; choose another name\n")
        self.assertEqual((self.folder / 'deploy.c').read_text('utf-8'), 'mine')

    def test_no_such_folder(self):
        """a file that cannot be made is told"""
        run = self.new('--c', 'no/deploy')
        self.assertEqual((run.returncode, run.stdout), (1, ''))
        self.assertEqual(run.stderr,
                         "staged new: cannot write 'no/deploy.c': No such file or directory\n")

    def test_names(self):
        """a name that could not stand in code and commands is refused"""
        for name in ('a b', 'x;y', '', 'folder/', '*/', "it's"):
            with self.subTest(name=name):
                run = self.new('--c', '--', name)
                self.assertEqual((run.returncode, run.stdout), (2, ''))
                self.assertIn('staged new: error: a name has letters, digits', run.stderr)
        self.assertEqual(list(self.folder.iterdir()), [])


tap.main()
