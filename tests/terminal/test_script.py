# SPDX-License-Identifier: BSD-3-Clause
"""What moves on the terminal of a script that runs commands, and is interrupted."""
import os
import shutil
import signal
import sys
import time
import unittest

from support import tap, terminal

PROGRAM = tap.BUILD / 'tests' / 'terminal' / 'script_program'
# Runs a command as shells run their jobs, in a process group of its own: that of a window is orphaned,
# and whatever is in one goes on when it is told to stop.
AS_JOB = """
import os, signal, sys
signal.signal(signal.SIGTTOU, signal.SIG_IGN)
job = os.fork()
if job == 0:
    os.setpgid(0, 0)
    os.tcsetpgrp(0, os.getpid())
    signal.signal(signal.SIGTTOU, signal.SIG_DFL)
    os.execv(sys.argv[1], sys.argv[1:])
os.waitpid(job, 0)
"""


@unittest.skipUnless(shutil.which('tmux'), 'tmux is not there')
class Script(unittest.TestCase):
    def begin(self, stage, before=()):
        window = terminal.Window(70, 45, [*before, PROGRAM, '--stage', stage])
        self.addCleanup(window.close)
        return window

    def test_command(self):
        """what moves stands aside for what a command writes"""
        window = self.begin('command')
        self.assertTrue(window.wait_for(lambda: any('End' in line for line in window.screen())))
        lines = window.screen()
        self.assertIn('from the command', lines)
        self.assertEqual(lines.count('moving'), 1)
        self.assertLess(lines.index('from the command'), lines.index('moving'))
        self.assertTrue(window.wait_for(window.shows_cursor), 'no cursor')

    def test_second_signal(self):
        """the cursor is back although the script had to be ended at once"""
        window = self.begin('stuck')
        self.assertTrue(window.wait_for(lambda: 'moving' in window.screen()))
        self.assertTrue(window.wait_for(lambda: not window.shows_cursor()))

        def shows_cursor_after_another():
            window.tmux('send-keys', 'C-c')
            # What comes at once would be taken for the same request; on a busy machine more may be.
            time.sleep(0.3)
            return window.shows_cursor()
        self.assertTrue(window.wait_for(shows_cursor_after_another), 'no cursor')

    def test_stopped(self):
        """a script that is stopped leaves the terminal in order, and goes on below"""
        window = self.begin('stuck', [sys.executable, '-c', AS_JOB])
        self.assertTrue(window.wait_for(lambda: 'moving' in window.screen()))
        self.assertTrue(window.wait_for(lambda: not window.shows_cursor()))
        script = int((window.folder / 'errors').read_text(encoding='utf-8'))
        # It does not hear that its terminal goes away.
        self.addCleanup(os.kill, script, signal.SIGKILL)
        os.kill(script, signal.SIGTSTP)
        self.assertTrue(window.wait_for(window.shows_cursor), 'no cursor')
        os.kill(script, signal.SIGCONT)
        self.assertTrue(window.wait_for(lambda: window.screen().count('moving') == 2))
        self.assertTrue(window.wait_for(lambda: not window.shows_cursor()), 'a cursor')


tap.main()
