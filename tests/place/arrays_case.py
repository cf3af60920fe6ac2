# SPDX-License-Identifier: BSD-3-Clause
"""staged_each on a cluster of Slurm."""
import json
import pathlib
import unittest

from place import cluster, items


@unittest.skipIf(cluster.missing(), cluster.missing())
class ArraysCase(cluster.ClusterCase, items.ItemsCase):
    def setUp(self):
        super().setUp()
        self.runs = self.top / 'runs'

    def tearDown(self):
        # Slurm still clears up after a job whose tasks have ended.
        cluster.wait_for(lambda: not self.slurm.jobs(), 'an empty queue')
        self.assert_no_folders('runs/*/*/jobs/each*')

    def start(self, line, count, *words, **variables):
        return self.begin(count, words, {**self.slurm.env, 'STAGED_RUNS': str(self.runs), 'TRACE': str(self.trace),
                                         'LINE': line, **variables})

    def run_it(self, line, count, *words, expected=0, **variables):
        return self.finish(self.start(line, count, *words, **variables), expected)

    def ended(self):
        path = pathlib.Path(f'{self.trace}.end')
        return path.read_text(encoding='utf-8').split() if path.exists() else []

    def events(self, *kinds):
        path, = self.runs.glob('*/latest/events.jsonl')
        lines = map(json.loads, path.read_bytes().splitlines())
        return [event for event in lines if event['event'] in kinds]
