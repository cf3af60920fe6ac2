# SPDX-License-Identifier: BSD-3-Clause
"""The title of a terminal's window while a script runs, and how it calls for the operator."""
import os
import pathlib
import pty
import re
import subprocess
import tempfile
import unittest

from support import tap

PROGRAM = tap.BUILD / 'tests' / 'terminal' / 'window_program'
STAGED = tap.BUILD / 'src' / 'tool' / 'staged'
KEEP, BACK = '\x1b[22;2t', '\x1b]2;\x07\x1b[23;2t'
TITLE = re.compile('\x1b\\]2;([^\x07]+)\x07')


def read(master):
    """All that is written until nobody has the terminal any more."""
    parts = []
    while True:
        try:
            part = os.read(master, 65536)
        except OSError:
            part = b''
        if not part:
            return b''.join(parts).decode()
        parts.append(part)


def run(*command, to_pipe=False, **variables):
    """What a command writes to a terminal of its own."""
    master, slave = pty.openpty()
    environment = {'PATH': os.environ['PATH'], 'TERM': 'xterm-256color', 'LC_ALL': 'C.UTF-8', 'STAGED_RUNS': '',
                   'PROGRAM': str(PROGRAM),
                   **{name: value for name, value in os.environ.items() if 'SAN_' in name}, **variables}
    process = subprocess.Popen(command, stdin=slave, stdout=subprocess.PIPE if to_pipe else slave, stderr=slave,
                               env=environment, start_new_session=True)
    os.close(slave)
    try:
        text = process.stdout.read().decode() if to_pipe else read(master)
        process.wait(timeout=300)
    finally:
        os.close(master)
        if to_pipe:
            process.stdout.close()
    return text


def titles(text):
    return TITLE.findall(text)


class Title(unittest.TestCase):
    def title(self, stage, **variables):
        return run(PROGRAM, '--stage', *stage.split(), **variables)

    def test_stages(self):
        """it names the script and its stage, without what ends a title, and is given back at the end"""
        text = self.title('good bad')
        self.assertEqual(['win[dow', 'win[dow: good', 'win[dow: bad'], titles(text))
        self.assertLess(text.index(KEEP), text.index('\x1b]2;win'))
        self.assertEqual((1, 1), (text.count(KEEP), text.count(BACK)))
        self.assertTrue(text.rstrip().endswith(BACK), text[-200:])

    def test_attempts(self):
        """it counts attempts"""
        self.assertEqual(['win[dow', 'win[dow: flaky', 'win[dow: flaky (attempt 2)'], titles(self.title('flaky')))

    def test_within(self):
        """a stage that another one runs has it for as long; a script that a command runs leaves it alone"""
        self.assertEqual(['win[dow', 'win[dow: outer', 'win[dow: last', 'win[dow: outer'],
                         titles(self.title('outer last'))[:4])
        text = self.title('itself')
        self.assertEqual(['win[dow', 'win[dow: itself'], titles(text))
        self.assertEqual(1, text.count(BACK))

    def test_signals(self):
        """it is given back after an interrupt, and by a script that is ended at once"""
        for stage in 'interrupted', 'killed':
            with self.subTest(stage=stage):
                text = self.title(stage)
                self.assertEqual((1, 1), (text.count(KEEP), text.count(BACK)))

    def test_off(self):
        """without a window, in CI, and where the user or the author wants none"""
        for variables in ({'TERM': 'dumb'}, {'TERM': 'linux'}, {'CI': 'true'}, {'STAGED_TITLE': 'none'},
                          {'AUTHOR': 'silent'}, {'TTY_COMPATIBLE': '0'}):
            with self.subTest(**variables):
                self.assertNotIn('\x1b]2;', self.title('good', **variables))
        self.assertNotIn('\x1b]2;', run(PROGRAM, '--stage', 'good', to_pipe=True, TTY_COMPATIBLE='1'))
        self.assertEqual(2, len(titles(self.title('good', AUTHOR='silent', STAGED_TITLE='yes'))))

    def test_unknown(self):
        """variables that say nothing known"""
        text = ' '.join(self.title('good', STAGED_TITLE='perhaps', STAGED_NOTIFY='soon').split())
        self.assertIn("'perhaps' is neither yes nor none", re.sub('\x1b\\[[0-9;]*m', '', text))
        self.assertIn("'soon' is neither a number of seconds nor none", re.sub('\x1b\\[[0-9;]*m', '', text))


class Notice(unittest.TestCase):
    def calls(self, stage='good', **variables):
        """Notifications, and bells ('')."""
        text = TITLE.sub('', run(PROGRAM, '--stage', stage, **variables)).replace(BACK, '')
        return re.findall('(?:\x1b\\]9;([^\x07]*))?\x07', re.sub(r'after \d+ s', 'after N s', text))

    def test_long_run(self):
        """the end of a long run rings the bell, that of a short one does not"""
        self.assertEqual([], self.calls())
        self.assertEqual([''], self.calls(AUTHOR='loud'))
        self.assertEqual([''], self.calls(STAGED_NOTIFY='0'))
        self.assertEqual([''], self.calls(STAGED_NOTIFY='0', AUTHOR='silent'))
        self.assertEqual([], self.calls(STAGED_NOTIFY='1e9', AUTHOR='loud'))

    def test_desktop(self):
        """where it is known to be shown, a notification says how it went"""
        self.assertEqual(['win[dow succeeded after N s'], self.calls(STAGED_NOTIFY='0', TERM_PROGRAM='WezTerm'))
        self.assertEqual(['win[dow failed after N s'], self.calls('bad', STAGED_NOTIFY='0', TERM='xterm-kitty'))
        self.assertEqual([''], self.calls(STAGED_NOTIFY='0', TERM_PROGRAM='WezTerm', TERM='tmux-256color'))

    def test_off(self):
        """not without a window, in CI, for who has interrupted it, nor by a script that a command runs"""
        for variables in ({'TERM': 'dumb'}, {'CI': '1'}, {'STAGED_NOTIFY': 'none'}):
            with self.subTest(**variables):
                self.assertEqual([], self.calls(**{'AUTHOR': 'loud', **variables}))
        self.assertEqual([], self.calls('interrupted', STAGED_NOTIFY='0'))
        self.assertEqual(1, len(self.calls('itself', STAGED_NOTIFY='0')))


class Shell(unittest.TestCase):
    def test_verbs(self):
        """scripts in shell have both, and verbs for them"""
        with tempfile.TemporaryDirectory() as folder:
            script = pathlib.Path(folder) / 'deploy'
            for before, expected in (('', (True, False)), ('notify_after 0', (True, True)),
                                     ('window_title none', (False, False)),
                                     ('window_title none\nnotify_after 0', (False, True)),
                                     ('notify_after none', (True, False))):
                script.write_text(f"{before}\nstage a 'A' --by-default\nstage_a() {{ echo $STAGED_TITLE; }}\n")
                text = run(STAGED, script)
                self.assertEqual(expected, (titles(text) == ['deploy', 'deploy: a'],
                                            '\x07' in TITLE.sub('', text).replace(BACK, '')), before)
                self.assertIn('\nnone\r', text, before)
            for before in 'window_title perhaps', 'notify_after soon', 'notify_after -1':
                script.write_text(f"{before}\nstage a 'A'\nstage_a() {{ :; }}\n")
                self.assertIn(f'{before.split()[0]} needs ', run(STAGED, script))


tap.main()
