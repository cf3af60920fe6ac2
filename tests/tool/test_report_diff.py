# SPDX-License-Identifier: BSD-3-Clause
"""`staged report --diff A B`: a page of what changed between two runs."""
import os
import re
import shutil

from support import tap

from program import staged
from records import ENVIRONMENT, HOSTILE, Record, make_four, make_hostile_run
from report_case import ReportCase

SECTIONS = ['outcomes', 'what ran, and where', 'arguments', 'environment', 'commands', 'output']


class Comparison(ReportCase):
    def make(self, suffix, output=b'working\n', code=0, words=('make', 'all'), took=1, **fields):
        record = Record(self.runs, suffix=suffix, **fields).begin().stage_begin('build').attempt_begin()
        record.run(*words, output=output, code=code, took=took).attempt_end().stage_end(took=took)
        return record.end()

    def compare(self, a='20261128T183112Z-a', b='20261128T183112Z-b'):
        parsed = self.read_page('--diff', a, b)
        self.sections = dict(re.findall(r'<section id="(\w+)".*?</h2>\n(.*?)</section>', self.page, re.DOTALL))
        return parsed

    def rows(self, section):
        """The texts of the cells of its table."""
        body = self.sections[section].split('<tbody>')[1].split('</tbody>')[0]
        return [[re.sub('<.*?>', '', cell).strip('\n') for cell in re.split('</t[dh]>', row)[:-1]]
                for row in body.split('</tr>')[:-1]]

    def shown_lines(self):
        """The lines of each output that is shown."""
        return [re.sub('<.*?>', '', lines).rstrip('\n').split('\n')
                for lines in re.findall(r'<pre class="out".*?>(.*?)</pre>', self.page, re.DOTALL)]

    def test_same(self):
        """two runs that do the same"""
        self.make('aaaaa')
        self.make('bbbbb', took=1.5)
        text = self.compare().text
        self.assertIn('They do not differ.', text)
        self.assertIn(f'The same in both: {", ".join(SECTIONS)}.', text)
        self.assertEqual(list(self.sections), ['durations'])
        self.assertEqual(self.rows('durations'), [['build', '1.0 s', '1.5 s', '+50 %', ''],
                                                  ['the run', '1.0 s', '1.5 s', '+50 %', '']])

    def make_two(self):
        """Two runs that differ in everything."""
        self.make('aaaaa', environment_hashes={'TOKEN': '00', 'SAME': '11', 'GONE': '22'})
        record = Record(
            self.runs, suffix='bbbbb', arguments=['/srv/deploy', '--target', 'two words'], directory='/other',
            git={'commit': '4567def'}, environment={**ENVIRONMENT, 'LANG': 'C.utf8'},
            environment_hashes={'TOKEN': '01', 'SAME': '11', 'NEW': '33'})
        record.begin().whole_stage('build', ['make', 'all'], ['make', 'doc'], retries=1, took=3)
        record.whole_stage('test', outcome='failed').end('failed', 7)

    def test_all(self):
        """each kind of difference, with what is marked of it"""
        self.make_two()
        text = self.compare().text
        self.assertIn('They differ in outcomes (4), what ran, and where (2), arguments (1), environment (4), '
                      'commands (3), durations (2).', text)
        self.assertEqual(self.rows('outcomes'), [
            ['build', 'passed', 'passed (attempt 2)'], ['test', '–', 'failed'], ['the run', 'passed', 'failed'],
            ['exit status', '0', '7']])
        self.assertEqual(self.rows('environment'), [
            ['GONE', '(set; its value is not in the record)', '(none)'], ['LANG', 'C.UTF-8', 'C.utf8'],
            ['NEW', '(none)', '(set; its value is not in the record)'],
            ['TOKEN', '(one value, which is not in the record)', '(another one)']])
        self.assertIn('C.<mark>UTF-</mark>8</code>', self.page)
        self.assertEqual(self.rows('durations')[0], ['build', '1.0 s', '6.0 s', '▲ +500 %', ''])

    def test_as_diff(self):
        """what `staged diff` finds, and nothing else"""
        self.make_two()
        shown = staged('diff', '20261128T183112Z-a', '20261128T183112Z-b', cwd=self.runs.parent,
                       env={**os.environ, 'STAGED_RUNS': 'runs'}).stdout
        self.compare()
        facts = [line.strip() for line in shown.splitlines() if re.match(r'    [-+] [\w ]+: (?!.*, then )', line)]
        found = [f'{sign} {name}: {value}' for section in ('ran', 'arguments', 'environment', 'outcomes')
                 for name, *values in self.rows(section) for sign, value in zip('-+', values) if value not in ('(none)', '–')]
        self.assertEqual([line.replace('&#39;', "'") for line in found], facts)
        self.assertEqual(len(re.findall(r'^    [-+] make', shown, re.MULTILINE)),
                         sum(1 + (row[0] == '≠') for row in self.rows('commands') if row[0]))

    def test_commands(self):
        """commands that one ran, that both ran, and that ended differently"""
        for suffix, code, last in (('aaaaa', 0, 'one'), ('bbbbb', 2, 'other')):
            record = Record(self.runs, suffix=suffix).begin().run('make', 'all').run('make', 'doc')
            record.stage_begin('test').attempt_begin(2).run('make', 'check', code=code).run('make', last)
            record.attempt_end().stage_end().end()
        self.compare()
        self.assertEqual(self.rows('commands'), [
            ['', '2 commands are the same'], ['≠', 'make check', 'test, attempt 2', 'passed', 'exit code 2'],
            ['−', 'make one', 'test, attempt 2', 'passed', ''], ['+', 'make other', 'test, attempt 2', '', 'passed']])

    def test_output(self):
        """output of the same command, also where it ended differently; a line that is the same stands around"""
        lines = [b'line %d' % number for number in range(1, 21)]
        self.make('aaaaa', b'\n'.join(lines))
        lines[9:11] = [b'\x1b[31mline ten\x1b[m']
        self.make('bbbbb', b'\n'.join(lines), code=1)
        text = self.compare().text
        self.assertEqual(self.shown_lines(), [[
            '… 6 lines are the same', '  line 7', '  line 8', '  line 9', '− line 10', '− line 11', '+ line ten',
            '  line 12', '  line 13', '  line 14']])
        self.assertIn('make all stage build −2 +1', text)
        self.assertIn('A: output/0001-build.log; B: output/0001-build.log', text)

    def test_colours(self):
        """colours alone are no difference"""
        self.make('aaaaa', b'fine\n')
        self.make('bbbbb', b'\x1b[32mfine\x1b[m\n')
        self.assertIn('They do not differ.', self.compare().text)

    def test_long_output(self):
        """of long output the end is compared, and the page says so"""
        self.make('aaaaa', b'first\n' + b'x' * 70000 + b'\nlast\n')
        self.make('bbbbb', b'other\nmore\n' + b'x' * 70000 + b'\nlast\n')
        text = self.compare().text
        self.assertIn('(the last 5 of 70012 bytes are compared)', text)
        self.assertIn('They differ before what is compared.', text)

    def test_cut_line(self):
        """the line in which output is cut, and those before what both still have, are no difference"""
        lines = b''.join(b'line %d\n' % number for number in range(20000))
        self.make('aaaaa', lines)
        self.make('bbbbb', lines + b'one more\n')
        self.assertIn('stage build −0 +1', self.compare().text)
        self.assertEqual([lines[1:] for lines in self.shown_lines()],
                         [['  line 19997', '  line 19998', '  line 19999', '+ one more']])

    def test_marks(self):
        """what is marked of a value begins and ends with whole characters"""
        for suffix, values in (('aaaaa', 'xü:é'), ('bbbbb', 'xö:ĩ')):
            first, second = values.split(':')
            self.make(suffix, environment={'FIRST': first, 'SECOND': f'a{second}b', 'THIRD': suffix[0] * 3})
        self.compare()
        self.assertEqual(re.findall(r'<code>(.*?)</code>', self.sections['environment']), [
            'x<mark>ü</mark>', 'x<mark>ö</mark>', 'a<mark>é</mark>b', 'a<mark>ĩ</mark>b', '<mark>aaa</mark>',
            '<mark>bbb</mark>'])

    def test_nothing_kept(self):
        """output of which only one run kept something"""
        self.make('aaaaa', None)
        self.make('bbbbb', b'only here\n')
        self.assertIn('A: nothing was kept; B: output/0001-build.log', self.compare().text)
        self.assertEqual(self.shown_lines(), [['+ only here']])

    def make_stage_output(self, suffix, before, output):
        """A run of a shell script: what a stage printed, and in it the output of a command."""
        record = Record(self.runs, suffix=suffix).begin().stage_begin('build').attempt_begin()
        (record.folder / 'output/stage.log').write_bytes(before + output)
        place = {'file': 'output/stage.log', 'offset': len(before), 'length': len(output)}
        record.command_begin('make').after(1).event('command_end', number=1, exit_code=0, expected=True, output=place)
        record.attempt_end().event('stage_output', **{**place, 'offset': 0, 'length': len(before + output)})
        record.stage_end().end()

    def test_stage_output(self):
        """what a stage of a shell script printed, with its commands, which are not shown a second time"""
        self.make_stage_output('aaaaa', b'one\n', b'made\n')
        self.make_stage_output('bbbbb', b'two\n', b'broken\n')
        self.assertIn('stage build  −2 +2', self.compare().text)
        self.assertEqual(self.shown_lines(), [['− one', '− made', '+ two', '+ broken']])

    def test_long_stage_output(self):
        """where only the end of what a stage printed is compared, its commands are"""
        self.make_stage_output('aaaaa', b'one\n', b'made\n' + b'x\n' * 3000)
        self.make_stage_output('bbbbb', b'two\n', b'made\n' + b'x\n' * 3000)
        self.assertIn('They differ before what is compared.', self.compare().text)
        self.make_stage_output('ccccc', b'two\n' + b'x\n' * 3000, b'made\n')
        self.make_stage_output('ddddd', b'one\n' + b'x\n' * 3000, b'broken\n')
        self.compare('20261128T183112Z-c', '20261128T183112Z-d')
        self.assertEqual(self.shown_lines()[-1], ['− made', '+ broken'])

    def test_many(self):
        """thousands of commands whose output differs: some are shown, and the others counted"""
        for suffix in 'aaaaa', 'bbbbb':
            record = Record(self.runs, suffix=suffix).begin()
            for number in range(3000):
                record.run('step', str(number), output=suffix.encode() + b'\n', took=0)
            record.end()
        text = self.compare().text
        self.assertEqual(len(self.shown_lines()), 200)
        self.assertEqual(self.page.count('<details class="both-outputs" open>'), 20)
        self.assertIn('2800 more outputs that differ are not shown.', text)
        self.assertLess(len(self.page), 200_000)

    def test_elsewhere(self):
        """a record that was copied, and one of another script"""
        make_four(self.runs).file.close()
        copy = shutil.copytree(next(self.runs.glob('deploy/*first')), self.runs.parent / 'elsewhere')
        self.compare('deploy:20261128T1831', str(copy))
        self.assertIn('They do not differ.', self.page)
        self.compare('deploy:failed', 'backup')
        self.assertIn('<title>deploy and backup: two runs compared</title>', self.page)
        self.assertIn('did not end', self.sections['commands'])

    def test_hostile(self):
        """nothing of a record is taken for a part of the page"""
        make_hostile_run(self.runs)
        self.make('aaaaa')
        parsed = self.compare('20261128T183112Z-a', '20261128T183112Z-h')
        self.assertEqual([attributes for tag, attributes in parsed.tags if tag in ('img', 'script') or any(
            name.startswith('on') for name in attributes)], [])
        self.assertNotRegex(self.page, '[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]')
        self.assertGreater(parsed.text.count(HOSTILE[:20]), 10)

    def test_hostile_output(self):
        """nothing of the output is, either"""
        self.make('aaaaa', b'fine\n')
        self.make('bbbbb', HOSTILE.encode() + b'\x00\xff</pre><script>alert(9)</script>\n')
        parsed = self.compare()
        self.assertNotIn('script', [tag for tag, _ in parsed.tags])
        self.assertNotRegex(self.page, '[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]')
        self.assertIn('</pre><script>alert(9)</script>', parsed.text)

    def test_alone(self):
        """nothing is fetched, and no script may run"""
        self.make_two()
        policy = next(attributes['content'] for tag, attributes in self.compare().tags
                      if tag == 'meta' and 'http-equiv' in attributes)
        self.assertEqual(policy, "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'")
        self.assertNotRegex(self.page, r'(?i)<script|<link|<img|<iframe|@import|url\(|https?://|\{\{')


class Mistakes(ReportCase):
    def test_options(self):
        """options that make no sense together, and runs that are not there"""
        make_four(self.runs).file.close()
        for words, expected in (
                (['--html', '--diff', 'latest'], 'argument --diff: expected 2 arguments'),
                (['--diff', 'latest', '--html'], "--diff needs two runs, and '--html' is not a run"),
                (['--diff', '-2', '-1', '--script', 'deploy', '--html'],
                 '--diff is about the two runs that it names: leave out --script'),
                (['--diff', '-2', '-1', '--last', '5', '--html'],
                 '--diff is about the two runs that it names: leave out --last'),
                (['deploy', '--diff', '-2', '-1', '--html'], "--diff is about several runs: leave out the run 'deploy'"),
                (['--diff', '-2', '-1', '--markdown', '-'],
                 '--markdown is about one run, and cannot be used with --diff, only --html can'),
                (['--diff', '-2', '-1'], 'name at least one file to write, such as --html report.html'),
                (['--diff', 'none', '-1', '--html'], "no run 'none'"),
                (['--diff', '-1', 'none', '--html'], "no run 'none'")):
            with self.subTest(words=words):
                self.assertIn(expected, self.report(*words, status=2))
        self.assertEqual([path.name for path in self.runs.parent.iterdir()], ['runs'])


tap.main()
