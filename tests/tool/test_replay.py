# SPDX-License-Identifier: BSD-3-Clause
"""`staged replay`: the script does what the run did, in an environment that has nothing."""
import json
import os
import subprocess
import sys
import unittest

from support import tap

from records import Record
from runs_case import RunsCase

# Notes what it was given, and exits as its second word says.
STAND_IN = '''#!{python}
import json, os, sys
seen = {"words": sys.argv[1:], "directory": os.getcwd(), "environment": dict(os.environ)}
with open({log}, "a") as file:
    file.write(json.dumps(seen) + "\\n")
sys.exit(int(sys.argv[1]))
'''
# What shells, and Python in the language C, set on their own.
OF_SHELLS = ('PWD', 'OLDPWD', 'SHLVL', '_', 'LC_CTYPE')
ENVIRONMENT = {'PATH': '/usr/bin:/bin', 'LANG': 'C.UTF-8', 'HOME': 'a home', 'QUOTED': "it's \\ \"odd\"\n"}


class Replay(RunsCase):
    def setUp(self):
        super().setUp()
        self.folder = self.runs.parent.resolve()
        (self.folder / 'a folder').mkdir()
        self.log = self.folder / 'seen'
        self.program = self.folder / 'stand-in'
        self.program.write_text(STAND_IN.replace('{python}', sys.executable).replace('{log}', repr(str(self.log))), 'utf-8')
        self.program.chmod(0o755)

    def seen(self):
        """What the stand-in noted since the last time."""
        lines = self.log.read_text('utf-8').splitlines() if self.log.exists() else []
        self.log.unlink(missing_ok=True)
        seen = [json.loads(line) for line in lines]
        for call in seen:
            for name in OF_SHELLS:
                call['environment'].pop(name, None)
        return seen

    def run_itself(self, record, code, *words, directory=None, environment=None, without=(), clear=False,
                   line=None):
        """Runs the stand-in as the library would, and records that."""
        words = [str(self.program), str(code), *words] if line is None else None
        base = {} if clear else {name: value for name, value in ENVIRONMENT.items() if name not in without}
        done = subprocess.run(words or ['/bin/sh', '-c', line], cwd=self.folder / (directory or '.'),
                              env={**base, **(environment or {})}, check=False)
        self.assertEqual(done.returncode, code)
        record.command_begin(*(words or ()), command=line or 'stand-in', line=line, directory=directory,
                             environment=environment or {}, without=list(without), clear_environment=clear)
        record.command_end(code)

    def record(self, **fields):
        return Record(self.runs, directory=str(self.folder), environment=ENVIRONMENT, **fields)

    def replay(self, *words, status=0):
        """Runs the script in an empty environment and another folder: what it says on standard error."""
        script = self.staged('replay', *words)
        path = self.folder / 'replay'
        path.write_bytes(os.fsencode(script))
        path.chmod(0o755)
        done = subprocess.run([path], cwd='/', env={}, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True, check=False)
        self.assertEqual(done.returncode, status, done.stderr)
        return done.stderr

    def test_same(self):
        """words, directories and environments are those of the run, byte for byte"""
        record = self.record()
        for words, changes in [
                (['plain'], {}), (['', 'two words', "it's", '"$HOME" `x` \\', '*', '#', '~', '-n', 'a\nb\tc'], {}),
                (['é', '\udcff\udc80', 'mixed é\udce9', '\x1b[31m', "\x01'\\"], {}),
                ([], {'directory': 'a folder'}), ([], {'directory': str(self.folder / 'a folder')}),
                ([], {'environment': {'ADDED': 'two words', 'HOME': 'other', 'odd-name': '1', 'RAW': '\udcfe'}}),
                ([], {'without': ['HOME', 'NONE']}),
                (['x'], {'clear': True, 'environment': {'ONLY': '=1'}, 'directory': 'a folder'}),
                ([], {'clear': True}),
                ([], {'line': f"'{self.program}' 0 \"$HOME\" | cat; '{self.program}' 0 'é' \"$ADDED\"",
                      'environment': {'ADDED': '1'}})]:
            self.run_itself(record, 0, *words, **changes)
        self.run_itself(record, 3, 'fails as it did')
        record.end('failed')
        expected = self.seen()
        self.assertEqual(len(expected), 12)
        self.assertEqual(self.replay(), '')
        self.assertEqual(self.seen(), expected)

    def test_plain_shell(self):
        """without odd bytes it is for any shell, with some for bash, and printable all the same"""
        self.record().run('echo', 'é').end()
        self.assertTrue(self.staged('replay').startswith('#!/bin/sh\n'))
        self.record(began='20261129T183112Z').run('echo', '\udcff\x1b[31m').end()
        script = self.staged('replay')
        self.assertTrue(script.startswith('#!/usr/bin/env bash\n'))
        self.assertIn("(exec echo $'\\377\\033[31m')\n", script)

    def test_other_end(self):
        """a command that ends differently ends the script, unless it is to go on"""
        record = self.record()
        record.run(str(self.program), '1').run(str(self.program), '0').end()
        self.assertEqual(self.replay(status=1), 'replay: command 1 ended with exit status 1, in the run with 0\n')
        self.assertEqual(len(self.seen()), 1)
        self.replay('--keep-going')
        self.assertEqual(len(self.seen()), 2)

    def test_odd_programs(self):
        """programs whose names mean something to `env` and `exec`"""
        record = self.record()
        for name in ('a=b', '-x'):
            (self.folder / name).symlink_to(self.program)
            for environment in ({}, {'ADDED': '1'}):
                record.run(name, '0', environment={'PATH': f'{self.folder}:/usr/bin:/bin', **environment})
        record.run('./a=b', '0').run('other name', '0', program='./-x')
        record.run('other name', '0', program='./-x', environment={'ADDED': '1'}).end()
        self.replay()
        self.assertEqual([call['environment'].get('ADDED') for call in self.seen()],
                         [None, '1', None, '1', None, None, '1'])

    def test_beside(self):
        """commands that ran beside others do so again, and end where they ended"""
        record = self.record()
        record.command_begin('sleep', '1000').after(1)
        record.run(str(self.program), '0')
        record.number = 1
        record.command_end(0, signal=15, expected=True)
        record.number = 2
        record.command_begin('sh', '-c', 'exit 4').after(1).run('true')
        record.number = 3
        record.command_end(4).end()
        # Some shells say that a command was terminated.
        self.assertNotIn('replay:', self.replay())
        self.assertEqual(len(self.seen()), 1)

    def test_no_such_stage(self):
        """a stage that did not run is refused: a script without a command would pass"""
        run = Record(self.runs).begin().whole_stage('build', ['true']).end()
        self.assertEqual(self.staged('replay', '--stage', 'biuld', status=2),
                         f"staged replay: no stage 'biuld' ran in run {run.folder.name}; `staged show` lists its stages\n")

    def test_stage(self):
        """only one stage; and what is told in comments"""
        record = self.record(suffix='first')
        record.whole_stage('build', ['true']).stage_begin('wait\nrm -rf').attempt_begin()
        record.command_begin('true', timeout_s=90).command_end(timed_out=True, code=0)
        record.command_begin(command='sleep 5\nrm -rf .', runs=False)
        record.command_begin('echo', 'secret=***').died()
        script = self.staged('replay', '--stage', 'wait\nrm -rf')
        self.assertNotIn("stage 'build'", script)
        self.assertIn("\n# 2: stage 'wait rm -rf', attempt 1, deploy.c:12; its time limit was 0:01:30, which it "
                      "exceeded\n(exec true)\n", script)
        self.assertIn('\n# sleep 5 rm -rf .\n', script)
        self.assertIn('\n# Secrets are masked as ***:', script)
        self.assertIn('; the record ends while it runs\n', script)
        self.assertIn('\n# Of these variables the values are not in the record: TOKEN\n', script)


if __name__ == '__main__':
    tap.main()
