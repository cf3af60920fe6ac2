# SPDX-License-Identifier: BSD-3-Clause
"""staged_each on a cluster of Slurm: what becomes of items that run when the script ends, in whatever way."""
import os
import re
import shutil
import signal
import subprocess

from place import arrays_case, cluster
from support import processes, tap


class Ends(arrays_case.ArraysCase):
    def test_interrupt(self):
        """an interrupt ends all, and the rest is told"""
        started = self.start('echo $1 >>"$TRACE"; exec sleep 600', 100)
        self.wait_until_traced(16)
        started.send_signal(signal.SIGINT)
        output = started.communicate(timeout=600)[0]
        self.assertEqual(-signal.SIGINT, started.returncode, output)
        self.assertIn('all:  0 passed, 16 failed, 84 not run', output)
        self.assertRegex(output, r"Not run:  '\d+' and others")

    def test_many_interrupts(self):
        """two signals, one right behind the other or soon, at any moment: nothing is left"""
        for i in range(int(os.environ.get('STAGED_INTERRUPTS', '6'))):
            with self.subTest(i=i):
                begun = self.top / f'begun{i}'
                started = self.start(f': >{begun}; exec {self.nap}', 60)
                self.interrupt(started, lambda: cluster.wait_for(begun.exists, 'an item'), i % 3 != 2)
                cluster.wait_for(lambda: not self.slurm.jobs(), 'an empty queue')
                self.wait_until_none_naps()
                # What was cut short is there for --resume.
                shutil.rmtree(self.runs, ignore_errors=True)
        cluster.wait_for(lambda: not processes.left_running(str(self.top).encode(), 'cmdline'),
                         'the end of those that end the arrays', 2 * cluster.PATIENCE_S)

    def test_late_task(self):
        """a task that Slurm starts when its array has been ended runs no item"""
        started = self.start('echo $1 >>"$TRACE"; exec sleep 600', 100)
        self.wait_until_traced(16)
        started.send_signal(signal.SIGINT)
        started.send_signal(signal.SIGTERM)
        started.communicate(timeout=600)
        array, = self.runs.glob('*/latest/jobs/each*/1')
        cluster.wait_for(lambda: (array / 'ended').exists() and not self.slurm.jobs(), 'the end of the array')
        traced = self.traced()
        job = (array / 'job').read_text(encoding='utf-8').strip()
        subprocess.run(['sh', array / '20'], env={**self.slurm.env, 'STAGED_ARRAY': job, 'TRACE': str(self.trace)},
                       timeout=cluster.PATIENCE_S, check=True)
        self.assertEqual(traced, self.traced())
        shutil.rmtree(self.runs)

    def test_interrupts_on_a_full_disk(self):
        """two signals end an array also if nothing can be written in its folder"""
        started = self.start(f'echo $1 >>"$TRACE"; exec {self.nap}', 100)
        self.wait_until_traced(16)
        array, = self.runs.glob('*/latest/jobs/each*/1')
        (array / 'ended').mkdir()
        started.send_signal(signal.SIGINT)
        started.send_signal(signal.SIGTERM)
        started.communicate(timeout=600)
        cluster.wait_for(lambda: not self.slurm.jobs(), 'an empty queue')
        self.wait_until_none_naps()
        shutil.rmtree(self.runs)

    def test_halt(self):
        """too many failures end all"""
        output = self.run_it('[ $1 = 1 ] && exit 3; exec sleep 600', 50, expected=1, HALT='1')
        self.assertIn('1 failed:  exit code 3', output)
        self.assertRegex(output, r'all:  0 passed, \d+ failed, \d+ not run')

    def test_left(self):
        """the log and the record name an array that Slurm still lists long after its end"""
        programs = self.top / 'programs'
        programs.mkdir()
        squeue = programs / 'squeue'
        squeue.write_text('#!/bin/sh\nfor job; do :; done\necho "$job|1|RUNNING|n1|None"\n', encoding='utf-8')
        squeue.chmod(0o755)
        path = f'{programs}:{self.slurm.env.get("PATH", os.environ["PATH"])}'
        output = self.run_it('echo $1 >>"$TRACE"', 1, PATH=path)
        event, = self.events('place')
        self.assertIn(f"Could not be ended on hpc:  job {event['job']}", output)
        end, = self.events('each_end')
        self.assertEqual(f"job {event['job']}", end['left'])

    def test_resume(self):
        """after SIGKILL a resumed run takes what has passed meanwhile, and runs no item twice at a time"""
        line = 'echo $1 >>"$TRACE"; sleep 0.2; echo $1 >>"$TRACE.end"'
        started = self.start(line, 200, QUIET='1')
        self.wait_until_traced(40)
        started.kill()
        started.communicate()
        recorded = len(self.events('item'))
        cluster.wait_for(lambda: len(self.ended()) >= recorded + 48, 'items that end after the script')
        output = self.run_it(line, 200, '--resume', QUIET='1')
        passed, earlier = map(int, re.search(r'all:  (\d+) passed, (\d+) had passed before', output).groups())
        self.assertEqual(200, passed + earlier)
        # Those that had just ended may not have been written down when they were cut short.
        self.assertGreaterEqual(earlier, recorded + 32)
        self.assertEqual({str(i) for i in range(1, 201)}, set(self.ended()))
        self.assertLessEqual(len(self.traced()), 200 + 32)


tap.main()
