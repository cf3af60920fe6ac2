# SPDX-License-Identifier: BSD-3-Clause
"""`staged report --script`: a page of the last runs of a script."""
import html
import json
import os
import pathlib
import re

from support import tap

from program import staged
from records import HOSTILE, Record, make_four, make_hostile_run
from report_case import ReportCase


class History(ReportCase):
    def make(self, count=8):
        """Runs of which one in four fails, one in four passes after a retry, and one has no second stage."""
        for number in range(count):
            record = Record(self.runs, began=f'202611{10 + number // 24}T{number % 24:02}3112Z', suffix=f'r{number:04}')
            record.begin(('build', 'test', 'lint')).whole_stage('build', ['make'], took=2)
            if number % 4 == 1:
                record.whole_stage('test', ['make', 'check'], outcome='failed').end('failed')
                continue
            record.whole_stage('test', ['make', 'check'], retries=int(number % 4 == 2), took=number + 1)
            record.stage_begin('lint').stage_end('skipped', 0, message='not selected').end()

    def history(self, *words, script='deploy'):
        return self.read_page('--script', script, *words)

    def grid(self):
        """{end of the id: marks of the row}."""
        body = re.search(r'<table class="grid">.*?<tbody>(.*?)</tbody>', self.page, re.DOTALL)[1]
        return {re.search(r'-(\w{5})</a>', row)[1]: ''.join(re.findall(r'<i .*?>(.)</i>', row))
                for row in body.split('</tr>')[:-1]}

    def titles(self, name):
        """What is said of each bar of a drawing, the earliest first."""
        figure = next(part for part in self.page.split('<figure>') if f'<b>{name}</b>' in part)
        return re.findall('<title>(.*?)</title>', figure)

    def test_order(self):
        """how often the runs passed, flaky stages, figures, durations, and the runs"""
        self.make()
        text = self.history('--last', '6').text
        places = [text.index(words) for words in (
            'deploy the last 6 of 8 runs', '5 of 6 runs that ended passed (83 %); 1 stage is flaky', 'Flaky stages',
            '↻ test passed only after a retry in 2 of 6 runs (33 %), the last time in 20261110T063112Z-r0006',
            'Figures', 'The whole run', 'Durations', 'A bar is a run', 'Where')]
        self.assertEqual(places, sorted(places))

    def test_grid(self):
        """a row a run, the latest first, which leads to its record, with a symbol a stage"""
        self.make()
        parsed = self.history('--last', '3')
        self.assertEqual(self.grid(), {'r0007': '✓✓–', 'r0006': '✓↻–', 'r0005': '✓✗·'})
        self.assertEqual(list(self.grid()), ['r0007', 'r0006', 'r0005'])
        self.assertIn('title="test: passed after a retry, 14.0 s"', self.page)
        self.assertIn("stage 'test': make check", parsed.text)
        links = [link for link in parsed.links if link.startswith('file:')]
        self.assertEqual(len(links), 3)
        for link in links:
            self.assertTrue((pathlib.Path(link.removeprefix('file://')) / 'events.jsonl').is_file())

    def test_ends(self):
        """runs that died, go on, or went on with an earlier one"""
        running = make_four(self.runs)
        self.history()
        self.assertEqual(self.grid(), {'died0': '✓†··', 'bad00': '✓·✗✓', 'first': '✓·↻·'})
        self.history(script='backup')
        self.assertEqual(self.grid(), {'goes0': '▸'})
        self.assertIn('process 4242, since 2026-11-28 21:31:12', self.page)
        running.died()
        record = Record(self.runs, began='20261129T183112Z', suffix='again', resumes='x').begin()
        record.stage_begin('build').stage_end('passed', 5, earlier=True).whole_stage('test').end()
        self.history('--last', '1')
        self.assertEqual(self.grid(), {'again': '«✓'})
        self.assertNotIn('<b>build</b>', self.page)

    def test_figures(self):
        """the figures are those of `staged stats`"""
        self.make(9)
        self.history()
        stats = json.loads(staged('stats', '--json', cwd=self.runs.parent,
                                  env={**os.environ, 'STAGED_RUNS': 'runs'}).stdout)
        rows = re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', self.page)
        shown = {name: [re.sub('<.*?>', '', cell) for cell in cells.split('</td>')][:3] for name, cells in rows}
        self.assertEqual(shown, {
            figures['stage'] or 'The whole run': [
                str(figures['runs']),
                f'{100 * figures["passed"] / figures["ended"]:.0f} %' if figures['ended'] else '',
                str(figures['passed_after_retry'] or '')] for figures in stats})

    def test_bars(self):
        """a bar for each run in which a stage ran, the earliest on the left; what is too long is cut"""
        self.make()
        Record(self.runs, began='20261128T000000Z').begin().whole_stage('build', ['make'], took=900).end()
        self.history()
        self.assertEqual([title.split(': ')[1] for title in self.titles('test')], [
            'passed, 1.0 s', 'failed, 1.0 s', 'passed after a retry, 6.0 s', 'passed, 4.0 s', 'passed, 5.0 s',
            'failed, 1.0 s', 'passed after a retry, 14.0 s', 'passed, 8.0 s'])
        self.assertEqual(len(self.titles('The whole run')), 9)
        self.assertEqual(re.findall(r'aria-label="(.*?)">\n<g', self.page), [
            'The whole run: durations of 9 runs, up to 32.0 s', 'build: durations of 9 runs, up to 4.0 s',
            'test: durations of 8 runs, up to 14.0 s'])
        self.assertEqual(self.page.count('↑</text>'), 2)
        for figure in self.page.split('<figure>')[1:]:
            places = [float(place) for place in re.findall(r'<rect x="([\d.]+)%"', figure)]
            self.assertEqual(places, sorted(places))
            self.assertTrue(all(0 <= place < 100 for place in places))

    def test_never_flaky(self):
        """no stage is flaky, and none has figures yet"""
        Record(self.runs).begin().stage_begin('build').attempt_begin().command_begin('make').died()
        self.assertIn('No stage passed only after a retry.', self.history().text)
        self.assertIn('0 of 1 runs that ended passed (0 %); 0 stages are flaky', self.page)
        self.assertIn('none passed', self.page)

    def test_hostile(self):
        """nothing of a record is taken for a part of the page"""
        make_hostile_run(self.runs)
        parsed = self.history()
        self.assertEqual([attributes for tag, attributes in parsed.tags if tag in ('img', 'script') or any(
            name.startswith('on') for name in attributes)], [])
        self.assertNotRegex(self.page, '[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]')
        self.assertGreater(parsed.text.count('</noscript><script>alert(1)</script>'), 2)
        self.assertGreater(html.unescape(self.page).count(HOSTILE[:40]), 5)

    def test_alone(self):
        """nothing is fetched, and no script may run"""
        self.make()
        policy = next(attributes['content'] for tag, attributes in self.history().tags
                      if tag == 'meta' and 'http-equiv' in attributes)
        self.assertEqual(policy, "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'")
        self.assertNotRegex(self.page, r'(?i)<script|<link|<img|<iframe|@import|url\(|https?://|\{\{')

    def test_file(self):
        """without a name the page is report.html, also that of one run"""
        self.make()
        for words, title in ((['--script', 'deploy'], 'deploy: the last 8 runs'), ([], 'deploy passed')):
            self.assertEqual(self.report(*words, '--html'), '')
            self.assertIn(f'<title>{title}</title>', (self.runs.parent / 'report.html').read_text('utf-8'))


class Mistakes(ReportCase):
    def test_options(self):
        """options that make no sense together"""
        make_four(self.runs).file.close()
        for words, expected in (
                (['--last', '5', '--html'], '--last is about the runs of a script: name it with --script'),
                (['--script', 'deploy'], 'name at least one file to write, such as --html report.html'),
                (['latest', '--script', 'deploy', '--html'], "--script is about several runs: leave out the run 'latest'"),
                (['--script', 'deploy', '--html', '--junit', 'a.xml'],
                 '--junit is about one run, and cannot be used with --script, only --html can'),
                (['--script', 'deploy', '--json', '-'],
                 '--json is about one run, and cannot be used with --script, only --html can'),
                (['--script', 'deploy', '--html', 'a', '--last', '0'],
                 "argument --last: must be a number of runs from 1 to 1000: '0'"),
                (['--script', 'deploy', '--html', 'a', '--last', 'x5'], "from 1 to 1000: 'x5'"),
                (['--script', 'deploy', '--html', 'a', '--last', '1001'], "from 1 to 1000: '1001'"),
                (['--script', 'deplyo', '--html'],
                 "staged report: no run of 'deplyo' is recorded in 'runs'; did you mean 'deploy'?\n"),
                (['--script', 'unlike', '--html'], "recorded in 'runs'; `staged stats` lists the scripts\n")):
            with self.subTest(words=words):
                self.assertIn(expected, self.report(*words, status=2))
        self.assertEqual([path.name for path in self.runs.parent.iterdir()], ['runs'])

    def test_nothing(self):
        """no run of any script, and a page that cannot be written"""
        self.runs.mkdir()
        self.assertEqual(self.report('--script', 'deploy', '--html', status=2),
                         "staged report: no run is recorded in 'runs'\n")
        make_four(self.runs).file.close()
        self.assertIn("cannot write 'none/a.html': No such file",
                      self.report('--script', 'deploy', '--html', 'none/a.html', status=74))


tap.main()
