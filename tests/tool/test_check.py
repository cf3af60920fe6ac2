# SPDX-License-Identifier: BSD-3-Clause
"""`staged check`: all mistakes of a script are told, and none of its functions runs."""
import pathlib
import shutil
import tempfile
import textwrap
import unittest

from support import tap

from program import staged


@unittest.skipUnless(shutil.which('bash'), 'bash is not installed')
class Check(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def check(self, text, *more):
        (self.folder / 'script').write_text(textwrap.dedent(text), 'utf-8')
        return staged('check', 'script', *more, cwd=self.folder)

    def test_no_mistake(self):
        """a script without a mistake: silence, and none of its functions runs"""
        run = self.check("""\
            stage hello 'Greeting' --by-default
            argument --some-file --required
            init() { touch was-run; super; }
            build_parser() { touch was-run; super; }
            clean_up() { touch was-run; }
            stage_hello() { touch was-run; }
            """)
        self.assertEqual((run.returncode, run.stdout, run.stderr), (0, '', ''))
        self.assertFalse((self.folder / 'was-run').exists())

    def test_mistakes_of_declarations(self):
        """what is wrong with declarations, and functions that belong to none"""
        run = self.check("""\
            stage hello 'Greeting' --by-defalt
            stage other 'Other'
            begin_stge() { :; }
            """)
        self.assertEqual((run.returncode, run.stdout), (70, ''))
        self.assertEqual(run.stderr.splitlines(), [
            "./script:1: stage: unrecognized arguments: --by-defalt; did you mean '--by-default'?",
            "./script:2: stage 'other' has no function 'stage_other'",
            "./script:3: function 'begin_stge' is not a hook; did you mean 'begin_stage'?"])

    def test_mistakes_of_arguments(self):
        """what only the parser finds: two arguments with one flag"""
        run = self.check("""\
            stage hello 'Greeting'
            argument --file
            argument --file
            stage_hello() { :; }
            """)
        self.assertEqual((run.returncode, run.stdout), (70, ''))
        self.assertRegex(run.stderr, r'(?m)^\./script:3: .*--file')

    def test_several(self):
        """several files, one of which has a mistake"""
        (self.folder / 'good').write_text("stage hello 'Greeting'\nstage_hello() { :; }\n", 'utf-8')
        self.assertEqual(self.check('stage bad "Bad"\n', 'good').returncode, 70)
        self.assertEqual(staged('check', 'good', 'good', cwd=self.folder).returncode, 0)

    def test_no_file(self):
        """a file that cannot be read"""
        run = staged('check', 'none', cwd=self.folder)
        self.assertEqual((run.returncode, run.stdout), (2, ''))
        self.assertIn("cannot read 'none'", run.stderr)


tap.main()
