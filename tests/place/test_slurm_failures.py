# SPDX-License-Identifier: BSD-3-Clause
"""What goes wrong with a place of Slurm has its own words, and is never taken for the end of a command."""
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile

import cluster
import slurm_case
from placing import CANCELLED, LOST, NODE, OK
from slurm_case import Command
from support import tap


class Failures(slurm_case.SlurmCase):
    def test_cancelled_by_somebody(self):
        for words in (['sleep', '1000'], ['sh', '-c', 'trap "exit 0" TERM; while :; do sleep 0.05; done']):
            with self.subTest(words=words):
                command = self.begin(*words)
                self.slurm.ask('scancel', command.wait_until('runs'))
                end = command.end()
                self.assertEqual((end['failure'], end['may_pass']), (CANCELLED, 1), end)
        self.assert_nothing_left()

    def test_killed_srun(self):
        """somebody kills srun, which then cancels the job: nobody has cancelled it"""
        command = self.begin('sleep', '1000')
        command.wait_until('runs')
        os.kill(int(pathlib.Path(self.folder, 'pids').read_text().split()[1]), signal.SIGKILL)
        end = command.end()
        self.assertEqual((end['failure'], end['may_pass'], end['left']), (LOST, 1, ''), end)
        self.assertIn('srun was killed', end['error'])
        self.assert_nothing_left()

    def test_killed_on_its_node(self):
        """a task that is killed there before it has said anything is not one that cannot write there"""
        end = self.run_there('sh', '-c', ': >"$0/task.0"; kill -9 $PPID', self.folder)
        self.assertEqual((end['failure'], end['may_pass']), (NODE, 1), end)
        self.assertIn('it was killed', end['error'])
        self.assert_nothing_left()

    def test_srun_that_does_not_notice(self):
        """As when a job gives way to another one while its tasks are being started: Slurm knows, and is asked."""
        with tempfile.TemporaryDirectory() as programs:
            asked = pathlib.Path(programs, 'asked')
            for name, before, after in (('srun', '', 'while :; do sleep 1; done'), ('scontrol', f'echo >>{asked}', '')):
                program = pathlib.Path(programs, name)
                program.write_text(f'#!/bin/sh\n{before}\n"{shutil.which(name, path=cluster.PATH)}" "$@"\n{after}\n',
                                   encoding='utf-8')
                program.chmod(0o755)
            command = self.begin('sleep', '1000', options=['-p', '0.5'],
                                 env={**self.slurm.env, 'PATH': f'{programs}:{cluster.PATH}'})
            job = command.wait_until('runs')
            # By then the number of srun can be another process's.
            pids = pathlib.Path(self.folder, 'pids')
            told = pids.read_text(encoding='utf-8')
            with subprocess.Popen(['sleep', '1000']) as other:
                pids.write_text(f'{told.split()[0]} {other.pid} .\n', encoding='utf-8')
                self.slurm.ask('scancel', job)
                asked.unlink(missing_ok=True)
                cluster.wait_for(lambda: asked.exists() and len(asked.read_text()) > 3, 'questions to Slurm')
                pids.write_text(told, encoding='utf-8')
                end = command.end()
                self.assertIsNone(other.poll(), 'another process was killed')
                other.kill()
        self.assertEqual((end['failure'], end['may_pass']), (CANCELLED, 1), end)
        self.assert_nothing_left()

    def test_cancelled_in_the_queue(self):
        command = self.begin('true', place=['--hold'])
        job = cluster.wait_for(lambda: [look[1] for look in command.looks() if look[1]], 'a job')[0]
        self.slurm.ask('scancel', job)
        end = command.end()
        self.assertEqual(end['failure'], CANCELLED, end)
        self.assert_nothing_left()

    def test_node_fails(self):
        command = self.begin('sleep', '1000', place=['-w', 'n3'])
        command.wait_until('runs')
        self.slurm.kill_node('n3')
        end = command.end()
        self.slurm.start_node('n3')
        self.assertEqual((end['failure'], end['may_pass']), (NODE, 1), end)
        self.assert_nothing_left()

    def test_controller_is_away_for_a_while(self):
        folder = pathlib.Path(self.folder, 'sub')
        folder.mkdir()
        running = Command(['sh', '-c', 'sleep 2; echo one; exit 5'], self.slurm.env, str(folder))
        running.wait_until('runs')
        self.slurm.stop_controller()
        waiting = self.begin('echo', 'two')
        waiting.wait_until('away')
        self.slurm.start_controller()
        end = running.end()
        self.assertEqual((end['failure'], end['exit'], end['output']), (OK, 5, b'one\n'), end)
        end = waiting.end()
        self.assertEqual((end['failure'], end['output']), (OK, b'two\n'), end)
        folder.rmdir()
        self.assert_nothing_left()

    def test_stop_without_controller(self):
        command = self.begin(*self.stubborn(), options=['-g', '0.3'])
        command.wait_until('runs')
        self.slurm.stop_controller()
        command.process.send_signal(signal.SIGINT)
        cluster.wait_for(lambda: os.path.exists(f'{self.folder}/stopping'), 'its being ended')
        self.slurm.start_controller()
        end = command.end()
        self.assertEqual(end['interrupted'], signal.SIGINT, end)
        if end['left']:
            # The controller took longer to come back than is waited for: then the job is ended later.
            self.assertEqual(end['left'], f"job {end['job']}")
            cluster.wait_for(lambda: not self.processes(self.folder), 'the end of all processes')
            for name in os.listdir(self.folder):
                os.unlink(f'{self.folder}/{name}')
        self.assert_nothing_left()


tap.main()
