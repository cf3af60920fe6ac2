# SPDX-License-Identifier: BSD-3-Clause
"""A run that cannot be recorded, or not any more, goes on, and says so once."""
import os
import resource

from records import PROGRAM, Case, lines_of
from support import tap

ANY_MORE = 'The run is not recorded any more:'
NOT_AT_ALL = 'This run is not recorded:'
# A user that owns nothing.
NOBODY = 65534


class Breakage(Case):
    def check_said_once(self, done, words):
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertEqual((done.stdout + done.stderr).count(words), 1, done.stdout)

    def test_full_disk(self):
        """a file that cannot grow ends the record, and its signal not the script"""
        self.check_said_once(self.run_it('--stage', 'break', 'many', RECORDED_BREAK='full'), ANY_MORE)
        self.assertEqual(len(self.events('run')), 1)
        self.assertEqual(self.events('script_end'), [])

    def test_full_from_the_beginning(self):
        """not even the first line can be written"""
        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
        self.check_said_once(self.run_it('--stage', 'many', preexec_fn=limit), ANY_MORE)

    def test_deleted_directory(self):
        """a record that is deleted while it is written ends there"""
        done = self.run_it('--stage', 'break', 'many', RECORDED_BREAK=str(self.runs))
        self.check_said_once(done, ANY_MORE)

    def test_no_directory(self):
        """a place where no directory can be made"""
        self.runs.write_text('a file', encoding='utf-8')
        self.check_said_once(self.run_it('--stage', 'many'), NOT_AT_ALL)

    def test_read_only_directory(self):
        """a directory that nothing can be made in"""
        plain = {}
        if os.geteuid() == 0:
            plain = {'user': NOBODY, 'group': NOBODY, 'extra_groups': []}
            for folder in (self.folder.parent, self.folder):
                folder.chmod(0o755)
            try:
                self.run_it('--help', **plain)
            except PermissionError:
                self.skipTest('no other user may run the program')
        self.runs.mkdir(mode=0o555)
        self.check_said_once(self.run_it('--stage', 'many', **plain), NOT_AT_ALL)
        self.assertEqual(list(self.runs.iterdir()), [])

    def test_no_locks(self):
        """a file system without locks is told of in the record, and is no reason to say anything"""
        done = self.run_it('--stage', 'many', program=PROGRAM.with_name('recorded_without_locks'))
        self.assertEqual((done.returncode, done.stderr), (0, ''))
        self.assertNotIn('not recorded', done.stdout)
        self.assertEqual([run['lock'] for run in self.events('run')], [False])
        self.assertEqual(len(self.events('script_end')), 1)

    def test_no_home(self):
        """no place for records at all"""
        variables = {name: value for name, value in os.environ.items()
                     if name not in ('HOME', 'XDG_STATE_HOME', 'STAGED_RUNS')}
        self.environment = lambda **more: {**variables, 'COLUMNS': '80'}
        self.check_said_once(self.run_it('--stage', 'print'), 'set STAGED_RUNS')

    def test_no_descriptors(self):
        """a run that needs no descriptor goes on when there is none for its record"""
        least = next(str(count) for count in range(3, 100)
                     if self.run_it('--stage', 'log', RECORDED_DESCRIPTORS=str(count),
                                    STAGED_RUNS='').returncode == 0)
        self.check_said_once(self.run_it('--stage', 'log', RECORDED_DESCRIPTORS=least), NOT_AT_ALL)

    def test_few_descriptors(self):
        """with no descriptor left for it a run is not recorded, and fails as it would without"""
        def limit():
            resource.setrlimit(resource.RLIMIT_NOFILE, (8, 8))
        plain = self.run_it('--stage', 'print', preexec_fn=limit, STAGED_RUNS='')
        done = self.run_it('--stage', 'print', preexec_fn=limit)
        self.assertEqual(done.returncode, plain.returncode, done.stdout + done.stderr)

    def test_many_at_once(self):
        """runs that begin in the same moment have a record each"""
        import subprocess
        count = 20
        runs = [subprocess.Popen([PROGRAM, '--stage', 'print'], cwd=self.folder,
                                 env=self.environment(), stdin=subprocess.DEVNULL,
                                 stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                for _ in range(count)]
        self.assertEqual([run.wait() for run in runs], [0] * count)
        records = self.records()
        self.assertEqual(len(records), count)
        for record in records:
            self.assertEqual(lines_of(record / 'events.jsonl')[-1]['event'], 'script_end')


tap.main()
