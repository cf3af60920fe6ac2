# SPDX-License-Identifier: BSD-3-Clause
"""What the verbs that read records tell of each and its items."""
import json

from support import tap

from records import Record, make_each_run
from runs_case import RunsCase


class Show(RunsCase):
    def section(self, *words):
        """The section about items, without its indentation."""
        shown = self.staged('show', *words)
        if '➤ Items:' not in shown:
            return ''
        lines = shown.split('➤ Items:\n\n')[1].split('\n➤')[0].splitlines()
        return '\n'.join(line[4:] for line in lines).rstrip() + '\n'

    def test_failed(self):
        """how many passed and failed, what failed, and what the first of those wrote"""
        make_each_run(self.runs, second=2)
        self.assert_shown(self.section(), """
            # gzip, stage 'pack', attempt 1, deploy.c:12
            gzip \\
                {}
            2 passed, 1 of them after a retry, 1 had passed before, 3 failed, 1 not run

              Item      Failure                  Attempts   Duration
             ────────────────────────────────────────────────────────
              c d.txt   exit code 1                     3   0:00:02
              e.txt     exit code 2                     1   0:00:01
              f.txt     ended, because all was          1   0:00:01

            # the output of c d.txt

              opening
              no space
            """)
        shown = self.section('--lines', '1')
        self.assertIn('  no space', shown)
        self.assertNotIn('opening', shown)
        self.assertNotIn('output', self.section('--lines', '0'))

    def test_listing(self):
        """the listing that stands before each is no command that failed, or that goes on"""
        make_each_run(self.runs)
        self.assertIn("➤ Failed stage:\n\n    # stage 'pack'\n", self.staged('show'))
        self.assertIn("stage 'pack': gzip {}", self.staged('runs'))
        self.assertEqual(self.ids('--command', 'gzip {}'), ['each0'])

    def test_all_passed(self):
        """totals alone, and nothing of a run without each"""
        record = Record(self.runs).begin().stage_begin('pack').attempt_begin()
        record.each_begin('gzip', '-k', name='packing').item('a').item('b').each_end().attempt_end().stage_end().end()
        self.assert_shown(self.section(), """
            # packing, stage 'pack', attempt 1, deploy.c:12
            gzip \\
                -k
            2 passed
            """)
        Record(self.runs, began='20261129T183112Z').begin().whole_stage('build', ['make']).end()
        self.assertEqual(self.section(), '')

    def test_under_way(self):
        """how many items have ended, of all if that is known, while the run goes on and after it died"""
        record = Record(self.runs).lock().begin().stage_begin('pack').attempt_begin()
        record.each_begin('gzip', total=40).item('a').item('b', 1)
        self.assertIn('gzip\n2 of 40 ended: 1 passed, 1 failed\n', self.section())
        self.assertIn("stage 'pack': gzip", ' '.join(self.staged('runs').split()))
        self.assertIn("➤ Running:\n\n    # stage 'pack'\n", self.staged('show'))
        record.each_end(not_run=38)
        record.each_begin('xz').item('c')
        record.died()
        self.assertIn('xz\n1 ended: 1 passed\n', self.section())

    def test_many(self):
        """the first failed items, and the first of many each, but those that failed"""
        record = Record(self.runs).begin().stage_begin('pack').attempt_begin()
        for number in range(30):
            record.each_begin(f'true-{number}').item('a').each_end()
        record.each_begin('false')
        for number in range(50):
            record.item(f'item-{number}', 1)
        record.each_end().attempt_end('failed').stage_end('failed').end('failed')
        shown = self.section()
        self.assertIn('item-19', shown)
        self.assertNotIn('item-20', shown)
        self.assertIn('... and 30 more.', shown)
        self.assertIn('true-19\n', shown)
        self.assertNotIn('true-20\n', shown)
        self.assertEqual(shown.rstrip().splitlines()[-1], '... and 10 more.')

    def test_broken(self):
        """items whose each has no beginning are passed over"""
        record = Record(self.runs).begin().stage_begin('pack').attempt_begin().each_begin('gzip')
        record.item('a', each=7).event('item').event('each_end').event('each_begin')
        record.event('item', each=1, item=3, outcome=None)
        record.end()
        self.assertIn('gzip', self.section())

    def test_watch(self):
        """whoever follows a run sees them at its end"""
        make_each_run(self.runs)
        self.assertIn('# the output of c d.txt\n', self.run_staged('watch').stdout)

    def test_json(self):
        """the record as JSON has every item"""
        make_each_run(self.runs)
        events = json.loads(self.staged('show', '--json'))
        self.assertEqual(sum(event['event'] == 'item' for event in events), 6)


if __name__ == '__main__':
    tap.main()
