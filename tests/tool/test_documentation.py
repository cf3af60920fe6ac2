# SPDX-License-Identifier: BSD-3-Clause
"""What docs/staged-run.md shows is what happens."""
import os
import re
import subprocess
import tempfile
import unittest

from support import tap

from program import STAGED

PAGE = tap.SOURCE / 'docs' / 'staged-run.md'
BLOCK = re.compile(r'^```console\n(.*?)^```$', re.MULTILINE | re.DOTALL)


def sessions():
    """[(the first command, all commands, what is shown)] of the page."""
    found = []
    for block in BLOCK.findall(PAGE.read_text('utf-8')):
        commands = [line[2:] for line in block.splitlines() if line.startswith('$ ')]
        shown = [line for line in block.splitlines() if not line.startswith('$ ')]
        found.append((commands[0], '\n'.join(commands), '\n'.join(shown)))
    return found


class Page(unittest.TestCase):
    def test_sessions(self):
        """each session of the page"""
        self.assertGreater(len(sessions()), 5)
        for name, commands, shown in sessions():
            with self.subTest(name=name), tempfile.TemporaryDirectory() as folder:
                environment = {**os.environ, 'PATH': f'{STAGED.parent}:{os.environ["PATH"]}'}
                run = subprocess.run(['sh', '-c', commands], cwd=folder, env=environment, text=True,
                                     stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                     stderr=subprocess.STDOUT, check=False)
                self.assertEqual(run.stdout.rstrip('\n'), shown)

    def test_options(self):
        """the page names each option of the verb"""
        help_text = subprocess.run([STAGED, 'run', '--help'], stdout=subprocess.PIPE, text=True,
                                   check=True).stdout
        options = set(re.findall(r'^  (--[\w-]+)', help_text, re.MULTILINE))
        self.assertGreater(len(options), 10)
        text = PAGE.read_text('utf-8')
        self.assertEqual([], sorted(option for option in options if option not in text))


tap.main()
