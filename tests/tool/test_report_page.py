# SPDX-License-Identifier: BSD-3-Clause
"""The page of `staged report --html` in a browser: how it behaves, with scripts and without."""
import os
import pathlib
import tempfile
import unittest

from support import tap

import browser
from program import staged
from records import Record, make_hostile_run, make_mixed_run


@unittest.skipIf(browser.PROGRAM is None, 'there is no Chromium')
class Page(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.browser = browser.Browser()
        cls.addClassCleanup(cls.browser.close)

    def open(self, make, **options):
        """Opens the page of a run that `make` makes."""
        runs = pathlib.Path(self.folder.name) / self.id()
        make(runs / 'runs')
        done = staged('report', '--html', 'page.html', cwd=runs, env={**os.environ, 'STAGED_RUNS': 'runs'})
        self.assertEqual(done.returncode, 0, done.stderr)
        self.browser.open((runs / 'page.html').as_uri(), **options)
        self.value = self.browser.value

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

    def test_narrow(self):
        """nothing is wider than the window, at 400 and at 1280 pixels, light and dark"""
        self.open(make_mixed_run)
        url = self.value('location.href')
        for width in (400, 1280):
            for scheme in ('light', 'dark'):
                with self.subTest(width=width, scheme=scheme):
                    self.browser.open(url, width=width, scheme=scheme)
                    self.value('document.getElementById("open-all").click()')
                    self.assertLessEqual(self.value('document.documentElement.scrollWidth'), width)

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


tap.main()
