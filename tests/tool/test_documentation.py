# SPDX-License-Identifier: BSD-3-Clause
"""What docs/staged-run.md, docs/staged-runs.md and docs/reports.md show is what happens."""
import contextlib
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

from support import tap

from program import HAS_RUNS, STAGED
from records import make_each_run, make_four

DOCS = tap.SOURCE / 'docs'


def make_world_of_runs(folder):
    make_each_run(folder / 'elsewhere', second=2, stem='pack')
    make_each_run(folder / 'elsewhere', 'passed', second=0, stem='pack', suffix='again', began='20261128T203112Z')
    return make_four(folder / 'runs').file


# The pages, each with the verbs that it is about, and what makes the world of its sessions: a context.
PAGES = {'staged-run.md': (['run'], lambda folder: contextlib.nullcontext())}
if HAS_RUNS:
    PAGES['reports.md'] = (['report'], make_world_of_runs)
    PAGES['staged-runs.md'] = (['runs', 'show', 'watch', 'diff', 'replay', 'stats', 'prune'], make_world_of_runs)
BLOCK = re.compile(r'^```console\n(.*?)^```$', re.MULTILINE | re.DOTALL)


def sessions(page):
    """[(the first command, all commands, what is shown)] of a page."""
    found = []
    for block in BLOCK.findall((DOCS / page).read_text('utf-8')):
        commands = [line[2:] for line in block.splitlines() if line.startswith(('$ ', '> '))]
        shown = [line for line in block.splitlines() if not line.startswith(('$ ', '> '))]
        found.append((commands[0], '\n'.join(commands), '\n'.join(shown)))
    return found


class Pages(unittest.TestCase):
    def check_session(self, make_world, commands, shown):
        with tempfile.TemporaryDirectory() as name, make_world(pathlib.Path(name)):
            environment = {**os.environ, 'PATH': f'{STAGED.parent}:{os.environ["PATH"]}',
                           'STAGED_RUNS': 'runs'}
            run = subprocess.run(['sh', '-c', commands], cwd=name, env=environment, text=True,
                                 stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                 stderr=subprocess.STDOUT, check=False)
            self.assertEqual(run.stdout.rstrip('\n'), shown.rstrip('\n'))

    def test_sessions(self):
        """each session"""
        for page, (_, make_world) in PAGES.items():
            self.assertGreater(len(sessions(page)), 4)
            for name, commands, shown in sessions(page):
                with self.subTest(page=page, name=name):
                    self.check_session(make_world, commands, shown)

    def test_options(self):
        """each page names each option of its verbs"""
        for page, (verbs, _) in PAGES.items():
            text = (DOCS / page).read_text('utf-8')
            for verb in verbs:
                with self.subTest(verb=verb):
                    help_text = subprocess.run([STAGED, verb, '--help'], stdout=subprocess.PIPE, text=True,
                                               check=True).stdout
                    options = set(re.findall(r'^  (?:-\w(?: \w+)?, )?(--[\w-]+)', help_text, re.MULTILINE))
                    self.assertGreater(len(options), 0)
                    self.assertEqual([], sorted(option for option in options - {'--help'}
                                                if option not in text))


tap.main()
