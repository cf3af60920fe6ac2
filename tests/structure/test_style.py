# SPDX-License-Identifier: BSD-3-Clause
"""Words that docs/style.md rules out stay out of messages, public headers and documentation."""
import re
import unittest

from support import tap

STYLE = tap.SOURCE / 'docs/style.md'
# The phrases of the table's left column, as they would turn up again.
RULED_OUT = re.compile(
    r'\banswer(?:s|ed)\b|\bin vain\b|\bwas up\b|\bis up\b|\bwhat else is to be\b|\bwithout end\b'
    r'|\bis no (?:number|integer|path|pipe|list|text|markup|directory|table|terminal|task)\b'
    r'|\b(?:is|are|was) well\b|\botherwise than\b|\bwhoever\b|\ball zero but\b'
    r'|\bto be released with\b'
    # Further constructions that read as translated.
    r"|\bof one's own\b|\bwhom\b|\bin spite of\b|\bfor ever\b|\bhanded (?:to|on|out)\b"
    r'|\b(?:looks?|looked) (?:at|on|anew)\b|\bretries are spent\b|\bspent retries\b'
    r'|\b(?:is|are) told\b|\btells of\b|\bended by NULL\b|\bbeside (?:us|the stage|a stage)\b'
    r'|\b(?:goes|went|has ended) well\b|\ball that (?:it|they) (?:started|points?)\b'
    r'|\bNULL is fine\b|\bNULL: nothing\.|\b(?:has|have) to outlive\b|\balso when it fails\b'
    r'|\bdoes something about it\b|\bis there to\b|\band its relatives\b'
    r'|\bif need be\b|\bless than 0 or no number\b', re.IGNORECASE)
STRING = re.compile(r'"((?:\\.|[^"\\\n])*)"')
COMMENT = re.compile(r'/\*.*?\*/', re.DOTALL)


def messages():
    """[(place, text)] of the string literals of the library, neighbours joined."""
    found = []
    for path in sorted((tap.SOURCE / 'src').rglob('*.c')):
        code = COMMENT.sub(lambda comment: '\n' * comment[0].count('\n'), path.read_text('utf-8'))
        for group in re.finditer(STRING.pattern + r'(?:\s*' + STRING.pattern + ')*', code):
            line = code.count('\n', 0, group.start()) + 1
            found.append((f'{path.relative_to(tap.SOURCE)}:{line}',
                          ''.join(STRING.findall(group[0]))))
    return found


def pages():
    """[(place, text)] of the public headers and the documentation, without the ends of lines."""
    paths = sorted((tap.SOURCE / 'include/staged').glob('*.h'))
    paths += [path for path in sorted((tap.SOURCE / 'docs').glob('*.md')) if path != STYLE]
    paths += [tap.SOURCE / 'README.md', tap.SOURCE / 'CONTRIBUTING.md']
    return [(str(path.relative_to(tap.SOURCE)), re.sub(r'\s+(?:\* )?', ' ', path.read_text('utf-8')))
            for path in paths]


def violations(texts):
    return [f'{place}: ...{text[max(0, found.start() - 40):found.end() + 30]}...'
            for place, text in texts for found in RULED_OUT.finditer(text)]


class Style(unittest.TestCase):
    def test_table(self):
        """each phrase that docs/style.md rules out is found"""
        rows = re.findall(r'^\| (.+?) \| .+ \|$', STYLE.read_text('utf-8'), re.MULTILINE)
        self.assertGreater(len(rows), 8)
        for phrase in rows[1:]:
            self.assertRegex(phrase, RULED_OUT)

    def test_messages(self):
        """no message has one"""
        self.assertGreater(len(messages()), 1000)
        self.assertEqual([], violations(messages()))

    def test_pages(self):
        """no public header and no page of the documentation has one"""
        self.assertGreater(len(pages()), 25)
        self.assertEqual([], violations(pages()))


if __name__ == '__main__':
    tap.main()
