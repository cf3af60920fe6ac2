# SPDX-License-Identifier: BSD-3-Clause
"""`staged report`: runs as files for people and programs, also those whose texts try to break out of them."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import textwrap
import unittest
import xml.etree.ElementTree as xml

from support import tap

from program import staged
from records import HOSTILE, Record, make_four, make_hostile_run, make_mixed_run
from report_case import ReportCase



class Files(ReportCase):
    def test_several(self):
        """several at once, of the latest run or the one that is named"""
        make_four(self.runs).file.close()
        self.assertEqual(self.report('deploy:-2', '--junit', 'a.xml', '--html', 'a.html', '--markdown', '-'),
                         self.report('20261128T1931', '--markdown', '-'))
        self.assertIn('failures="1"', (self.runs.parent / 'a.xml').read_text('utf-8'))
        self.assertIn('</html>', (self.runs.parent / 'a.html').read_text('utf-8'))

    def test_mistakes(self):
        """no file, two for one stream, no such run, and a file that cannot be written"""
        make_mixed_run(self.runs)
        self.assertIn('name at least one file to write', self.report(status=2))
        self.assertIn('only one report can go to standard output',
                      self.report('--html', '-', '--junit', '-', status=2))
        self.assertIn("no run 'other'", self.report('other', '--html', '-', status=2))
        self.assertIn("cannot write 'none/a.html': No such file", self.report('--html', 'none/a.html', status=74))


class Junit(ReportCase):
    def read(self):
        text = self.report('--junit', '-')
        self.validate(text)
        suites = xml.fromstring(text.encode())
        suite = suites[0]
        self.assertEqual(len(suite.findall('testcase')), int(suite.get('tests')))
        for name, element in (('failures', 'failure'), ('errors', 'error'), ('skipped', 'skipped')):
            self.assertEqual(len(suite.findall('testcase/' + element)), int(suite.get(name)), name)
        return suite

    def validate(self, text):
        """By the schema, where there is a program for that."""
        if shutil.which('xmllint') is None:
            return
        done = subprocess.run(['xmllint', '--noout', '--schema', tap.SOURCE / 'tests/tool/junit.xsd', '-'],
                              input=text.encode(), stderr=subprocess.PIPE, check=False)
        self.assertEqual(done.returncode, 0, done.stderr.decode())

    def test_cases(self):
        """a case a stage; attempts that failed are reruns, or flaky where the stage passed"""
        make_mixed_run(self.runs)
        suite = self.read()
        cases = {case.get('name'): [child.tag for child in case] for case in suite.findall('testcase')}
        self.assertEqual(cases, {
            'build': ['system-out'], 'fetch': ['flakyFailure', 'system-out'], 'lint': ['skipped'],
            'test': ['failure', 'rerunFailure', 'system-out'], 'deploy': ['skipped']})
        self.assertEqual(suite.find('testcase[@name="test"]/failure').get('message'), 'exit code 2: make check')
        self.assertEqual(suite.find('testcase[@name="test"]/system-out').text,
                         '$ make check  # exit code 2\nnot ok 13\ndone\n')
        self.assertEqual(suite.find('testcase[@name="deploy"]/skipped').get('message'), 'did not run')
        self.assertEqual((suite.get('timestamp'), suite.get('time')), ('2026-11-28T18:31:12', '5.000'))

    def test_ends(self):
        """runs that died, go on, or failed outside of stages"""
        running = make_four(self.runs)
        self.assertEqual([case.get('name') for case in self.read()[1:]], ['dump'])
        running.died()
        self.assertEqual(self.read().find('testcase/error').get('type'), 'died')
        Record(self.runs, began='20261129T183112Z').begin().run('false', code=1).end('failed', message='no luck')
        self.assertEqual(self.read().find('testcase/error').get('message'), 'no luck')

    def test_hostile(self):
        """texts that no XML can have"""
        make_hostile_run(self.runs)
        self.assertIn('</script>', self.read().find('testcase').get('name'))


class Markdown(ReportCase):
    def test_whole(self):
        """a table, the reasons, and the failed command"""
        make_mixed_run(self.runs)
        self.assertEqual(self.report('--markdown', '-'), textwrap.dedent("""\
            ### deploy: failed with exit status 1

            | Stage | Result | Attempts | Duration |
            | --- | --- | ---: | ---: |
            | build | passed | 1 | 1.00 s |
            | fetch | passed | 2 | 2.00 s |
            | lint | skipped | | 0.00 s |
            | test | **abandoned** | 2 | 2.00 s |
            | deploy | not run | | 0.00 s |
            | **Total** | | | 5.00 s |

            **test**, deploy\\.c line 12

            ```text
            exit code 2: make check
            ```

            Failed command in **test**, deploy\\.c line 12

            ```text
            $ make check  # exit code 2
            not ok 13
            done
            ```
            """))

    def test_hostile(self):
        """texts cannot end a cell, a line or a block, nor be HTML"""
        make_hostile_run(self.runs)
        text = self.report('--markdown', '-')
        outside = re.sub(r'^(`{3,})text\n.*?^\1$', '', text, flags=re.MULTILINE | re.DOTALL)
        self.assertNotIn('`text', outside)
        self.assertNotIn('<', outside)
        self.assertNotRegex(text, '[\x00-\x08\x0b-\x1f\x7f\u202e]')


class Programs(ReportCase):
    """What other programs read."""

    def test_summary(self):
        """the run, its stages, attempts and commands as JSON"""
        make_mixed_run(self.runs)
        summary = json.loads(self.report('--json', '-'))
        self.assertEqual((summary['outcome'], summary['exit_status'], summary['message']),
                         ('failed', 1, "stage 'test' failed"))
        self.assertEqual([(stage['name'], stage['outcome'], len(stage['attempts'])) for stage in summary['stages']],
                         [(None, None, 1), ('build', 'passed', 1), ('fetch', 'passed', 2), ('lint', 'skipped', 0),
                          ('test', 'abandoned', 2), ('deploy', 'not run', 0)])
        self.assertEqual(summary['failed_command'], {
            'number': 5, 'command': 'make check', 'outcome': 'failed', 'message': 'exit code 2',
            'began_ns': 4 * 10**9, 'duration_ns': 10**9, 'exit_code': 2, 'signal': 0, 'user_ns': 10**9,
            'system_ns': 0, 'max_rss_kib': 3072, 'output': 'output/0005-test.log', 'file': 'deploy.c', 'line': 12,
            'place': None})
        self.assertEqual(summary['stages'][4]['attempts'][1]['commands'], [summary['failed_command']])

    def test_summary_bytes(self):
        """bytes that are not UTF-8 are kept as the record has them"""
        make_four(self.runs).file.close()
        summary = json.loads(self.report('deploy:failed', '--json', '-'))
        self.assertEqual(summary['failed_command']['command'], 'rsync -a out/ h:\udcff/')
        self.assertEqual(summary['failed_command']['outcome'], 'unfinished')

    def test_trace(self):
        """complete events, which on each track are one inside the other or apart"""
        make_mixed_run(self.runs)
        trace = json.loads(self.report('--trace', '-'))
        events = [event for event in trace['traceEvents'] if event['ph'] == 'X']
        self.assertEqual({event['ph'] for event in trace['traceEvents']}, {'X', 'M'})
        self.assertEqual([event['name'] for event in events if event['cat'] == 'stage'],
                         ['build', 'fetch', 'test'])
        self.assertEqual([event['ts'] for event in events if event['cat'] == 'command'],
                         [second * 10**6 for second in range(5)])
        for track in {event['tid'] for event in events}:
            open_until = []
            for event in sorted((event for event in events if event['tid'] == track),
                                key=lambda event: (event['ts'], -event['dur'])):
                while open_until and open_until[-1] <= event['ts']:
                    open_until.pop()
                self.assertTrue(not open_until or event['ts'] + event['dur'] <= open_until[-1], event)
                open_until.append(event['ts'] + event['dur'])

    def test_overlap(self):
        """commands at the same time are on tracks of their own"""
        record = Record(self.runs).begin().stage_begin('build').attempt_begin()
        record.command_begin('one').after(1).command_begin('two').after(1)
        record.event('command_end', number=1, exit_code=0, expected=True, duration_ns=2 * 10**9)
        record.command_end().attempt_end(took=3).stage_end(took=3).end()
        events = json.loads(self.report('--trace', '-'))['traceEvents']
        self.assertEqual([event['tid'] for event in events if event.get('cat') == 'command'], [2, 3])

    def test_spans(self):
        """spans of OpenTelemetry: a tree, with ids, times and states"""
        make_mixed_run(self.runs)
        data = json.loads(self.report('--otlp', '-'))['resourceSpans'][0]
        resource = {item['key']: item['value'] for item in data['resource']['attributes']}
        self.assertEqual(resource['service.name'], {'stringValue': 'deploy'})
        self.assertEqual(resource['process.pid'], {'intValue': '4242'})
        spans = data['scopeSpans'][0]['spans']
        by_id = {span['spanId']: span for span in spans}
        self.assertEqual(len(by_id), len(spans))
        self.assertEqual(len(spans), 1 + 3 + 5 + 5)
        for span in spans:
            self.assertRegex(span['traceId'], '^[0-9a-f]{32}$')
            self.assertRegex(span['spanId'], '^[0-9a-f]{16}$')
            self.assertLessEqual(int(span['startTimeUnixNano']), int(span['endTimeUnixNano']))
            if span is not spans[0]:
                parent = by_id[span['parentSpanId']]
                self.assertLessEqual(int(parent['startTimeUnixNano']), int(span['startTimeUnixNano']))
                self.assertGreaterEqual(int(parent['endTimeUnixNano']), int(span['endTimeUnixNano']))
        self.assertNotIn('parentSpanId', spans[0])
        states = {span['name']: span['status'] for span in spans}
        self.assertEqual(states['make check'], {'code': 2, 'message': 'exit code 2'})
        self.assertEqual(states['make all'], {'code': 1})

    def make_items(self):
        """Three items, of which two ran at the same time, and one that had passed before."""
        record = Record(self.runs).begin().stage_begin('pack').attempt_begin().each_begin('gzip', total=4)
        record.item('old', attempts=0, earlier=True).after(2).item('a', took=2)
        record.after(1).item('b', took=2, attempts=2).item('c', 1, took=9)
        record.each_end(took=0).attempt_end('failed', took=0).stage_end('failed', took=0).end('failed')

    def test_items_of_a_trace(self):
        """items are on tracks of their own, never before their each, and those of an earlier run are left out"""
        self.make_items()
        events = json.loads(self.report('--trace', '-'))['traceEvents']
        items = {event['name']: event for event in events if event.get('cat') == 'item'}
        self.assertEqual({'a', 'b', 'c'}, set(items))
        self.assertEqual([(0, 2), (1, 2), (0, 3)], [
            (items[name]['ts'] // 10**6, items[name]['dur'] // 10**6) for name in 'abc'])
        self.assertEqual(3, len({items[name]['tid'] for name in 'abc'}))
        self.assertEqual(('gzip', 2, 'failed'), (items['a']['args']['each'], items['b']['args']['attempts'],
                                                 items['c']['args']['outcome']))

    def test_spans_of_items(self):
        """a span of each, with those of its items"""
        self.make_items()
        spans = json.loads(self.report('--otlp', '-'))['resourceSpans'][0]['scopeSpans'][0]['spans']
        names = {span['spanId']: span['name'] for span in spans}
        self.assertEqual(len(names), len(spans))
        self.assertEqual({'a': 'gzip', 'b': 'gzip', 'c': 'gzip', 'gzip': 'attempt 1'}, {
            span['name']: names[span['parentSpanId']] for span in spans if span['name'] in ('a', 'b', 'c', 'gzip')})
        self.assertEqual([1, 1, 2], [span['status']['code'] for span in spans if span['name'] in ('a', 'b', 'c')])

    def test_hostile(self):
        """texts of any bytes are valid JSON, and valid UTF-8 where readers insist on it"""
        make_hostile_run(self.runs)
        self.assertEqual(json.loads(self.report('--json', '-'))['message'], HOSTILE)
        for option in ('--trace', '--otlp'):
            text = self.report(option, '-')
            json.loads(text)
            self.assertNotRegex(text, r'\\ud[89a-f]|[\x00-\x09\x0b-\x1f]')


class Page(ReportCase):
    def test_order(self):
        """the outcome first, then the failed command, the times, all commands, and where it ran"""
        make_mixed_run(self.runs)
        text = self.read_page().text
        places = [text.index(words) for words in (
            'failed deploy', '2 of 5 stages passed, 1 of them after a retry; 5 commands, 3 of which failed',
            'Failed command', 'Timing results', 'Timeline', 'What ran', 'Deploying to production', 'Where it ran')]
        self.assertEqual(places, sorted(places))

    def test_command(self):
        """words, directory, exit code, times, CPU, memory, and the output in colours"""
        make_mixed_run(self.runs)
        text = ' '.join(self.read_page().text.split())
        for words in ('make \\ check', 'Ended exit code 2', 'Began 0:00:04 into the run, at 2026-11-28 18:31:16',
                      'Took 0:00:01', 'CPU 0:00:01 user, 0:00:00 system', 'Peak memory 3.0 MiB', 'Directory /srv',
                      'Place deploy.c:12'):
            self.assertIn(words, text)
        self.assertIn('<span class="i1 bold">not ok</span> 13\ndone</pre>', self.page)

    def test_timing(self):
        """the same words and durations as the terminal's table"""
        make_mixed_run(self.runs)
        self.read_page()
        table = re.search(r'<tbody>(.*?)</tbody>', self.page, re.DOTALL)[1]
        rows = [re.findall(r'<td>(.*?)</td>', row) for row in table.split('</tr>')[:-1]]
        rows = [[re.sub('<.*?>', '', cell) for cell in row] for row in rows]
        shown = staged('show', cwd=self.runs.parent, env={**os.environ, 'STAGED_RUNS': 'runs'}).stdout
        self.assertEqual(rows, [re.split(r'\s*│\s*', line.strip())[1:-1] for line in shown.splitlines()
                                if '│' in line and 'Total' not in line])
        self.assertEqual(len(rows), 6)

    def test_ends(self):
        """runs that passed, died and go on"""
        running = make_four(self.runs)
        for run, words in (('deploy:20261128T1831', 'passed deploy'), ('deploy:failed', 'Died during'),
                           ('backup', 'Running')):
            self.assertIn(words, self.read_page(run).text)
        running.died()

    def test_cut(self):
        """long output is cut, and says where the rest is"""
        record = Record(self.runs).begin().stage_begin('build').attempt_begin()
        record.run('make', output=b'first\n' + b'x' * 79 + b'\n' * 100000 + b'last\n')
        record.attempt_end().stage_end().end()
        parsed = self.read_page()
        self.assertIn('last</pre>', self.page)
        self.assertNotIn('first\n', self.page)
        self.assertIn('The last 32768 of 100090 bytes; all of them are in output/0001-build.log', parsed.text)
        link = next(link for link in parsed.links if link.startswith('file:'))
        self.assertTrue(pathlib.Path(link.removeprefix('file://')).is_file())

    def test_hostile(self):
        """nothing of a record is taken for a part of the page"""
        make_hostile_run(self.runs)
        parsed = self.read_page()
        self.assertEqual([tag for tag, _ in parsed.tags].count('script'), 1)
        self.assertEqual([attributes for tag, attributes in parsed.tags if tag == 'img' or any(
            name.startswith('on') for name in attributes)], [])
        self.assertNotRegex(self.page, '[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]')
        self.assertGreater(parsed.text.count('</noscript><script>alert(1)</script>'), 15)

    def test_alone(self):
        """nothing is fetched, and only the page's own script may run"""
        make_mixed_run(self.runs)
        policy = next(attributes['content'] for tag, attributes in self.read_page().tags
                      if tag == 'meta' and 'http-equiv' in attributes)
        self.assertRegex(policy, r"^default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-[\w+/]{43}='")
        self.assertNotRegex(self.page, r'(?i)<link|<img|<iframe|@import|url\(|https?://')


tap.main()
