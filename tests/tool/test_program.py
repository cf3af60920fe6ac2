# SPDX-License-Identifier: BSD-3-Clause
"""What the program says about itself, and how it finds a verb."""
import pathlib
import unittest

from support import tap

from program import staged

FULL = pathlib.Path('/dev/full')


class Program(unittest.TestCase):
    def assert_refused(self, run, words):
        self.assertEqual((run.returncode, run.stdout), (2, ''), run.stderr)
        self.assertIn(words, run.stderr)

    def test_help(self):
        """--help lists the verbs"""
        run = staged('--help')
        self.assertEqual((run.returncode, run.stderr), (0, ''))
        self.assertRegex(run.stdout, r'(?m)^usage: staged \[-h\] \[--version\]')
        self.assertRegex(run.stdout, r'(?m)^ +run +run a command')

    def test_help(self):
        """--help says that scripts are run, too"""
        run = staged('--help')
        self.assertEqual((run.returncode, run.stderr), (0, ''))
        self.assertIn('\n       staged SCRIPT [ARGUMENT ...]\n', run.stdout)

    def test_help_of_a_verb(self):
        """VERB --help is about the verb"""
        run = staged('run', '--help')
        self.assertEqual((run.returncode, run.stderr), (0, ''))
        self.assertTrue(run.stdout.startswith('usage: staged run [options] [--] COMMAND'), run.stdout)

    def test_version(self):
        """--version is the program's name and three numbers"""
        self.assertRegex(staged('--version').stdout, r'^staged \d+\.\d+\.\d+\n$')

    def test_nothing_said(self):
        """without a word, usage and what is missing"""
        self.assert_refused(staged(), 'staged: error: the first word must be a verb, or the file of a script')

    def test_unknown_word(self):
        """what is neither verb nor file is refused, with what may have been meant"""
        self.assert_refused(staged('rnu'), "staged: no verb and no file 'rnu'; did you mean 'run'?\n")
        self.assert_refused(staged('xyzzy', '--help'),
                            "staged: no verb and no file 'xyzzy'; `staged --help` lists the verbs\n")

    def test_option_before_the_verb(self):
        """an unknown option, and one before a verb, are refused"""
        self.assert_refused(staged('--verison'), "--verison")
        self.assert_refused(staged('--', 'run', 'true'), 'the first word must be a verb')

    @unittest.skipUnless(FULL.exists(), f'no {FULL}')
    def test_output_that_cannot_be_written(self):
        """help that cannot be written is a failure"""
        with FULL.open('w', encoding='utf-8') as full:
            for words in (['--help'], ['run', '--help']):
                run = staged(*words, stdout=full)
                self.assertEqual(run.returncode, 74)
                self.assertIn('cannot write to standard output', run.stderr)


tap.main()
