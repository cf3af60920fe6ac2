# SPDX-License-Identifier: BSD-3-Clause
"""A real terminal: tmux keeps its screen, which is read back."""
import os
import pathlib
import shlex
import shutil
import subprocess
import tempfile

from support import patience

PATIENCE_S = 300


class Window:
    """A window that a command runs in."""

    def __init__(self, columns, lines, command, **variables):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.prepare()
        settings = [f'{name}={value}' for name, value in variables.items()]
        words = [str(word).replace('{folder}', str(self.folder)) for word in command]
        # The window outlives the command, also when that is interrupted.
        self.tmux('-f', '/dev/null', 'new-session', '-d', '-x', str(columns), '-y', str(lines),
                  f'trap : INT; {shlex.join(["env", *settings, *words])} '
                  f'2>{shlex.quote(str(self.folder))}/errors; sleep 1000')
        self.tmux('set-option', '-g', 'status', 'off')
        self.resize(columns, lines)

    def prepare(self):
        """What there has to be before the command begins."""

    def tmux(self, *arguments):
        run = subprocess.run(['tmux', '-u', '-S', self.folder / 'socket', *arguments],
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                             env={**os.environ, 'LC_ALL': 'C.UTF-8', 'TMUX': ''}, check=False)
        if run.returncode != 0:
            raise AssertionError(f'tmux {arguments}: {run.stderr}')
        return run.stdout

    def screen(self):
        """The lines on the screen, without empty ones at the end."""
        lines = [line.rstrip() for line in self.tmux('capture-pane', '-p').split('\n')]
        while lines and not lines[-1]:
            lines.pop()
        return lines

    def shows_cursor(self):
        return self.tmux('display-message', '-p', '#{cursor_flag}').strip() == '1'

    def wait_for(self, condition):
        """Waits until tmux has read what makes it true; returns whether it did."""
        return any(condition() for _ in patience.looks(PATIENCE_S))

    def resize(self, columns, lines):
        self.tmux('resize-window', '-x', str(columns), '-y', str(lines))

    def close(self):
        subprocess.run(['tmux', '-S', self.folder / 'socket', 'kill-server'],
                       stderr=subprocess.DEVNULL, check=False)
        shutil.rmtree(self.folder)
