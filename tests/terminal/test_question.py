# SPDX-License-Identifier: BSD-3-Clause
"""Questions on a real terminal: what is shown, and that the terminal is left as it was."""
import os
import signal
import unittest

from support import tap
from support.job_shell import JobShell

PROGRAM = tap.BUILD / 'tests' / 'terminal' / 'question_program'
CTRL_C, CTRL_D, CTRL_Z = b'\x03', b'\x04', b'\x1a'


class Questions(unittest.TestCase):
    def start(self, stage):
        environment = {name: value for name, value in os.environ.items() if name != 'CI'}
        shell = JobShell([PROGRAM, '--stage', stage], {**environment, 'COLUMNS': '150', 'NO_COLOR': '1'})
        self.addCleanup(shell.close)
        return shell

    def test_text(self):
        """what is typed is shown, and logged"""
        shell = self.start('text')
        shell.wait_for(b'Which version? ')
        shell.write(b'1.3\x7f4\n')
        self.assertIn(b'1.3\x08 \x084\r\n', shell.wait_for(b'Which version?'))
        shell.wait_for(b'1.4')
        shell.wait_for(b'ended 0 with echo')

    def test_password(self):
        """a password is neither shown nor logged, wherever it turns up"""
        shell = self.start('password')
        shell.wait_for(b'Password: (not shown) ')
        shell.write(b'hunter2-and-more\n')
        said = shell.wait_for(b'ended 0 with echo')
        self.assertIn(b'***', said)
        # What the author's own command prints without being asked to mask is its own affair.
        self.assertEqual(said.count(b'hunter2'), 1)
        self.assertIn(b'\r\nhunter2-and-more\r\n', said)

    def test_interrupted(self):
        """Ctrl-C ends the script, and the terminal shows again what is typed"""
        for stage, prompt in (('text', b'version? '), ('password', b'(not shown) ')):
            with self.subTest(stage=stage):
                shell = self.start(stage)
                shell.wait_for(prompt)
                shell.write(CTRL_C)
                said = shell.wait_for(f'ended {-signal.SIGINT} with echo'.encode())
                self.assertIn(b'Interrupted', said)

    def test_end_of_input(self):
        """Ctrl-D is no answer"""
        shell = self.start('password')
        shell.wait_for(b'(not shown) ')
        shell.write(CTRL_D)
        self.assertIn(b'the input ended', shell.wait_for(b'ended 1 with echo'))

    def test_stopped(self):
        """Ctrl-Z gives the shell its terminal back; then the question is asked again"""
        for stage, prompt in (('text', b'version? '), ('password', b'(not shown) ')):
            with self.subTest(stage=stage):
                shell = self.start(stage)
                shell.wait_for(prompt)
                shell.write(b'half' + CTRL_Z)
                shell.wait_for(b'stopped with echo')
                shell.go_on()
                shell.wait_for(prompt)
                shell.write(b'whole-words\n')
                shell.wait_for(b'***' if stage == 'password' else b'whole-words')
                shell.wait_for(b'ended 0 with echo')

    def test_time_limit(self):
        """the time limit of the stage ends the wait"""
        shell = self.start('limited')
        said = shell.wait_for(b'ended 1 with echo')
        self.assertIn(b'Really? [y/n] ', said)
        self.assertIn(b'exceeded its time limit of 0.2 s', said)


tap.main()
