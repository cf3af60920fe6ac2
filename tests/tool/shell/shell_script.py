# SPDX-License-Identifier: BSD-3-Clause
"""Shell scripts for tests: written to a folder of their own, and run there."""
import os
import pathlib
import subprocess
import tempfile
import textwrap
import unittest

from support import tap

# Of tests of which some process would be left where nothing tells who has started whom.
ends_trees = unittest.skipIf('STAGED_PORTABLE' in os.environ,
                             'ends a whole tree of processes, which is beyond a portable build')
STAGED = tap.BUILD / 'src' / 'tool' / 'staged'


def environment():
    return {'PATH': f'{STAGED.parent}:{os.environ["PATH"]}', 'COLUMNS': '120', 'LC_ALL': 'C.UTF-8', 'TZ': 'UTC',
            'STAGED_RUNS': ''}


class ShellCase(unittest.TestCase):
    """A test that runs scripts in a folder which is gone afterwards."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix='staged-sh-')
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def write(self, name, text):
        path = self.folder / name
        path.write_text('#!/usr/bin/env staged\n' + textwrap.dedent(text))
        path.chmod(0o755)
        return path

    def run_script(self, text, *words, **settings):
        """Runs a script, `text` without its first line; returns what subprocess.run does."""
        path = self.write('script', text)
        settings = {'input': '', 'env': environment(), **settings}
        return subprocess.run([STAGED, f'./{path.name}', *words], cwd=self.folder, capture_output=True,
                              text=True, timeout=600, **settings)

    def run_body(self, body, before='', **settings):
        """Runs a script of one stage, whose function has these lines."""
        body = textwrap.indent(textwrap.dedent(body), '  ')
        text = f"stage only 'Only' --by-default\n{textwrap.dedent(before)}\nstage_only() {{\n{body}\n}}\n"
        return self.run_script(text, **settings)
