# SPDX-License-Identifier: BSD-3-Clause
"""Reports that are written when the run ends that they are about."""
import json
import os
import pathlib
import signal

from records import STAGED, Case
from support import tap

PROGRAM = tap.BUILD / 'tests' / 'record' / 'reported'
SHELL = '''#!/usr/bin/env staged
stage good 'Good'
stage bad 'Bad'
stage interrupted 'Interrupted'
stage itself 'Itself'
stage_good() { cd /; run echo done; echo "[${STAGED_REPORTS-}]"; }
stage_bad() { run sh -c 'exit 3'; }
stage_interrupted() { kill -TERM "$PPID"; run sleep 1000; }
stage_itself() { run ./script --stage good; }
'''


class Reports(Case):
    """In C and in shell."""

    def setUp(self):
        super().setUp()
        self.script = self.folder / 'script'
        self.script.write_text(SHELL)
        self.script.chmod(0o755)
        self.scratch = self.folder.parent / 'scratch'
        self.scratch.mkdir()
        self.path = f'{STAGED.parent}:{os.environ["PATH"]}'

    def both(self, *words, **variables):
        """Runs both scripts, in C and in shell; yields how each ended."""
        for program in (PROGRAM, self.script):
            for file in self.folder.glob('*.*'):
                file.unlink()
            yield self.run_it(*words, program=program, **{
                'STAGED_RUNS': '', 'TMPDIR': str(self.scratch), 'PATH': self.path, 'PROGRAM': str(PROGRAM),
                **variables})
            self.assertEqual([], list(self.scratch.iterdir()), f'{program.name} left a record')

    def summary(self, name='r.json'):
        return json.loads((self.folder / name).read_text())

    def test_option(self):
        """--report, once or several times, also with a comma in the name of a file"""
        for done in self.both('--stage', 'good', '--report', 'json=a,b.json,junit=r.xml', '--report', 'html=r.html'):
            self.assertEqual(0, done.returncode, done.stderr)
            self.assertEqual('', done.stderr)
            self.assertEqual(('passed', ['good']), (self.summary('a,b.json')['outcome'],
                             [stage['name'] for stage in self.summary('a,b.json')['stages'] if stage['outcome'] == 'passed']))
            self.assertIn('<testcase', (self.folder / 'r.xml').read_text())
            self.assertIn('<!DOCTYPE html>', (self.folder / 'r.html').read_text())

    def test_variable(self):
        """STAGED_REPORTS, which commands see nothing of"""
        for done in self.both('--stage', 'good', STAGED_REPORTS='json=r.json'):
            self.assertEqual(0, done.returncode, done.stderr)
            self.assertIn('\n[]\n', done.stdout)
            self.assertEqual('passed', self.summary()['outcome'])
        for done in self.both('--stage', 'itself', STAGED_REPORTS='json=r.json'):
            self.assertIn('itself', [stage['name'] for stage in self.summary()['stages'] if stage['outcome'] == 'passed'])

    def test_failures(self):
        """a run that fails or is interrupted has them, too, and ends as it would without"""
        for done in self.both('--stage', 'bad', '--report', 'json=r.json'):
            self.assertEqual(1, done.returncode, done.stderr)
            self.assertEqual(('failed', 1, 3), (self.summary()['outcome'], self.summary()['exit_status'],
                                                self.summary()['failed_command']['exit_code']))
        for done in self.both('--stage', 'interrupted', '--report', 'json=r.json'):
            self.assertEqual(-signal.SIGTERM, done.returncode, done.stderr)
            self.assertEqual('interrupted', self.summary()['outcome'])

    def test_record(self):
        """a record that is kept anyhow stays, and --no-record keeps none"""
        for done in self.both('--stage', 'good', '--report', 'json=r.json', STAGED_RUNS=str(self.runs)):
            self.assertEqual(0, done.returncode, done.stderr)
            self.assertEqual(str(self.records()[-1]), self.summary()['folder'])
        self.assertEqual(2, len(self.records()))
        done = self.run_it('--stage', 'good', '--no-record', '--report', 'json=r.json', program=self.script,
                           PATH=self.path)
        self.assertEqual(0, done.returncode, done.stderr)
        self.assertEqual(2, len(self.records()))

    def test_resumed(self):
        """they are no part of what a resumed run has to have in common with the earlier one; nor is --keep-output"""
        (self.folder / 'script').write_text('''#!/usr/bin/env staged
            stage a 'A' --by-default
            stage b 'B' --by-default
            stage_a() { :; }
            stage_b() { [[ -e $HERE/ready ]]; }
            ''')
        variables = {'PATH': self.path, 'HERE': str(self.folder), 'program': self.script}
        for words, file in ((['--report', 'json=two.json'], 'two.json'), (['--report=json=three.json'], 'three.json'),
                            (['--keep-output'], 'one.json'), ([], 'one.json')):
            (self.folder / 'ready').unlink(missing_ok=True)
            self.assertEqual(1, self.run_it('--report', 'json=one.json', '--stage', 'a', 'b', **variables).returncode)
            (self.folder / 'one.json').unlink()
            (self.folder / 'ready').touch()
            done = self.run_it('--resume', *words, **variables)
            self.assertEqual(0, done.returncode, done.stderr)
            self.assertEqual([file], [path.name for path in self.folder.glob('*.json')])
            self.assertEqual(['earlier', 'passed'], [stage['outcome'] for stage in self.summary(file)['stages'] if stage['name']])
            (self.folder / file).unlink()

    def test_no_record(self):
        """where the record has no place, the log says so, and there are reports all the same"""
        nowhere = self.folder / 'nowhere'
        nowhere.touch()
        for done in self.both('--stage', 'good', '--report', 'json=r.json', STAGED_RUNS=str(nowhere)):
            self.assertEqual(0, done.returncode, done.stderr)
            self.assertEqual(1, done.stdout.count('This run is not recorded:'))
            self.assertEqual('passed', self.summary()['outcome'])
        for done in self.both('--stage', 'good', '--report', 'json=r.json', STAGED_RUNS=str(nowhere),
                              TMPDIR=str(nowhere)):
            self.assertEqual(0, done.returncode, done.stderr)
            self.assertEqual(1, done.stdout.count('No reports:'))

    def test_blanks(self):
        """after a comma there may be blanks, as in a list of YAML"""
        for done in self.both('--stage', 'good', STAGED_REPORTS=' json=r.json, \n  junit=r.xml'):
            self.assertEqual(0, done.returncode, done.stderr)
            self.assertEqual(['r.json', 'r.xml'], sorted(path.name for path in self.folder.glob('r.*')))

    def test_not_written(self):
        """one message says what cannot be written, and changes nothing else"""
        for done in self.both('--stage', 'good', '--report', 'json=no/r.json,junit=r.xml'):
            self.assertEqual(0, done.returncode)
            self.assertEqual([f"staged report: cannot write '{self.folder}/no/r.json': No such file or directory"],
                             done.stderr.splitlines())
            self.assertTrue((self.folder / 'r.xml').exists())

    def test_no_program(self):
        """a script in C says once where the program is not that writes them"""
        done = self.run_it('--stage', 'good', '--report', 'json=r.json,junit=r.xml', program=PROGRAM, STAGED_RUNS='',
                           PATH='/usr/bin:/bin' if not pathlib.Path('/usr/bin/staged').exists() else '')
        self.assertEqual(0, done.returncode)
        self.assertEqual(1, ' '.join(done.stdout.split()).count("the program 'staged', which writes them, is not on PATH"))
        self.assertFalse((self.folder / 'r.json').exists())

    def test_mistakes(self):
        """what is no report"""
        for word in 'pdf=r.pdf', 'json', 'json=', 'json=-', '':
            for done in self.both('--stage', 'good', '--report', word):
                self.assertEqual(2, done.returncode)
                self.assertIn(f"argument --report: '{word}' is not FORMAT=FILE", done.stderr)
        for done in self.both('--stage', 'good', '--report', 'json=r.json, jnuit=r.xml'):
            self.assertEqual(2, done.returncode)
            self.assertIn("argument --report: 'jnuit=r.xml' is not FORMAT=FILE", done.stderr)
        for done in self.both('--stage', 'good', STAGED_REPORTS='json=r.json,pdf'):
            self.assertTrue((self.folder / 'r.json,pdf').exists())
        for done in self.both('--stage', 'good', STAGED_REPORTS='pdf=r.pdf'):
            self.assertEqual(0, done.returncode)
            self.assertIn("STAGED_REPORTS: 'pdf=r.pdf' is not FORMAT=FILE", ' '.join(done.stdout.split()))

    def test_no_run(self):
        """where nothing runs, nothing is written"""
        for done in self.both('--help', STAGED_REPORTS='json=r.json'):
            self.assertEqual(0, done.returncode)
            self.assertEqual([], list(self.folder.glob('*.json')))


tap.main()
