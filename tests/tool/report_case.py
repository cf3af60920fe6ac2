# SPDX-License-Identifier: BSD-3-Clause
"""What tests of `staged report` have in common."""
import html.parser
import os
import pathlib
import tempfile
import unittest

from program import staged


class ReportCase(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.runs = pathlib.Path(folder.name) / 'runs'

    def report(self, *words, status=0):
        done = staged('report', *words, errors='surrogateescape', cwd=self.runs.parent,
                      env={**os.environ, 'STAGED_RUNS': 'runs', 'TZ': 'UTC'})
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        self.assertEqual(done.stdout if status else done.stderr, '')
        return done.stderr if status else done.stdout

    def read_page(self, *words):
        self.page = self.report(*words, '--html', '-')
        parsed = Parser(self.page)
        self.assertEqual(parsed.open, [])
        self.assertEqual(sorted(parsed.ids), sorted(set(parsed.ids)))
        for link in parsed.links:
            self.assertRegex(link, '^(#|file:///)')
            if link.startswith('#'):
                self.assertIn(link[1:], parsed.ids)
        return parsed


class Parser(html.parser.HTMLParser):
    """What is on a page: tags, each with attributes, and texts by the class that they are in."""
    VOID = {'meta', 'input', 'rect', 'br'}

    def __init__(self, page):
        super().__init__()
        self.open, self.tags, self.ids, self.links = [], [], [], []
        self.text = ''
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.tags.append((tag, attributes))
        if 'id' in attributes:
            self.ids.append(attributes['id'])
        if 'href' in attributes:
            self.links.append(attributes['href'])
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in self.VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open and self.open[-1] == tag, (tag, self.open)
        self.open.pop()

    def handle_data(self, data):
        if self.open and self.open[-1] not in ('style', 'script'):
            self.text += data
