# SPDX-License-Identifier: BSD-3-Clause
"""Commands at a place of Slurm, on a cluster of four nodes on this machine."""
import dataclasses
import os
import random
import shutil
import tempfile
import unittest

import cluster
import placing
from support import processes


class Command(placing.Command):
    """A command at the place, that runs."""

    def __init__(self, words, env, folder, options=(), place=()):
        super().__init__(['slurm', *place], words, ['-f', folder, '-g', '1', *options], env)

    def end(self):
        """What its end tells, if it was not killed, with its outputs."""
        run = self.finish()
        return {'output': run.output, 'errors': run.errors, 'problem': run.problem,
                **(dataclasses.asdict(run.end) if run.ends else {})}


@unittest.skipIf(cluster.missing(), cluster.missing())
class SlurmCase(cluster.ClusterCase):
    def setUp(self):
        super().setUp()
        self.folder = tempfile.mkdtemp(prefix='staged-place-')
        self.mark = f'staged{random.randrange(10 ** 9)}'

    def tearDown(self):
        # What a failed test has left, which would wait for a cluster that is gone.
        self.kill_processes()
        shutil.rmtree(self.folder, ignore_errors=True)

    def begin(self, *words, options=(), place=(), env=None):
        return Command(words, env or self.slurm.env, self.folder, options, place)

    def run_there(self, *words, **settings):
        return self.begin(*words, **settings).end()

    def assert_nothing_left(self):
        """No job, no srun of ours, no file."""
        cluster.wait_for(lambda: not self.slurm.jobs(), 'an empty queue')
        cluster.wait_for(lambda: not self.processes(self.folder), 'the end of all processes')
        self.assertEqual(os.listdir(self.folder), [])

    @staticmethod
    def processes(text):
        """Those with a text among their words."""
        return processes.left_running(text.encode(), 'cmdline')

    def kill_processes(self):
        """Those with our folder among their words."""
        processes.kill_marked(self.folder.encode(), 'cmdline')

    def stubborn(self):
        """Words of a command that only SIGKILL ends, with a child of the same kind, which prints `ready`."""
        return ['sh', '-c', f"trap '' TERM; sh -c 'trap \"\" TERM; echo ready; sleep 1000; : {self.mark}' & "
                            f'while :; do sleep 1000; done; : {self.mark}']
