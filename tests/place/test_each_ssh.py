# SPDX-License-Identifier: BSD-3-Clause
"""staged_each over ssh: items on several hosts, and what becomes of them when a connection is lost."""
import collections
import os
import re
import signal
import threading
import unittest

import sshd
from place import cluster, items
from support import tap


@unittest.skipIf(sshd.missing(), sshd.missing())
class OverSsh(items.ItemsCase):
    def setUp(self):
        super().setUp()
        self.sshd = sshd.Sshd(self.top)
        self.addCleanup(self.sshd.stop)
        self.sshd.start()

    def start(self, line, count, *hosts, wants=(), **variables):
        return self.begin(count, wants, {**os.environ, 'KIND': 'ssh', 'WORDS': ' '.join(self.sshd.words(*hosts)),
                                         'LINE': f'TRACE={self.trace}; {line}', **variables})

    def finish(self, started, expected=0):
        output = super().finish(started, expected)
        self.assert_no_folders()
        return re.sub(' +', ' ', output)

    def test_pool(self):
        """items run on several hosts, with ends and outputs of their own"""
        line = 'echo "of $1: $NAME"; [ $1 != 7 ] || exit 255; [ $1 != 8 ] || kill -9 $$'
        output = self.finish(self.start(line, 20, 'one', 'two', ORDER='1'), expected=1)
        self.assertEqual([str(i) for i in range(1, 21)], re.findall(r"^of (\d+): it's set$", output, re.MULTILINE))
        self.assertIn('7 failed: exit code 255', output)
        self.assertIn('8 failed: killed by signal 9', output)
        self.assertIn('all: 18 passed, 2 failed', output)

    def test_at_a_time(self):
        """each host gets four at a time, if nobody says otherwise"""
        output = self.finish(self.start('true', 20, 'one', 'two', wants=['--dry-run']))
        self.assertIn('Would run 20 items on hpc, 8 at a time', output.replace('\n', ' '))

    def test_lost(self):
        """items whose connection is lost run again, and cost no attempt"""
        line = 'echo $1 >>$TRACE; [ $(grep -cx $1 $TRACE) = 2 ] || exec sleep 600'
        started = self.start(line, 3, 'one', 'two', JOBS='3')
        self.wait_until_traced(3)
        self.sshd.kill_connections()
        output = self.finish(started)
        self.assertIn('all: 3 passed', output)
        self.assertEqual({'1': 2, '2': 2, '3': 2}, collections.Counter(self.traced()))

    def test_wait(self):
        """a host that is away is waited for, which the log says once, and that items run then"""
        self.sshd.stop()
        started = self.start('echo "of $1"', 5, 'one', '--wait', '600', JOBS='1')
        # A log that does not say it would never end.
        watchdog = threading.Timer(cluster.PATIENCE_S, started.kill)
        watchdog.start()
        said = started.stdout.readline()
        while 'waiting for a connection: one cannot be reached' not in said:
            line = started.stdout.readline()
            self.assertTrue(line, said)
            said += line
        watchdog.cancel()
        self.sshd.start()
        output = re.sub('[ \n]+', ' ', said + started.communicate(timeout=items.PATIENCE_S)[0])
        self.assertEqual(0, started.returncode, output)
        self.assertEqual((1, 1), (output.count('waiting for a connection'), output.count('items run.')), output)
        self.assertIn('all: 5 passed', output)

    def test_interrupt(self):
        """an interrupt ends what runs there"""
        started = self.start(f'echo >>$TRACE $1; exec {self.nap}', 20, 'one', 'two')
        self.wait_until_traced(8)
        started.send_signal(signal.SIGINT)
        output = self.finish(started, expected=-signal.SIGINT)
        self.assertIn('12 not run', output)
        self.assertEqual([], self.napping())

    def test_many_interrupts(self):
        """one signal or two, at any moment: nothing is left"""
        for i in range(int(os.environ.get('STAGED_INTERRUPTS', '6'))):
            with self.subTest(i=i):
                self.trace.unlink(missing_ok=True)
                started = self.start(f'echo >>$TRACE $1; exec {self.nap}', 20, 'one', 'two')
                self.interrupt(started, lambda: self.wait_until_traced(8), i % 3 != 2)
                self.wait_until_none_naps()


tap.main()
