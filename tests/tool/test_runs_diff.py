# SPDX-License-Identifier: BSD-3-Clause
"""`staged diff`: in what two runs differ."""
import shutil
import unittest

from support import tap

from records import ENVIRONMENT, Record
from runs_case import RunsCase


class Diff(RunsCase):
    def make(self, suffix, commands=(('make', 'all'),), took=1.0, **fields):
        return Record(self.runs, suffix=suffix, **fields).begin().whole_stage('build', *commands, took=took).end()

    def test_same(self):
        """two runs that do the same: nothing is said"""
        self.make('aaaaa')
        self.make('bbbbb', pid=1, environment={**ENVIRONMENT, 'PWD': '/other'}, took=1.5)
        self.assertEqual(self.staged('diff', '-1', '-2'), '')

    def differ(self, *names):
        """What is shown of two runs that differ."""
        done = self.run_staged('diff', *names)
        self.assertEqual((done.returncode, done.stderr), (1, ''))
        return done.stdout

    def test_all(self):
        """each kind of difference"""
        self.make('aaaaa', [('make', 'all'), ('make', 'doc')], took=1,
                  environment_hashes={'TOKEN': '00', 'SAME': '11', 'GONE': '22'})
        record = Record(
            self.runs, suffix='bbbbb', arguments=['/srv/deploy', '--target', 'two words'], directory='/other',
            git={'commit': '4567def'}, environment={**ENVIRONMENT, 'LANG': 'C'},
            environment_hashes={'TOKEN': '01', 'SAME': '11', 'NEW': '33'})
        record.begin().whole_stage('build', ['make', 'all'], ['make', '--jobs', 'it\'s'], retries=1, took=3)
        record.whole_stage('test', outcome='failed').end('failed', 7)
        self.assert_shown(self.differ('20261128T183112Z-a', '20261128T183112Z-b'), """
            ➤ What ran, and where:

                - directory: /srv
                + directory: /other
                - commit: 0123abc
                + commit: 4567def

            ➤ Arguments:

                - arguments: --target production
                + arguments: --target 'two words'

            ➤ Environment:

                - GONE: (set; its value is not in the record)
                - LANG: C.UTF-8
                + LANG: C
                + NEW: (set; its value is not in the record)
                - TOKEN: (one value, which is not in the record)
                + TOKEN: (another one)

            ➤ Commands:

                + make all  # exit code 1
                + make --jobs 'it'"'"'s'  # exit code 1
                - make doc
                + make --jobs 'it'"'"'s'

            ➤ Outcomes:

                - build: passed
                + build: passed (attempt 2)
                + test: failed
                - the run: passed
                + the run: failed
                - exit status: 0
                + exit status: 7

            ➤ More than twice or less than half as long:

                + build: 1.0 s, then 6.0 s
                + the run: 2.0 s, then 12.0 s

            """)

    def test_other_folder(self):
        """hashes of another folder, which have another salt, are not compared"""
        self.make('aaaaa')
        copy = shutil.copytree(next(self.runs.glob('deploy/*')), self.runs.parent / 'elsewhere/deploy/copy')
        events = copy / 'events.jsonl'
        events.write_text(events.read_text('utf-8').replace('00ff', 'ff00'), 'utf-8')
        self.assertEqual(self.staged('diff', 'latest', 'elsewhere/deploy/copy'), '')

    def test_many_commands(self):
        """thousands of commands"""
        many = [('step', str(number)) for number in range(6000)]
        self.make('aaaaa', many, took=0)
        self.make('bbbbb', [('first',), *many[:3000], ('middle',), *many[3001:]], took=0)
        self.make('ccccc', [('other', str(number)) for number in range(6000)], took=0)
        self.assertIn('    + first\n    - step 3000\n    + middle\n',
                      self.differ('20261128T183112Z-a', '20261128T183112Z-b'))
        self.assertIn('    - step 0\n    + other 0\n    - step 1\n',
                      self.differ('20261128T183112Z-a', '20261128T183112Z-c'))

    def test_no_run(self):
        """a run that is not there"""
        self.make('aaaaa')
        self.assertIn("no run 'none'", self.staged('diff', 'latest', 'none', status=2))
        self.assertIn("no run 'none'", self.staged('diff', 'none', 'latest', status=2))


if __name__ == '__main__':
    tap.main()
