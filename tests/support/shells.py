# SPDX-License-Identifier: BSD-3-Clause
"""Shells at a terminal, in which somebody types and has words completed."""
import os
import pty
import re
import select
import signal
import time

PATIENCE_S = 300

SETUP = {
    'bash': (['bash', '--norc', '--noprofile', '-i'], "PS1=; bind 'set bell-style none'"),
    'fish': (['fish', '--no-config'], 'function fish_prompt; end'),
    'zsh': (['zsh', '-f', '-i'], 'PS1=; unsetopt beep; autoload -Uz compinit; compinit -u -D'),
}


def speaker(shell, name, before=''):
    """What defines a command that says what it was given; a line feed in a word is written as its number.
    `before` is code that runs first, and may return."""
    if shell == 'fish':
        return (f"function {name}; {before} printf 'GO''T<'; for word in $argv; printf '%s|' "
                "(string replace -a \\n '<10>' -- $word); end; printf '>END'; end")
    return (f"{name}() {{ {before} printf 'GO''T<'; for word; do printf '%s|' "
            "\"${word//$'\\n'/<10>}\"; done; printf '>END'; }")


class Terminal:
    """A shell at a terminal."""

    def __init__(self, folder, command, *setup):
        self.seen = ''
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            environment = {'PATH': os.environ['PATH'], 'HOME': folder, 'TERM': 'xterm',
                           'LC_ALL': 'C.UTF-8'}
            os.execvpe(command[0], command, environment)
        for line in setup:
            self.type(line + '\n')
        self.type('echo rea""dy\n')
        self.wait_for('ready')

    def type(self, text):
        os.write(self.fd, text.encode())

    def wait_for(self, pattern):
        """The match of a pattern in what comes out; what was before it is forgotten."""
        end = time.monotonic() + PATIENCE_S
        while True:
            match = re.search(pattern, self.seen, re.DOTALL)
            if match:
                self.seen = self.seen[match.end():]
                return match
            left = end - time.monotonic()
            if left <= 0 or not select.select([self.fd], [], [], left)[0]:
                raise AssertionError(f'{pattern} did not come; there was {self.seen!r}')
            self.seen += os.read(self.fd, 65536).decode(errors='replace')

    def run(self, typed):
        """The words that a command of `speaker` gets for what is typed."""
        self.type(typed + '\n')
        try:
            got = self.wait_for(r'GOT<(.*?)>END').group(1)
        except AssertionError:
            # The next is to begin on a line of its own.
            self.type('\x03')
            raise
        return re.sub(r'<(\d+)>', lambda code: chr(int(code.group(1))), got).split('|')[:-1]

    def close(self):
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.fd)
