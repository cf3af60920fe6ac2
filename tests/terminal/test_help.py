# SPDX-License-Identifier: BSD-3-Clause
"""Help and errors are in colour on a terminal, and nowhere else unless somebody wants it."""
import os
import pty
import re
import subprocess
import unittest

from support import tap

PROGRAM = tap.BUILD / 'examples' / 'ex_0_the_basics'
ESCAPE = '\x1b'


def read_all(fd):
    text = b''
    while True:
        try:
            read = os.read(fd, 65536)
        except OSError:  # the terminal's other side is closed
            read = b''
        if not read:
            return text.decode().replace('\r\n', '\n')
        text += read


def run(*arguments, terminal, **variables):
    """What comes out of a run whose standard output ('out') or error output ('err') is a terminal."""
    environment = {'PATH': os.environ['PATH'], 'LC_ALL': 'C.UTF-8', 'COLUMNS': '80',
                   'TERM': 'xterm', **variables}
    master, slave = pty.openpty()
    pipe, pipe_end = os.pipe()
    done = subprocess.Popen([PROGRAM, *arguments], env=environment, stdin=subprocess.DEVNULL,
                            stdout=slave if terminal == 'out' else pipe_end,
                            stderr=slave if terminal == 'err' else pipe_end)
    os.close(slave)
    os.close(pipe_end)
    texts = read_all(master), read_all(pipe)
    done.wait()
    os.close(master)
    os.close(pipe)
    return texts


class Help(unittest.TestCase):
    def test_on_a_terminal(self):
        """help on a terminal has colours and, without them, the text of a pipe"""
        shown, _ = run('--help', terminal='out')
        _, plain = run('--help', terminal='err')
        self.assertTrue(shown.startswith('\x1b[1;34musage: \x1b[0m\x1b[1;35mex_0_the_basics\x1b[0m ['))
        self.assertNotIn(ESCAPE, plain)
        self.assertEqual(re.sub(r'\x1b\[[0-9;]*m', '', shown), plain)

    def test_errors(self):
        """an error looks at where it goes itself"""
        shown, _ = run('--nope', terminal='err')
        self.assertIn('\x1b[1;34musage: \x1b[0m', shown)
        _, plain = run('--nope', terminal='out')
        self.assertNotIn(ESCAPE, plain)

    def test_nobody_wants_colours(self):
        """NO_COLOR and a dumb terminal"""
        for variables in ({'NO_COLOR': '1'}, {'TERM': 'dumb'}, {'NO_COLOR': '1', 'FORCE_COLOR': '1'}):
            with self.subTest(variables=str(variables)):
                self.assertNotIn(ESCAPE, run('--help', terminal='out', **variables)[0])
                self.assertNotIn(ESCAPE, run('--nope', terminal='err', **variables)[0])

    def test_somebody_wants_them(self):
        """FORCE_COLOR in a pipe, and colours of the user's own"""
        _, text = run('--help', terminal='err', FORCE_COLOR='1', STAGED_COLORS='heading=4:usage=')
        self.assertTrue(text.startswith('usage: \x1b[1;35mex_0_the_basics'))
        self.assertIn('\x1b[4moptions:\x1b[0m\n', text)


tap.main()
