# SPDX-License-Identifier: BSD-3-Clause
"""The completion that the program writes, in the shells that it is for, and its man page."""
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from support import shells, tap

from program import HAS_RUNS, STAGED, staged
from records import Record

SCRIPT = tap.BUILD / 'tests' / 'completion' / 'completion_program'
# What is typed, the tabulator included, and the words that the program then gets.
TYPED = [
    ('a verb', 'staged ne\t', ['new']),
    ('an option of the program', 'staged --vers\t', ['--version']),
    ('an option of a verb', 'staged run --attem\t', ['run', '--attempts']),
    ('a choice of a verb\'s option', 'staged runs --outcome fai\t', ['runs', '--outcome', 'failed']),
    ('a file as a verb\'s option takes', 'staged run --log fil\t', ['run', '--log', 'file one.txt']),
    ('a script', 'staged try-\t', ['try-me']),
    ('an option of a script', 'staged ./try-me --dr\t', ['./try-me', '--dry-run']),
    ('without its folder', 'staged try-me --dr\t', ['try-me', '--dry-run']),
    ('what its option takes', 'staged ./try-me --stage hello goodb\t',
     ['./try-me', '--stage', 'hello', 'goodbye']),
    ('a quoted choice', "staged ./try-me --odd 'two wo\t", ['./try-me', '--odd', 'two words']),
    ('its command', 'staged ./try-me --dry-run pl\t', ['./try-me', '--dry-run', 'plus']),
    ('a blank in its name', 'staged a\\ folder/try-me --dr\t', ['a folder/try-me', '--dry-run']),
    ('an option of a script in shell', 'staged ./deploy --targ\t', ['./deploy', '--target']),
    ('a stage of a script in shell', 'staged ./deploy --stage cl\t', ['./deploy', '--stage', 'clean']),
    ('a place of the script', 'staged ./deploy --on oursc\t', ['./deploy', '--on', 'ourscript']),
    ('a place of the operator\'s file', 'staged ./deploy --on theirf\t', ['./deploy', '--on', 'theirfile']),
    ('a place of the directory\'s file', 'staged ./deploy --on=thisd\t', ['./deploy', '--on=thisdirectory']),
    ('this machine', 'staged ./deploy --on he\t', ['./deploy', '--on', 'here']),
    ('a stage at a place', 'staged ./deploy --on clean=theirf\t',
     ['./deploy', '--on', 'clean=theirfile']),
    ('a stage at a place, step by step', 'staged ./deploy --on cl\tthi\t',
     ['./deploy', '--on', 'clean=thisdirectory']),
    ('a place of a kind that nobody knows', 'staged ./deploy --on strang\t',
     ['./deploy', '--on', 'strang']),
    ('when a stage is tried again', 'staged ./deploy --retry-on pl\t',
     ['./deploy', '--retry-on', 'place']),
    ('nothing of what is no script', 'staged file\\ one.txt --dr\t', ['file one.txt', '--dr']),
]
# The same where there are records.
TYPED_OF_RUNS = [
    ('a run', 'staged show 2026\t', ['show', '20261128T183112Z-x7k2q']),
    ('a script of a run', 'staged replay bac\t', ['replay', 'backup']),
    ('the second run', 'staged diff latest fai\t', ['diff', 'latest', 'failed']),
    ('a run after an option', 'staged report --html - lat\t', ['report', '--html', '-', 'latest']),
    ('no run for an option', 'staged show --lines lat\t', ['show', '--lines', 'lat']),
    ('scripts', 'staged stats backup dep\t', ['stats', 'backup', 'deploy']),
]
# In place of `staged FILE --print-completion SHELL`: a program is asked itself, a shell script as always.
ASKS_SCRIPT = {
    'sh': 'if [[ ${2-} == --print-completion ]]; then if [[ $1 == *deploy ]]; then command staged "$@"; '
          'else "$PWD/$1" "${@:2}"; fi; return; fi;',
    'fish': 'if test "$argv[2]" = --print-completion; if string match -q "*deploy" $argv[1]; '
            'command staged $argv; else; "$PWD/$argv[1]" $argv[2..-1]; end; return; end;',
}


class Completion(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        (self.folder / 'a folder').mkdir()
        for name in ('try-me', 'a folder/try-me'):
            (self.folder / name).symlink_to(SCRIPT)
        (self.folder / 'file one.txt').touch()
        # Where those of this home are.
        runs = self.folder / '.local/state/staged/runs'
        Record(runs).end()
        Record(runs, 'backup', '20251128T183112Z').end()
        for path, text in (('.config/staged/places', 'theirfile slurm\nstrange teleport\n'),
                           ('.staged/places', 'thisdirectory ssh box\n')):
            (self.folder / path).parent.mkdir(parents=True)
            (self.folder / path).write_text(text, 'utf-8')
            (self.folder / path).chmod(0o600)

    def check_typed(self, shell):
        if shutil.which(shell) is None:
            self.skipTest(f'{shell} is not installed')
        path = self.folder / f'.completion.{shell}'
        path.write_text(staged('--print-completion', shell).stdout, 'utf-8')
        asks = ASKS_SCRIPT.get(shell, ASKS_SCRIPT['sh'])
        deploy = self.folder / 'deploy'
        self.assertEqual(staged('new', deploy).returncode, 0)
        deploy.write_text(deploy.read_text('utf-8').replace('\nstage ', '\nplace ourscript ssh box\nstage ', 1),
                          'utf-8')
        # The shells get our path.
        os.environ['PATH'] = f'{STAGED.parent}:{os.environ["PATH"]}'
        command, settings = shells.SETUP[shell]
        terminal = shells.Terminal(self.folder, command, settings,
                                   shells.speaker(shell, 'staged', asks), f'source {path}')
        self.addCleanup(terminal.close)
        for name, typed, expected in TYPED + (TYPED_OF_RUNS if HAS_RUNS else []):
            with self.subTest(name=name):
                self.assertEqual(terminal.run(typed), expected)

    def test_bash(self):
        """bash completes verbs, files, and what a script takes"""
        self.check_typed('bash')

    def test_zsh(self):
        """zsh completes verbs, files, and what a script takes"""
        self.check_typed('zsh')

    def test_fish(self):
        """fish completes verbs, files, and what a script takes"""
        self.check_typed('fish')

    def test_unknown_shell(self):
        """another shell is refused"""
        run = staged('--print-completion', 'tcsh')
        self.assertEqual((run.returncode, run.stdout), (2, ''))
        self.assertIn("invalid choice: 'tcsh'", run.stderr)


class ManPages(unittest.TestCase):
    def setUp(self):
        if shutil.which('groff') is None:
            self.skipTest('groff is not installed')
        self.pages = {'staged': staged('--print-man').stdout, 'staged-script': (
            tap.BUILD / 'src/tool/about/staged-script.7').read_text('utf-8')}

    def each(self):
        for name, page in self.pages.items():
            with self.subTest(name=name):
                yield page

    def shown(self, name):
        """What man shows, in one line."""
        run = subprocess.run(['groff', '-man', '-Tascii', '-P-c', '-P-b', '-P-u'],
                             input=self.pages[name], text=True, stdout=subprocess.PIPE, check=True)
        return ' '.join(run.stdout.split())

    def test_no_warnings(self):
        """groff has nothing to say against the pages"""
        for page in self.each():
            run = subprocess.run(['groff', '-man', '-Tutf8', '-ww', '-z'], input=page, text=True,
                                 stderr=subprocess.PIPE, check=True)
            self.assertEqual(run.stderr, '')

    @unittest.skipUnless(shutil.which('mandoc'), 'mandoc is not installed')
    def test_mandoc(self):
        """mandoc has no error to tell of the pages"""
        for page in self.each():
            run = subprocess.run(['mandoc', '-T', 'lint', '-W', 'error'], input=page, text=True,
                                 stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
            self.assertEqual(run.stdout, '')

    def test_verbs(self):
        """staged(1) has all verbs, with their options and exit statuses"""
        text = self.shown('staged')
        for part in ('staged run', '--quiet-unless-failed', '124 after a timeout', 'staged new',
                     'staged check', 'staged runs', 'staged show', 'staged replay',
                     'staged prune', 'staged-script(7)'):
            self.assertIn(part, text)

    def test_synopsis(self):
        """each way to use the program, or a verb, has a line of its own"""
        for line in ('staged SCRIPT [ARGUMENT ...]', r'staged report \-\-diff A B \-\-html [FILE]'):
            self.assertIn(f'\n.br\n{line}\n', self.pages['staged'])

    def test_scripts(self):
        """staged-script(7) has the text, the code and the tables of the documentation"""
        text = self.shown('staged-script')
        for part in ('staged-script - staged scripts in bash', '#!/usr/bin/env staged',
                     'stage NAME HEADING [options]', '--retry-attempts N', 'run [options] [--] COMMAND...'):
            self.assertIn(part, text)
        for sign in ('|---', '**F', '```', '](', 'whose third fails'):
            self.assertNotIn(sign, text)


tap.main()
