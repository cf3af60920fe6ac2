# SPDX-License-Identifier: BSD-3-Clause
"""Runs commands at places with the program `placed`, as scripts do."""
import dataclasses
import os
import pathlib
import signal
import subprocess
import tempfile
import threading
import typing
import unittest

import sshd
from cluster import wait_for
from support import patience, processes, tap

PLACED = tap.BUILD / 'tests/place/placed'
PATIENCE_S = 120
# Where a command that is a shell finds the file there that its program was in.
OWN_FILE = "$(tr '\\0 ' '\\n\\n' </proc/$PPID/cmdline | grep '[.]job$')"
(OK, REFUSED, LOGIN, HOST_KEY, UNREACHABLE, LOST, WAITED, NODE, PREEMPTED, CANCELLED, TIME_LIMIT, MEMORY,
 OTHER) = range(13)

class Look(typing.NamedTuple):
    """News of a command."""
    state: str
    job: str
    node: str
    reason: str

@dataclasses.dataclass
class End:
    """How a command ended."""
    failure: int
    exit: int
    timed_out: bool
    interrupted: int
    may_pass: bool
    queue_ms: int
    run_ms: int
    cpu_ms: int
    left: str
    job: str
    node: str
    error: str

def read_end(text):
    fields = dataclasses.fields(End)
    values = [field.partition('=')[2] for field in text.split('|', len(fields) - 1)]
    return End(*[value if field.type is str else field.type(int(value)) for field, value in zip(fields, values)])

@dataclasses.dataclass
class Run:
    """All of a run of `placed`."""
    ends: list
    looks: list
    problem: str
    output: bytes
    errors: bytes

    @property
    def end(self):
        return self.ends[0]

class Command:
    """A run of `placed` that goes on; `finish()` waits for it."""

    def __init__(self, place, command, options=(), env=None, **more):
        self.lines = []
        results, theirs = os.pipe()
        self.process = subprocess.Popen(
            [PLACED, '-r', str(theirs), *map(str, options), *map(str, place), '--', *command], env=env,
            stdin=more.pop('stdin', subprocess.DEVNULL), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            pass_fds=(theirs,), **more)
        os.close(theirs)
        self.reader = threading.Thread(target=self._read, args=(results,))
        self.reader.start()

    def _read(self, results):
        with open(results, encoding='utf-8') as lines:
            for line in lines:
                self.lines.append(line.rstrip('\n'))

    def _said(self, kind):
        """What it has printed of a kind until now."""
        return [line[len(kind) + 1:] for line in list(self.lines) if line.partition(' ')[0] == kind]

    def looks(self):
        return [Look(*text.split('|', 3)) for text in self._said('look')]

    def ends(self):
        return [read_end(text) for text in self._said('end')]

    def go_on(self):
        """Has the next command begin, with `-s`; its input must be a pipe."""
        self.process.stdin.write(b'.')
        self.process.stdin.flush()

    def wait_until(self, state):
        """Waits for a look that finds it so; returns its job."""
        wait_for(lambda: any(look.state == state for look in self.looks()) or self.process.poll() is not None, state)
        return self.looks()[-1].job if self.looks() else ''

    def finish(self, text=None):
        output, errors = self.process.communicate(text, timeout=PATIENCE_S)
        self.reader.join()
        # By itself, or by a signal of ours; not as crashes and sanitizers end it.
        if self.process.returncode not in (0, 1, -signal.SIGKILL, -signal.SIGINT, -signal.SIGTERM) or \
                b'Sanitizer' in errors or b'runtime error: ' in errors:
            raise AssertionError(f'placed: {self.process.returncode}\n{errors.decode()}')
        return Run(self.ends(), self.looks(), ''.join(self._said('problem')), output, errors)

@unittest.skipIf(sshd.missing(), sshd.missing())
class SshCase(unittest.TestCase):
    """Has an sshd, and a folder for files; what commands start carries `self.mark`."""
    SETTINGS = ()

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.mark = f'mark-of-{self.folder.name}'
        self.sshd = sshd.Sshd(self.folder, self.SETTINGS)
        self.sshd.start()
        self.addCleanup(self.sshd.stop)
        self.addCleanup(processes.kill_marked, self.mark.encode())

    def begin(self, command, options=(), words=None, mark=None, **more):
        # Its children inherit the mark; those at the place are given one.
        env = {**os.environ, **({'PLACED_HERE': mark} if mark else {}), 'XDG_RUNTIME_DIR': '', 'TMPDIR': str(self.folder)}
        return Command(['ssh', *(words or self.sshd.words())], command, ['-e', f'MARK={self.mark}', *options], env, **more)

    def place(self, command, options=(), words=None, text=None, **more):
        if text is not None:
            more['stdin'] = subprocess.PIPE
        return self.begin(command, options, words, **more).finish(text)

    def exceed_timeout(self, script, *options):
        """Runs a script that exceeds a timeout, which is long enough for it to print `begun` before."""
        return patience.with_more_time(lambda limit_s: self.place(['sh', '-c', script], ['-t', limit_s, *options]),
                                       lambda run: run.output.startswith(b'begun\n'))

    def left(self):
        """What still runs of the commands, after a moment for those that were just killed."""
        return processes.patiently_left(self.mark.encode())

    def runs(self):
        return processes.left_running(self.mark.encode())
