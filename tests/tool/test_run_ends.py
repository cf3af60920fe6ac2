# SPDX-License-Identifier: BSD-3-Clause
"""How `staged run` ends what it started: whole trees, at timeouts and signals, also on a terminal."""
import os
import pathlib
import random
import signal
import subprocess
import tempfile
import time
import unittest
import uuid

from support import tap
from support.job_shell import JobShell, restore_signals
from support.processes import kill_marked, left_running, patiently_left

from program import STAGED

SIGNALS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT]
HAS_PROC = pathlib.Path('/proc/self/environ').exists()
# Children of every kind; one word is written when all are there.
TREE = ('sleep 1000 & (sleep 1000 & sleep 1000) & setsid sleep 1000 & '
        'nohup sleep 1000 >/dev/null 2>&1 & sh -c \'trap "" TERM; sleep 1000\' & '
        'echo ready; wait; wait')


class Case(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.mark = str(uuid.uuid4())
        self.addCleanup(kill_marked, self.mark.encode())
        self.environment = {**os.environ, 'STAGED_MARK': self.mark, 'SECRET': 'hunter2-and-more'}

    def assert_nothing_left(self):
        self.assertEqual(patiently_left(self.mark.encode()), [])


@unittest.skipUnless(HAS_PROC, 'there is no /proc')
class Trees(Case):
    def start(self, *words):
        child = subprocess.Popen([STAGED, 'run', *words], env=self.environment, cwd=self.folder,
                                 stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                 stderr=subprocess.PIPE, start_new_session=True,
                                 preexec_fn=restore_signals)
        self.addCleanup(child.stderr.close)
        self.addCleanup(child.stdout.close)
        self.addCleanup(child.wait)
        self.addCleanup(child.kill)
        return child

    def test_timeout(self):
        """at the time limit the whole tree is ended"""
        for words in ([], ['--log', 'log'], ['--attempts', '2', '--delay', '0']):
            with self.subTest(words=words):
                child = self.start('--timeout', '0.3', '--grace', '0.1', *words, 'sh', '-c', TREE)
                self.assertEqual(child.wait(), 124)
                self.assert_nothing_left()

    def test_signals(self):
        """a signal ends the whole tree, and us"""
        for number in SIGNALS:
            for words in ([], ['--log', 'log'], ['--attempts', '5']):
                with self.subTest(signal=number.name, words=words):
                    child = self.start('--grace', '0.1', *words, 'sh', '-c', TREE)
                    self.assertEqual(child.stdout.readline(), b'ready\n')
                    child.send_signal(number)
                    self.assertEqual(child.wait(), -number)
                    self.assertEqual(child.stderr.read(), b'')
                    self.assert_nothing_left()

    def test_signal_during_a_delay(self):
        """a signal ends the wait for the next attempt"""
        child = self.start('--attempts', '2', '--delay', '1000', 'false')
        self.assertIn(b'the next begins in 1e+03 s', child.stderr.readline())
        child.send_signal(signal.SIGTERM)
        self.assertEqual(child.wait(), -signal.SIGTERM)

    def test_quiet(self):
        """what was kept back is shown when a signal ends the command"""
        os.mkfifo(self.folder / 'ready')
        child = self.start('--quiet-unless-failed', 'sh', '-c',
                           'echo out; echo x >ready; sleep 1000')
        (self.folder / 'ready').read_bytes()
        child.send_signal(signal.SIGTERM)
        self.assertEqual(child.wait(), -signal.SIGTERM)
        self.assertEqual(child.stdout.read(), b'out\n')

    def test_ignored(self):
        """a signal that was ignored when we began, as by nohup, is ignored"""
        child = subprocess.Popen(['sh', '-c', 'trap "" HUP; "$@"', 'sh', STAGED, 'run', 'sh', '-c',
                                  'echo ready; read line; exit 7'], stdin=subprocess.PIPE,
                                 stdout=subprocess.PIPE, env=self.environment)
        self.assertEqual(child.stdout.readline(), b'ready\n')
        os.kill(child.pid, signal.SIGHUP)
        child.communicate(b'\n')
        self.assertEqual(child.returncode, 7)

    def test_daemons_stay(self):
        """what a command that succeeds leaves running stays"""
        child = self.start('sh', '-c', 'sleep 1000 >/dev/null 2>&1 &')
        self.assertEqual(child.wait(), 0)
        self.assertEqual(len(left_running(self.mark.encode())), 1)

    def test_random_moments(self):
        """signals at random moments leave nothing; $STAGED_INTERRUPTS says how many"""
        seed = int(os.environ.get('STAGED_TESTS_SEED', random.randrange(1 << 32)))
        print(f'# seed {seed}', flush=True)
        choice = random.Random(seed)
        ways = ([], ['--log', 'log'], ['--quiet-unless-failed'], ['--secret', 'SECRET'])
        for i in range(int(os.environ.get('STAGED_INTERRUPTS', '60'))):
            number = SIGNALS[i % len(SIGNALS)]
            child = self.start('--grace', '0.05', '--attempts', '3', '--delay', '0.01', '--timeout',
                               '0.05', *ways[i // len(SIGNALS) % len(ways)], 'sh', '-c', TREE)
            moment = choice.uniform(0, 0.3)
            time.sleep(moment)
            child.send_signal(number)
            child.communicate()
            self.assertIn(child.returncode, (-number, 124), f'{number.name} after {moment} s')
            self.assert_nothing_left()


class Terminal(Case):
    def start(self, *words):
        shell = JobShell([STAGED, 'run', *words], self.environment, self.folder)
        self.addCleanup(shell.close)
        return shell

    def test_ctrl_c(self):
        """Ctrl-C ends the tree, and we end by SIGINT"""
        for words in ([], ['--log', 'log'], ['--attempts', '3']):
            with self.subTest(words=words):
                shell = self.start('--grace', '0.1', *words, 'sh', '-c', TREE)
                shell.wait_for(b'ready')
                shell.write(b'\x03')
                shell.wait_for(f'ended {-signal.SIGINT} '.encode())
                self.assert_nothing_left()

    def test_ctrl_z(self):
        """a command that is stopped with Ctrl-Z stops us, and both go on; its time stands still"""
        for words in ([], ['--log', 'log'], ['--timeout', '1000']):
            with self.subTest(words=words):
                shell = self.start(*words, 'sh', '-c',
                                   'echo ready; read line; echo "line $line"; exit 7')
                shell.wait_for(b'ready')
                shell.write(b'\x1a')
                shell.wait_for(b'stopped')
                shell.go_on()
                shell.wait_for(b'continued')
                shell.write(b'words\n')
                shell.wait_for(b'line words')
                shell.wait_for(b'ended 7 ')

    def test_foreground(self):
        """the command has the terminal: it reads it, and sees that it is one"""
        shell = self.start('sh', '-c',
                           '[ -t 0 ] && [ -t 1 ] && [ -t 2 ] && read line && echo "<$line>"')
        shell.write(b'words\n')
        shell.wait_for(b'<words>')
        shell.wait_for(b'ended 0 ')

    def test_settings(self):
        """what a command changes about the terminal stays, unless it is killed"""
        for end, seen in (('exit 0', b'ended 0 without echo'), ('kill -9 $$', b'ended 137 with echo')):
            with self.subTest(end=end):
                self.start('sh', '-c', f'stty -echo; {end}').wait_for(seen)


tap.main()
