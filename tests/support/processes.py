# SPDX-License-Identifier: BSD-3-Clause
"""Processes that a test started, however they were started, and what is left of them."""
import os
import signal

from support import patience

PATIENCE_S = 60


def _marked(mark, file):
    """The numbers of the processes with the mark."""
    for pid in filter(str.isdigit, os.listdir('/proc') if os.path.isdir('/proc') else ()):
        try:
            with open(f'/proc/{pid}/{file}', 'rb', buffering=0) as text:
                if mark in text.read():
                    yield int(pid)
        except OSError:
            pass


def left_running(mark, file='environ'):
    """The processes that have inherited the mark in their environment, or have it among their words."""
    found = []
    for pid in _marked(mark, file):
        try:
            with open(f'/proc/{pid}/cmdline', 'rb') as words:
                found.append(words.read().replace(b'\0', b' ').decode())
        except OSError:
            pass
    return found


def patiently_left(mark, file='environ'):
    """The same; who was just killed may take a moment until it is gone."""
    left = []
    for _ in patience.looks(PATIENCE_S):
        left = left_running(mark, file)
        if not left:
            break
    return left


def kill_marked(mark, file='environ'):
    """Kills them."""
    for pid in _marked(mark, file):
        try:
            os.kill(pid, signal.SIGKILL)
        except OSError:
            pass
