# SPDX-License-Identifier: BSD-3-Clause
"""The colours of the pages of `staged report`: text can be read, at a ratio of at least 4.5, and what is drawn be seen, at 3.

That is level AA of WCAG 2.  In a browser each text is measured as it is shown (test_report_page.py)."""
import re
import unittest

from support import tap

PAGE = tap.SOURCE / 'src/tool/report/page'


class Contrast(unittest.TestCase):
    INKS = ('text', 'quiet', 'link', 'good', 'bad', 'late', 'odd', 'busy', 'none')
    STYLE = (PAGE / 'page.css').read_text('utf-8')

    def schemes(self):
        """The variables of each scheme: light, dark and print."""
        blocks = re.findall(r'(@media [^{]*\{\s*)?:root \{(.*?)\}', self.STYLE, re.DOTALL)
        light = {}
        others = {}
        for media, block in blocks:
            values = dict(re.findall(r'--([\w-]+): (#[0-9a-f]{6});', block))
            others[media.strip()] = values
            if not media:
                light.update(values)
        found = {media or 'light': {**light, **values} for media, values in others.items()}
        self.assertEqual(len(found), 3)
        return found

    @staticmethod
    def brightness(colour):
        parts = [int(colour[at:at + 2], 16) / 255 for at in (1, 3, 5)]
        parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    def ratio(self, one, other):
        dark, light = sorted((self.brightness(one), self.brightness(other)))
        return (light + 0.05) / (dark + 0.05)

    def test_text(self):
        """on paper, on panels, and on the screen"""
        for name, colours in self.schemes().items():
            pairs = [(ink, paper) for ink in self.INKS for paper in ('paper', 'panel')] + [('glow', 'screen')]
            if 'print' not in name:
                pairs += [(f'ink{number}', 'screen') for number in range(16)]
                pairs += [('on-ink', f'ink{number}') for number in range(16)]
            for ink, paper in pairs:
                with self.subTest(scheme=name, ink=ink, paper=paper):
                    self.assertGreaterEqual(self.ratio(colours[ink], colours[paper]), 4.5)

    def test_several(self):
        """the pages about several runs have no colours but these, and paper for ink only where ink is its paper"""
        style = re.sub(r'/\*.*?\*/', '', (PAGE / 'several.css').read_text('utf-8'), flags=re.DOTALL)
        self.assertNotRegex(style, r'#[0-9a-fA-F]{3}|rgb|hsl|opacity')
        rules = re.findall(r'([^{}]+)\{([^{}]*)\}', style)
        self.assertGreater(len(rules), 20)
        for selector, rule in rules:
            values = dict(re.findall(r'(?:^|[; ])(color|background|stroke|fill): ([^;!]+)', rule))
            with self.subTest(selector=selector.strip()):
                for name, value in values.items():
                    self.assertRegex(value, r'^(var\(--[\w-]+\)|currentColor|none)\s*$', name)
                if values.get('color') == 'var(--paper)':
                    self.assertIn(values['background'], [f'var(--{ink})' for ink in self.INKS])
                elif 'background' in values:
                    self.assertRegex(values['background'], r'--(paper|panel)|none')


tap.main()
