# SPDX-License-Identifier: BSD-3-Clause
"""Records that scripts wrote themselves, as the verbs that read records see them."""
import json
import os
import shutil
import signal
import subprocess
import unittest

from support import tap

from program import STAGED
from runs_case import RunsCase

SCRIPT = r'''
stage build 'Building' --by-default
stage check 'Checking' --by-default
stage_build() { run ./stand-in "two words" $'odd\xff'; run -- sh -c './stand-in "$1"' - x; }
stage_check() { run sh -c 'echo begun; exec sleep 1000'; }
'''
STAND_IN = '#!/bin/sh\nprintf "%s|" "$PWD" "$@" >>seen\necho >>seen\n'


@unittest.skipUnless(shutil.which('bash'), 'bash is not installed')
class Real(RunsCase):
    def setUp(self):
        super().setUp()
        self.folder = self.runs.parent.resolve()
        for name, text in (('deploy', SCRIPT), ('stand-in', STAND_IN)):
            (self.folder / name).write_text(text, 'utf-8')
            (self.folder / name).chmod(0o755)
        self.environment = {**os.environ, 'STAGED_RUNS': str(self.folder / 'runs')}
        subprocess.run([STAGED, './deploy', '--dry-run'], cwd=self.folder, env=self.environment,
                       stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=True)
        if not self.runs.exists():
            self.skipTest('scripts of this build write no records')
        shutil.rmtree(self.runs)

    def test_passed(self):
        """a run that passed is listed, shown, and replayed with the same words"""
        subprocess.run([STAGED, './deploy', '--stage', 'build'], cwd=self.folder, env=self.environment,
                       stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=True)
        run, = json.loads(self.staged('runs', '--json'))
        self.assertEqual((run['script'], run['outcome'], run['exit_status']), ('deploy', 'passed', 0))
        self.assertIn('│ build │', self.staged('show'))
        seen = self.folder / 'seen'
        expected = seen.read_bytes()
        self.assertIn(b'|two words|odd\xff|\n', expected)
        seen.unlink()
        (self.folder / 'replay').write_bytes(os.fsencode(self.staged('replay')))
        subprocess.run(['bash', self.folder / 'replay'], cwd='/', env={}, check=True)
        self.assertEqual(seen.read_bytes(), expected)

    def test_killed(self):
        """a run that is watched, and killed: the stage and the command in which it died"""
        script = subprocess.Popen([STAGED, './deploy'], cwd=self.folder, env=self.environment,
                                  stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, start_new_session=True)
        self.addCleanup(script.stdout.close)
        while b'begun' not in script.stdout.readline():
            self.assertIsNone(script.poll())
        self.assertEqual(json.loads(self.staged('runs', '--json'))[0]['outcome'], 'running')
        watch = subprocess.Popen([STAGED, 'watch'], cwd=self.folder, env=self.environment, text=True,
                                 stdout=subprocess.PIPE)
        self.addCleanup(watch.stdout.close)
        while 'sleep 1000' not in (line := watch.stdout.readline()):
            self.assertNotEqual(line, '')
        os.killpg(script.pid, signal.SIGKILL)
        script.wait()
        self.assertIn('Died during', watch.stdout.read())
        self.assertEqual(watch.wait(), 1)
        run, = json.loads(self.staged('runs', '--json'))
        self.assertEqual((run['outcome'], run['stage']), ('died', 'check'))
        self.assertIn('sleep 1000', run['command'])


if __name__ == '__main__':
    tap.main()
