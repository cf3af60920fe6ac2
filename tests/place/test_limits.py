# SPDX-License-Identifier: BSD-3-Clause
"""Commands and items that exceed the limits of a cluster of Slurm: of their time, and of their memory."""
import re
import sys
import unittest

from place import cluster, limits_case
from support import tap

TIME_LIMIT = 'exceeded its time limit in Slurm: ask for more with --time'
MEMORY = 'exceeded its memory: ask for more with --mem'


@unittest.skipIf(cluster.missing(), cluster.missing())
class Limits(limits_case.LimitsCase):
    # Memory is watched without control groups, which not everybody may make.
    MORE = """
OverTimeLimit=0
SelectTypeParameters=CR_Core_Memory
JobAcctGatherType=jobacct_gather/linux
JobAcctGatherFrequency=task=1
JobAcctGatherParams=OverMemoryKill
NodeName=DEFAULT RealMemory=4000
PartitionName=DEFAULT DefMemPerNode=100
"""

    def end_time_of_all(self):
        """Slurm looks at its limits every half minute."""
        for job in self.slurm.jobs():
            self.assertEqual('', self.slurm.ask('scontrol', 'update', f'JobId={job}', 'EndTime=now+1').strip())

    def test_time_limit(self):
        """the limit of the queue is none of ours: it is told as such, and not tried again"""
        one = self.start_command('one', '--nodes 1', "sh -c ': >begun; exec sleep 1000'", '--retry-on', 'place')
        item = self.start_item('item', '--nodes 1', ': >begun; exec sleep 1000')
        self.wait_until_begun('one', 'item')
        self.end_time_of_all()
        output = self.finish(one, 1)
        self.assertEqual(['125 time_limit'], re.findall(r'= (\d+ \w*)', output))
        self.assertRegex(output, rf'the job \d+ on n\d {TIME_LIMIT}')
        self.assert_recorded('one', 'time_limit', TIME_LIMIT)
        self.assertRegex(self.finish(item, 1), rf'1 failed: the job \d+_1 {TIME_LIMIT}')
        event, = self.events('item', 'item')
        self.assertIn(TIME_LIMIT, event['message'])

    def test_memory(self):
        """a command that takes more memory than it has asked for is told so, and not tried again"""
        takes = self.top / 'takes'
        takes.write_text('import time\nmuch = bytes(range(256)) * (400 << 12)\ntime.sleep(1000)\n', encoding='utf-8')
        one = self.start_command('one', '--nodes 1 --mem 60', f'{sys.executable} {takes}', '--retry-on', 'place')
        output = self.finish(one, 1)
        self.assertEqual(['125 memory'], re.findall(r'= (\d+ \w*)', output))
        self.assertRegex(output, rf'the job \d+ on n\d {MEMORY}')
        self.assert_recorded('one', 'memory', MEMORY)
        # Of a task of an array Slurm says no more than that it failed, unless a control group ends it (OUT_OF_MEMORY).


tap.main()
