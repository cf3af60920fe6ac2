# SPDX-License-Identifier: BSD-3-Clause
"""A real sshd on loopback, with keys and configuration of its own in a folder of the test.

    sshd = Sshd(folder)                     what it is made of; `missing()` says what is not there
    sshd.start() ... sshd.stop()
    sshd.words('box')                       for a place: `place NAME ssh WORDS`
    sshd.config                             for ssh: `ssh -F CONFIG box`, with any name of a host
"""
import ctypes
import functools
import os
import pathlib
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

from keeper import below
from support import ports

PATIENCE_S = 60
# Where Debian has sshd, which not everybody has in PATH.
SEARCH = os.environ.get('PATH', os.defpath) + ':/usr/sbin:/usr/local/sbin:/sbin'

@functools.cache
def missing():
    """Why there can be no sshd; '': there can, and it lets us in."""
    for program in ('sshd', 'ssh', 'ssh-keygen'):
        if shutil.which(program, path=SEARCH) is None:
            return f'needs {program} (tools/setup places)'
    with tempfile.TemporaryDirectory(prefix='staged-sshd-') as folder:
        tried = Sshd(folder)
        try:
            tried.start()
            done = subprocess.run(['ssh', '-F', tried.config, '-o', 'BatchMode=yes', 'box', 'true'], check=False,
                                  stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                                  errors='replace', timeout=PATIENCE_S)
        except (RuntimeError, subprocess.TimeoutExpired) as error:
            return f'sshd does not run here: {" ".join(str(error).split())}'
        finally:
            tried.stop()
    return '' if done.returncode == 0 else f'sshd lets nobody in here: {" ".join(done.stderr.split())}'

def end_with_parent():
    """Has a process that is about to begin end with the test, also if that is killed."""
    if sys.platform.startswith('linux'):
        ctypes.CDLL(None).prctl(1, signal.SIGKILL, 0, 0, 0)  # PR_SET_PDEATHSIG

class Sshd:
    """`settings` are lines for sshd_config, before ours."""
    def __init__(self, folder, settings=(), name='sshd'):
        self.folder = pathlib.Path(folder) / name
        self.folder.mkdir(mode=0o700)
        self.ports = ports.Ports(1)
        self.port, = self.ports.numbers
        self.settings = list(settings)
        self.process = None
        self.user = pwd.getpwuid(os.getuid()).pw_name
        self.config = self.folder / 'ssh_config'
        self.known = self.folder / 'known_hosts'
        self.log = self.folder / 'log'
        self.make_key('host')
        self.make_key('key')
        shutil.copy(self.folder / 'key.pub', self.folder / 'authorized')
        self.know()
        self.config.write_text(
            f'Host *\n HostName 127.0.0.1\n Port {self.port}\n User {self.user}\n'
            f' IdentityFile "{self.folder}/key"\n IdentitiesOnly yes\n IdentityAgent none\n'
            f' UserKnownHostsFile "{self.known}"\n GlobalKnownHostsFile /dev/null\n'
            # the default one, which is safe from quantum computers, takes half of the time of a login
            ' KexAlgorithms ^curve25519-sha256\n'
            ' StrictHostKeyChecking yes\n UpdateHostKeys no\n')

    def make_key(self, name):
        path = self.folder / name
        path.unlink(missing_ok=True)
        subprocess.run(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', 'test', '-f', path],
                       check=True, stdin=subprocess.DEVNULL)

    def know(self):
        """Has ssh know the host key that there is now."""
        kind, key = (self.folder / 'host.pub').read_text().split()[:2]
        self.known.write_text(f'[127.0.0.1]:{self.port} {kind} {key}\n')

    def words(self, *hosts):
        return [*(hosts or ('box',)), '--config', str(self.config)]

    def start(self):
        """Starts it and waits until it listens."""
        if os.getuid() == 0:
            # A service's script makes it; sshd refuses to begin without.
            os.makedirs('/run/sshd', mode=0o755, exist_ok=True)
        # A folder of everybody, as /tmp, is no place for keys unless that is not checked.
        lines = [*self.settings, f'Port {self.port}', 'ListenAddress 127.0.0.1',
                 f'HostKey "{self.folder}/host"', f'AuthorizedKeysFile "{self.folder}/authorized"',
                 'StrictModes no', 'UsePAM no', 'PidFile none', 'PasswordAuthentication no',
                 # bash reads the ~/.bashrc of whoever runs the tests only in an outermost shell
                 'SetEnv SHLVL=3', 'KbdInteractiveAuthentication no', 'PermitRootLogin yes', 'LogLevel VERBOSE']
        (self.folder / 'sshd_config').write_text('\n'.join(lines) + '\n')
        with open(self.log, 'ab') as log:
            self.process = subprocess.Popen(
                [shutil.which('sshd', path=SEARCH), '-D', '-e', '-f', self.folder / 'sshd_config'],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
                preexec_fn=end_with_parent)
        deadline = time.monotonic() + PATIENCE_S
        while True:
            try:
                socket.create_connection(('127.0.0.1', self.port), timeout=PATIENCE_S).close()
                return self
            except OSError:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError('sshd did not start:\n' + self.log.read_text()) from None
            time.sleep(0.01)

    def _kill(self, pids, number):
        for pid in pids:
            try:
                os.kill(pid, number)
            except OSError:
                pass

    def connections(self):
        """The processes of sshd for connections, not what they have started."""
        found = []
        for pid in below(self.process.pid):
            try:
                words = pathlib.Path(f'/proc/{pid}/cmdline').read_bytes()
            except OSError:
                continue
            if words.startswith(b'sshd'):
                found.append(pid)
        return found

    def kill_connections(self, number=signal.SIGKILL):
        """Ends all connections, as if the machine's sshd had crashed; it still listens."""
        self._kill(self.connections(), number)

    def stop(self):
        """Ends it with all its connections; what commands have started there may live on."""
        if self.process is None:
            return
        connections = self.connections()
        self.process.kill()
        self._kill(connections, signal.SIGKILL)
        self.process.wait()
        self.process = None
