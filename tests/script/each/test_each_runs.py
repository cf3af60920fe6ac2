# SPDX-License-Identifier: BSD-3-Clause
"""Runs of staged_each as a whole: what is recorded, what a resumed run does, what a signal leaves, how much
memory it takes, and what a terminal shows."""
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import unittest
import uuid

from support import schema, tap
from support.processes import patiently_left
from support.terminal import Window

PROGRAM = tap.BUILD / 'tests' / 'script' / 'eaching'
TRACING = 'echo $1 >>"$TRACE"; echo "out of $1"; '


class Runs(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.top = pathlib.Path(folder.name).resolve()
        self.trace = self.top / 'trace'
        self.runs = self.top / 'runs'

    def environment(self, **variables):
        return {**os.environ, 'STAGED_RUNS': str(self.runs), 'COLUMNS': '100', 'TRACE': str(self.trace),
                'TMPDIR': str(self.top), **variables}

    def run_it(self, line, items, *words, **variables):
        done = subprocess.run([PROGRAM, *words], env=self.environment(LINE=line, **variables), cwd=self.top,
                              input='\n'.join(items), capture_output=True, text=True, check=False)
        self.assertEqual([], list(self.top.glob('staged-*')), 'temporary files are left')
        return done

    def traced(self):
        """The items that have run since the last time."""
        items = sorted(self.trace.read_text().split()) if self.trace.exists() else []
        self.trace.unlink(missing_ok=True)
        return items

    def events(self, *kinds):
        """Those of these kinds of the latest record, and its folder."""
        path, = (path for path in self.runs.glob('*/latest/events.jsonl'))
        lines = map(json.loads, path.read_bytes().splitlines())
        return [event for event in lines if not kinds or event['event'] in kinds], path.parent

    # ---- Records ----

    def test_record(self):
        """items are recorded with how they ended, and with what they printed"""
        done = self.run_it('echo "out of $1"; echo error >&2; test $1 != b', ['a', 'b', 'c'])
        self.assertEqual(1, done.returncode)
        (begin, *items, end), folder = self.events('each_begin', 'item', 'each_end')
        self.assertEqual((1, 'all', 2, None), tuple(begin[name] for name in ('number', 'name', 'jobs', 'total')))
        self.assertEqual((2, 0, 1, 0, 'failed'),
                         tuple(end[name] for name in ('passed', 'earlier', 'failed', 'not_run', 'outcome')))
        items.sort(key=lambda item: item['index'])
        for item, name in zip(items, 'abc', strict=True):
            self.assertEqual(name, item['item'])
            self.assertEqual('failed' if name == 'b' else 'passed', item['outcome'])
            self.assertEqual('exit code 1' if name == 'b' else '', item['message'])
            output = item['output']
            printed = (folder / output['file']).read_bytes()[output['offset']:][:output['length']]
            self.assertEqual(f'out of {name}\nerror\n'.encode(), printed)

    def test_schema(self):
        """these events are what docs/run-record.schema.json says"""
        validator = schema.validator(self)
        self.run_it('test $1 != b', ['a', 'b'])
        for words in ((), ('--resume',)):
            if words:
                self.run_it('test $1 != b', ['a', 'b'], *words)
            events, _ = self.events()
            self.assertIn('each_end', [event['event'] for event in events])
            for event in events:
                self.assertFalse([error.message for error in validator.iter_errors(event)], event)

    # ---- Resuming ----

    def test_resume(self):
        """a resumed run does only the items that have not passed, again and again"""
        items = ['a', 'b', 'b', 'c', 'd']
        line = TRACING + 'test ! -e "$BROKEN" || test $1 != c'
        broken = self.top / 'broken'
        broken.touch()
        self.assertEqual(1, self.run_it(line, items, BROKEN=str(broken)).returncode)
        self.assertEqual(['a', 'b', 'b', 'c', 'd'], self.traced())
        done = self.run_it(line, items, '--resume', BROKEN=str(broken))
        self.assertEqual(1, done.returncode)
        self.assertEqual(['c'], self.traced())
        self.assertIn('0 passed, 4 had passed before, 1 failed', done.stdout)
        (*earlier, failed), _ = self.events('item')
        self.assertEqual([True] * 4 + [False], [item['earlier'] for item in [*earlier, failed]])
        broken.unlink()
        done = self.run_it(line, items + ['e', 'b'], '--resume', BROKEN=str(broken))
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        self.assertEqual(['b', 'c', 'e'], self.traced())

    def test_resume_after_a_kill(self):
        """what was recorded before the script was killed is not done again"""
        line = TRACING + 'test $1 != c || test -e "$TRACE.c" || { : >"$TRACE.c"; kill -9 $PPID; }'
        items = ['a', 'b', 'c', 'd']
        done = self.run_it_killed(line, items)
        self.assertEqual(-9, done)
        self.assertEqual(['a', 'b', 'c'], self.traced())
        done = self.run_it(line, items, '--resume', JOBS='1')
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        self.assertEqual(['c', 'd'], self.traced())

    def run_it_killed(self, line, items, *words):
        return subprocess.run([PROGRAM, *words], env=self.environment(LINE=line, JOBS='1'), cwd=self.top,
                              input='\n'.join(items), capture_output=True, text=True, check=False).returncode

    def test_resume_of_a_killed_resumption(self):
        """what had passed before counts also where the run in between was killed before it came to that"""
        line = TRACING + 'test ! -e "$TRACE.stop" || kill -9 $PPID; test -e "$TRACE.good" || test $1 = c -o $1 = b'
        items = ['a', 'b', 'a', 'b', 'c', 'd']
        self.run_it(line, items, JOBS='1')
        self.assertEqual(sorted(items), self.traced())
        (self.top / 'trace.stop').touch()
        self.assertEqual(-9, self.run_it_killed(line, items, '--resume'))
        self.assertEqual(['a'], self.traced())
        (self.top / 'trace.stop').unlink()
        self.assertEqual(1, self.run_it(line, items, '--resume', JOBS='1').returncode)
        self.assertEqual(['a', 'a', 'd'], self.traced())
        (self.top / 'trace.good').touch()
        self.assertEqual(0, self.run_it(line, items + ['b'], '--resume', JOBS='1').returncode)
        self.assertEqual(['a', 'a', 'b', 'd'], self.traced())

    def test_secret_items(self):
        """an item with a secret in it is not recorded, and runs again"""
        line = TRACING + 'test $1 = hidden-secret-1'
        for words in ((), ('--resume',)):
            self.run_it(line, ['hidden-secret-1', 'other'], *words, SECRET='hidden-secret')
            self.assertIn('hidden-secret-1', self.traced())
            for path in self.runs.rglob('*'):
                if path.is_file():
                    self.assertNotIn(b'hidden-secret', path.read_bytes())

    # ---- Ends ----

    @tap.needs_signals
    def test_interrupts(self):
        """a signal ends all that runs, and the log says what was not run"""
        for number in (signal.SIGINT, signal.SIGTERM):
            with self.subTest(number=number):
                mark = f'STAGED_MARK={uuid.uuid4()}'
                name, _, value = mark.partition('=')
                line = 'sleep 1000 & echo >"$TRACE.$1"; wait'
                for item in 'a', 'b':
                    os.mkfifo(f'{self.trace}.{item}')
                child = subprocess.Popen([PROGRAM], env=self.environment(LINE=line, **{name: value}), cwd=self.top,
                                         stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                         start_new_session=True, text=True)
                child.stdin.write('a\nb\nc\n')
                child.stdin.close()
                for item in 'a', 'b':
                    with open(f'{self.trace}.{item}', encoding='utf-8') as ready:
                        ready.read()
                child.send_signal(number)
                output = child.stdout.read()
                child.stdout.close()
                self.assertEqual(-number, child.wait(), output)
                self.assertEqual([], patiently_left(mark.encode()))
                self.assertIn("Not run:  the items from 'c' on.", output)
                self.assertIn('interrupted', output)
                items, _ = self.events('item')
                self.assertEqual(['interrupted'] * 2, [item['outcome'] for item in items])
                shutil.rmtree(self.runs)
                for item in 'a', 'b':
                    os.unlink(f'{self.trace}.{item}')

    # ---- Many ----

    def peak_of(self, count):
        """The memory, in KiB, that a run of so many items takes at its peak: its addresses, as Linux counts pages per
        processor, and tells them with an error that is as large as what is looked for."""
        peak = self.top / 'peak'
        done = self.run_it(':', [f'item {i}' for i in range(count)], STAGED_RUNS='', PEAK=str(peak))
        self.assertEqual(0, done.returncode)
        return int(re.search(r'VmPeak:\s+(\d+) kB', peak.read_text()).group(1))

    @unittest.skipUnless(os.path.exists('/proc/self/status'), 'needs /proc')
    def test_memory(self):
        """a run takes no more memory for many items than for few"""
        if b'__asan_init' in PROGRAM.read_bytes() or b'__tsan_init' in PROGRAM.read_bytes():
            self.skipTest('sanitizers keep what was freed')
        few, many = self.peak_of(50), self.peak_of(1500)
        self.assertLess(many, few + 200)

    # ---- A terminal ----

    def test_live_line(self):
        """on a terminal one line shows how far all is"""
        if shutil.which('tmux') is None:
            self.skipTest('tmux is missing')
        # One of each item: what the next one begins to read may be of the writer before.
        for item in 'b', 'c':
            os.mkfifo(f'{self.trace}.{item}')
        items = self.top / 'items'
        items.write_text('a\nb\nc\n')
        window = Window(80, 24, ['sh', '-c', 'exec "$0" <"$1"', PROGRAM, items],
                        **self.environment(LINE='test $1 = a || read x <"$TRACE.$1"', JOBS='1', STAGED_RUNS=''))
        self.addCleanup(window.close)
        self.assertTrue(window.wait_for(lambda: any('all:  1 of 3' in line for line in window.screen())),
                        window.screen())
        with open(f'{self.trace}.b', 'w', encoding='utf-8') as pipe:
            pipe.write('\n')
        self.assertTrue(window.wait_for(lambda: any('all:  2 of 3' in line for line in window.screen())),
                        window.screen())
        with open(f'{self.trace}.c', 'w', encoding='utf-8') as pipe:
            pipe.write('\n')
        self.assertTrue(window.wait_for(lambda: any('Success' in line for line in window.screen())), window.screen())


tap.main()
