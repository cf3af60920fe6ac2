# SPDX-License-Identifier: BSD-3-Clause
"""What moves, on a real terminal: tmux keeps the screen, which is read back."""
import os
import shutil
import unittest

from support import tap, terminal

PROGRAM = tap.BUILD / 'tests' / 'terminal' / 'live_program'


class Terminal(terminal.Window):
    """A program at a terminal of its own, which obeys."""

    def __init__(self, columns, lines, **variables):
        super().__init__(columns, lines, [PROGRAM, '{folder}/commands', '{folder}/answers'],
                         **variables)
        self.commands = open(self.folder / 'commands', 'w', encoding='utf-8')
        self.answers = open(self.folder / 'answers', encoding='utf-8')

    def prepare(self):
        for name in ('commands', 'answers'):
            os.mkfifo(self.folder / name)

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

    def close(self):
        self.commands.close()
        self.answers.close()
        super().close()


@unittest.skipUnless(shutil.which('tmux'), 'tmux is not there')
class Live(unittest.TestCase):
    def begin(self, columns=60, lines=12, **variables):
        window = Terminal(columns, lines, **variables)
        self.addCleanup(window.close)
        return window

    def assert_screen(self, window, expected, cursor=None):
        seen = window.wait_for(lambda: window.screen() == expected)
        if not seen:
            self.fail('\n'.join(['expected:', *expected, 'but there is:', *window.screen()]))
        if cursor is not None:
            self.assertTrue(window.wait_for(lambda: window.shows_cursor() == cursor),
                            f'cursor_flag is not {cursor}')

    def test_lines_above(self):
        """what is printed appears above, and the last state stays"""
        window = self.begin()
        window.send('print before', 'live 0 2 - row')
        self.assert_screen(window, ['before', 'row 1', 'row 2'], cursor=False)
        window.send('print one', 'print two')
        self.assert_screen(window, ['before', 'one', 'two', 'row 1', 'row 2'])
        window.send('update 0 3 new', 'refresh 0')
        self.assert_screen(window, ['before', 'one', 'two', 'new 1', 'new 2', 'new 3'])
        window.send('update 0 1 last', 'print three', 'end')
        self.assert_screen(window, ['before', 'one', 'two', 'three', 'last 1'], cursor=True)

    def test_scrolling(self):
        """more lines than the terminal has scroll by above it"""
        window = self.begin(lines=5)
        window.send('live 0 2 - row', *(f'print line {i}' for i in range(20)))
        self.assert_screen(window, ['line 17', 'line 18', 'line 19', 'row 1', 'row 2'])
        window.send('end')
        self.assert_screen(window, ['line 18', 'line 19', 'row 1', 'row 2'], cursor=True)

    def test_transient(self):
        """a transient one is taken away"""
        window = self.begin()
        window.send('print before', 'live 0 3 transient row', 'print after', 'end')
        self.assert_screen(window, ['before', 'after'], cursor=True)

    def test_several(self):
        """the later stands below the earlier, and either may end first"""
        window = self.begin()
        window.send('live 0 2 - upper', 'live 1 1 - lower', 'print x')
        self.assert_screen(window, ['x', 'upper 1', 'upper 2', 'lower 1'], cursor=False)
        window.send('stop 0')
        self.assert_screen(window, ['x', 'upper 1', 'upper 2', 'lower 1'], cursor=False)
        window.send('print y')
        self.assert_screen(window, ['x', 'upper 1', 'upper 2', 'y', 'lower 1'])
        window.send('end')
        self.assert_screen(window, ['x', 'upper 1', 'upper 2', 'y', 'lower 1'], cursor=True)

    def test_too_tall(self):
        """what is taller than the terminal is cut while it moves, and whole at the end"""
        for mode, last in (('-', '...'.center(60).rstrip()), ('crop', 'row 5')):
            with self.subTest(mode=mode):
                window = self.begin(lines=5)
                window.send(f'live 0 7 {mode} row', 'print above', 'refresh 0')
                self.assert_screen(window, ['row 1', 'row 2', 'row 3', 'row 4', last])
                window.send('end')
                self.assert_screen(window, ['row 4', 'row 5', 'row 6', 'row 7'], cursor=True)

    def test_unfinished_line(self):
        """a line that is printed in parts appears when it is whole"""
        window = self.begin()
        window.send('live 0 1 - row', 'part one ', 'part two ')
        self.assert_screen(window, ['row 1'])
        window.send('print three')
        self.assert_screen(window, ['one two three', 'row 1'])
        window.send('part four ', 'end')
        self.assert_screen(window, ['one two three', 'row 1', 'four'])

    def test_pause(self):
        """something else may write while it is paused"""
        window = self.begin()
        window.send('live 0 2 - row', 'pause')
        self.assert_screen(window, [], cursor=True)
        window.send('raw', 'print ours', 'refresh 0')
        self.assert_screen(window, ['raw', 'ours'], cursor=True)
        window.send('resume')
        self.assert_screen(window, ['raw', 'ours', 'row 1', 'row 2'], cursor=False)

    def test_thread(self):
        """it is refreshed without being asked"""
        window = self.begin()
        window.send('live 0 1 thread row')
        self.assert_screen(window, ['row 1'])
        window.send('update 0 2 new')
        self.assert_screen(window, ['new 1', 'new 2'])
        window.send('end')
        self.assert_screen(window, ['new 1', 'new 2'], cursor=True)

    def test_status_line(self):
        """a status line turns, and is gone at the end"""
        window = self.begin()
        window.send('status working [red]hard')
        frames = set()

        def turned():
            line = (window.screen() or [''])[0]
            if line.endswith(' working [red]hard'):
                frames.add(line[0])
            return len(frames) > 2

        self.assertTrue(window.wait_for(turned), f'frames: {frames}')
        window.send('describe harder')
        self.assertTrue(window.wait_for(lambda: window.screen()[0].endswith(' harder')))
        window.send('end')
        self.assert_screen(window, [], cursor=True)

    def test_progress(self):
        """progress bars at several widths"""
        for columns, bar in ((120, 40), (60, 40), (40, 20)):
            with self.subTest(columns=columns):
                window = self.begin(columns)
                window.send('progress', 'print above', 'advance 1 50', 'advance 2 10')
                full = '━' * (bar // 2) + '╺' + '━' * (bar - bar // 2 - 1)
                self.assert_screen(window, ['above', f'first  {full}  50%  50/100',
                                              f'second {"━" * bar} 100% 10/10'])
                window.send('end')
                self.assert_screen(window, ['above', f'first  {full}  50%  50/100',
                                              f'second {"━" * bar} 100% 10/10'], cursor=True)

    def test_resize(self):
        """the window changes in the middle"""
        for columns in (30, 20, 80, 61):
            with self.subTest(columns=columns):
                window = self.begin(60)
                window.send('print before', 'live 0 0 - -')
                self.assert_screen(window, self.framed(['before'], 60))
                window.resize(columns, 12)
                self.assertTrue(window.wait_for(lambda: str(columns) == window.tmux(
                    'display-message', '-p', '#{pane_width}').strip()))
                window.send('print after', 'print more')
                # tmux moves lines out of a window that gets narrower.
                above = ['before'] * (columns >= 60) + ['after', 'more']
                self.assert_screen(window, self.framed(above, columns), cursor=False)
                window.send('end')
                self.assert_screen(window, self.framed(above, columns), cursor=True)
                self.assertEqual(window.tmux('capture-pane', '-p', '-S', '-').split('\n')[0],
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
                window = self.begin()
                window.send('live 0 1 - row')
                self.assert_screen(window, ['row 1'], cursor=False)
                window.send_last(end)
                self.assertTrue(window.wait_for(window.shows_cursor), 'no cursor')

    def test_not_moving(self):
        """where nothing can move the last state is printed once"""
        for variables in ({'TERM': 'dumb'}, {'TTY_INTERACTIVE': '0'}, {'TTY_COMPATIBLE': '0'}):
            with self.subTest(**variables):
                window = self.begin(**variables)
                window.send('live 0 1 - row', 'live 1 1 transient gone', 'refresh 0', 'print x',
                              'update 0 1 new', 'end')
                self.assert_screen(window, ['x', 'new 1'], cursor=True)


tap.main()
