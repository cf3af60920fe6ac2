# SPDX-License-Identifier: BSD-3-Clause
"""Commands at a place of Slurm have what commands here have, and outlive a script that is killed."""
import os
import pathlib
import random
import shutil
import string
import tempfile

import cluster
import slurm_case
from placing import LOST, OK, OTHER, REFUSED, UNREACHABLE
from slurm_case import Command
from support import tap


class Commands(slurm_case.SlurmCase):
    # ---- How it ends ----

    def test_exit_codes_and_signals(self):
        for script, code in (('exit 0', 0), ('exit 3', 3), ('exit 137', 137), ('exit 255', 255),
                             ('kill -9 $$', -9), ('kill -15 $$', -15), ('kill -11 $$', -11)):
            with self.subTest(script=script):
                end = self.run_there('sh', '-c', script)
                self.assertEqual((end['failure'], end['exit']), (OK, code), end)
        self.assert_nothing_left()

    def test_outputs_apart_and_whole(self):
        data = random.randbytes(1000000)
        given = pathlib.Path(self.folder, 'given')
        given.write_bytes(data)
        end = self.run_there('sh', '-c', 'cat "$0"; cat "$0" >&2; exit 4', given)
        self.assertEqual(end['exit'], 4)
        self.assertTrue(end['output'] == data)
        self.assertTrue(end['errors'] == data, end['errors'][:200])
        given.unlink()
        self.assert_nothing_left()

    def test_joined_outputs(self):
        end = self.run_there('sh', '-c', 'echo one; echo two >&2; echo three', options=['-o'])
        self.assertEqual((end['output'], end['errors']), (b'one\ntwo\nthree\n', b''))

    def test_tasks(self):
        end = self.run_there('sh', '-c', 'for i in 1 2 3; do echo $SLURM_PROCID aaaaaaaa; done; exit $SLURM_PROCID',
                             place=['--nodes', '4'])
        self.assertEqual((end['failure'], end['exit'], end['node']), (OK, 3, 'n[1-4]'))
        self.assertEqual(sorted(end['output'].split(b'\n')),
                         sorted([b''] + [b'%d aaaaaaaa' % i for i in range(4)] * 3))
        self.assert_nothing_left()

    def test_where_and_with_what(self):
        secret = self.mark
        end = self.run_there('sh', '-c', 'pwd; echo "$A${HOME-none}"; ls /proc/*/cmdline | xargs cat | tr "\\0" "\\n"',
                             options=['-d', '/usr', '-u', 'HOME'], env={**self.slurm.env, 'A': secret})
        lines = end['output'].decode(errors='replace').split('\n')
        self.assertEqual(lines[:2], ['/usr', secret + 'none'])
        self.assertNotIn(secret, '\n'.join(lines[2:]))
        end = self.run_there('/bin/sh', '-c', 'echo "$A$SLURM_CONF${PATH-}$HOME"',
                             options=['-c', '-e', 'A=b', '-e', 'PATH='])
        self.assertEqual(end['output'], b'b\n')

    def test_variables_of_one_letter(self):
        """no variable of the command becomes one of what starts it"""
        own = {name: f'the own {name}' for name in string.ascii_letters}
        end = self.run_there('env', env={**self.slurm.env, **own})
        self.assertEqual(set(), {f'{name}={value}' for name, value in own.items()} - set(end['output'].decode().split('\n')))

    def test_words_as_they_are(self):
        words = ['a b', "it's", '"$HOME"', '*', '', 'new\nline', '--output=x']
        end = self.run_there('printf', '<%s>', *words)
        self.assertEqual(end['output'].decode(), ''.join(f'<{word}>' for word in words))

    def test_figures(self):
        end = self.run_there('sh', '-c', 'i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done; sleep 0.2')
        self.assertGreaterEqual(end['run_ms'], 200)
        self.assertGreater(end['cpu_ms'], 0)
        self.assertTrue(end['job'])
        self.assertIn(end['node'], self.slurm.names)

    def test_two_at_once(self):
        others = [tempfile.mkdtemp(dir=self.folder) for _ in range(2)]
        both = [Command(['sh', '-c', f'sleep 0.2; echo {i}'], self.slurm.env, other) for i, other in enumerate(others)]
        self.assertEqual([one.end()['output'] for one in both], [b'0\n', b'1\n'])
        for other in others:
            os.rmdir(other)
        self.assert_nothing_left()

    # ---- What cannot be ----

    def test_words_that_are_refused(self):
        for words, part in ((['--output', 'x'], '--output cannot be used'), (['-ox'], '-ox cannot be used'),
                            (['--chd=/'], '--chd=/ cannot be used'), (['main'], "'main' is not an option"),
                            (['--wait', 'x'], '--wait must be'), (['--folder', 'x'], '--folder must be'),
                            (['--nodes'], '--nodes needs a value'), (['-N', '1', ':'], "':' is not an option")):
            with self.subTest(words=words):
                self.assertIn(part, self.run_there('true', place=words)['problem'])

    def test_refusals(self):
        for place, part in ((['-p', 'nowhere'], 'Invalid partition'), (['--nodes', '9'], 'Node count'),
                            (['--cpus-per-task=99'], 'More processors requested'), (['--nonsense=1'], 'nonsense')):
            with self.subTest(place=place):
                end = self.run_there('true', place=place)
                self.assertEqual((end['failure'], end['may_pass']), (REFUSED, 0), end)
                self.assertIn(part, end['error'])
        self.assert_nothing_left()

    def test_variables_that_shells_drop(self):
        for name in ('A.B', 'BASH_FUNC_f%%'):
            with self.subTest(name=name):
                end = self.run_there('true', options=['-e', f'{name}=hidden-value'])
                self.assertEqual((end['failure'], end['may_pass']), (REFUSED, 0), end)
                self.assertIn(f"cannot have a variable '{name}'", end['error'])
                self.assertNotIn('hidden-value', end['error'])
        # Those that nobody has set, and those that every shell passes on.
        end = self.run_there('sh', '-c', 'env | grep ^UID=', options=['-e', 'UID=7', '-u', 'A.B'],
                             env={**self.slurm.env, 'A.B': '1', 'C.D': '1'})
        self.assertEqual(end['output'], b'UID=7\n')
        self.assert_nothing_left()

    def test_missing_things(self):
        end = self.run_there('true', options=['-d', '/nonexistent'])
        self.assertEqual((end['failure'], end['error']), (REFUSED, f"{end['node']} has no directory '/nonexistent'"))
        end = self.run_there('nonexistent')
        self.assertEqual((end['failure'], end['error']), (REFUSED, f"{end['node']} has no program 'nonexistent'"))
        self.assert_nothing_left()

    def test_no_slurm(self):
        end = self.run_there('true', env={**self.slurm.env, 'SLURM_CONF': '/nonexistent'})
        self.assertEqual(end['failure'], UNREACHABLE)
        self.assertIn('not set up here', end['error'])
        end = self.run_there('true', env={**self.slurm.env, 'PATH': '/nonexistent'})
        self.assertEqual(end['failure'], UNREACHABLE)
        self.assertIn('not installed here', end['error'])
        self.assert_nothing_left()

    # ---- Taking over ----

    def killed(self, *words, until='runs', **settings):
        """The job of one that was killed."""
        command = self.begin(*words, **settings)
        command.wait_until(until)
        if until == 'waits':
            cluster.wait_for(lambda: [look for look in command.looks() if look[1]], 'a job')
        command.process.kill()
        command.end()
        return command.looks()[-1][1]

    def test_take_over_while_it_runs(self):
        mark = pathlib.Path(self.folder, 'go')
        job = self.killed('sh', '-c', f'echo one; while [ ! -e "{mark}" ]; do sleep 0.05; done; echo two; exit 6')
        command = self.begin('false', options=['-k', job])
        command.wait_until('runs')
        mark.touch()
        end = command.end()
        self.assertEqual((end['failure'], end['exit'], end['output'], str(end['job'])), (OK, 6, b'one\ntwo\n', job), end)
        mark.unlink()
        self.assert_nothing_left()

    def test_take_over_after_its_end(self):
        mark = pathlib.Path(self.folder, 'go')
        job = self.killed('sh', '-c', f'echo one; while [ ! -e "{mark}" ]; do sleep 0.05; done; exit 7')
        mark.touch()
        cluster.wait_for(lambda: not self.slurm.jobs(), 'the end of the job')
        end = self.run_there('false', options=['-k', job])
        self.assertEqual((end['failure'], end['exit'], end['output']), (OK, 7, b'one\n'), end)
        mark.unlink()
        self.assert_nothing_left()

    def test_take_over_in_the_queue(self, prepare=lambda: None):
        job = self.killed('echo', 'one', until='waits', place=['--hold'])
        prepare()
        command = self.begin('false', options=['-k', ''])
        cluster.wait_for(lambda: [look for look in command.looks() if look[1] == job], 'the job')
        self.slurm.ask('scontrol', 'release', job)
        self.assertEqual(command.end()['output'], b'one\n')
        self.assert_nothing_left()

    def test_take_over_what_was_to_be_ended(self):
        """The script was killed before it had its job ended, which is wanted after all."""
        self.test_take_over_in_the_queue(lambda: pathlib.Path(self.folder, 'stop').write_text('10\n'))

    def test_take_over_and_end(self):
        job = self.killed(*self.stubborn())
        end = self.run_there('false', options=['-k', job, '-t', '0.5', '-g', '0.2'])
        self.assertEqual((end['timed_out'], end['left']), (1, ''), end)
        cluster.wait_for(lambda: not self.processes(self.mark), 'the end of the tree')
        self.assert_nothing_left()

    def test_take_over_without_srun(self):
        """The machine of the earlier run was started again: nobody has what the command prints."""
        job = self.killed('sleep', '1000')
        self.kill_processes()
        end = self.run_there('false', options=['-k', job])
        self.assertEqual((end['failure'], end['may_pass'], end['left']), (LOST, 1, ''), end)
        self.assert_nothing_left()

    def test_take_over_of_an_orphan(self):
        """It was noted that srun is gone, but the job goes on: it is cancelled, and waited for no longer."""
        job = self.killed('sleep', '1000')
        self.kill_processes()
        pathlib.Path(self.folder, 'code').write_text('137 .\n')
        end = self.run_there('false', options=['-k', job])
        self.assertEqual((end['failure'], end['may_pass'], end['left']), (LOST, 1, ''), end)
        self.assert_nothing_left()

    def test_take_over_what_nobody_knows(self):
        end = self.run_there('false', options=['-k', '4711'])
        self.assertEqual((end['failure'], end['may_pass']), (OTHER, 1), end)

    # ---- Inside a job, and elsewhere ----

    def test_a_job_of_its_own_inside_a_job(self):
        outer = {'SLURM_JOB_ID': '1', 'SLURM_JOBID': '1', 'SLURM_NTASKS': '3', 'SLURM_NNODES': '3',
                 'SLURM_LABELIO': '1', 'SLURM_STDOUTMODE': '/nonexistent/x'}
        end = self.run_there('sh', '-c', 'echo $SLURM_NTASKS', env={**self.slurm.env, **outer})
        self.assertEqual((end['failure'], end['output']), (OK, b'1\n'), end)

    def test_folder(self):
        shared = tempfile.mkdtemp(prefix='staged-shared-')
        self.addCleanup(shutil.rmtree, shared)
        end = self.run_there('ls', shared, place=['--folder', shared])
        self.assertTrue(end['output'].startswith(b'staged-'), end)
        self.assertEqual(os.listdir(shared), [])
        self.assert_nothing_left()


tap.main()
