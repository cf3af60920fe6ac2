# SPDX-License-Identifier: BSD-3-Clause
"""Scripts that go on with a run that was killed, or failed: what runs again, what is there again, and
when they refuse."""
import fcntl
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

from support import tap

PROGRAM = tap.BUILD / 'tests' / 'script' / 'resumable'
STAGES = ['one', 'two', 'three', 'four', 'five']


def with_inner(stages):
    """All that runs: stage three has a script within it, whose stage has the name of another one."""
    return [name for stage in stages for name in (['five', 'three'] if stage == 'three' else [stage])]


class Resume(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.top = pathlib.Path(folder.name).resolve()
        self.folder = self.top / 'here'
        self.folder.mkdir()
        self.runs = self.top / 'runs'
        self.traced = self.top / 'trace'

    def run_it(self, *words, program=PROGRAM, folder=None, **variables):
        environment = {**os.environ, 'STAGED_RUNS': str(self.runs), 'COLUMNS': '100',
                       'TRACE': str(self.traced), **variables}
        return subprocess.run([program, *words], cwd=folder or self.folder, env=environment,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True,
                              errors='surrogateescape', check=False)

    def trace(self):
        """What has run since the last time."""
        text = self.traced.read_text(errors='surrogateescape') if self.traced.exists() else ''
        self.traced.unlink(missing_ok=True)
        return text.splitlines()

    def records(self):
        """The folders of all records, the oldest first."""
        found = [path for path in self.runs.glob('*/*/events.jsonl') if not path.parent.is_symlink()]
        return [path.parent for path in sorted(found, key=lambda path: self.first_line(path)['wall_ns'])]

    @staticmethod
    def first_line(path):
        with open(path, 'rb') as file:
            return json.loads(file.readline())

    def events(self, *kinds):
        """Those of these kinds of the latest record."""
        lines = (self.records()[-1] / 'events.jsonl').read_bytes().splitlines()
        return [event for event in map(json.loads, lines) if event['event'] in kinds]

    def kill_in(self, stage, *words, how='kill', **variables):
        done = self.run_it(*(words or ['target']), END=f'{stage}={how}', **variables)
        self.assertEqual(-9 if how in ('kill', 'late') else 1, done.returncode, done.stdout + done.stderr)
        return self.trace()

    def assert_resumed(self, done, ran):
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        self.assertEqual(ran, self.trace())

    def assert_refused(self, done, *reasons):
        self.assertEqual(2, done.returncode, done.stdout + done.stderr)
        self.assertEqual('', done.stdout)
        for reason in reasons:
            self.assertIn(reason, done.stderr)
        self.assertEqual([], self.trace())

    # ---- What runs again ----

    def test_each_stage(self):
        """a run that was killed in a stage goes on with that stage"""
        for index, stage in enumerate(STAGES):
            with self.subTest(stage=stage):
                shutil.rmtree(self.runs, ignore_errors=True)
                before = self.kill_in(stage)
                self.assertEqual(with_inner(STAGES[:index + 1]), before)
                first = self.records()[-1]
                done = self.run_it('--resume')
                rest = with_inner(STAGES[index:])
                ran = self.trace()
                self.assertEqual(0, done.returncode, done.stdout + done.stderr)
                self.assertEqual(rest, ran[:-1])
                sums = before + rest
                self.assertEqual('last: ' + ' '.join(name[0] for name in sums), ran[-1])
                self.check_shown(done.stdout, STAGES[:index], first.name)
                self.check_record(first.name, STAGES[:index])

    def check_shown(self, log, earlier, number):
        self.assertIn(f'Resuming the run {number}.', re.sub(r'\s+', ' ', log))
        for stage in STAGES:
            line = re.search(rf'│ {stage} +│ [\d:.]+ +│(.*)│', log)
            if stage in earlier:
                self.assertEqual('earlier', line.group(1).strip(), log)
                self.assertEqual(1, log.count(f'`{stage}` stage passed earlier:'), log)
            else:
                self.assertNotIn('earlier', line.group(0) if line else '')
        self.assertIn(f'--resume {number}', re.sub(r'\\?\s+', ' ', log))

    def check_record(self, number, earlier):
        run, = self.events('run')
        self.assertEqual(number, run['resumes'])
        self.assertEqual(['--resume', number, 'target'], run['arguments'][1:])
        ends = [event for event in self.events('stage_end') if event['stage'] in STAGES]
        self.assertEqual(earlier, [event['stage'] for event in ends if event['earlier']])
        self.assertEqual({'passed'}, {event['outcome'] for event in ends})
        self.assertTrue(all(event['duration_ns'] > 0 for event in ends))
        begun, = self.events('script_begin')
        self.assertIn(f'--resume {number}', begun['effective'])

    def test_within_an_attempt(self):
        """a run that died in a later attempt begins that stage anew"""
        self.assertEqual([*with_inner(STAGES[:4]), 'four'], self.kill_in('four', how='late'))
        self.assert_resumed(self.run_it('--resume'), ['four', 'five', 'last: o t f t f f f f'])

    def test_twice(self):
        """a resumed run can be resumed, and what passed first counts"""
        self.kill_in('two')
        self.assertEqual(-9, self.run_it('--resume', END='four=kill').returncode)
        self.assertEqual(['two', 'five', 'three', 'four'], self.trace())
        second = self.records()[-1].name
        self.assert_resumed(self.run_it('--resume'), ['four', 'five', 'last: o t t f t f f f'])
        self.assertEqual(second, self.events('run')[0]['resumes'])
        self.assertEqual(['--resume', second, 'target'], self.events('run')[0]['arguments'][1:])
        self.assert_refused(self.run_it('--resume'), 'no run can be resumed: all runs in ', ' have passed')

    def test_failed(self):
        """a run that failed is resumed, and stages that always run do so again"""
        self.assertEqual(['one', 'two', 'last: o t'], self.kill_in('two', how='fail'))
        self.assert_resumed(self.run_it('--resume'), ['two', 'five', 'three', 'four', 'five', 'last: o t t f t f f'])

    def test_cut_off(self):
        """lines that were cut off are passed over"""
        self.kill_in('three')
        path = self.records()[-1] / 'events.jsonl'
        with open(path, 'ab') as file:
            file.write(b'{"event":"stage_end","stage":"three","outcome":"passed","duration_ns":1')
        self.assert_resumed(self.run_it('--resume'), ['five', 'three', 'four', 'five', 'last: o t f t f t f f'])

    def test_cut_anywhere(self):
        """a record that was cut off at any place is resumed or refused, and says why"""
        self.kill_in('four')
        path = self.records()[-1] / 'events.jsonl'
        whole = path.read_bytes()
        for length in range(0, len(whole), len(whole) // 23):
            with self.subTest(length=length):
                path.write_bytes(whole[:length])
                done = self.run_it('--resume', str(path), '--dry-run')
                earlier = done.stdout.count('stage passed earlier')
                if done.returncode == 2:
                    self.assertIn('is no record of a run', done.stderr)
                    self.assertNotIn(b'\n', whole[:length])
                else:
                    self.assertEqual(0, done.returncode, done.stderr)
                    ended = re.findall(rb'"stage_end".*"stage":"(\w+)".*\n', whole[:length])
                    self.assertEqual(len(set(ended) - {b'five'}), earlier)

    # ---- Which run ----

    def test_names(self):
        """a run is named by its id, the beginning of it, latest, or its path"""
        for name in (lambda run: run.name, lambda run: run.name[:-1], lambda run: 'latest', str,
                     lambda run: f'{run}/events.jsonl'):
            shutil.rmtree(self.runs, ignore_errors=True)
            self.kill_in('five')
            run = self.records()[-1]
            self.assert_resumed(self.run_it('--resume', name(run)), ['five', 'last: o t f t f f f'])
            self.assertEqual(run.name, self.events('run')[0]['resumes'])

    def test_no_such(self):
        """what names no run, or several, is refused"""
        self.assert_refused(self.run_it('--resume'), 'there is no record of a run in')
        self.kill_in('one')
        self.kill_in('one')
        self.assert_refused(self.run_it('--resume', '2'), "'2' is the beginning of several runs")
        self.assert_refused(self.run_it('--resume', 'nope'), "there is no run 'nope' in")
        self.assert_refused(self.run_it('--resume', str(self.top / 'x')), 'No such file')

    def test_latest_open(self):
        """without a name it is the latest that has not passed"""
        self.kill_in('two')
        self.assertEqual(0, self.run_it('target').returncode)
        self.assertEqual(0, self.run_it('target', '--dry-run').returncode)
        self.trace()
        self.assert_resumed(self.run_it('--resume'), ['two', 'five', 'three', 'four', 'five', 'last: o t t f t f f'])

    # ---- Its arguments ----

    def test_arguments(self):
        """the arguments of the earlier run are used again"""
        self.kill_in('two', '--word', 'a b', 'goal')
        done = self.run_it('--resume')
        self.assertIn("--word 'a b'", done.stdout)
        self.assert_resumed(done, ['two', 'five', 'three', 'four', 'five', 'last: o t t f t f f'])

    def test_same_arguments(self):
        """the same arguments may be given again"""
        self.kill_in('five', '--word', 'a b', 'goal')
        self.assert_resumed(self.run_it('--word', 'a b', 'goal', '--resume'), ['five', 'last: o t f t f f f'])

    def test_dry_run(self):
        """a dry run shows what would be resumed, and is none itself"""
        self.kill_in('four')
        done = self.run_it('--resume', '--dry-run')
        self.assertEqual(0, done.returncode)
        self.assertIn('`three` stage passed earlier:', done.stdout)
        self.trace()
        self.assert_refused(self.run_it('--resume', 'latest'), 'it was a dry run, which does nothing')
        self.assert_resumed(self.run_it('--resume'), ['four', 'five', 'last: o t f t f f f'])

    def test_usage(self):
        """wrong words are told as ever"""
        self.kill_in('four')
        self.assert_refused(self.run_it('--resume', '--bogus'), 'usage:')
        self.assert_refused(self.run_it('--resume-anyway', 'x'), 'there is nothing to resume; add --resume')

    # ---- Refusals ----

    def test_all_reasons(self):
        """all differences are told at once, and --resume-anyway overrules them"""
        self.kill_in('four', 'target')
        run = self.records()[-1]
        text = (run / 'events.jsonl').read_text()
        text = re.sub(r'"hash":"[^"]*"', '"hash":"sha256:00"', text, count=1)
        text = re.sub(r'"host":"[^"]*"', '"host":"elsewhere"', text, count=1)
        (run / 'events.jsonl').write_text(text)
        done = self.run_it('other', '--resume', folder=self.top)
        self.assert_refused(done, f'the run {run.name} cannot be resumed; nothing was run:\n',
                            '  the script has changed since\n', '  its arguments differ: target\n',
                            f"  it ran in the directory '{self.folder}'\n",
                            "  it ran on the host 'elsewhere'\n", 'Add --resume-anyway')
        self.assertEqual(6, done.stderr.count('\n'))
        self.assertEqual([run], self.records())
        done = self.run_it('other', '--resume', '--resume-anyway', folder=self.top)
        self.assert_resumed(done, ['four', 'five', 'last: o t f t f f f'])
        self.assertIn('--resume-anyway', done.stdout)

    def test_goes_on(self):
        """a run that is still going on is not resumed, whatever else is said"""
        self.kill_in('four')
        with open(self.records()[-1] / 'events.jsonl', 'rb') as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            for words in ([], ['--resume-anyway']):
                done = self.run_it('--resume', *words)
                self.assert_refused(done, '  it is still going on\n')
                self.assertNotIn('Add --resume-anyway', done.stderr)
        self.assertEqual(0, self.run_it('--resume').returncode)

    def test_passed(self):
        """a run that has passed is not resumed"""
        self.assertEqual(0, self.run_it('target').returncode)
        self.trace()
        self.assert_refused(self.run_it('--resume'), 'have passed')
        self.assert_refused(self.run_it('--resume', 'latest', '--resume-anyway'),
                            '  it has passed: nothing is left to run\n')

    def test_unrecorded(self):
        """without records nothing is resumed"""
        self.kill_in('four')
        self.assert_refused(self.run_it('--resume', '--no-record'), '--resume needs the record that')
        self.assert_refused(self.run_it('--resume', STAGED_RUNS=''), '--resume needs records of runs')

    # ---- Kept values ----

    def test_values(self):
        """kept values are there again, byte for byte"""
        value = 'a\n"b" \\ \t\udcff\u20ac%s[red]' + 'x' * 70000
        done = self.run_it('target', '--stage', 'values', 'last', BYTES=value)
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        path = self.records()[-1] / 'events.jsonl'
        path.write_bytes(b''.join(path.read_bytes().splitlines(True)[:-1]))
        self.trace()
        kept = path.parent / 'kept'
        self.assertEqual({'empty', 'bytes', 'twice'}, set(os.listdir(kept)))
        self.assertEqual({0o600}, {(kept / name).stat().st_mode & 0o777 for name in os.listdir(kept)})
        self.assertEqual(0o700, kept.stat().st_mode & 0o777)
        self.assertEqual(0, self.run_it('--resume', SHOW='1').returncode)
        self.assertEqual(['empty', 'gone is not kept', *('bytes' + value).split('\n'), 'twice2', 'last: nothing'],
                         '\n'.join(self.trace()).split('\n'))
        self.assertEqual({'empty', 'bytes', 'twice'}, set(os.listdir(self.records()[-1] / 'kept')))

    def test_secret(self):
        """a secret is not kept, and no file has it"""
        done = self.run_it('target', '--stage', 'values', SECRET='swordfish-77')
        self.assertEqual(1, done.returncode)
        self.assertIn("'secret' is not kept", done.stdout)
        for path in self.runs.rglob('*'):
            if path.is_file():
                self.assertNotIn(b'swordfish', path.read_bytes())

    def test_secret_argument(self):
        """arguments with secrets have to be given again"""
        self.kill_in('two', '--word', 'swordfish-77', 'target', SECRET='swordfish-77')
        self.assert_refused(self.run_it('--resume', SECRET='swordfish-77'), 'give all arguments again')
        done = self.run_it('--word', 'swordfish-77', 'target', '--resume', SECRET='swordfish-77')
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        self.assertNotIn('swordfish', done.stdout)

    def test_no_record(self):
        """without a record nothing is kept"""
        done = self.run_it('target', STAGED_RUNS='')
        self.assertEqual(0, done.returncode)
        self.assertEqual('last: nothing', self.trace()[-1])


if __name__ == '__main__':
    tap.main()
