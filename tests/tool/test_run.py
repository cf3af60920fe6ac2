# SPDX-License-Identifier: BSD-3-Clause
"""`staged run`: exit statuses, attempts, limits, and what it says."""
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

from support import tap

from program import staged

# Fails until it has been run as often as its first word says; then it ends with the second.
COUNTING = 'echo x >>runs; [ "$(wc -l <runs)" -ge "$0" ] && exit "$1"; exit "${2:-1}"'
USAGE = 'usage: staged run [options] [--] COMMAND [ARGUMENT ...]\nstaged run: error: '


class Run(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def run_it(self, *words, **options):
        return staged('run', *words, cwd=self.folder, **options)

    def assert_ends(self, words, status, stdout='', stderr=''):
        run = self.run_it(*words)
        self.assertEqual((run.returncode, run.stdout, run.stderr), (status, stdout, stderr))

    def runs(self):
        """How often COUNTING was run."""
        runs = self.folder / 'runs'
        count = len(runs.read_text('utf-8').split())
        runs.unlink()
        return count


class Statuses(Run):
    def test_own_status(self):
        """the exit status is the command's"""
        for status in (0, 1, 3, 75, 124, 125, 126, 127, 200, 255):
            with self.subTest(status=status):
                self.assert_ends(['--', 'sh', '-c', f'exit {status}'], status)

    def test_signals(self):
        """128 + n for signal n"""
        for signal in (9, 13, 15):
            with self.subTest(signal=signal):
                self.assert_ends(['sh', '-c', f'kill -{signal} $$'], 128 + signal)

    def test_not_started(self):
        """127 for a program that is not there, 126 for one that cannot be run; once"""
        for name, status in (('no-such-program', 127), ('/dev/null', 126), ('./folder', 126)):
            with self.subTest(name=name):
                (self.folder / 'folder').mkdir(exist_ok=True)
                run = self.run_it('--attempts', '3', '--delay', '0', '--', name)
                self.assertEqual((run.returncode, run.stdout), (status, ''))
                self.assertRegex(run.stderr, rf"^staged run: cannot run '{name}': .+\n$")

    def test_words(self):
        """words reach the command as they are, also those that look like options of ours"""
        for words in (['a b', '', '*', '$HOME', '--attempts', '--', '-h', '--help'], ['--'], []):
            for separator in ([], ['--']):
                with self.subTest(words=words, separator=separator):
                    run = self.run_it(*separator, 'printf', '[%s]', *words)
                    self.assertEqual(run.stdout, ''.join(f'[{word}]' for word in words or ['']))

    def test_environment(self):
        """the command has our environment and our descriptors"""
        environment = {**os.environ, 'SOME_NAME': 'some value'}
        words = ['sh', '-c', 'env | sort; exit']
        direct = subprocess.run(words, env=environment, cwd=self.folder, stdout=subprocess.PIPE,
                                text=True, check=True)
        self.assertEqual(self.run_it(*words, env=environment).stdout, direct.stdout)
        read_end, write_end = os.pipe()
        try:
            run = self.run_it('sh', '-c', f'echo through >&{write_end}', pass_fds=[write_end])
            self.assertEqual((run.returncode, run.stderr), (0, ''))
            self.assertEqual(os.read(read_end, 100), b'through\n')
        finally:
            os.close(read_end)
            os.close(write_end)

    def test_ok(self):
        """what --ok names becomes 0, and 0 that it does not name becomes 1, with a word"""
        for codes, status, seen in (('0,3', 3, 0), ('0,3', 0, 0), ('2-4,7', 3, 0), ('2-4,7', 7, 0),
                                    ('2-4,7', 5, 5), ('143', 'TERM', 0)):
            with self.subTest(codes=codes, status=status):
                how = f'kill -{status} $$' if status == 'TERM' else f'exit {status}'
                self.assert_ends(['--ok', codes, 'sh', '-c', how], seen)
        self.assert_ends(['--ok', '3', 'true'], 1,
                         stderr="staged run: 'true' exited with 0, which --ok does not list\n")


class Attempts(Run):
    def test_until_it_succeeds(self):
        """another attempt follows a failure, until one succeeds"""
        self.assert_ends(
            ['--attempts', '5', '--delay', '0', 'sh', '-c', COUNTING, '3', '0'], 0,
            stderr='staged run: attempt 1 of 5 failed with exit status 1; the next begins at once\n'
                   'staged run: attempt 2 of 5 failed with exit status 1; the next begins at once\n')
        self.assertEqual(self.runs(), 3)

    def test_none_is_left(self):
        """after the last attempt its exit status counts"""
        self.assert_ends(
            ['--attempts', '2', '--delay', '1ms', 'sh', '-c', COUNTING, '2', '9'], 9,
            stderr='staged run: attempt 1 of 2 failed with exit status 1; '
                   'the next begins in 0.001 s\n'
                   'staged run: attempt 2 of 2 failed with exit status 9\n')
        self.assertEqual(self.runs(), 2)

    def test_one_is_the_default(self):
        """without --attempts there is one, and no word of ours"""
        self.assert_ends(['sh', '-c', COUNTING, '2', '0', '75'], 75)
        self.assertEqual(self.runs(), 1)

    def test_any_number(self):
        """with --attempts 0 there is always another one"""
        run = self.run_it('--attempts', '0', '--delay', '0', 'sh', '-c', COUNTING, '40', '0')
        self.assertEqual((run.returncode, self.runs()), (0, 40))
        self.assertIn('staged run: attempt 39 failed with exit status 1; the next begins at once\n',
                      run.stderr)

    def test_backoff(self):
        """each delay is longer than the one before, up to a limit"""
        run = self.run_it('--attempts', '6', '--delay', '1ms', '--backoff', '2', '--max-delay',
                          '6ms', 'false')
        self.assertEqual(re.findall(r'begins in ([\d.]+) s', run.stderr),
                         ['0.001', '0.002', '0.004', '0.006', '0.006'])

    def test_jitter(self):
        """something is added to each delay"""
        run = self.run_it('--attempts', '9', '--delay', '2ms', '--jitter', '5ms', 'false')
        delays = [float(delay) for delay in re.findall(r'begins in ([\d.]+) s', run.stderr)]
        self.assertEqual(len(delays), 8)
        self.assertTrue(all(0.002 <= delay <= 0.007 for delay in delays), delays)
        self.assertGreater(len(set(delays)), 1)

    def test_retry_on_codes(self):
        """with --retry-on only what it names is tried again, and 75"""
        for status, runs in ((7, 3), (8, 3), (9, 1), (75, 3), (143, 3)):
            with self.subTest(status=status):
                how = 'kill -TERM $$' if status == 143 else f'exit {status}'
                run = self.run_it('--attempts', '3', '--delay', '0', '--retry-on', '7-8,143', 'sh',
                                  '-c', f'echo x >>runs; {how}')
                self.assertEqual((run.returncode, self.runs()), (status, runs), run.stderr)
                self.assertEqual('attempt 1 of 3 failed with exit status 9; not retried: '
                                 '--retry-on does not match\n' in run.stderr, status == 9)

    def test_retry_on_output(self):
        """with --retry-on an expression is looked for in both outputs"""
        for words, runs in ((['--retry-on', 'Connection (reset|refused)'], 2),
                            (['--retry-on', 'refused$'], 1),
                            (['--retry-on', '3', '--retry-on', '^curl: '], 2),
                            (['--retry-on', '/503/'], 2),
                            (['--retry-on', '^503$'], 1)):
            for stream in ('', ' >&2'):
                with self.subTest(words=words, stream=stream):
                    run = self.run_it('--attempts', '2', '--delay', '0', *words, 'sh', '-c',
                                      f'echo x >>runs; echo "curl: Connection refused (503)"'
                                      f'{stream}; exit 1')
                    self.assertEqual((run.returncode, self.runs()), (1, runs))
                    self.assertEqual((run.stderr if stream else run.stdout).count('curl:'), runs)

    def test_what_an_attempt_left(self):
        """what a failed attempt left running is ended before the next one"""
        self.assert_ends(['--attempts', '2', '--delay', '0', 'sh', '-c',
                          '[ -e pid ] && { kill -0 "$(cat pid)" 2>/dev/null && exit 9; exit 0; }; '
                          'sleep 1000 >/dev/null 2>&1 & echo $! >pid; exit 1'], 0,
                         stderr='staged run: attempt 1 of 2 failed with exit status 1; '
                                'the next begins at once\n')


class Limits(Run):
    def test_timeout(self):
        """124 after the time limit, with a word"""
        for time, shown in (('0.05', '0.05'), ('50ms', '0.05'), ('.001m', '0.06'), ('0.05s', '0.05')):
            with self.subTest(time=time):
                self.assert_ends(['--timeout', time, 'sleep', '1000'], 124,
                                 stderr=f"staged run: 'sleep' timed out after {shown} s\n")

    def test_time_enough(self):
        """a command that ends in time, and one without a limit, are left alone"""
        for time in ('1000', '1h', '9999d', '0'):
            with self.subTest(time=time):
                self.assert_ends(['--timeout', time, 'true'], 0)

    def test_timeout_of_attempts(self):
        """each attempt has the same time"""
        self.assert_ends(['--timeout', '50ms', '--attempts', '2', '--delay', '0', 'sleep', '1000'], 124,
                         stderr='staged run: attempt 1 of 2 timed out after 0.05 s; '
                                'the next begins at once\n'
                                'staged run: attempt 2 of 2 timed out after 0.05 s\n')

    def test_deadline_during_an_attempt(self):
        """the deadline ends an attempt, and there is no other"""
        self.assert_ends(['--deadline', '50ms', '--attempts', '3', 'sleep', '1000'], 124,
                         stderr='staged run: attempt 1 of 3 exceeded the deadline of 0.05 s\n')
        self.assert_ends(['--deadline', '50ms', '--timeout', '1000', 'sleep', '1000'], 124,
                         stderr="staged run: 'sleep' exceeded the deadline of 0.05 s\n")

    def test_deadline_between_attempts(self):
        """no attempt begins after the deadline: the exit status is the command's"""
        self.assert_ends(['--deadline', '1000', '--delay', '2000', '--attempts', '3', 'sh', '-c',
                          'exit 4'], 4,
                         stderr='staged run: attempt 1 of 3 failed with exit status 4; '
                                'no time is left for another attempt before the deadline\n')

    def test_grace(self):
        """what ignores SIGTERM is killed after the grace period; without one nothing is asked first"""
        for grace in ('0', '10ms'):
            with self.subTest(grace=grace):
                self.assert_ends(['--timeout', '50ms', '--grace', grace, 'sh', '-c',
                                  'trap "" TERM; while :; do sleep 1000; done'], 124,
                                 stderr="staged run: 'sh' timed out after 0.05 s\n")
        for grace in ('0', '1000'):
            with self.subTest(asks=grace):
                self.run_it('--timeout', '0.2', '--grace', grace, 'sh', '-c',
                            'trap ">asked; exit" TERM; sleep 1000 & wait')
                self.assertEqual((self.folder / 'asked').exists(), grace != '0')


class WrongCommandLines(Run):
    def test_refused(self):
        """a wrong command line is refused with 125, and nothing is run"""
        for words, reason in (
                ([], 'the following arguments are required: COMMAND'),
                (['--no-such-option', 'true'], 'unrecognized arguments: --no-such-option'),
                (['--timeout', 'soon', 'true'],
                 "argument --timeout: must be a time such as 5, 500ms, 2m, 1h or 1d: 'soon'"),
                (['--timeout', '1e9', 'true'], 'argument --timeout: must be a time'),
                (['--timeout', '-1', 'true'], 'argument --timeout: '),
                (['--timeout', 'nan', 'true'], 'argument --timeout: must be a time'),
                (['--timeout', '', 'true'], 'argument --timeout: must be a time'),
                (['--attempts', 'many', 'true'],
                 "argument --attempts: must be a number of attempts, or 0 for no limit: 'many'"),
                (['--attempts', '99999999999', 'true'], 'argument --attempts: must be a number'),
                (['--attempts', '2', '--backoff', '0.5', 'true'],
                 "argument --backoff: must be a number, 1 or larger: '0.5'"),
                (['--ok', '256', 'true'],
                 "argument --ok: must be exit statuses up to 255, such as 0,3-5: '256'"),
                (['--ok', '5-3', 'true'], 'argument --ok: must be exit statuses'),
                (['--ok', '1,', 'true'], 'argument --ok: must be exit statuses'),
                (['--attempts', '2', '--retry-on', '503', 'true'],
                 "argument --retry-on: exit statuses go up to 255; to search the output for it, "
                 "write '/503/'"),
                (['--attempts', '2', '--retry-on', 'a(', 'true'],
                 "argument --retry-on: invalid regular expression: 'a(': "),
                (['--secret', 'NO_SUCH_NAME', 'true'],
                 "argument --secret: the environment variable 'NO_SUCH_NAME' is not set, or empty"),
                (['--secret', 'SHORT', 'true'], "argument --secret: 'SHORT': "),
                *(([option, value, 'true'], f'{option} needs --attempts') for option, value in (
                    ('--delay', '1'), ('--backoff', '2'), ('--max-delay', '1'), ('--jitter', '1'),
                    ('--retry-on', '1')))):
            with self.subTest(words=words):
                run = self.run_it(*words, env={**os.environ, 'SHORT': 'abc'})
                self.assertEqual((run.returncode, run.stdout), (125, ''))
                self.assertTrue(run.stderr.startswith(USAGE + reason), run.stderr)

    def test_log(self):
        """a log that cannot be opened is told, and nothing is run"""
        self.assert_ends(['--log', 'no/folder', 'echo', 'x'], 125,
                         stderr="staged run: cannot open the log 'no/folder': "
                                'No such file or directory\n')


tap.main()
