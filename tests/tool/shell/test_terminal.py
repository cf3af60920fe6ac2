# SPDX-License-Identifier: BSD-3-Clause
"""Shell scripts on a terminal: they read from it, and end with Ctrl-C in good order."""
import os
import pty
import re
import signal

from support import tap

from shell_script import STAGED, ShellCase, environment

SCRIPT = """\
    stage one 'One' --by-default
    stage two 'Two' --by-default --always
    stage_one() {
      read -rp 'name? ' name
      [[ -t 0 && -t 1 && -t 2 ]] && echo "a terminal for $name"
      run sleep 1000
    }
    stage_two() { run echo torn down; }
    """


class Terminal(ShellCase):
    """A terminal of its own."""

    def read_until(self, terminal, text):
        while text not in self.output:
            try:
                data = os.read(terminal, 4096)
            except OSError:
                data = b''
            if not data:
                return
            # Without what only terminals see.
            self.output += re.sub(rb'\x1b\[[\d;]*m', b'', data)

    def test_a_terminal(self):
        """a function reads from the terminal, and Ctrl-C ends its command, but not the teardown"""
        path = self.write('script', SCRIPT)
        self.output = b''
        child, terminal = pty.fork()
        if child == 0:
            os.chdir(self.folder)
            os.execve(STAGED, [str(STAGED), f'./{path.name}'], {**environment(), 'TERM': 'xterm'})
        self.addCleanup(os.close, terminal)
        self.read_until(terminal, b'name? ')
        os.write(terminal, b'you\n')
        self.read_until(terminal, b'sleep 1000')
        self.assertIn(b'a terminal for you', self.output)
        os.write(terminal, b'\x03')
        self.read_until(terminal, b'End script Script Execution Summary')
        _, status = os.waitpid(child, 0)
        self.assertEqual(os.WTERMSIG(status), signal.SIGINT)
        self.assertIn(b'\ntorn down', self.output.replace(b'\r', b''))
        self.assertIn(b'Interrupted', self.output)


if __name__ == '__main__':
    tap.main()
