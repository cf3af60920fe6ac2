# SPDX-License-Identifier: BSD-3-Clause
"""The pages of `staged report --html` in a browser: how they behave, with scripts and without."""
import os
import pathlib
import tempfile
import unittest

from support import tap

import browser
from program import staged
from records import Record, make_four, make_hostile_run, make_mixed_run

# The texts that cannot be read on what is behind them, and the drawings that cannot be seen, by WCAG 2, level AA.
TOO_PALE = r"""(() => {
    const parts = (colour) => colour.match(/[\d.]+/g).map(Number);
    const bright = (colour) => [0.2126, 0.7152, 0.0722].reduce((sum, weight, at) => {
        const part = colour[at] / 255;
        return sum + weight * (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    }, 0);
    const paper = (element) => {
        for (let at = element; at !== null; at = at.parentElement) {
            const colour = parts(getComputedStyle(at).backgroundColor);
            if (colour.length === 3)
                return colour;
        }
        return [255, 255, 255];
    };
    const ratio = (element, ink) => {
        const behind = paper(element);
        const opacity = Number(getComputedStyle(element).opacity);
        const seen = parts(ink).slice(0, 3).map((part, at) => part * opacity + behind[at] * (1 - opacity));
        const [dark, light] = [bright(seen), bright(behind)].sort((a, b) => a - b);
        return (light + 0.05) / (dark + 0.05);
    };
    const found = [];
    let count = 0;
    const check = (element, ink, least, text) => {
        count++;
        if (ratio(element, ink) < least)
            found.push(`${element.tagName}.${element.className}: ${text}`);
    };
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const element = texts.currentNode.parentElement;
        const style = getComputedStyle(element);
        if (texts.currentNode.data.trim() !== '' && element.checkVisibility() &&
            !['SCRIPT', 'NOSCRIPT', 'title'].includes(element.tagName))
            check(element, element.tagName === 'text' ? style.fill : style.color, 4.5, texts.currentNode.data);
    }
    for (const element of document.querySelectorAll('rect, line')) {
        const style = getComputedStyle(element);
        check(element, style.fill === 'none' || element.tagName === 'line' ? style.stroke : style.fill, 3, 'drawn');
    }
    return {found, count};
})()"""


class BrowserCase(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.browser = browser.Browser()
        cls.addClassCleanup(cls.browser.close)

    def open(self, make, *words, **options):
        """Opens the page of a run that `make` makes, or another that words ask for."""
        runs = pathlib.Path(self.folder.name) / self.id()
        make(runs / 'runs')
        done = staged('report', *words, '--html', 'page.html', cwd=runs, env={**os.environ, 'STAGED_RUNS': 'runs'})
        self.assertEqual(done.returncode, 0, done.stderr)
        self.browser.open((runs / 'page.html').as_uri(), **options)
        self.value = self.browser.value

    def check_looks(self, least, prepare='0'):
        """Nothing is wider than the window, and all can be read: at 400 and at 1280 pixels, light and dark, and printed."""
        url = self.value('location.href')
        for width, scheme, media in ((400, 'light', 'screen'), (400, 'dark', 'screen'), (1280, 'light', 'screen'),
                                     (1280, 'dark', 'screen'), (800, 'light', 'print')):
            with self.subTest(width=width, scheme=scheme, media=media):
                self.browser.open(url, width=width, scheme=scheme, media=media)
                self.value(prepare)
                if media == 'screen':
                    self.assertLessEqual(self.value('document.documentElement.scrollWidth'), width)
                result = self.value(TOO_PALE)
                self.assertEqual(result['found'], [])
                self.assertGreater(result['count'], least)
                self.assertEqual(self.browser.errors, [])


@unittest.skipIf(browser.PROGRAM is None, 'there is no Chromium')
class Page(BrowserCase):
    def shown(self):
        """The numbers of the commands that are not hidden."""
        return self.value('Array.from(document.querySelectorAll("details.c:not([hidden]) > summary > b"),'
                          ' (number) => Number(number.textContent))')

    def filter(self, text):
        self.value(f'''(() => {{ const find = document.getElementById("find"); find.value = {text!r};
                       find.dispatchEvent(new Event("input"));
                       return new Promise((done) => setTimeout(done, 20)); }})()''')

    def test_filter(self):
        """text is found in commands and in their output, and what failed can be shown alone"""
        self.open(make_mixed_run)
        self.assertEqual(self.shown(), [1, 2, 3, 4, 5])
        for text, expected in (('MAKE', [1, 4, 5]), ('not ok', [4, 5]), ('<span', []), ('', [1, 2, 3, 4, 5])):
            self.filter(text)
            self.assertEqual(self.shown(), expected, text)
        self.value('document.getElementById("only-failed").click()')
        self.assertEqual(self.shown(), [2, 4, 5])
        self.assertEqual(self.value('document.getElementById("found").value'), '3 of 5 commands')
        self.assertEqual(self.browser.errors, [])

    def test_keys(self):
        """keys find, go to commands, open them, and zoom"""
        self.open(make_mixed_run)
        focused = 'document.activeElement.closest("details.c")?.querySelector("summary > b").textContent'
        for key, expected in (('j', '1'), ('j', '2'), ('k', '1'), ('f', '2'), ('f', '4')):
            self.browser.press(key)
            self.assertEqual(self.value(focused), expected)
        self.browser.press('o')
        self.assertIn('not ok', self.value('''new Promise((done) => setTimeout(done, 50)).then(() =>
            document.activeElement.closest("details.c[open]").querySelector("pre.out").textContent)'''))
        self.browser.press('/')
        self.assertEqual(self.value('document.activeElement.id'), 'find')
        self.browser.press('j')
        self.assertEqual(self.value('document.getElementById("find").value'), 'j')
        self.browser.press('Escape')
        self.assertEqual(self.value('document.getElementById("find").value'), '')
        self.browser.press('+')
        self.assertEqual(self.value('document.querySelector(".rows").style.getPropertyValue("--zoom")'), '2')
        self.assertEqual(self.browser.errors, [])

    def test_links(self):
        """a link opens its command, also one from the timeline"""
        self.open(make_mixed_run)
        for action in ('document.querySelector("#failed a").click()',
                       '''document.querySelector("rect[data-c]").dispatchEvent(
                          new MouseEvent("click", {bubbles: true}))'''):
            self.value(f'new Promise((done) => {{ addEventListener("hashchange", done, {{once: true}}); {action}; }}'
                       ').then(() => 0)')
            self.assertTrue(self.value('document.querySelector(location.hash).open'))
        self.assertEqual(self.browser.errors, [])

    def test_without_scripts(self):
        """all of it can be read, and no control is there that does nothing"""
        self.open(make_mixed_run, scripts=False)
        self.assertGreater(self.value('document.querySelectorAll("details.c pre.out").length'), 4)
        self.assertEqual(self.value('Array.from(document.querySelectorAll("button, input"),'
                                    ' (item) => item.checkVisibility()).includes(true)'), False)

    def test_looks(self):
        """it fits, and can be read, with all commands open"""
        self.open(make_mixed_run)
        self.check_looks(60, 'document.getElementById("open-all").click()')

    def test_items(self):
        """a table of items fits, too, also of long ones"""
        def make(runs):
            record = Record(runs).begin(('pack',)).stage_begin('pack').attempt_begin().each_begin('gzip')
            record.item('long' * 100, 1, b'output' * 100 + b'\n').item('fine').each_end()
            record.attempt_end('failed').stage_end('failed').end('failed')
        self.open(make)
        self.check_looks(20, 'document.getElementById("open-all").click()')

    def test_hostile(self):
        """texts of a record run nothing, also when a command is opened"""
        self.open(make_hostile_run)
        self.value('document.getElementById("open-all").click()')
        self.assertEqual(self.value('document.images.length'), 0)
        self.assertEqual(self.value('document.scripts.length'), 1)
        self.assertEqual(self.browser.errors, [])

    def test_many(self):
        """many commands are few nodes until they are opened"""
        def make(runs):
            record = Record(runs).begin().stage_begin('build').attempt_begin()
            for number in range(2000):
                record.run('cc', f'file{number}.c', output=b'\x1b[32mok\x1b[m\n', took=0.01)
            record.attempt_end().stage_end().end()
        self.open(make)
        self.assertEqual(len(self.shown()), 2000)
        self.assertLess(self.value('document.getElementsByTagName("*").length'), 20000)
        self.assertEqual(self.browser.errors, [])


@unittest.skipIf(browser.PROGRAM is None, 'there is no Chromium')
class History(BrowserCase):
    """The page of the last runs of a script, which has no scripts of its own."""

    @staticmethod
    def make(runs):
        make_four(runs).died()
        make_hostile_run(runs)
        for number in range(60):
            record = Record(runs, began=f'202612{1 + number // 24:02}T{number % 24:02}3112Z').begin()
            record.whole_stage('build', ['make', 'a-long-word' * 9], retries=number % 3 == 0,
                               outcome='failed' if number % 7 == 0 else 'passed', took=number + 1)
            record.end('failed' if number % 7 == 0 else 'passed')

    def test_looks(self):
        """it fits, and can be read"""
        self.open(self.make, '--script', 'deploy', '--last', '1000')
        self.check_looks(500)

    def test_keyboard(self):
        """what is wider than the window can be scrolled by keys, and links lead to runs"""
        self.open(self.make, '--script', 'deploy', '--last', '1000', width=400)
        for area in range(2):
            self.assertGreater(self.value(f"""(() => {{
                const area = document.querySelectorAll('.scroll')[{area}];
                area.focus();
                area.scrollLeft = 1e6;
                return document.activeElement === area ? area.scrollLeft : 0;
            }})()"""), 0)
        self.value('document.querySelector("#flaky a").click()')
        self.assertEqual(self.value('document.querySelector(":target").tagName'), 'TR')

    def test_without_scripts(self):
        """all of it is there: nothing is made by a script"""
        self.open(self.make, '--script', 'deploy', scripts=False)
        self.assertEqual(self.value('document.scripts.length'), 0)
        self.assertEqual(self.value('document.querySelectorAll(".grid tbody tr").length'), 50)
        self.assertEqual(self.value('document.querySelector("figure").getElementsByTagName("rect").length'), 50)
        self.assertGreater(self.value('document.querySelector("figure rect").getBoundingClientRect().width'), 3)


@unittest.skipIf(browser.PROGRAM is None, 'there is no Chromium')
class Comparison(BrowserCase):
    """The page of two runs that are compared, which has no scripts of its own, either."""

    def test_looks(self):
        """it fits, and can be read"""
        def make(runs):
            make_mixed_run(runs)
            make_hostile_run(runs)
            for suffix in 'aaaaa', 'bbbbb':
                record = Record(runs, 'other', suffix=suffix, environment={'PATH': f'/{suffix}/bin:' * 30}).begin()
                record.run('a-long-word' * 20, output=suffix.encode() * 99 + b'\nline\n', code=int(suffix == 'bbbbb'))
                record.run(suffix).stage_begin('build').attempt_begin().attempt_end().stage_end().end()
        for names in (('20261128T183112Z-m', '20261128T183112Z-h'), ('20261128T183112Z-a', '20261128T183112Z-b')):
            self.open(make if names[0].endswith('m') else lambda runs: None, '--diff', *names)
            self.check_looks(40)

    def test_without_scripts(self):
        """what differs in output can be read, and folded"""
        def make(runs):
            Record(runs, suffix='aaaaa').begin().run('make', output=b'one\n').end()
            Record(runs, suffix='bbbbb').begin().run('make', output=b'two\n').end()
        self.open(make, '--diff', '-1', '-2', scripts=False)
        self.assertTrue(self.value('document.querySelector("ins").checkVisibility()'))
        self.value('document.querySelector("summary").click()')
        self.assertFalse(self.value('document.querySelector("ins").checkVisibility()'))

    def test_paper(self):
        """what is folded is printed"""
        def make(runs):
            for suffix in 'aaaaa', 'bbbbb':
                record = Record(runs, suffix=suffix).begin()
                for number in range(30):
                    record.run('make', str(number), output=suffix.encode())
                record.end()
        for media, expected in (('screen', 20), ('print', 30)):
            self.open(make if media == 'screen' else lambda runs: None, '--diff', '-1', '-2', media=media)
            self.assertEqual(self.value('Array.from(document.querySelectorAll("ins"), (line) => line.checkVisibility({'
                                        'contentVisibilityAuto: true})).filter((shown) => shown).length'), expected)


tap.main()
