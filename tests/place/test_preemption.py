# SPDX-License-Identifier: BSD-3-Clause
"""Commands and items that have to make room for others on a cluster of Slurm."""
import unittest

from place import cluster, limits_case
from support import tap

# In these partitions jobs give way to those of the partition `high`, each in its own manner.
PARTITIONS = ('cancels', 'requeues')
PREEMPTED = 'was preempted: it had to make room for another job'
WAITS = ': >begun; exec sleep 1000'


@unittest.skipIf(cluster.missing(), cluster.missing())
class Preemption(limits_case.LimitsCase):
    MORE = """
PreemptType=preempt/partition_prio
PreemptMode=REQUEUE
PartitionName=DEFAULT Nodes=ALL MaxTime=60
PartitionName=cancels PriorityTier=1 PreemptMode=CANCEL
PartitionName=requeues PriorityTier=1 PreemptMode=REQUEUE
PartitionName=high PriorityTier=9 PreemptMode=OFF
"""

    def take_all_nodes(self):
        self.slurm.ask('srun', '-p', 'high', '-N2', '--exclusive', 'true')

    def test_commands(self):
        """a command that gives way to another job fails as preempted, however its partition does that"""
        runs = [self.start_command(name, f'--partition {name} --nodes 1', f"sh -c '{WAITS}'") for name in PARTITIONS]
        self.wait_until_begun(*PARTITIONS)
        self.take_all_nodes()
        for name, started in zip(PARTITIONS, runs):
            with self.subTest(partition=name):
                output = self.finish(started, 1)
                self.assertIn('= 125 preempted', output)
                self.assertRegex(output, rf'the job \d+ on n\d {PREEMPTED}')
                self.assert_recorded(name, 'preempted', PREEMPTED)

    def test_command_that_is_tried_again(self):
        """it may pass"""
        started = self.start_command('one', '--partition cancels --nodes 1',
                                     f"sh -c '[ -e again ] || {{ : >again; {WAITS}; }}'", '--retry-on', 'place', then='')
        self.wait_until_begun('one')
        self.take_all_nodes()
        self.assertIn(PREEMPTED, self.finish(started))

    def start_items(self, line):
        return [self.start_item(name, f'--partition {name} --nodes 1', line) for name in PARTITIONS]

    def test_items(self):
        """items that give way run again, which costs no attempt"""
        runs = self.start_items(f'if [ -e calm ]; then exit 0; fi; {WAITS}')
        self.wait_until_begun(*PARTITIONS)
        for name in PARTITIONS:
            (self.folder(name) / 'calm').touch()
        self.take_all_nodes()
        for name, started in zip(PARTITIONS, runs):
            with self.subTest(partition=name):
                self.assertIn('all: 1 passed', self.finish(started))
                self.assertEqual([1], [event['attempts'] for event in self.events(name, 'item')])

    def test_items_that_give_way_too_often(self):
        """until their place has failed too often"""
        runs = self.start_items(WAITS)
        for _ in range(4):
            self.wait_until_begun(*PARTITIONS)
            self.take_all_nodes()
        for name, started in zip(PARTITIONS, runs):
            with self.subTest(partition=name):
                self.assertRegex(self.finish(started, 1), rf'1 failed: the job \d+_1 {PREEMPTED}')
                item, = self.events(name, 'item')
                self.assertIn(PREEMPTED, item['message'])


tap.main()
