# SPDX-License-Identifier: BSD-3-Clause
"""What moves, on a real terminal: tmux keeps the screen, which is read back."""
import os
import pathlib
import shutil
import subprocess
import tempfile
import time
import unittest

from support import tap

PROGRAM = tap.BUILD / 'tests' / 'terminal' / 'live_program'
PATIENCE_S = 20


class Terminal:
    """A program at a terminal of its own, which obeys."""

    def __init__(self, columns, lines, **variables):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        for name in ('commands', 'answers'):
            os.mkfifo(self.folder / name)
        settings = ' '.join(f'{name}={value}' for name, value in variables.items())
        self.tmux('-f', '/dev/null', 'new-session', '-d', '-x', str(columns), '-y', str(lines),
                  f'env {settings} {PROGRAM} {self.folder}/commands {self.folder}/answers'
                  f' 2>{self.folder}/errors; sleep 60')
        self.tmux('set-option', '-g', 'status', 'off')
        self.tmux('set-option', '-g', 'remain-on-exit', 'on')
        self.tmux('resize-window', '-x', str(columns), '-y', str(lines))
        self.commands = open(self.folder / 'commands', 'w', encoding='utf-8')
        self.answers = open(self.folder / 'answers', encoding='utf-8')

    def tmux(self, *arguments):
        run = subprocess.run(['tmux', '-u', '-S', self.folder / 'socket', *arguments],
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                             env={**os.environ, 'LC_ALL': 'C.UTF-8', 'TMUX': ''}, check=False)
        if run.returncode != 0:
            raise AssertionError(f'tmux {arguments}: {run.stderr}')
        return run.stdout

    def send(self, *commands):
        """Sends commands, each of which is carried out before the next."""
        for command in commands:
            self.commands.write(command + '\n')
            self.commands.flush()
            if not self.answers.readline():
                raise AssertionError(f'{command}: the program has ended: '
                                     + (self.folder / 'errors').read_text(encoding='utf-8'))

    def send_last(self, command):
        """Sends a command that ends the program."""
        self.commands.write(command + '\n')
        self.commands.flush()
        self.answers.read()

    def screen(self):
        """The lines on the screen, without empty ones at the end."""
        lines = [line.rstrip() for line in self.tmux('capture-pane', '-p').split('\n')]
        while lines and not lines[-1]:
            lines.pop()
        return lines

    def shows_cursor(self):
        return self.tmux('display-message', '-p', '#{cursor_flag}').strip() == '1'

    def wait_for(self, condition):
        """Until tmux has read what was written."""
        until = time.monotonic() + PATIENCE_S
        while not condition():
            if time.monotonic() > until:
                return False
            time.sleep(0.02)
        return True

    def resize(self, columns, lines):
        self.tmux('resize-window', '-x', str(columns), '-y', str(lines))

    def close(self):
        self.commands.close()
        self.answers.close()
        subprocess.run(['tmux', '-S', self.folder / 'socket', 'kill-server'],
                       stderr=subprocess.DEVNULL, check=False)
        shutil.rmtree(self.folder)


@unittest.skipUnless(shutil.which('tmux'), 'tmux is not there')
class Live(unittest.TestCase):
    def terminal(self, columns=60, lines=12, **variables):
        terminal = Terminal(columns, lines, **variables)
        self.addCleanup(terminal.close)
        return terminal

    def assert_screen(self, terminal, expected, cursor=None):
        seen = terminal.wait_for(lambda: terminal.screen() == expected)
        if not seen:
            self.fail('\n'.join(['expected:', *expected, 'but there is:', *terminal.screen()]))
        if cursor is not None:
            self.assertTrue(terminal.wait_for(lambda: terminal.shows_cursor() == cursor),
                            f'cursor_flag is not {cursor}')

    def test_lines_above(self):
        """what is printed appears above, and the last state stays"""
        terminal = self.terminal()
        terminal.send('print before', 'live 0 2 - row')
        self.assert_screen(terminal, ['before', 'row 1', 'row 2'], cursor=False)
        terminal.send('print one', 'print two')
        self.assert_screen(terminal, ['before', 'one', 'two', 'row 1', 'row 2'])
        terminal.send('update 0 3 new', 'refresh 0')
        self.assert_screen(terminal, ['before', 'one', 'two', 'new 1', 'new 2', 'new 3'])
        terminal.send('update 0 1 last', 'print three', 'end')
        self.assert_screen(terminal, ['before', 'one', 'two', 'three', 'last 1'], cursor=True)

    def test_scrolling(self):
        """more lines than the terminal has scroll by above it"""
        terminal = self.terminal(lines=5)
        terminal.send('live 0 2 - row', *(f'print line {i}' for i in range(20)))
        self.assert_screen(terminal, ['line 17', 'line 18', 'line 19', 'row 1', 'row 2'])
        terminal.send('end')
        self.assert_screen(terminal, ['line 18', 'line 19', 'row 1', 'row 2'], cursor=True)

    def test_transient(self):
        """a transient one is taken away"""
        terminal = self.terminal()
        terminal.send('print before', 'live 0 3 transient row', 'print after', 'end')
        self.assert_screen(terminal, ['before', 'after'], cursor=True)

    def test_several(self):
        """the later stands below the earlier, and either may end first"""
        terminal = self.terminal()
        terminal.send('live 0 2 - upper', 'live 1 1 - lower', 'print x')
        self.assert_screen(terminal, ['x', 'upper 1', 'upper 2', 'lower 1'], cursor=False)
        terminal.send('stop 0')
        self.assert_screen(terminal, ['x', 'upper 1', 'upper 2', 'lower 1'], cursor=False)
        terminal.send('print y')
        self.assert_screen(terminal, ['x', 'upper 1', 'upper 2', 'y', 'lower 1'])
        terminal.send('end')
        self.assert_screen(terminal, ['x', 'upper 1', 'upper 2', 'y', 'lower 1'], cursor=True)

    def test_too_tall(self):
        """what is taller than the terminal is cut while it moves, and whole at the end"""
        for mode, last in (('-', '...'.center(60).rstrip()), ('crop', 'row 5')):
            with self.subTest(mode=mode):
                terminal = self.terminal(lines=5)
                terminal.send(f'live 0 7 {mode} row', 'print above', 'refresh 0')
                self.assert_screen(terminal, ['row 1', 'row 2', 'row 3', 'row 4', last])
                terminal.send('end')
                self.assert_screen(terminal, ['row 4', 'row 5', 'row 6', 'row 7'], cursor=True)

    def test_unfinished_line(self):
        """a line that is printed in parts appears when it is whole"""
        terminal = self.terminal()
        terminal.send('live 0 1 - row', 'part one ', 'part two ')
        self.assert_screen(terminal, ['row 1'])
        terminal.send('print three')
        self.assert_screen(terminal, ['one two three', 'row 1'])
        terminal.send('part four ', 'end')
        self.assert_screen(terminal, ['one two three', 'row 1', 'four'])

    def test_pause(self):
        """something else may write while it is paused"""
        terminal = self.terminal()
        terminal.send('live 0 2 - row', 'pause')
        self.assert_screen(terminal, [], cursor=True)
        terminal.send('raw', 'print ours', 'refresh 0')
        self.assert_screen(terminal, ['raw', 'ours'], cursor=True)
        terminal.send('resume')
        self.assert_screen(terminal, ['raw', 'ours', 'row 1', 'row 2'], cursor=False)

    def test_thread(self):
        """it is refreshed without being asked"""
        terminal = self.terminal()
        terminal.send('live 0 1 thread row')
        self.assert_screen(terminal, ['row 1'])
        terminal.send('update 0 2 new')
        self.assert_screen(terminal, ['new 1', 'new 2'])
        terminal.send('end')
        self.assert_screen(terminal, ['new 1', 'new 2'], cursor=True)

    def test_status_line(self):
        """a status line turns, and is gone at the end"""
        terminal = self.terminal()
        terminal.send('status working [red]hard')
        frames = set()

        def turned():
            line = (terminal.screen() or [''])[0]
            if line.endswith(' working [red]hard'):
                frames.add(line[0])
            return len(frames) > 2

        self.assertTrue(terminal.wait_for(turned), f'frames: {frames}')
        terminal.send('describe harder')
        self.assertTrue(terminal.wait_for(lambda: terminal.screen()[0].endswith(' harder')))
        terminal.send('end')
        self.assert_screen(terminal, [], cursor=True)

    def test_progress(self):
        """progress bars at several widths"""
        for columns, bar in ((120, 40), (60, 40), (40, 20)):
            with self.subTest(columns=columns):
                terminal = self.terminal(columns)
                terminal.send('progress', 'print above', 'advance 1 50', 'advance 2 10')
                full = '━' * (bar // 2) + '╺' + '━' * (bar - bar // 2 - 1)
                self.assert_screen(terminal, ['above', f'first  {full}  50%  50/100',
                                              f'second {"━" * bar} 100% 10/10'])
                terminal.send('end')
                self.assert_screen(terminal, ['above', f'first  {full}  50%  50/100',
                                              f'second {"━" * bar} 100% 10/10'], cursor=True)

    def test_resize(self):
        """the window changes in the middle"""
        for columns in (30, 20, 80, 61):
            with self.subTest(columns=columns):
                terminal = self.terminal(60)
                terminal.send('print before', 'live 0 0 - -')
                self.assert_screen(terminal, self.framed(['before'], 60))
                terminal.resize(columns, 12)
                self.assertTrue(terminal.wait_for(lambda: str(columns) == terminal.tmux(
                    'display-message', '-p', '#{pane_width}').strip()))
                terminal.send('print after', 'print more')
                # tmux moves lines out of a window that gets narrower.
                above = ['before'] * (columns >= 60) + ['after', 'more']
                self.assert_screen(terminal, self.framed(above, columns), cursor=False)
                terminal.send('end')
                self.assert_screen(terminal, self.framed(above, columns), cursor=True)
                self.assertEqual(terminal.tmux('capture-pane', '-p', '-S', '-').split('\n')[0],
                                 'before')

    @staticmethod
    def framed(above, width):
        text = f'{width} wide'
        return [*above, '╭' + '─' * (width - 2) + '╮', f'│ {text:{width - 4}} │',
                '╰' + '─' * (width - 2) + '╯']

    def test_exit(self):
        """the cursor is back when the program just ends"""
        for end in ('exit', 'raise'):
            with self.subTest(end=end):
                terminal = self.terminal()
                terminal.send('live 0 1 - row')
                self.assert_screen(terminal, ['row 1'], cursor=False)
                terminal.send_last(end)
                self.assertTrue(terminal.wait_for(terminal.shows_cursor), 'no cursor')

    def test_not_moving(self):
        """where nothing can move the last state is printed once"""
        for variables in ({'TERM': 'dumb'}, {'TTY_INTERACTIVE': '0'}, {'TTY_COMPATIBLE': '0'}):
            with self.subTest(**variables):
                terminal = self.terminal(**variables)
                terminal.send('live 0 1 - row', 'live 1 1 transient gone', 'refresh 0', 'print x',
                              'update 0 1 new', 'end')
                self.assert_screen(terminal, ['x', 'new 1'], cursor=True)


tap.main()
