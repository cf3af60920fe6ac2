# SPDX-License-Identifier: BSD-3-Clause
"""The parts depend on each other in one direction: base < console, args, process, retry < script."""
import re
import unittest

from support import tap

# What each part may include, besides itself.
MAY_USE = {
    'base': (),
    'console': ('base',),
    'args': ('base',),
    'process': ('base',),
    'retry': ('base',),
    'script': ('base', 'console', 'args', 'process', 'retry'),
}
# The part of each public header that is not called like its part.
PART_OF_HEADER = {
    'choice': 'base',
    'location': 'base',
    'clock': 'base',
    'macros': 'base',
    'status': 'base',
    'export': 'console',
    'live': 'console',
    'progress': 'console',
    'renderable': 'console',
    'secrets': 'process',
    'signals': 'process',
    'words': 'process',
    'class': 'script',
    'events': 'script',
    'waiting': 'script',
}
UMBRELLA = 'staged'
INCLUDE_LINE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def part_of_public_header(name):
    """The part that a public header belongs to; None: nobody said so."""
    if name in MAY_USE:
        return name
    prefix = name.split('_')[0]
    return PART_OF_HEADER.get(name) or (prefix if prefix in MAY_USE else None)


def includes_of(path):
    """What a file of ours includes: [(line number, opening character, name)]."""
    lines = path.read_text(encoding='utf-8').splitlines()
    matches = ((number, INCLUDE_LINE.match(line)) for number, line in enumerate(lines, 1))
    return [(number, match.group(1), match.group(2)) for number, match in matches if match]


def problem_of_include(part, opening, name):
    """What is wrong with an #include in a file of a part; None: nothing."""
    if opening == '<' and not name.startswith('staged/'):
        return None
    if opening == '<':
        used = part_of_public_header(name[len('staged/'):-len('.h')])
        if used is None:
            return f'<{name}>: PART_OF_HEADER in {__file__} does not say which part it is of'
    else:
        used = name.split('/')[0]
        if used not in MAY_USE or '/' not in name:
            return f'"{name}": write "PART/FILE.h", with one of the parts {", ".join(MAY_USE)}'
    if used != part and used not in MAY_USE[part]:
        return f'{name}: {part} must not use {used}'
    return None


class Includes(unittest.TestCase):
    def check_part(self, part, paths):
        problems = []
        for path in paths:
            for number, opening, name in includes_of(path):
                problem = problem_of_include(part, opening, name)
                if problem is not None:
                    problems.append(f'{path.relative_to(tap.SOURCE)}:{number}: {problem}')
        if problems:
            self.fail('\n'.join(problems))

    def test_sources(self):
        """includes of src/ point downwards"""
        for folder in sorted((tap.SOURCE / 'src').iterdir()):
            if folder.is_dir():
                with self.subTest(part=folder.name):
                    self.assertIn(folder.name, MAY_USE, 'not a part; say in MAY_USE what it uses')
                    self.check_part(folder.name, sorted(folder.rglob('*.[ch]')))

    def test_public_headers(self):
        """includes of public headers point downwards"""
        for header in sorted((tap.SOURCE / 'include' / 'staged').glob('*.h')):
            if header.stem == UMBRELLA:
                continue
            with self.subTest(header=header.name):
                part = part_of_public_header(header.stem)
                self.assertIsNotNone(part, f'PART_OF_HEADER in {__file__} lacks {header.stem}')
                self.check_part(part, [header])

    def test_umbrella(self):
        """staged.h includes every public header, by itself or through another"""
        folder = tap.SOURCE / 'include' / 'staged'
        reached, waiting = set(), [f'{UMBRELLA}.h']
        while waiting:
            name = waiting.pop()
            if name not in reached:
                reached.add(name)
                waiting += [included[len('staged/'):] for _, _, included in
                            includes_of(folder / name) if included.startswith('staged/')]
        left_out = {header.name for header in folder.glob('*.h')} - reached
        self.assertFalse(left_out, f'not included: {", ".join(sorted(left_out))}')

    def test_examples(self):
        """examples use the public headers alone"""
        for path in sorted((tap.SOURCE / 'examples').glob('**/*.[ch]')):
            with self.subTest(example=path.name):
                own = [f'{path.name}:{number}: "{name}"' for number, opening, name in
                       includes_of(path) if opening == '"' and not (path.parent / name).exists()]
                self.assertFalse(own, '\n'.join(own))


tap.main()
