# SPDX-License-Identifier: BSD-3-Clause
"""staged_each on a cluster of Slurm: what becomes of hundreds of items, and of those whose task is lost."""
import collections
import os
import pathlib
import re
import shutil
import subprocess
import threading
import unittest

from place import arrays_case, cluster
from support import patience, tap


class Arrays(arrays_case.ArraysCase):
    # ---- What becomes of items ----

    def test_hundreds(self):
        """hundreds of items run in few tasks, with their outputs whole and in order"""
        output = self.run_it('echo $1 >>"$TRACE"; echo "a $1"; echo "b $1"', 250, ORDER='1')
        self.assertEqual([str(i) for i in range(1, 251)], sorted(self.traced(), key=int))
        printed = re.findall(r'^[ab] \d+$', output, re.MULTILINE)
        self.assertEqual([f'{x} {i}' for i in range(1, 251) for x in 'ab'], printed)
        self.assertIn('all:  250 passed in', output)
        self.assertEqual(250, len(self.events('item')))
        arrays = self.events('place')
        self.assertEqual({'hpc'}, {event['place'] for event in arrays})
        self.assertLess(len(arrays), 5)

    def test_ends(self):
        """exit codes, signals, timeouts and attempts are the items' own"""
        line = ('echo $1 >>"$TRACE"; case $1 in 1) exit 3 ;; 2) kill -9 $$ ;; 3) exit 137 ;; 4) sleep 60 ;; '
                '5) echo "$NAME" ;; esac')
        def attempt(limit_s):
            self.trace.unlink(missing_ok=True)
            return self.run_it(line, 6, expected=1, TIMEOUT=str(limit_s), ATTEMPTS='2')
        output = patience.with_more_time(attempt, lambda output: not re.search('[^4] failed: +timed out', output))
        for wanted in ('1 failed: exit code 3 (2 attempts)', '2 failed: killed by signal 9 (SIGKILL)',
                       '3 failed: exit code 137', '4 failed: timed out after ', "it's set",
                       'all: 2 passed, 4 failed'):
            self.assertIn(wanted, re.sub(r' +', ' ', output))
        self.assertEqual({'1': 2, '2': 2, '3': 2, '4': 2, '5': 1, '6': 1}, collections.Counter(self.traced()))

    def test_full_disk_there(self):
        """an item whose end cannot be written fails, does not run again, and those behind it do not begin unseen"""
        line = ('echo $1 >>"$TRACE"; echo "printed by $1"; [ $1 != 1 ] || '
                '{ o=$(readlink /proc/$$/fd/1); ln -sf /dev/full "${o%.out}.results"; }')
        output = re.sub(r'[ \n]+', ' ', self.run_it(line, 6, expected=1, JOBS='1'))
        self.assertIn('1 failed: its exit code could not be written on its node: is the disk full?', output)
        self.assertIn('all: 5 passed, 1 failed', output)
        self.assertIn('printed by 1', output)
        self.assertNotIn('staged-', output)
        self.assertEqual({str(i): 1 for i in range(1, 7)}, collections.Counter(self.traced()))

    def test_full_disk_here(self):
        """an item whose output cannot be copied fails"""
        output = self.run_it('[ $1 = 2 ] || echo $1', 3, expected=1, TMPDIR='/dev/null/missing')
        for item in '13':
            self.assertIn(f'{item} failed: its output could not be copied: Not a directory',
                          re.sub(r' +', ' ', output))
        self.assertIn('all:  1 passed, 2 failed', output)
        self.assertEqual(['failed', 'passed', 'failed'],
                         [event['outcome'] for event in sorted(self.events('item'), key=lambda e: e['index'])])

    def test_at_a_time(self):
        """no more run at a time than the author says"""
        line = 'echo + >>"$TRACE"; sleep 0.1; echo - >>"$TRACE"'
        self.run_it(line, 40, JOBS='3', QUIET='1')
        running = most = 0
        for sign in self.traced():
            running += 1 if sign == '+' else -1
            most = max(most, running)
        self.assertIn(most, (2, 3))

    def test_directory(self):
        """a directory that is not there is told of"""
        output = self.run_it('pwd', 1, DIRECTORY='/')
        self.assertIn('\n/\n', output)
        output = self.run_it('pwd', 2, expected=1, DIRECTORY='/no/such')
        self.assertIn("its node cannot enter the directory '/no/such': is it there on all nodes?",
                      re.sub(r'[ \n]+', ' ', output))

    def test_impossible(self):
        """what the place refuses fails the each, in its words"""
        output = self.run_it('true', 3, expected=1, WORDS='--nodes=99')
        self.assertIn('all:  Slurm refused the job array: ', output)
        self.assertIn('3 not run', output)

    def test_no_slurm(self):
        """a machine without Slurm is told from a controller that is away"""
        output = self.run_it('true', 3, expected=1, SLURM_CONF='/no/such')
        self.assertIn('SLURM_CONF names a file', output)
        output = self.run_it('true', 3, expected=1, PATH='/no/such')
        self.assertIn('Slurm is not set up here: scontrol', output)

    def test_inactive(self):
        """a partition that takes no jobs for a while is waited for"""
        self.slurm.ask('scontrol', 'update', 'PartitionName=main', 'State=INACTIVE')
        self.addCleanup(self.slurm.ask, 'scontrol', 'update', 'PartitionName=main', 'State=UP')
        started = self.start('true', 3)
        output = ''
        for line in started.stdout:
            output += line
            if "waits for 'hpc'" in line:
                break
        self.slurm.ask('scontrol', 'update', 'PartitionName=main', 'State=UP')
        output += started.communicate(timeout=600)[0]
        self.assertEqual(0, started.returncode, output)

    def test_wait(self):
        """how long items may wait in the queue is said by the place"""
        output = self.run_it('true', 3, expected=1, WORDS='--wait 1 --hold')
        self.assertIn("no item began at 'hpc' within 1 s (--wait)", output)
        self.assertIn('3 not run', output)

    @unittest.skipIf(not shutil.which('mount') or os.geteuid() != 0, 'a file system that is full needs root')
    def test_full(self):
        """a folder that is full is told as such"""
        full = self.top / 'full'
        full.mkdir()
        if subprocess.run(['mount', '-t', 'tmpfs', '-o', 'size=4k', 'none', full], check=False).returncode != 0:
            self.skipTest('no file system can be mounted here')
        self.addCleanup(subprocess.run, ['umount', '-l', full], check=True)
        output = self.run_it('true', 3, expected=1, WORDS=f'--folder {full}')
        self.assertIn('No space left on device', output)
        self.assertNotIn('No such file', output)

    # ---- Lost tasks ----

    def test_node(self):
        """items of a node that fails run again elsewhere, and cost no attempt"""
        started = self.start('echo $1 >>"$TRACE"; sleep 0.5', 100, QUIET='1')
        self.wait_until_traced(16)
        self.slurm.kill_node('n2')
        output = started.communicate(timeout=600)[0]
        self.slurm.start_node('n2')
        self.assertEqual(0, started.returncode, output)
        self.assertIn('all:  100 passed', output)
        self.assertEqual({str(i) for i in range(1, 101)}, set(self.traced()))
        self.assertEqual({1}, {event['attempts'] for event in self.events('item')})

    def test_cancelled(self):
        """items of a task that somebody else cancels fail with that, and do not run again"""
        started = self.start('echo $1 >>"$TRACE"; until [ -e "$TRACE.go" ]; do sleep 0.05; done', 16, QUIET='1')
        self.wait_until_traced(16)
        job, = {job.partition('_')[0] for job in self.slurm.jobs()}
        self.slurm.ask('scancel', f'{job}_3')
        cluster.wait_for(lambda: f'{job}_3' not in self.slurm.jobs(), 'its end')
        pathlib.Path(f'{self.trace}.go').touch()
        output = started.communicate(timeout=600)[0]
        self.assertEqual(1, started.returncode, output)
        self.assertIn(f'3 failed:  the job {job}_3 was cancelled', output)
        self.assertIn('all:  15 passed, 1 failed', output)
        self.assertEqual(16, len(self.traced()))

    def test_queue(self):
        """the log says what all of it waits for, and that it no longer does"""
        for node in self.slurm.names:
            self.slurm.ask('scontrol', 'update', f'NodeName={node}', 'State=DRAIN', 'Reason=full')
        started = self.start('until [ -e "$TRACE" ]; do sleep 0.02; done', 2, QUIET='1')
        said = []
        # A log that does not say it would never end.
        watchdog = threading.Timer(cluster.PATIENCE_S, started.kill)
        watchdog.start()
        for line in started.stdout:
            said.append(line)
            if 'waiting for' in line:
                for node in self.slurm.names:
                    self.slurm.ask('scontrol', 'update', f'NodeName={node}', 'State=RESUME')
            elif re.search(r'job \d+ runs', line):
                self.trace.touch()
        output = ''.join(said)
        started.stdout.close()
        code = started.wait()
        watchdog.cancel()
        self.assertEqual(0, code, output)
        self.assertRegex(' '.join(output.split()), r'On \S+: waiting for (?:requested )?nodes .*\(job \d+\)\..* On \S+: job \d+ runs\.')

    def test_controller(self):
        """a controller that is away for a while is waited for"""
        started = self.start('echo $1 >>"$TRACE"; sleep 0.5', 16, QUIET='1')
        self.wait_until_traced(16)
        self.slurm.stop_controller()
        self.slurm.start_controller()
        output = started.communicate(timeout=600)[0]
        self.assertEqual(0, started.returncode, output)


tap.main()
