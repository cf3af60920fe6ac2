#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""`true` over ssh: at a place, and with a bare ssh over a connection that is shared, side by side in one run.

    ninja -C build bench/place_ssh && bench/place_ssh.py build [ROUNDS]

Starts an sshd on loopback, whose login shell reads no ~/.bashrc.
"""
import pathlib
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / 'tests' / 'place'), str(ROOT / 'tests')]
import sshd  # pylint: disable=wrong-import-position


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    if sshd.missing():
        sys.exit(sshd.missing())
    with tempfile.TemporaryDirectory() as folder:
        server = sshd.Sshd(folder).start()
        socket = pathlib.Path(folder) / 'shared'
        with subprocess.Popen(['ssh', '-M', '-N', '-S', socket, '-F', server.config, 'box'],
                              stdin=subprocess.DEVNULL) as shared:
            while not socket.exists() and shared.poll() is None:
                time.sleep(0.01)
            try:
                subprocess.run([build / 'bench' / 'place_ssh', server.config, socket, *sys.argv[2:]], check=True)
            finally:
                shared.kill()
                server.stop()


main()
