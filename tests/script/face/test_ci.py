# SPDX-License-Identifier: BSD-3-Clause
"""What CI systems get to see of a script.

The logs in expected/ are compared as a whole; STAGED_ACCEPT=1 writes them anew."""
import os
import pathlib
import re
import shlex
import subprocess
import tempfile
import unittest

from support import ci_log, tap

PROGRAM = tap.BUILD / 'tests' / 'script' / 'ci_script'
EXPECTED = pathlib.Path(__file__).parent / 'expected'
GITHUB = {'GITHUB_ACTIONS': 'true'}
MIB = 1 << 20
# In one write, and so in one piece.
PIPE_BUF = 4096


def steady(text):
    """Replaces what differs from run to run."""
    text = re.sub(r'\b[a-z0-9]{32}\b', 'TOKEN', text)
    text = re.sub(r'\d:\d\d:\d\d\.\d{6}', '0:00:00.000000', text)
    text = re.sub(r'\| [\d.:]+( s)? \|$', '| TIME |', text, flags=re.M)
    text = re.sub(r'(ci_script(?:\\?\.)c)( line |,line=)\d+', r'\1\2LINE', text)
    return text.replace(shlex.quote(str(PROGRAM)), 'ci_script').replace(str(PROGRAM), 'ci_script')


class CaseOfScripts(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix='staged-ci-')
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.summary = self.folder / 'summary.md'

    def start(self, *stages, settings=None, **streams):
        environment = {'PATH': os.environ['PATH'], 'COLUMNS': '100', 'LC_ALL': 'C.UTF-8', 'TZ': 'UTC',
                       'CI_SCRIPT': str(PROGRAM), 'GITHUB_STEP_SUMMARY': str(self.summary),
                       'GITHUB_WORKSPACE': str(tap.SOURCE),
                       **{name: value for name, value in os.environ.items() if 'SAN_' in name},
                       **(GITHUB if settings is None else settings)}
        streams = {'stdout': subprocess.PIPE, 'stderr': subprocess.STDOUT, **streams}
        words = ['--stage', *stages] if stages else []
        done = subprocess.run([PROGRAM, *words], env=environment, cwd=self.folder,
                              stdin=subprocess.DEVNULL, timeout=600, check=False, **streams)
        # As it is: a carriage return is part of a mark.
        done.stdout, done.stderr = (None if text is None else text.decode()
                                    for text in (done.stdout, done.stderr))
        return done

    def compare(self, name, text):
        path = EXPECTED / f'{name}.txt'
        if os.environ.get('STAGED_ACCEPT'):
            path.write_text(text)
        self.maxDiff = 5000
        self.assertMultiLineEqual(path.read_text(), text)

    def read_summary(self):
        return self.summary.read_text() if self.summary.exists() else ''


class GitHub(CaseOfScripts):
    def transcript(self, name, *stages, **settings):
        done = self.start(*stages, **settings)
        self.compare(f'github_{name}', steady(f'exit status: {done.returncode}\n{done.stdout}'
                                              f'--- summary\n{self.read_summary()}'))
        return ci_log.commands(done.stdout)

    def test_success(self):
        """stages that pass are folded"""
        taken = self.transcript('success', 'good', 'last')
        self.assertEqual([('group', {}, 'good'), ('endgroup', {}, ''), ('group', {}, 'last'),
                          ('endgroup', {}, '')], taken)

    def test_failure(self):
        """a stage that fails is not folded, and is told with its place"""
        taken = self.transcript('failure', 'bad')
        error = [each for each in taken if each[0] == 'error']
        self.assertEqual(1, len(error))
        self.assertEqual('tests/script/face/ci_script.c', error[0][1]['file'])
        self.assertIn("echo '100% lost'", error[0][2])
        after = taken[taken.index(error[0]) + 1:]
        self.assertNotEqual('endgroup', after[0][0] if after else '')

    def test_allowed(self):
        """what may fail is a warning"""
        taken = self.transcript('allowed', 'allowed')
        self.assertEqual(['warning'], [name for name, _, _ in taken if name in ('error', 'warning')])

    def test_retry(self):
        """another attempt is a warning, with its reason"""
        taken = self.transcript('retry', 'flaky')
        self.assertEqual(['not ready: 50%, still\nwaiting'],
                         [value for name, _, value in taken if name == 'warning'])

    def test_retries_spent(self):
        """no attempt is left"""
        taken = self.transcript('spent', 'hopeless')
        self.assertEqual(['warning', 'warning', 'error'],
                         [name for name, _, _ in taken if name in ('error', 'warning')])

    def test_interrupt(self):
        """an interrupt"""
        taken = self.transcript('interrupt', 'interrupted')
        self.assertEqual(["Stage 'interrupted' was interrupted"],
                         [value for name, _, value in taken if name == 'error'])

    def test_inner(self):
        """groups of a script within a script are not nested"""
        self.transcript('inner', 'outer')

    def test_itself(self):
        """a script that a command runs leaves its marks out"""
        taken = self.transcript('itself', 'itself')
        self.assertEqual(1, sum(name == 'group' and value == 'itself' for name, _, value in taken))

    def test_wicked(self):
        """what is printed is never taken for a command"""
        done = self.start('wicked')
        self.assertEqual({'group', 'endgroup'}, {name for name, _, _ in ci_log.commands(done.stdout)})
        self.assertIn('\n::error::from printf\n', done.stdout)

    def test_commands_pass_at_last(self):
        """commands of the step pass again when the script has ended"""
        for stage in 'good', 'bad', 'wicked', 'interrupted', 'no-such-stage':
            with self.subTest(stage=stage):
                done = self.start(stage)
                self.assertEqual(('notice', {}, 'still here'),
                                 ci_log.commands(done.stdout + '::notice::still here\n')[-1])

    def test_pieces(self):
        """what lets commands pass is written in one piece"""
        done = self.start('short', settings={**GITHUB, 'MANY': '20'})
        token = re.search(r'::stop-commands::(\w+)', done.stdout).group(1)
        pieces = re.findall(rf'\n::{token}::\n.*?::stop-commands::{token}\n', done.stdout, re.DOTALL)
        self.assertGreater(len(pieces), 20)
        self.assertLessEqual(max(len(piece.encode()) for piece in pieces), PIPE_BUF)

    def test_annotations(self):
        """no more annotations of a kind than are shown"""
        done = self.start('short', settings={**GITHUB, 'MANY': '100'})
        taken = ci_log.commands(done.stdout)
        self.assertEqual(10, sum(name == 'error' for name, _, _ in taken))
        self.assertEqual(['91 more errors and 0 more warnings are in the log.'],
                         [value for name, _, value in taken if name == 'notice'])
        self.assertIn('81 more failures are in the log.', self.read_summary())

    def test_many(self):
        """a lot of commands (STAGED_COMMANDS, 1,000 by default), and a summary that has room for a thousand stages"""
        self.summary.write_text('x' * (MIB - 40000) + '\n')
        done = self.start('many', 'short', settings={
            **GITHUB, 'MANY': '1500', 'COMMANDS': os.environ.get('STAGED_COMMANDS', '1000')})
        summary = self.read_summary()
        self.assertLess(len(summary.encode()), MIB)
        self.assertGreater(len(summary.encode()), MIB - 2000)
        self.assertIn('Cut: GitHub accepts no more than 1 MiB per step.', summary)
        self.assertIn('| **Total** |', summary)
        taken = [name for name, _, _ in ci_log.commands(done.stdout)]
        self.assertNotIn('stopped', taken)

    def test_summary_is_shared(self):
        """what stands in the summary stays, and counts"""
        self.summary.write_text('x' * (MIB - 300) + '\n')
        self.start('good')
        self.assertEqual(MIB - 299, len(self.read_summary()))
        self.summary.write_text('# before\n')
        self.start('good')
        self.assertTrue(self.read_summary().startswith('# before\n\n### ci'))

    def test_errors_apart(self):
        """standard error through a pipe of its own"""
        done = self.start('wicked', stderr=subprocess.PIPE)
        self.assertEqual('::error::from standard error\n', done.stderr)
        self.assertNotIn('error', {name for name, _, _ in ci_log.commands(done.stdout)})


class GitLab(CaseOfScripts):
    def transcript(self, name, *stages):
        done = self.start(*stages, settings={'GITLAB_CI': 'true'})
        text = re.sub(r'(section_\w+):\d+:([a-z0-9_.-]+)\.[a-z0-9]{8}\r',
                      r'\1:TIME:\2.LETTERS<CR>', done.stdout)
        text = f'exit status: {done.returncode}\n' + text.replace('\x1b', '<ESC>')
        self.compare(f'gitlab_{name}', steady(text))
        self.assertEqual('', self.read_summary())
        return text

    def test_sections(self):
        """stages are sections, which may be nested"""
        text = self.transcript('inner', 'good', 'outer')
        marks = re.findall(r'section_(\w+):TIME:(.*?)\.LETTERS', text)
        self.assertEqual(['start good.1', 'end good.1', 'start outer.2', 'start inner.3',
                          'end inner.3', 'end outer.2'], [' '.join(mark) for mark in marks])

    def test_ends(self):
        """a stage that fails, is retried, is interrupted"""
        for name, stage in (('failure', 'bad'), ('retry', 'flaky'), ('interrupt', 'interrupted')):
            with self.subTest(stage=stage):
                self.transcript(name, stage)

    def test_log(self):
        """a value in the log is never a mark"""
        done = self.start('marks', settings={'GITLAB_CI': 'true'})
        self.assertIn('section_start:1:from_the_log', done.stdout)
        self.assertNotRegex(done.stdout, r'from_the_log\r\x1b\[0K')

    def marks(self, stage, **settings):
        done = self.start(stage, settings={'GITLAB_CI': 'true', **settings})
        self.assertEqual(0, done.returncode, done.stdout)
        self.assertEqual([f'start {stage}.1', f'end {stage}.1'], ci_log.sections(done.stdout))
        return done.stdout

    def test_commands(self):
        """what a command prints is never a mark, whether the run is recorded or not"""
        for runs in '', str(self.folder / 'runs'):
            with self.subTest(runs=runs):
                for name in 'begin', 'done':
                    (self.folder / name).unlink(missing_ok=True)
                text = self.marks('defused', STAGED_RUNS=runs)
                for name in 'whole', 'e[a=b]', 'late', 'tee':
                    self.assertIn(f':1:{name}\r\x1b[0;Kx\n', text)
                self.assertIn('section_start:1:open\r', text)

    def test_pieces(self):
        """nor is one that comes in pieces, and nothing else is changed"""
        text = self.marks('pieces')
        self.assertIn('section_start:1:pieces\r\x1b[0;K\x1b\x1b[0;K\x1b[0mK\x1b[K[0K\n', text)
        self.assertIn('section_start:1:both\r\x1b[0;K\n', text)

    def test_items(self):
        """nor is what the command of an item prints"""
        self.assertIn(':1:item\r\x1b[0;Kx\n', self.marks('items'))

    def test_off(self):
        """elsewhere, what a command prints is left as it is"""
        done = self.start('defused', settings={})
        self.assertIn('section_start:1:whole\r\x1b[0Kx\n', done.stdout)


class Choice(CaseOfScripts):
    def is_on(self, settings, **streams):
        path = self.folder / 'output'
        if streams.pop('to_file', False):
            with open(path, 'w', encoding='utf-8') as file:
                self.start('good', settings=settings, stdout=file)
            return '::group::' in path.read_text()
        return '::group::' in self.start('good', settings=settings, **streams).stdout

    def test_choice(self):
        """the user, the author, and the surroundings decide"""
        for expected, settings in (
                (False, {}), (True, GITHUB), (False, {'GITHUB_ACTIONS': 'false'}),
                (False, {**GITHUB, 'STAGED_CI': 'none'}), (True, {'STAGED_CI': 'github'}),
                (True, {**GITHUB, 'STAGED_CI': ''}), (False, {**GITHUB, 'AUTHOR': 'no'}),
                (True, {'STAGED_CI': 'github', 'AUTHOR': 'no'}), (False, {'GITLAB_CI': 'true'}),
                (False, {**GITHUB, 'STAGED_CI': 'gitlab'})):
            with self.subTest(settings=settings):
                self.assertEqual(expected, self.is_on(settings))

    def test_file(self):
        """a file gets no marks unless they are asked for"""
        self.assertFalse(self.is_on(GITHUB, to_file=True))
        self.assertTrue(self.is_on({'STAGED_CI': 'github'}, to_file=True))

    def test_unknown(self):
        """STAGED_CI names no system"""
        done = self.start('good', settings={'STAGED_CI': 'jenkins'})
        self.assertIn("STAGED_CI: 'jenkins' is not github, gitlab or none",
                      ' '.join(done.stdout.split()))


tap.main()
