# SPDX-License-Identifier: BSD-3-Clause
"""What tests of the verbs that read records have in common."""
import json
import os
import pathlib
import tempfile
import textwrap
import unittest

from program import staged
from records import make_four


class RunsCase(unittest.TestCase):
    """Records in a folder of their own."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.runs = pathlib.Path(folder.name) / 'runs'

    def run_staged(self, *words, **environment):
        return staged(*words, errors='surrogateescape', cwd=self.runs.parent,
                      env={**os.environ, 'STAGED_RUNS': 'runs', **environment})

    def staged(self, *words, status=0, **environment):
        """What the program writes to standard output, or to standard error if it fails."""
        done = self.run_staged(*words, **environment)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        self.assertEqual(done.stdout if status else done.stderr, '')
        return done.stderr if status else done.stdout

    def assert_shown(self, shown, expected):
        self.assertEqual(shown, textwrap.dedent(expected).lstrip('\n'))

    def ids(self, *words):
        """The last parts of the ids that `staged runs` lists."""
        return [run['id'][-5:] for run in json.loads(self.staged('runs', '--json', *words))]

    def make_four(self):
        """One run of each kind."""
        running = make_four(self.runs)
        self.addCleanup(running.file.close)
        return running
