# SPDX-License-Identifier: BSD-3-Clause
"""examples/console_gallery.c is run, and what it shows is compared."""
import difflib
import os
import re
import subprocess
import unittest

from support import tap

GALLERY = tap.BUILD / 'examples' / 'console_gallery'
EXPECTED = tap.SOURCE / 'tests' / 'gallery' / 'expected'


def run(*arguments, **variables):
    """What it writes to a pipe, without what differs from run to run."""
    kept = {name: os.environ[name] for name in ('PATH', 'ASAN_OPTIONS') if name in os.environ}
    shown = subprocess.run([GALLERY, *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                           env={**kept, 'COLUMNS': '72', **variables}, check=True)
    text = shown.stdout.decode()
    # The time is left out where it is the same as above.
    text = re.sub(r'^\[\d\d:\d\d:\d\d\]', ' ' * len('[HH:MM:SS]'), text, flags=re.MULTILINE)
    text = re.sub(r'\b\d:\d\d:\d\d$', 'H:MM:SS', text, flags=re.MULTILINE)
    text = re.sub(r' +$', '', text, flags=re.MULTILINE)
    return re.sub(r'(console_gallery\.c):\d+$', r'\1:NN', text, flags=re.MULTILINE)


class Gallery(unittest.TestCase):
    def compare(self, name, text):
        """Or, if STAGED_ACCEPT is set, takes what is shown for what is expected."""
        path = EXPECTED / f'{name}.txt'
        if os.environ.get('STAGED_ACCEPT'):
            path.write_text(text, encoding='utf-8')
        expected = path.read_text(encoding='utf-8')
        if text != expected:
            self.fail(''.join(difflib.unified_diff(expected.splitlines(True),
                                                   text.splitlines(True), 'expected', 'shown')))

    def test_plain(self):
        """all parts, where there are no colours"""
        self.compare('plain', run(LC_ALL='C.UTF-8'))

    def test_ascii(self):
        """what is drawn with lines, where there is only ASCII"""
        self.compare('ascii', run('rule', 'panel', 'boxes', 'tree', 'table', 'spinner', 'bar',
                                  LC_ALL='C'))

    def test_list(self):
        """the names of all parts"""
        names = run('--list').split()
        self.assertIn('table', names)
        self.assertEqual(len(names), len(set(names)))


tap.main()
