# SPDX-License-Identifier: BSD-3-Clause
"""A record reads back whole, whenever its run was killed.

STAGED_KILLS says how often (default: 8).
"""
import fcntl
import json
import os
import signal
import subprocess
import time

from records import PROGRAM, Case
from support import tap

KILLS = int(os.environ.get('STAGED_KILLS', '8'))
# How many lines the record of the last one that is killed has, at least.
MOST_LINES = 40


class Killed(Case):
    def wait_for_lines(self, run, runs, lines):
        """The run's file of events, once it has so many lines."""
        path = None
        while path is None or path.read_bytes().count(b'\n') < lines:
            self.assertIsNone(run.poll())
            time.sleep(0.001)  # so that it gets on
            path = path or next(runs.glob('*/[0-9]*/events.jsonl'), None)
        return path

    def kill_after(self, number, lines, whole_group):
        """Kills a run once its record has so many lines.  Returns the record's bytes."""
        runs = self.runs / str(number)
        run = subprocess.Popen([PROGRAM, '--stage', 'print', 'many'], cwd=self.folder,
                               env=self.environment(RECORDED_COMMANDS='100000', STAGED_RUNS=str(runs)),
                               stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL, start_new_session=True)
        self.addCleanup(run.kill)
        path = self.wait_for_lines(run, runs, lines)
        (os.killpg if whole_group else os.kill)(run.pid, signal.SIGKILL)
        run.wait()
        with open(path, 'rb') as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            return file.read()

    def test_killed(self):
        """every line is whole, none says that the run has ended, and nobody holds the lock"""
        for number in range(KILLS):
            data = self.kill_after(number, 1 + number * MOST_LINES // KILLS, whole_group=number % 2 == 1)
            self.assertTrue(data.endswith(b'\n'))
            events = [json.loads(line) for line in data.splitlines()]
            self.assertEqual(events[0]['event'], 'run')
            self.assertNotIn('script_end', [event['event'] for event in events])
            moments = [event['elapsed_ns'] for event in events]
            self.assertEqual(moments, sorted(moments))


tap.main()
