# SPDX-License-Identifier: BSD-3-Clause
"""What `staged run` does with what a command writes: passes it on, masks it, keeps it back, logs it."""
import os
import pathlib
import subprocess
import tempfile
import unittest

from support import patience, tap

from program import STAGED, staged

FULL = pathlib.Path('/dev/full')
ANY_BYTES = bytes(range(256)) * 300
# Options that make the output go through us, and change nothing of it.
THROUGH_US = (['--log', 'log'], ['--secret', 'SECRET'],
              ['--attempts', '2', '--delay', '0', '--retry-on', 'zzz'])
ENVIRONMENT = {**os.environ, 'SECRET': 'hunter2-and-more'}


class Case(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.log = self.folder / 'log'

    def run_it(self, *words, **options):
        options = {'cwd': self.folder, 'env': ENVIRONMENT, 'text': False, **options}
        return staged('run', *words, **options)

    def for_each_way(self):
        for words in ([], *THROUGH_US):
            with self.subTest(words=words):
                yield words


class Passing(Case):
    def test_any_bytes(self):
        """any bytes come through as they are, on both outputs"""
        (self.folder / 'bytes').write_bytes(ANY_BYTES)
        for words in self.for_each_way():
            run = self.run_it(*words, 'sh', '-c', 'cat bytes; cat bytes >&2')
            self.assertEqual((run.returncode, run.stdout, run.stderr), (0, ANY_BYTES, ANY_BYTES))

    def test_much(self):
        """much output comes through"""
        for words in self.for_each_way():
            run = self.run_it(*words, 'seq', '1', '400000')
            self.assertEqual(run.returncode, 0)
            self.assertEqual(run.stdout.count(b'\n'), 400000)
            self.assertTrue(run.stdout.endswith(b'\n399999\n400000\n'))

    def test_standard_input(self):
        """the command reads our standard input"""
        for words in self.for_each_way():
            run = self.run_it(*words, 'cat', stdin=None, input=ANY_BYTES)
            self.assertEqual(run.stdout, ANY_BYTES)

    def test_at_once(self):
        """output comes through while the command runs"""
        for words in self.for_each_way():
            with subprocess.Popen([STAGED, 'run', *words, 'sh', '-c', 'printf early; read line'],
                                  stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=ENVIRONMENT,
                                  cwd=self.folder) as child:
                self.assertEqual(child.stdout.read(5), b'early')
                child.stdin.write(b'\n')
                child.stdin.close()
                self.assertEqual(child.wait(), 0)

    def test_order(self):
        """where both outputs are one file, their order stays"""
        for words in (*self.for_each_way(), ['--quiet-unless-failed']):
            run = self.run_it(*words, 'sh', '-c',
                              'for i in 1 2 3 4 5 6 7 8 9; do echo o$i; echo e$i >&2; done; exit 1',
                              stderr=subprocess.STDOUT)
            self.assertTrue(run.stdout.startswith(
                b''.join(b'o%d\ne%d\n' % (i, i) for i in range(1, 10))), run.stdout)

    def test_closed_streams(self):
        """closed standard streams do no harm"""
        for words in self.for_each_way():
            for closed in ('<&-', '>&-', '2>&-', '<&- >&-', '<&- >&- 2>&-'):
                with self.subTest(closed=closed):
                    script = f'"$@" {closed}; echo "status $?"'
                    run = subprocess.run(
                        ['sh', '-c', script, 'sh', STAGED, 'run', *words, 'sh', '-c',
                         'read -r line; echo output; exit 7'],
                        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, cwd=self.folder,
                        env=ENVIRONMENT, check=False)
                    output = b'' if '>&-' in closed.split() else b'output\n'
                    self.assertEqual(run.stdout, output + b'status 7\n')
                    if words[:1] == ['--log']:
                        self.assertEqual(self.log.read_bytes(), b'output\n')
                        self.log.unlink()

    def test_reader_who_leaves(self):
        """a command whose reader leaves ends as without us, and is not tried again"""
        for words in (*self.for_each_way(), ['--attempts', '3', '--delay', '0']):
            script = '{ "$@"; echo "$?" >status; } | head -n 1'
            run = subprocess.run(['sh', '-c', script, 'sh', STAGED, 'run', *words, 'yes'],
                                 stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, env=ENVIRONMENT,
                                 stderr=subprocess.PIPE, cwd=self.folder, check=False)
            self.assertEqual(run.stdout, b'y\n')
            self.assertEqual((self.folder / 'status').read_text('utf-8'), '141\n')
            self.assertLessEqual(run.stderr.count(b'attempt'), 1)

    def test_reader_who_does_not_read(self):
        """a time limit also holds while nobody reads"""
        for words in self.for_each_way():
            with subprocess.Popen([STAGED, 'run', '--timeout', '100ms', *words, 'yes'],
                                  stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                  stderr=subprocess.DEVNULL, env=ENVIRONMENT,
                                  cwd=self.folder) as child:
                self.assertEqual(child.wait(timeout=600), 124)
                child.stdout.close()

    def test_time_is_up_while_nobody_reads(self):
        """a command whose time is up, and that goes on until it is killed, keeps its output, though nobody reads"""
        script = "trap '' TERM PIPE; while :; do echo much || { : >broken; sleep 60; }; done 2>/dev/null"
        for words in self.for_each_way():
            with subprocess.Popen([STAGED, 'run', '--timeout', '100ms', '--grace', '500ms', *words, 'sh', '-c', script],
                                  stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                  env=ENVIRONMENT, cwd=self.folder) as child:
                self.assertEqual(child.wait(timeout=600), 124)
                child.stdout.close()
            self.assertFalse((self.folder / 'broken').exists())


class Secrets(Case):
    def test_masked(self):
        """the value of a variable is masked in both outputs, the log and messages"""
        run = self.run_it('--secret', 'SECRET', '--log', 'log', 'sh', '-c',
                          'echo "out: <$SECRET>."; echo "err: <$SECRET>." >&2')
        self.assertEqual((run.stdout, run.stderr), (b'out: <***>.\n', b'err: <***>.\n'))
        self.assertEqual(sorted(self.log.read_bytes().splitlines()),
                         [b'err: <***>.', b'out: <***>.'])
        run = self.run_it('--secret', 'SECRET', ENVIRONMENT['SECRET'])
        self.assertEqual(run.stderr, b"staged run: cannot run '***': no such program\n")

    def test_in_pieces(self):
        """a value that comes in pieces is masked"""
        run = self.run_it('--secret', 'SECRET', 'sh', '-c',
                          'printf "x hunter2"; sleep 0.02; printf -- "-and-"; sleep 0.02; '
                          'printf "more y, hunter2-and-less"')
        self.assertEqual(run.stdout, b'x *** y, hunter2-and-less')

    def test_several(self):
        """several variables"""
        run = self.run_it('--secret', 'SECRET', '--secret', 'OTHER', 'sh', '-c',
                          'echo "$SECRET $OTHER"', env={**ENVIRONMENT, 'OTHER': 'swordfish'})
        self.assertEqual(run.stdout, b'*** ***\n')


class Quiet(Case):
    def test_success(self):
        """of a success nothing is seen, of the attempts before it neither"""
        run = self.run_it('--quiet-unless-failed', 'sh', '-c', 'echo out; echo err >&2')
        self.assertEqual((run.returncode, run.stdout, run.stderr), (0, b'', b''))
        run = self.run_it('--quiet-unless-failed', '--attempts', '2', '--delay', '0', 'sh', '-c',
                          'echo out; [ -e there ] && exit; >there; exit 1')
        self.assertEqual((run.returncode, run.stdout, run.stderr), (0, b'', b''))
        self.assertEqual(self.run_it('--quiet-unless-failed', '--ok', '3', 'sh', '-c',
                                     'echo out; exit 3').stdout, b'')

    def test_failure(self):
        """of a failure all is seen, each output where it belongs"""
        run = self.run_it('--quiet-unless-failed', 'sh', '-c', 'echo out; echo err >&2; exit 3')
        self.assertEqual((run.returncode, run.stdout, run.stderr), (3, b'out\n', b'err\n'))
        limit_s, run = patience.with_more_time(
            lambda limit_s: (limit_s, self.run_it('--quiet-unless-failed', '--timeout', str(limit_s), 'sh', '-c',
                                                  'echo out; sleep 1000')), lambda found: found[1].stdout)
        self.assertEqual((run.returncode, run.stdout, run.stderr),
                         (124, b'out\n', f"staged run: 'sh' timed out after {limit_s} s\n".encode()))
        run = self.run_it('--quiet-unless-failed', 'no-such-program')
        self.assertEqual((run.returncode, run.stderr),
                         (127, b"staged run: cannot run 'no-such-program': no such program\n"))

    def test_much(self):
        """much output, and any bytes, are kept back as they are"""
        (self.folder / 'bytes').write_bytes(ANY_BYTES * 20)
        run = self.run_it('--quiet-unless-failed', 'sh', '-c', 'cat bytes; exit 1')
        self.assertEqual((run.returncode, run.stdout), (1, ANY_BYTES * 20))

    def test_no_place_to_keep_it(self):
        """without a temporary file nothing is run"""
        run = self.run_it('--quiet-unless-failed', 'sh', '-c', '>there',
                          env={**os.environ, 'TMPDIR': str(self.folder / 'none')})
        self.assertEqual(run.returncode, 125)
        self.assertEqual(run.stderr, b'staged run: cannot create a temporary file for the output: '
                                     b'No such file or directory\n')
        self.assertFalse((self.folder / 'there').exists())

    def test_no_file_is_left(self):
        """the temporary file has no name"""
        run = self.run_it('--quiet-unless-failed', 'sh', '-c', 'echo *; exit 1',
                          env={**os.environ, 'TMPDIR': str(self.folder)})
        self.assertEqual(run.stdout, b'*\n')


class Log(Case):
    def test_appended(self):
        """all that is shown is appended to the log, also what is kept back"""
        self.log.write_text('before\n', 'utf-8')
        run = self.run_it('--log', 'log', '--quiet-unless-failed', '--attempts', '2', '--delay',
                          '0', 'sh', '-c', 'echo out; [ -e there ] && exit; >there; exit 1')
        self.assertEqual((run.returncode, run.stdout, run.stderr), (0, b'', b''))
        self.assertEqual(self.log.read_text('utf-8'),
                         'before\nout\n'
                         'staged run: attempt 1 of 2 failed with exit status 1; '
                         'the next begins at once\nout\n')

    @unittest.skipUnless(FULL.exists(), f'no {FULL}')
    def test_full(self):
        """a log that cannot be written is told, and makes a success a failure"""
        for status in (0, 3):
            run = self.run_it('--log', FULL, 'sh', '-c', f'echo out; exit {status}')
            self.assertEqual((run.returncode, run.stdout), (status or 125, b'out\n'))
            self.assertEqual(run.stderr, b"staged run: cannot write all of the log '/dev/full': "
                                         b'No space left on device\n')


class Watching(Case):
    def attempts(self, expression, command):
        """How many attempts of two there were."""
        (self.folder / 'runs').unlink(missing_ok=True)
        run = self.run_it('--attempts', '2', '--delay', '0', '--retry-on', expression, 'sh', '-c',
                          f'echo x >>runs; {command}; exit 1')
        self.assertEqual(run.returncode, 1)
        return len((self.folder / 'runs').read_text('utf-8').split())

    def test_pieces(self):
        """what comes in pieces is found, and so is a last line without an end"""
        self.assertEqual(self.attempts('^try again$',
                                       'printf "try"; sleep 0.02; printf " aga"; sleep 0.02; '
                                       'printf "in"'), 2)
        self.assertEqual(self.attempts('^try again$', 'printf "try again\\r\\nnext"'), 2)
        self.assertEqual(self.attempts('try again', 'echo try; echo again'), 1)
        self.assertEqual(self.attempts('try again', 'printf try; printf " again" >&2'), 1)

    def test_far_into_the_output(self):
        """what comes late, or far into a line, is found"""
        self.assertEqual(self.attempts('^Try$', 'seq 1 200000; echo Try'), 2)
        for distance in (65530, 65536, 98304, 1000000):
            self.assertEqual(self.attempts('TryAgain',
                                           f'head -c {distance} /dev/zero | tr "\\0" x; echo TryAgain'),
                             2, distance)

    def test_binary(self):
        """what stands between NULs is found"""
        self.assertEqual(self.attempts('^try again$', 'printf "a\\0\\0try again\\0b"'), 2)
        self.assertEqual(self.attempts('try again', 'printf "try\\0again"'), 1)
        self.assertEqual(self.attempts('try again', 'head -c 300000 /dev/zero; echo; echo x'), 1)


tap.main()
