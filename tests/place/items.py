# SPDX-License-Identifier: BSD-3-Clause
"""Runs the script `array_items`, an each whose items are 1, 2, ..., at a place."""
import pathlib
import random
import signal
import subprocess
import tempfile
import time
import unittest

from place import cluster
from support import processes, tap

PROGRAM = tap.BUILD / 'tests' / 'place' / 'array_items'
PATIENCE_S = 600


class ItemsCase(unittest.TestCase):
    """Has a folder of its own, and `self.trace`, a file that items may write to.  `self.nap` is a command that takes long,
    by which those that run are known: their numbers soon become other processes' on a busy machine."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.top = pathlib.Path(folder.name).resolve()
        self.trace = self.top / 'trace'
        self.nap = f'sleep 600.{random.randrange(10 ** 9):09}'

    def begin(self, count, words, env, top=None):
        """A run with so many items, in a folder of its own if there are several; `env` says what it does
        (array_items.c)."""
        top = top or self.top
        items = top / 'items'
        items.write_text(''.join(f'{i}\n' for i in range(1, count + 1)), encoding='utf-8')
        with open(items, encoding='utf-8') as given:
            started = subprocess.Popen([PROGRAM, *words], cwd=top, stdin=given, stdout=subprocess.PIPE,
                                       stderr=subprocess.STDOUT, text=True,
                                       env={'COLUMNS': '120', 'XDG_STATE_HOME': str(top / 'state'), **env})
        # Otherwise one of a test that failed would wait for a controller that has gone.
        self.addCleanup(started.kill)
        return started

    def finish(self, started, expected=0):
        """What a run says."""
        output = started.communicate(timeout=PATIENCE_S)[0]
        self.assertEqual(expected, started.returncode, output)
        return output

    def assert_no_folders(self, *patterns):
        """No run has left what it made for its items."""
        self.assertEqual([], [path for pattern in ('state/staged/jobs/*', *patterns) for path in self.top.glob(pattern)],
                         'folders are left')

    def traced(self):
        return self.trace.read_text(encoding='utf-8').split() if self.trace.exists() else []

    def wait_until_traced(self, count):
        cluster.wait_for(lambda: len(self.traced()) >= count, f'{count} items')

    def interrupt(self, started, wait_until_begun, is_twice):
        """Sends a signal at any moment, and perhaps another one a moment later, which counts at once."""
        if random.random() < 0.3:
            wait_until_begun()
        else:
            time.sleep(random.random() * 1.5)
        started.send_signal(signal.SIGINT)
        if is_twice:
            time.sleep(random.choice([0, 0, 0.01, 0.1, 0.5]) * random.random())
            started.send_signal(signal.SIGTERM)
        started.communicate(timeout=PATIENCE_S)

    def napping(self):
        """The items that run `self.nap`."""
        return [words for words in processes.left_running(self.nap.split()[1].encode(), 'cmdline')
                if words.strip() == self.nap]

    def wait_until_none_naps(self):
        cluster.wait_for(lambda: not self.napping(), 'the end of all items')
