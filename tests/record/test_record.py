# SPDX-License-Identifier: BSD-3-Clause
"""What is in a record, and what is not."""
import base64
import hashlib
import json
import os
import stat
import unittest

from records import PROGRAM, STAGED, Case, lines_of
from support import schema, tap

SECRET = 's3cret "value" of it'
SHELL_SCRIPT = '''#!/usr/bin/env staged
stage one "The first"
stage_one() {
    echo 'from the body'
    run sh -c 'echo from a command; echo to error >&2'
    echo 'the end'
}
'''


class Record(Case):
    def test_stages(self):
        """stages, attempts and the end of a run are in its record"""
        self.assertEqual(self.run_it('--stage', 'again', 'print', '--again-retry-attempts=1').returncode, 0)
        begin, = self.events('script_begin')
        self.assertEqual(begin['stages'], ['print', 'again'])
        self.assertIn('--again-retry-attempts 1', begin['effective'])
        ends = [(event['stage'], event['outcome']) for event in self.events('attempt_end')
                if event['outcome'] != 'skipped']
        self.assertEqual(ends, [('print', 'passed'), ('again', 'retrying'), ('again', 'passed')])
        record, = self.records()
        events = lines_of(record / 'events.jsonl')
        self.assertEqual(events[0]['event'], 'run')
        self.assertEqual(events[0]['arguments'][1:], ['--stage', 'again', 'print', '--again-retry-attempts=1'])
        self.assertEqual(events[0]['directory'], os.path.realpath(self.folder))
        self.assertEqual(events[0]['path'], str(PROGRAM))
        self.assertEqual((events[-1]['event'], events[-1]['outcome'], events[-1]['exit_status']),
                         ('script_end', 'passed', 0))
        self.assertEqual(os.readlink(record.parent / 'latest'), record.name)

    def test_commands(self):
        """how commands ran can be read to the byte"""
        self.run_it('--stage', 'print')
        shell, _, changed, words = self.events('command_begin')
        self.assertEqual((shell['words'], shell['shell'], shell['line']),
                         (None, '/bin/sh', 'echo to output; echo to error >&2; echo and back'))
        self.assertEqual((changed['directory'], changed['environment'], changed['timeout_s'],
                          changed['expected']), ('/', {'GREETING': 'hello  world'}, 60, [0, 2]))
        self.assertEqual([word.encode(errors='surrogateescape') for word in words['words']],
                         [b'printf', b'%s', b'\xff\xfe words\n'])
        log = [event for event in self.events('log') if event['where'] and 'data' in event['text']]
        self.assertEqual(log[-1]['text'], '[data] [stays]')

    def test_output(self):
        """what commands print is kept where it does not go to a terminal, also what only the script gets"""
        done = self.run_it('--stage', 'print')
        self.assertIn('to output', done.stdout)
        self.assertIn('to error', done.stderr)
        self.assertNotIn('captured', done.stdout)
        first, asked, changed, words = map(self.kept, self.events('command_end'))
        self.assertEqual(sorted(first.split(b'\n')), [b'', b'and back', b'to error', b'to output'])
        self.assertEqual(sorted(asked.split()), [b'aside', b'captured'])
        self.assertEqual((changed, words), (b'hello  world in /\n', b'\xff\xfe words\n'))
        record, = self.records()
        self.assertEqual([path.name for path in (record / 'output').iterdir()], ['0001-print.log'])

    def test_left_running(self):
        """what a command leaves running goes on printing, past its end"""
        done = self.run_it('--stage', 'leave', program=self.with_fifos())
        self.assertEqual((done.returncode, done.stderr), (0, ''))
        self.assertIn('from what is left', done.stdout)

    def with_fifos(self):
        for name in ('go', 'gone'):
            os.mkfifo(self.folder / name)
        return PROGRAM

    def test_shell_script(self):
        """shell scripts are recorded unless told not to, with what their functions print"""
        script = self.folder / 'deploy.sh'
        script.write_text(SHELL_SCRIPT, encoding='utf-8')
        for words, runs in ((['--no-record'], str(self.runs)), ([], '')):
            done = self.run_it(script, *words, '--stage', 'one', program=STAGED, STAGED_RUNS=runs)
            self.assertEqual((done.returncode, self.records()), (0, []))
        direct = self.run_it(script, '--stage', 'one', program=STAGED)
        self.assertEqual((direct.returncode, direct.stderr), (0, 'to error\n'))
        self.assertIn('from a command', direct.stdout)
        printed, = self.events('stage_output')
        self.assertEqual(sorted(self.kept(printed).split(b'\n')),
                         [b'', b'from a command', b'from the body', b'the end', b'to error'])
        end, = self.events('command_end')
        self.assertEqual(sorted(self.kept(end).split(b'\n')), [b'', b'from a command', b'to error'])
        run, = self.events('run')
        self.assertEqual(run['script'], 'deploy')

    def test_hashes(self):
        """a script and the variables whose values are not recorded have their SHA-256, of whatever length they are"""
        script = self.folder / 'deploy.sh'
        # The padding takes another block from 56 bytes in the last one on.
        values = {f'LONG_{length}': 'x' * length for length in (*range(80), 1000)}
        script.write_text(SHELL_SCRIPT + '#' * 20000, encoding='utf-8')
        self.assertEqual(self.run_it(script, '--stage', 'one', program=STAGED, **values).returncode, 0)
        run, = self.events('run')
        self.assertEqual(run['hash'], 'sha256:' + hashlib.sha256(script.read_bytes()).hexdigest())
        salt = (self.runs / 'salt').read_text(encoding='ascii')
        for name, value in values.items():
            with self.subTest(name=name):
                hashed = hashlib.sha256(f'{salt}{name}={value}'.encode()).hexdigest()
                self.assertEqual(run['environment_hashes'][name], hashed[:16])

    def test_not_asked_for(self):
        """help and wrong command lines leave no record"""
        for word in ('--help', '--stagee'):
            self.run_it(word)
        self.assertFalse(self.runs.exists())

    def test_secrets(self):
        """no secret is in any file of a record, whatever way it is written"""
        self.assertEqual(self.run_it('--stage', 'secret', 'print').returncode, 1)
        ways = [SECRET, json.dumps(SECRET)[1:-1], base64.b64encode(SECRET.encode()).decode(),
                SECRET.replace('"', '\\"'), SECRET.replace(' ', '%20').replace('"', '%22')]
        files = [path for path in self.runs.rglob('*') if path.is_file()]
        self.assertGreaterEqual(len(files), 4)
        for path in files:
            for way in ways:
                with self.subTest(file=path.name, way=way):
                    self.assertNotIn(way.encode(), path.read_bytes())
        self.assertTrue(any(b'***' in path.read_bytes() for path in files if path.suffix == '.log'))

    def test_modes(self):
        """nobody but the owner may read a record"""
        self.run_it('--stage', 'print', preexec_fn=lambda: os.umask(0))
        for path in [self.runs, *self.runs.rglob('*')]:
            if not path.is_symlink():
                with self.subTest(path=path.name):
                    self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o700 if path.is_dir() else 0o600)

    def test_schema(self):
        """real records are what docs/run-record.schema.json says"""
        validator = schema.validator(self)
        validator.check_schema(validator.schema)
        script = self.folder / 'deploy'
        script.write_text(SHELL_SCRIPT, encoding='utf-8')
        self.run_it('--stage', 'print', 'again', 'many', 'secret')
        self.run_it(script, '--stage', 'one', program=STAGED)
        self.run_it(script, '--dry-run', program=STAGED)
        records = self.records()
        self.assertEqual(len(records), 3)
        for record in records:
            for event in lines_of(record / 'events.jsonl'):
                problems = [error.message for error in validator.iter_errors(event)]
                self.assertFalse(problems, event)
        self.assertFalse(validator.is_valid({'event': 'run'}))


tap.main()
