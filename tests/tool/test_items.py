# SPDX-License-Identifier: BSD-3-Clause
"""What the verbs that read records tell of each and its items."""
import json
import os
import re
import textwrap
import xml.etree.ElementTree as xml

from support import tap

from program import staged
from records import Record, make_each_run
from report_case import ReportCase
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
        record.each_begin('gzip', '-k', name='packing').item('a').item('b').each_end()
        record.attempt_end().stage_end().end()
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


class Real(RunsCase):
    def test_script(self):
        """what a script has recorded"""
        script = self.runs.parent / 'script'
        script.write_text(textwrap.dedent("""\
            stage pack 'Packing' --by-default
            stage_pack() { each --jobs 1 --attempts 2 check -- a b c; }
            check() { echo "at $1"; [[ $1 != b ]]; }
            """))
        self.assertEqual(self.run_staged('script').returncode, 1)
        shown = self.staged('show')
        self.assertIn("    # check, stage 'pack', attempt 1, ./script:2\n    check\n    2 passed, 1 failed\n", shown)
        self.assertRegex(shown, r'\n +b +exit code 1: \[\[ \$1 != b \]\] +2 ')
        self.assertIn('# the output of b\n\n      at b\n      at b\n', shown)
        self.assertIn("➤ Failed stage:\n\n    # stage 'pack'\n", shown)
        each = json.loads(self.staged('report', '--json', '-'))['stages'][-1]['attempts'][0]['eaches'][0]
        self.assertEqual([each['passed'], each['failed'], each['total'], each['failures'][0]['item']], [2, 1, 3, 'b'])


class Differences(ReportCase):
    """`staged diff`, and the page about two runs."""
    A, B = '20261128T183112Z-', '20261129T183112Z-'

    def make(self, began, *attempts, resumed=(), **fields):
        """A run whose attempts have items with exit codes: {(each, item): code}."""
        record = Record(self.runs, began=began.rstrip('-')).begin(('pack',)).stage_begin('pack')
        for number, items in enumerate(attempts, 1):
            record.attempt_begin(number)
            record.each = 0
            for each in ('gzip', 'xz'):
                record.each_begin(each)
                for (other, item), code in items.items():
                    if other == each:
                        record.item(item, code, **fields)
                for item in resumed:
                    record.item(item, attempts=0, earlier=True)
                record.each_end()
            record.attempt_end('retrying' if number < len(attempts) else 'passed')
        record.stage_end().end()

    def differences(self):
        """The lines about items."""
        shown = self.run_diff()
        if '➤ Items:' not in shown:
            return []
        return shown.split('➤ Items:\n\n')[1].split('\n\n')[0].replace('    ', '').splitlines()

    def run_diff(self):
        done = staged('diff', self.A, self.B, cwd=self.runs.parent, env={**os.environ, 'STAGED_RUNS': 'runs'})
        self.assertEqual((done.returncode, done.stderr), (int(done.stdout != ''), ''))
        return done.stdout

    def test_items(self):
        """items that passed in one of the runs alone, by their text and their each"""
        self.make(self.A, {('gzip', 'a'): 0, ('gzip', 'b'): 1, ('gzip', 'c'): 2, ('xz', 'a'): 1, ('xz', 'only'): 1})
        self.make(self.B, {('gzip', 'b'): 0, ('gzip', 'a'): 3, ('gzip', 'c'): 1, ('xz', 'a'): 1, ('xz', 'new'): 1})
        self.assertEqual(self.differences(), ['- pack: a: passed', '+ pack: a: failed (exit code 3)',
                                              '- pack: b: failed (exit code 1)', '+ pack: b: passed'])

    def test_attempts(self):
        """what counts is the last attempt, of equal items one that failed, and what had passed before"""
        self.make(self.A, {('gzip', 'a'): 0, ('gzip', 'b'): 1}, {('gzip', 'a'): 1, ('gzip', 'b'): 0})
        self.make(self.B, {('gzip', 'b'): 0}, resumed=['a'])
        self.assertEqual(self.differences(), ['- pack: a: failed (exit code 1)', '+ pack: a: passed'])

    def test_equal(self):
        """of equal items that one which failed"""
        self.make(self.A, {('gzip', 'a'): 0, ('xz', 'b'): 0})
        record = Record(self.runs, began=self.B.rstrip('-')).begin(('pack',)).stage_begin('pack').attempt_begin()
        record.each_begin('gzip').item('a').item('a', 1).item('a').each_end().attempt_end().stage_end().end()
        self.assertEqual(self.differences()[1], '+ pack: a: failed (exit code 1)')

    def test_hidden(self):
        """items with a secret in them cannot be told apart"""
        self.make(self.A, {('gzip', '***'): 0}, hidden=True)
        self.make(self.B, {('gzip', '***'): 1}, hidden=True)
        self.assertEqual(self.differences(), [])

    def test_page(self):
        """the same on the page; of runs without any it says nothing"""
        self.make(self.A, {('gzip', 'a'): 0})
        self.make(self.B, {('gzip', 'a'): 1})
        page = self.read_page('--diff', self.A, self.B)
        self.assertIn('They differ in items (1).', page.text)
        self.assertRegex(self.page, '<th scope="row">pack: a</th><td><span class="word good">passed</span></td>'
                                    r'<td><span class="word bad">failed \(exit code 1\)</span></td>')
        self.assertIn('outcomes, items, what ran', self.read_page('--diff', self.A, self.A).text)

    def test_many(self):
        """of thousands the first"""
        self.make(self.A, {('gzip', str(number)): 0 for number in range(2002)})
        self.make(self.B, {('gzip', str(number)): 1 for number in range(2002)})
        self.assertEqual(len(self.differences()), 4004)
        self.assertIn('2 more are not shown.', self.report('--diff', self.A, self.B, '--html', '-'))


class Reports(ReportCase):
    def cases(self):
        suite = xml.fromstring(self.report('--junit', '-').encode())[0]
        cases = suite.findall('testcase')
        self.assertEqual([len(cases), len(suite.findall('testcase/failure')), len(suite.findall('testcase/error'))],
                         [int(suite.get(name)) for name in ('tests', 'failures', 'errors')])
        return {(case.get('classname'), case.get('name')): case for case in cases}

    def test_junit(self):
        """the failed items of a stage that failed are cases, as how many passed is in its output"""
        make_each_run(self.runs, second=2)
        cases = self.cases()
        self.assertEqual(list(cases), [('deploy', 'pack'), ('deploy.pack', 'gzip: c d.txt'),
                                       ('deploy.pack', 'gzip: e.txt'), ('deploy.pack', 'gzip: f.txt')])
        failed = cases['deploy.pack', 'gzip: c d.txt']
        self.assertEqual((failed.get('time'), failed.find('failure').get('message'), failed.find('failure').text),
                         ('2.000', 'exit code 1', 'attempts: 3\nexit code 1'))
        self.assertEqual(failed.find('system-out').text, 'opening\nno space\n')
        self.assertEqual(cases['deploy.pack', 'gzip: f.txt'].find('error').get('type'), 'interrupted')
        self.assertEqual(cases['deploy', 'pack'].find('system-out').text,
                         '$ gzip {}  # for each item: 2 passed, 1 of them after a retry, 1 had passed before, '
                         '3 failed, 1 not run\n')

    def test_junit_of_passed(self):
        """no case is of an item that did not make its stage fail, also when an earlier attempt failed"""
        make_each_run(self.runs, 'passed')
        self.assertEqual(list(self.cases()), [('deploy', 'pack')])
        record = Record(self.runs, began='20261129T183112Z').begin(('pack',)).stage_begin('pack')
        for attempt in (1, 2):
            record.each = 0
            record.attempt_begin(attempt).each_begin('gzip').item('a', 1).item(f'b{attempt}', 1).each_end()
            record.attempt_end('retrying' if attempt == 1 else 'abandoned', message='gzip failed')
        record.stage_end('abandoned').end('failed')
        self.assertEqual([name for _, name in self.cases()], ['pack', 'gzip: a', 'gzip: b2'])

    def test_many(self):
        """of thousands that failed there are so many as can be read, and the number of the others"""
        record = Record(self.runs).begin(('pack',)).stage_begin('pack').attempt_begin().each_begin('gzip')
        for number in range(2010):
            record.item(f'item-{number}', 1 if number < 1005 else 0)
        record.each_end().attempt_end('failed').stage_end('failed').end('failed')
        self.assertEqual(len(self.cases()), 1 + 1000)
        page = self.report('--html', '-')
        self.assertEqual(page.count('<code>item-'), 2000)
        self.assertIn('5 more failed.', page)
        self.assertIn('5 more passed.', page)
        self.assertIn('| 985 more items | | | |\n', self.report('--markdown', '-'))

    def test_names(self):
        """the beginning of a long item, '' for an empty one, and one that is not UTF-8; as JSON all of it"""
        record = Record(self.runs).begin(('pack',)).stage_begin('pack').attempt_begin().each_begin('gzip')
        items = ['', 'x' + 'é' * 10**5, 'b\udcff']
        for item in items:
            record.item(item, 1)
        record.each_end().attempt_end('failed').stage_end('failed').end('failed')
        long = 'x' + 'é' * 79 + '...'
        self.assertEqual([name for _, name in self.cases()], ['pack', "gzip: ''", f'gzip: {long}', 'gzip: b\ufffd'])
        for name in ('--markdown', '--html'):
            self.assertIn(long.replace('.', '\\.') if name == '--markdown' else long, self.report(name, '-'))
        text = self.report('--json', '-')
        self.assertIn('é' * 10**5, text)
        each = json.loads(text)['stages'][0]['attempts'][0]['eaches'][0]
        self.assertEqual([failed['item'] for failed in each['failures']], items)
        shown = staged('show', cwd=self.runs.parent, env={**os.environ, 'STAGED_RUNS': 'runs', 'COLUMNS': '300'}).stdout
        self.assertIn(f'      {long}', shown)

    def test_page(self):
        """a table of the items, those that failed first, with their output, in place of the listing"""
        make_each_run(self.runs)
        page = self.read_page()
        self.assertIn('6 items, 2 of which failed', page.text)
        self.assertIn('0 commands', page.text)
        self.assertNotIn('For each item of', page.text)
        rows = re.findall(r'<tr><td><code>(.*?)</code>.*?<td class="(\w+)">(.*?)</td></tr>', self.page)
        self.assertEqual(rows, [
            ('c d.txt', 'bad', 'exit code 1'), ('f.txt', 'bad', 'ended, because all was'), ('a.txt', 'good', 'passed'),
            ('b.txt', 'good', 'passed'), ('old.txt', 'good', 'earlier'), ('e.txt', 'good', 'passed')])
        self.assertIn('opening\nno space</pre>', self.page)
        self.assertNotIn('fine', page.text)
        self.assertIn(('rect', 'c0'), [(tag, f'c{attributes.get("data-c")}') for tag, attributes in page.tags])

    def test_markdown(self):
        """a table of those that failed, and the end of what the first of them wrote"""
        make_each_run(self.runs)
        heading, table = self.report('--markdown', '-').split('\nItems of ')[1].split('\n\n', 1)
        self.assertEqual(heading, '**gzip** in **pack**, deploy\\.c line 12: 3 passed, 1 of them after a retry, '
                         '1 had passed before, 2 failed, 1 not run')
        self.assertEqual(table, textwrap.dedent("""\
            | Item | Failure | Attempts | Duration |
            | --- | --- | ---: | ---: |
            | c d\\.txt | exit code 1 | 3 | 2.00 s |
            | f\\.txt | ended, because all was | 1 | 1.00 s |

            The end of the output of **c d\\.txt**

            ```text
            opening
            no space
            ```
            """))

    def test_programs(self):
        """totals and failed items as JSON"""
        make_each_run(self.runs)
        attempt = json.loads(self.report('--json', '-'))['stages'][0]['attempts'][0]
        each = attempt['eaches'][0]
        self.assertEqual(attempt['commands'], [])
        self.assertEqual([each[name] for name in ('name', 'command', 'outcome', 'total', 'passed', 'retried', 'earlier',
                                                  'failed', 'not_run', 'duration_ns', 'file', 'line')],
                         ['gzip', 'gzip {}', 'failed', 7, 3, 1, 1, 2, 1, 10**9, 'deploy.c', 12])
        self.assertEqual([(failed['item'], failed['outcome'], failed['message'], failed['attempts'])
                          for failed in each['failures']],
                         [('c d.txt', 'failed', 'exit code 1', 3),
                          ('f.txt', 'interrupted', 'ended, because all was', 1)])
        first = each['failures'][0]
        output = next(self.runs.glob('*/*/' + first['output'])).read_bytes()
        self.assertEqual(output[first['offset']:][:first['length']], b'opening\nno space\n')

    def test_left(self):
        """what could not be ended at a place"""
        record = Record(self.runs).begin(('pack',)).stage_begin('pack').attempt_begin()
        record.each_begin('gzip', place='hpc').item('a', 1).each_end(left='job 4711, job 4712')
        record.attempt_end('failed').stage_end('failed').end('failed')
        self.assertIn('Could not be ended on hpc: job 4711, job 4712<', self.report('--html', '-'))
        attempt = json.loads(self.report('--json', '-'))['stages'][0]['attempts'][0]
        self.assertEqual('job 4711, job 4712', attempt['eaches'][0]['left'])

    def test_under_way(self):
        """how many have ended, of a run that died"""
        record = Record(self.runs).begin(('pack',)).stage_begin('pack').attempt_begin()
        record.each_begin('gzip', total=9).item('a').item('b', 1).died()
        for name in ('--html', '--markdown', '--junit'):
            self.assertIn('2 of 9 ended: 1 passed, 1 failed', self.report(name, '-'))


if __name__ == '__main__':
    tap.main()
