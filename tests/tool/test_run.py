# SPDX-License-Identifier: BSD-3-Clause
"""`staged run`."""
import unittest

from support import tap

from program import staged


class Statuses(unittest.TestCase):
    def assert_ends(self, words, status, stderr=''):
        run = staged('run', *words)
        self.assertEqual((run.returncode, run.stdout, run.stderr), (status, '', stderr))

    def test_own_status(self):
        """the exit status is the command's"""
        for status in (0, 1, 3, 124, 125, 126, 127, 200, 255):
            with self.subTest(status=status):
                self.assert_ends(['--', 'sh', '-c', f'exit {status}'], status)

    def test_signals(self):
        """128 + n for signal n"""
        for signal in (9, 11, 15):
            with self.subTest(signal=signal):
                self.assert_ends(['sh', '-c', f'kill -{signal} $$'], 128 + signal)

    def test_not_found(self):
        """127 for a program that is not there, 126 for one that cannot be run"""
        run = staged('run', 'no-such-program')
        self.assertEqual(run.returncode, 127)
        self.assertIn("'no-such-program'", run.stderr)
        self.assertEqual(staged('run', '/dev/null').returncode, 126)

    def test_timeout(self):
        """124 after the time limit"""
        run = staged('run', '--timeout', '0.05', 'sleep', '1000')
        self.assertEqual(run.returncode, 124)
        self.assertRegex(run.stderr, r'^staged run: .*timed out')

    def test_wrong_command_line(self):
        """125 for a wrong command line"""
        for words in ([], ['--no-such-option', 'true'], ['--timeout', 'soon', 'true']):
            with self.subTest(words=words):
                run = staged('run', *words)
                self.assertEqual((run.returncode, run.stdout), (125, ''))
                self.assertIn('staged run: error: ', run.stderr)


tap.main()
