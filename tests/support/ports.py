# SPDX-License-Identifier: BSD-3-Clause
"""Ports of loopback for servers of tests."""
import random
import socket

# Below those that the system gives to whoever connects.
FIRST, LAST = 10000, 32000


class Ports:
    """Ports that nobody else gets until they are closed, also while their server is stopped: who connects then is
    refused."""

    def __init__(self, count):
        self.holders = []
        while len(self.holders) < count:
            holder = socket.socket()
            try:
                holder.bind(('127.0.0.1', random.randrange(FIRST, LAST)))
            except OSError:
                holder.close()
                continue
            # Servers may share a port with who does not listen if both say so; who looks for a free one does not.
            holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            self.holders.append(holder)
        self.numbers = [holder.getsockname()[1] for holder in self.holders]

    def close(self):
        for holder in self.holders:
            holder.close()

    # A server of a test lives as long as what describes it.
    __del__ = close
