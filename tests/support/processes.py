# SPDX-License-Identifier: BSD-3-Clause
"""Processes that a test started, however they were started, and what is left of them."""
import os
import pathlib
import signal
import time

PROC = pathlib.Path('/proc')
PATIENCE_S = 60


def _marked(mark, file):
    """The folders of the processes with the mark."""
    for path in PROC.glob('[0-9]*'):
        try:
            if mark in (path / file).read_bytes():
                yield path
        except OSError:
            pass


def left_running(mark, file='environ'):
    """The processes that have inherited the mark in their environment, or have it among their words."""
    found = []
    for path in _marked(mark, file):
        try:
            found.append((path / 'cmdline').read_bytes().replace(b'\0', b' ').decode())
        except OSError:
            pass
    return found


def patiently_left(mark, file='environ'):
    """The same; who was just killed may take a moment until it is gone."""
    deadline = time.monotonic() + PATIENCE_S
    while (left := left_running(mark, file)) and time.monotonic() < deadline:
        time.sleep(0.01)
    return left


def kill_marked(mark):
    """Kills those that have inherited the mark."""
    for path in _marked(mark, 'environ'):
        try:
            os.kill(int(path.name), signal.SIGKILL)
        except OSError:
            pass
