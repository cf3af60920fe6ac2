# SPDX-License-Identifier: BSD-3-Clause
"""A stand-in for a shell with job control on a terminal of its own."""
import errno
import fcntl
import os
import pty
import select
import signal
import struct
import termios

PATIENCE_S = 300
# What a shell in the background may have changed.
SIGNALS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGTSTP,
           signal.SIGTTIN, signal.SIGTTOU]


def restore_signals():
    for number in SIGNALS:
        signal.signal(number, signal.SIG_DFL)


def _echoes():
    return bool(termios.tcgetattr(0)[3] & termios.ECHO)


def _tell(*words):
    print('shell:', *words, 'with echo' if _echoes() else 'without echo', flush=True)


def _be_the_shell(words, environment, go_on):
    """Runs a command in the foreground, and says what it sees; a byte in `go_on` is `fg`."""
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    child = os.fork()
    if child == 0:
        os.setpgid(0, 0)
        os.tcsetpgrp(0, os.getpid())
        restore_signals()
        os.execve(words[0], words, environment)
    try:
        os.setpgid(child, child)
    except OSError:
        pass
    while True:
        _, status = os.waitpid(child, os.WUNTRACED)
        os.tcsetpgrp(0, os.getpgrp())
        if not os.WIFSTOPPED(status):
            break
        _tell('stopped')
        os.read(go_on, 1)
        os.tcsetpgrp(0, child)
        _tell('continued')
        os.killpg(child, signal.SIGCONT)
    _tell('ended', os.waitstatus_to_exitcode(status))


class JobShell:
    """Runs a command, which has a terminal; `write` is what somebody types there."""

    def __init__(self, words, environment=None, folder=None):
        # Not by way of the terminal: a command that is about to stop might read it there.
        go_on, self._go_on = os.pipe()
        self.output = b''
        self.pid, self._terminal = pty.fork()
        if self.pid == 0:
            os.close(self._go_on)
            os.chdir(folder or '.')
            _be_the_shell([str(word) for word in words], environment or os.environ, go_on)
            # Its end hangs the terminal up, and what has not been read until then may be lost.
            os.read(go_on, 1)
            os._exit(0)
        os.close(go_on)

    def write(self, text):
        os.write(self._terminal, text)

    def resize(self, lines, columns):
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, struct.pack('HHHH', lines, columns, 0, 0))

    def go_on(self):
        """What `fg` does."""
        os.write(self._go_on, b'x')

    def wait_for(self, text):
        """Reads until a text has come.  Returns what came before it."""
        while text not in self.output:
            if not select.select([self._terminal], [], [], PATIENCE_S)[0]:
                raise AssertionError(f'{text} did not come in time: {self.output}')
            try:
                piece = os.read(self._terminal, 4096)
            except OSError as error:
                # What a terminal says when nobody has it open any more.
                if error.errno != errno.EIO:
                    raise
                piece = b''
            if not piece:
                raise AssertionError(f'{text} did not come: {self.output}')
            self.output += piece
        before, _, self.output = self.output.partition(text)
        return before

    def close(self):
        os.close(self._terminal)
        os.close(self._go_on)
        os.waitpid(self.pid, 0)
