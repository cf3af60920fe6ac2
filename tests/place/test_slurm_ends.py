# SPDX-License-Identifier: BSD-3-Clause
"""What ends a command at a place of Slurm ends all of it, at any moment."""
import os
import pathlib
import random
import signal
import subprocess
import tempfile
import time

import cluster
import slurm_case
from placing import OK, WAITED
from support import patience, tap


class Ends(slurm_case.SlurmCase):
    def exceed_timeout(self, *words, options=()):
        """Runs what exceeds a timeout, which is long enough for it to print `ready` before."""
        return patience.with_more_time(
            lambda limit_s: self.run_there(*words, options=['-t', str(limit_s), *options]),
            lambda end: end['output'].startswith(b'ready\n'))

    def test_timeout_ends_the_whole_tree(self):
        end = self.exceed_timeout(*self.stubborn(), options=['-g', '0.3'])
        self.assertEqual((end['timed_out'], end['exit'], end['left']), (1, -9, ''), end)
        cluster.wait_for(lambda: not self.processes(self.mark), 'the end of the tree')
        self.assert_nothing_left()

    def test_grace(self):
        end = self.exceed_timeout('sh', '-c', "trap 'echo bye; exit 4' TERM; echo ready; while :; do sleep 0.05; done",
                                  options=['-g', '60'])
        self.assertEqual((end['timed_out'], end['exit'], end['output']), (1, 4, b'ready\nbye\n'))
        self.assert_nothing_left()

    def test_interrupt(self):
        command = self.begin(*self.stubborn(), options=['-g', '0.3'])
        command.wait_until('runs')
        command.process.send_signal(signal.SIGINT)
        end = command.end()
        self.assertEqual((end['interrupted'], end['left']), (signal.SIGINT, ''), end)
        cluster.wait_for(lambda: not self.processes(self.mark), 'the end of the tree')
        self.assert_nothing_left()

    def test_late_start(self):
        """a job that Slurm starts when it has been ended already runs nothing"""
        command = self.begin('sleep', '1000')
        command.wait_until('runs')
        program = pathlib.Path(self.folder, 'program').read_text(encoding='utf-8').replace("'1000'", "'0'")
        for said in ('stop', 'stopping', None):
            with tempfile.TemporaryDirectory() as folder:
                if said:
                    pathlib.Path(folder, said).touch()
                late = subprocess.run(['sh', '-c', program.replace(self.folder, folder)], check=False)
                self.assertEqual((late.returncode, os.path.exists(f'{folder}/task.0')),
                                 (143, False) if said else (0, True))
        command.process.send_signal(signal.SIGINT)
        self.assertEqual(command.end()['left'], '')

    def test_many_interrupts(self):
        """At any moment: no job is left, and nothing that it has started."""
        count = int(os.environ.get('STAGED_INTERRUPTS', '10'))
        for _ in range(count):
            command = self.begin(*self.stubborn(), options=['-g', random.choice(['-1', '0.2'])])
            cluster.wait_for(lambda: command.lines or command.process.poll() is not None, 'its beginning')
            time.sleep(random.random() * 0.1)
            command.process.send_signal(random.choice([signal.SIGINT, signal.SIGTERM]))
            self.assertEqual(command.end()['left'], '')
        cluster.wait_for(lambda: not self.processes(self.mark), 'the end of all trees')
        self.assert_nothing_left()

    def test_many_pairs_of_interrupts(self):
        """The second one, which is another one or comes later, has us leave at once: the same holds."""
        count = int(os.environ.get('STAGED_INTERRUPTS', '10'))
        for i in range(count):
            with self.subTest(i=i):
                command = self.begin(*self.stubborn(), options=['-g', '0.2'])
                cluster.wait_for(lambda: command.lines or command.process.poll() is not None, 'its beginning')
                time.sleep(random.choice([0, 0.1, 1]) * random.random())
                command.process.send_signal(signal.SIGINT)
                time.sleep(random.choice([0, 0, 0.01, 0.1]) * random.random())
                command.process.send_signal(signal.SIGTERM)
                command.end()
                cluster.wait_for(lambda: not self.processes(self.mark), 'the end of the tree')
                cluster.wait_for(lambda: not self.slurm.jobs(), 'an empty queue')
                cluster.wait_for(lambda: not self.processes(self.folder), 'the end of all processes')
                for name in os.listdir(self.folder):
                    os.unlink(f'{self.folder}/{name}')

    def occupy(self):
        """Takes all nodes."""
        held = subprocess.Popen(['srun', '-Q', '-N4', '--exclusive', 'sleep', '1000'], env=self.slurm.env,
                                stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        cluster.wait_for(lambda: 'RUNNING' in self.slurm.ask('squeue', '-h', '-o', '%T'), 'the job')
        self.addCleanup(held.wait)
        self.addCleanup(held.terminate)
        return held

    def test_queue(self):
        """the timeout does not count while it waits"""
        def attempt(limit_s):
            held = self.occupy()
            command = self.begin('echo', 'done', options=['-t', str(limit_s)], place=['-n1'])
            cluster.wait_for(lambda: [look for look in command.looks() if look.reason == 'for free nodes'], 'a reason')
            time.sleep(limit_s + 0.1)
            held.terminate()
            return limit_s, command.end()
        limit_s, end = patience.with_more_time(attempt, lambda found: not found[1]['timed_out'])
        self.assertEqual((end['failure'], end['output'], end['timed_out']), (OK, b'done\n', 0), end)
        self.assertGreater(end['queue_ms'], limit_s * 1000)

    def test_wait_limits(self):
        self.occupy()
        end = self.run_there('true', options=['-w', '0.5'])
        self.assertEqual((end['failure'], end['may_pass'], end['left']), (WAITED, 1, ''), end)
        end = self.run_there('true', place=['--wait', '0.5'])
        self.assertEqual((end['failure'], end['may_pass'], end['left']), (WAITED, 1, ''), end)
        self.assertEqual(len(self.slurm.jobs()), 1)

    def test_interrupt_in_the_queue(self):
        self.occupy()
        command = self.begin('true')
        command.wait_until('waits')
        cluster.wait_for(lambda: len(self.slurm.jobs()) == 2, 'the job')
        command.process.send_signal(signal.SIGTERM)
        end = command.end()
        self.assertEqual((end['interrupted'], end['left']), (signal.SIGTERM, ''), end)
        self.assertEqual(len(self.slurm.jobs()), 1)

    def test_hold(self):
        command = self.begin('echo', 'done', place=['--hold'])
        cluster.wait_for(lambda: [look for look in command.looks() if 'scontrol release' in look[3]], 'a reason')
        self.slurm.ask('scontrol', 'release', command.looks()[-1][1])
        self.assertEqual(command.end()['output'], b'done\n')
        self.assert_nothing_left()


tap.main()
