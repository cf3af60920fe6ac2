# SPDX-License-Identifier: BSD-3-Clause
"""A record reads back whole, whenever its run was killed.

STAGED_KILLS says how often (default: 60).
"""
import fcntl
import json
import os
import signal
import subprocess
import unittest

from records import PROGRAM, Case
from support import tap

KILLS = int(os.environ.get('STAGED_KILLS', '60'))


class Killed(Case):
    def kill_after(self, lines, whole_group):
        """Kills a run once its record has so many lines.  Returns the record's bytes."""
        known = set(self.records())
        run = subprocess.Popen([PROGRAM, '--stage', 'print', 'many'], cwd=self.folder,
                               env=self.environment(RECORDED_COMMANDS='1000'),
                               stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL, start_new_session=True)
        new = set()
        while not new:
            new = set(self.records()) - known
        path = new.pop() / 'events.jsonl'
        while path.read_bytes().count(b'\n') < lines:
            self.assertIsNone(run.poll())
        (os.killpg if whole_group else os.kill)(run.pid, signal.SIGKILL)
        run.wait()
        with open(path, 'rb') as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            return file.read()

    def test_killed(self):
        """every line is whole, none says that the run has ended, and nobody holds the lock"""
        for number in range(KILLS):
            data = self.kill_after(1 + number, whole_group=number % 2 == 1)
            self.assertTrue(data.endswith(b'\n'))
            events = [json.loads(line) for line in data.splitlines()]
            self.assertEqual(events[0]['event'], 'run')
            self.assertNotIn('script_end', [event['event'] for event in events])
            moments = [event['elapsed_ns'] for event in events]
            self.assertEqual(moments, sorted(moments))


tap.main()
