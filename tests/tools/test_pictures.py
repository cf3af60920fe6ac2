# SPDX-License-Identifier: BSD-3-Clause
"""The pictures of the documentation, and the program that draws them."""
import re
import subprocess
import unittest
import xml.etree.ElementTree

from support import tap

PICTURES = tap.SOURCE / 'docs' / 'pictures'
MOST_BYTES = 200_000
PROGRAM = tap.BUILD / 'tools' / 'ansi_picture'


def draw(text, *options):
    """The answer of the program: (exit status, standard output)."""
    run = subprocess.run([PROGRAM, *options], input=text.encode(), stdout=subprocess.PIPE,
                         stderr=subprocess.PIPE, check=False)
    return run.returncode, run.stdout.decode()


class Program(unittest.TestCase):
    def test_picture(self):
        """what a terminal got becomes a picture"""
        status, text = draw('\x1b[31mred\x1b[0m\n', '-t', 'a title', '-w', '40')
        self.assertEqual(status, 0)
        xml.etree.ElementTree.fromstring(text)
        self.assertIn('>red</text>', text)
        self.assertIn('>a title</text>', text)
        self.assertIn('viewBox="0 0 506 ', text)

    def test_other_formats(self):
        """or a page, or plain text"""
        self.assertEqual(draw('\x1b[31mred\x1b[0m\n', '-f', 'text'), (0, 'red\n'))
        self.assertEqual(draw('\x1b[31mred\x1b[0m\n', '-f', 'ansi'), (0, '\x1b[31mred\x1b[0m\n'))
        self.assertIn('>red</span>', draw('\x1b[31mred', '-f', 'html', '-c', 'monokai')[1])

    def test_usage(self):
        """what it cannot read ends with the usage"""
        for options in (['-w', '0'], ['-f', 'png'], ['-c', 'nonsense'], ['file'], ['-x']):
            with self.subTest(options=' '.join(options)):
                self.assertEqual(draw('', *options), (2, ''))


class Documentation(unittest.TestCase):
    def test_well_formed(self):
        """every picture is well-formed"""
        names = sorted(PICTURES.glob('*.svg'))
        self.assertTrue(names)
        for path in names:
            with self.subTest(name=path.name):
                xml.etree.ElementTree.parse(path)

    def test_shown_pictures(self):
        """the documentation shows no picture that is not there"""
        shown = set()
        for path in (tap.SOURCE / 'README.md', *(tap.SOURCE / 'docs').glob('*.md')):
            for name in re.findall(r'pictures/([\w-]+\.(?:svg|png))', path.read_text(encoding='utf-8')):
                shown.add(name)
        self.assertEqual(shown - {path.name for path in PICTURES.iterdir()}, set())

    def test_faces(self):
        """GitHub's log folds what passed, and shows what failed"""
        tree = xml.etree.ElementTree.parse(PICTURES / 'deploy-github.svg')
        text = ' '.join(''.join(tree.getroot().itertext()).split())
        for seen in '▸ build', '▸ test', '▾ publish', 'Error: exit code 22', '▸ clean':
            self.assertIn(seen, text.replace('\xa0', ' '))
        self.assertNotIn('::', text)

    def test_sizes(self):
        """no picture is so large that a clone is slow"""
        self.assertEqual([], [path.name for path in PICTURES.iterdir() if path.stat().st_size > MOST_BYTES])


tap.main()
