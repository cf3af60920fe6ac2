# SPDX-License-Identifier: BSD-3-Clause
"""`staged watch`, `staged stats` and `staged prune`."""
import datetime
import json
import os
import subprocess
import unittest

from support import tap

from program import STAGED
from records import Record
from runs_case import RunsCase


class Watch(RunsCase):
    def test_over(self):
        """a run that is over: what it did, and its exit status"""
        self.make_four()
        done = subprocess.run([STAGED, 'watch', 'deploy:-2'], cwd=self.runs.parent, text=True, check=False,
                              env={**os.environ, 'STAGED_RUNS': 'runs'}, stdout=subprocess.PIPE)
        self.assertEqual(done.returncode, 1)
        self.assertIn('''
19:31:12  stage 'build' begins: The build
19:31:12  make all
19:31:13  stage 'build' passed, after 1.0 s
19:31:13  stage 'test' begins: The test
19:31:13  make check --jobs 2
19:31:14  # exit code 2, after 1.0 s
19:31:14  stage 'test' failed, after 1.0 s
''', done.stdout)
        self.assertIn('➤ Failed command:', done.stdout)

    def watch(self):
        """Begins to watch the latest run, and returns what reads its lines, and the process."""
        process = subprocess.Popen([STAGED, 'watch', '--interval', '0.01'], cwd=self.runs.parent, text=True,
                                   env={**os.environ, 'STAGED_RUNS': 'runs'}, stdout=subprocess.PIPE)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.kill)

        def lines_until(text):
            lines = []
            while not lines or text not in lines[-1]:
                lines.append(process.stdout.readline())
                self.assertNotEqual(lines[-1], '', lines)
            return lines
        return lines_until, process

    def test_running(self):
        """a run that goes on, until it ends"""
        running = self.make_four()
        lines_until, process = self.watch()
        lines_until('pg_dump all')
        running.command_end(3).raw(b'{"event":"log","elapsed_ns":0,"wall_ns":0,"te')
        lines_until('# exit code 3')
        running.raw(b'xt":"in two pieces"}\n')
        lines_until('in two pieces')
        running.attempt_end('failed').stage_end('failed').end('failed', 3)
        self.assertIn('    Failure, exit status 3\n', lines_until('Failure'))
        self.assertEqual(process.wait(), 3)

    def test_dies(self):
        """a run that dies while it is watched"""
        running = self.make_four()
        lines_until, process = self.watch()
        lines_until('pg_dump all')
        running.died()
        lines_until('Died during')
        lines_until('│ dump ')
        lines_until('Died: the process')
        self.assertEqual(process.wait(), 1)

    def test_usual(self):
        """how long a stage usually takes, once five runs of it are known"""
        self.make_four()
        durations = self.runs / 'deploy' / 'durations'
        durations.write_text('build\t' + '7000000000 ' * 4 + '9000000000\ninstall\t1 2 3 4\n', encoding='utf-8')
        done = self.run_staged('watch', 'deploy')
        self.assertRegex(done.stdout, r"stage 'build' begins: .*\(usually 7.0 s\)\n")
        self.assertRegex(done.stdout, r"stage 'install' begins: [^(]*\n")

    def test_none(self):
        """no such run"""
        self.assertIn("no run 'none'", self.staged('watch', 'none', status=2))


class Stats(RunsCase):
    def make_many(self):
        """Ten runs, of which the later take twice as long; one in five retries, the last fails."""
        for number in range(10):
            record = Record(self.runs, began=f'202611{number + 10}T183112Z').begin()
            took = 10 if number < 5 else 20
            record.whole_stage('build', ['make'], took=took)
            record.whole_stage('test', ['make', 'check'], retries=int(number % 5 == 4), took=1,
                               outcome='failed' if number == 9 else 'passed')
            record.end('failed' if number == 9 else 'passed')

    def test_table(self):
        """rates, retries, durations, and the trend"""
        self.make_many()
        self.assert_shown(self.staged('stats'), """
                    Runs  Passed  Retried  Median     p95   Trend  Durations
            ─────────────────────────────────────────────────────────────────
            deploy    10    90 %           12.0 s  21.0 s   +91 %  ▁▁▁▁▂████
            build     10   100 %           10.0 s  20.0 s  +100 %  ▁▁▁▁▁█████
            test      10    90 %        1   1.0 s   2.0 s    +0 %  ▁▁▁▁█▁▁▁▁
            """)

    def test_json(self):
        """what programs read, of some runs"""
        self.make_many()
        figures = json.loads(self.staged('stats', '--json', '--since', '2026-11-15'))
        self.assertEqual([(item['script'], item['stage'], item['runs'], item['passed']) for item in figures],
                         [('deploy', None, 5, 4), ('deploy', 'build', 5, 5), ('deploy', 'test', 5, 4)])
        self.assertEqual(figures[1]['median_ns'], 20 * 10**9)
        self.assertIsNone(figures[1]['trend'])

    def test_odd_runs(self):
        """runs that died are no passes; those that go on, and skipped stages, do not count"""
        self.make_four()
        Record(self.runs, 'backup').whole_stage('dump', outcome='skipped').end()
        figures = {(item['script'], item['stage']): item for item in json.loads(self.staged('stats', '--json'))}
        for subject, runs, ended, passed, retried in [
                (('deploy', None), 3, 3, 1, 0), (('deploy', 'test'), 2, 2, 1, 1),
                (('deploy', 'install'), 1, 0, 0, 0), (('backup', None), 2, 1, 1, 0), (('backup', 'dump'), 2, 0, 0, 0)]:
            with self.subTest(subject=str(subject)):
                item = figures[subject]
                self.assertEqual((item['runs'], item['ended'], item['passed'], item['passed_after_retry']),
                                 (runs, ended, passed, retried))

    def test_none(self):
        """no run"""
        self.assertEqual(self.staged('stats'), 'No such run is recorded.\n')


class Prune(RunsCase):
    def left(self):
        """The ends of the ids whose folders are there."""
        return sorted(path.name[-5:] for path in self.runs.glob('*/*') if not path.is_symlink())

    def test_keep(self):
        """all but the latest of each script; what goes on stays"""
        self.make_four()
        Record(self.runs, 'backup').end()
        self.assertEqual(self.staged('prune', '--keep', '1', '--dry-run'),
                         'deploy/20261128T193112Z-bad00\nbackup/20261128T183112Z-x7k2q\n'
                         'deploy/20261128T183112Z-first\n3 runs would be removed.\n')
        self.assertEqual(len(self.left()), 5)
        self.assertIn('Removed 2 runs', self.staged('prune', '--keep', '1', 'deploy'))
        self.assertEqual(self.left(), ['died0', 'goes0', 'x7k2q'])
        self.assertIn('Removed 2 runs', self.staged('prune', '--keep', '0'))
        self.assertEqual(self.left(), ['goes0'])
        self.assertEqual(self.ids(), ['goes0'])

    def test_resumed(self):
        """a run stays that one which is kept resumes, with those that it resumes itself; a file of durations goes last"""
        moments = [f'20261128T1{hour}3112Z' for hour in range(4)]
        for i, began in enumerate(moments):
            resumes = None if i == 1 else f'{moments[i - 2]}-run{i - 2:02}' if i > 1 else None
            Record(self.runs, began=began, suffix=f'run{i:02}', resumes=resumes).end()
        (self.runs / 'deploy' / 'durations').touch()
        self.staged('prune', '--keep', '1')
        self.assertEqual(self.left(), ['run01', 'run03', 'tions'])
        self.staged('prune', '--keep', '0')
        self.assertFalse((self.runs / 'deploy').exists())

    def test_older(self):
        """those that are older than a time"""
        now = datetime.datetime.now(datetime.timezone.utc)
        for days in (1, 10, 40):
            began = (now - datetime.timedelta(days=days)).strftime('%Y%m%dT%H%M%SZ')
            Record(self.runs, began=began, suffix=f'{days:05}').end()
        self.staged('prune', '--older-than', '5w')
        self.assertEqual(self.left(), ['00001', '00010'])
        self.staged('prune', '--older-than', '12h', '--keep', '1')
        self.assertEqual(self.left(), ['00001'])

    def test_locked(self):
        """a run that seems over, and whose lock is held, stays"""
        held = Record(self.runs).lock()
        self.addCleanup(held.file.close)
        held.event('script_end', exit_status=0, outcome='passed', duration_ns=0, message='')
        self.assertIn('Removed 0 runs', self.staged('prune', '--keep', '0'))
        self.assertEqual(self.left(), ['x7k2q'])

    def test_links(self):
        """links are removed, not what they lead to; the link to the latest goes with it"""
        record = Record(self.runs).end()
        (self.runs.parent / 'precious').mkdir()
        (self.runs.parent / 'precious' / 'file').touch()
        (record.folder / 'kept').symlink_to(self.runs.parent / 'precious')
        (self.runs / 'deploy' / 'latest').symlink_to(record.id)
        self.staged('prune', '--keep', '0')
        self.assertTrue((self.runs.parent / 'precious' / 'file').exists())
        self.assertFalse((self.runs / 'deploy').exists())

    def test_which(self):
        """without a choice nothing is removed"""
        self.make_four()
        self.assertIn('Give --keep, --older-than, or both', self.staged('prune', status=2))
        self.assertIn('must be a time such as', self.staged('prune', '--older-than', '5', status=2))
        self.assertEqual(len(self.left()), 4)


if __name__ == '__main__':
    tap.main()
