# SPDX-License-Identifier: BSD-3-Clause
"""Keeps the daemons of a cluster for a test, and ends all of them with its own input, so also if the test is killed.

    keeper.py FOLDER        reads lines `start|stop|kill DAEMON`, and prints one when each is done
"""
import ctypes
import os
import signal
import sys
import threading
import time


def parents():
    """The parent of each living process, by their numbers."""
    found = {}
    for entry in os.scandir('/proc'):
        if not entry.name.isdigit():
            continue
        try:
            with open(f'/proc/{entry.name}/stat', encoding='utf-8', errors='replace') as stat:
                state, parent = stat.read().rpartition(')')[2].split()[:2]
        except OSError:
            continue
        if state != 'Z':
            found[int(entry.name)] = int(parent)
    return found


def below(root):
    """All living processes that descend from one."""
    known = parents()
    found, size = {root}, 0
    while len(found) != size:
        size = len(found)
        found |= {pid for pid, parent in known.items() if parent in found}
    return found - {root}


def kill_all(pids):
    """Parents first: none of them is to see how what it has started ended."""
    known = parents()

    def depth(pid):
        return 1 + depth(known[pid]) if pid in known else 0

    for pid in sorted(pids, key=depth):
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass


class Keeper:
    """Has the daemons as children, and what they start as descendants."""

    def __init__(self):
        self.running = {}
        self.dead = set()
        # What slurmd starts leaves it, and becomes ours.
        ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER
        threading.Thread(target=self._reap, daemon=True).start()

    def _reap(self):
        """A shepherd waits until what it watched is gone, which a dead process is not before it is reaped."""
        while True:
            try:
                self.dead.add(os.waitpid(-1, 0)[0])
            except ChildProcessError:
                time.sleep(0.01)

    def _await(self, name):
        pid = self.running.pop(name)
        while pid not in self.dead:
            time.sleep(0.01)

    def start(self, name):
        words = ['slurmctld', '-D'] if name == 'slurmctld' else ['slurmd', '-D', '-N', name]
        with open(f'{name}.out', 'ab') as output, open(os.devnull, 'rb') as nothing:
            self.running[name] = os.posix_spawnp(words[0], words, os.environ, file_actions=[
                (os.POSIX_SPAWN_DUP2, nothing.fileno(), 0), (os.POSIX_SPAWN_DUP2, output.fileno(), 1),
                (os.POSIX_SPAWN_DUP2, output.fileno(), 2)])

    def stop(self, name):
        os.kill(self.running[name], signal.SIGTERM)
        self._await(name)

    def kill(self, name):
        """With the shepherds of its steps, and what they watch."""
        gone = {self.running[name]}
        for pid in below(os.getpid()):
            try:
                with open(f'/proc/{pid}/cmdline', 'rb') as words:
                    if words.read().startswith(b'slurmstepd: [') and node_of(pid) == name:
                        gone |= {pid} | below(pid)
            except OSError:
                continue
        kill_all(gone)
        self._await(name)

    def end(self):
        """Kills everything, until nothing is left."""
        for _ in range(1000):
            pids = below(os.getpid())
            if not pids:
                return
            kill_all(pids)
            time.sleep(0.01)


def node_of(stepd):
    """The node whose step a shepherd watches: the environment of what it has started says so."""
    for pid in below(stepd):
        try:
            with open(f'/proc/{pid}/environ', 'rb') as environment:
                for entry in environment.read().split(b'\0'):
                    if entry.startswith(b'SLURMD_NODENAME='):
                        return entry.partition(b'=')[2].decode()
        except OSError:
            continue
    return None


def main():
    os.chdir(sys.argv[1])
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    keeper = Keeper()
    for line in sys.stdin:
        verb, name = line.split()
        getattr(keeper, verb)(name)
        print('done', flush=True)
    keeper.end()


if __name__ == '__main__':
    main()
