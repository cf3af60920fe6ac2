# SPDX-License-Identifier: BSD-3-Clause
"""What may include what.

The parts depend on each other in one direction: base < console, args, process, retry < place, record < script; so
do the rooms of a part, and no part uses the private headers of another but base."""
import os
import pathlib
import re
import subprocess
import unittest

from support import public_api, tap

# What each part may include, besides itself.
MAY_USE = {
    'base': (),
    'console': ('base',),
    'args': ('base',),
    'process': ('base',),
    'retry': ('base',),
    'record': ('base', 'process'),
    'place': ('base', 'process'),
    'script': ('base', 'console', 'args', 'process', 'retry', 'record', 'place'),
    'tool': ('base', 'console', 'args', 'process', 'retry', 'script'),
}
# The program, which proves that the public headers are enough.
PROGRAM = 'tool'
# The rooms of each part that has some, from the lowest on: none includes what is in a later one.
ROOMS = {
    'base': ('memory', 'text', 'unicode', 'system', 'failure'),
    'args': ('values', 'model', 'help', 'declaring', 'completion', 'reading', 'command_line'),
    'console': ('style', 'text', 'markup', 'renderable', 'table', 'device', 'log', 'live', 'export'),
    'process': ('system', 'words', 'secrets', 'family', 'signals', 'run'),
    'record': ('format', 'writing', 'past'),
    'place': ('remote', 'ssh', 'slurm', 'set', 'job'),
    'script': ('definition', 'record', 'state', 'log', 'recording', 'place', 'command', 'each', 'stage', 'arguments',
               'report', 'face', 'run'),
    'tool': ('common', 'prelude', 'about', 'new', 'run', 'record', 'compare', 'runs', 'show', 'report', 'several',
             'bash', 'source', 'shell', 'verbs', 'script'),
}
# What stands above all rooms of a part.
ABOVE_ROOMS = {'tool': {'main.c'}}
# A folder of more files than this cannot be taken in at a glance.
MOST_FILES = 25
# The header of a part that is for the framework alone, src/script and the places that it uses: like a
# public one it includes nothing of the rooms.
FRAMEWORK = 'framework.h'
USES_FRAMEWORK_HEADERS = ('script', 'place')
# The part of each public header that is not called like its part.
PART_OF_HEADER = {
    'choice': 'base',
    'location': 'base',
    'clock': 'base',
    'macros': 'base',
    'status': 'base',
    'version': 'base',
    'export': 'console',
    'live': 'console',
    'progress': 'console',
    'renderable': 'console',
    'pty': 'process',
    'secrets': 'process',
    'signals': 'process',
    'words': 'process',
    'argument': 'args',
    'class': 'script',
    'command': 'script',
    'bridge': 'script',
    'each': 'script',
    'family': 'process',
    'events': 'script',
    'kept': 'script',
    'question': 'script',
    'waiting': 'script',
}
UMBRELLA = 'staged'
# Rows of tables, made at build time.
MADE = ('rich_colors.h', 'rich_spinners.h', 'rich_terminals.h', 'rich_theme.h')
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
        if name in MADE:
            return None
        used = name.split('/')[0]
        if used not in MAY_USE or '/' not in name:
            return f'"{name}": write "PART/FILE.h", with one of the parts {", ".join(MAY_USE)}'
    if used != part and used not in MAY_USE[part]:
        return f'{name}: {part} must not use {used}'
    if opening == '"' and part == PROGRAM and used != part:
        return f'{name} is private to the library: use a public header'
    if opening == '"' and used not in (part, 'base'):
        if part in USES_FRAMEWORK_HEADERS and name.split('/')[1:] == [FRAMEWORK]:
            return None
        return f'{name} is private to {used}: use a public header'
    return None

def room_of(part, folder):
    """The number of a room of a part, from the lowest on."""
    return ROOMS[part].index(folder)

def upward_includes(path):
    """[(line number, name)] of what a file in a room includes of later rooms of its part."""
    part, room = path.relative_to(tap.SOURCE / 'src').parts[:2]
    return [(number, name) for number, opening, name in includes_of(path)
            if opening == '"' and name.startswith(f'{part}/') and name.count('/') == 2
            and room_of(part, name.split('/')[1]) > room_of(part, room)]

def files_called():
    """{file: {other file of its part whose functions or data it uses}}, by the names in objects."""
    program = [path for path in (tap.BUILD / 'src' / PROGRAM).glob('staged.p/*.o')
               # One of a file that has moved may be left.
               if (tap.SOURCE / 'src' / PROGRAM / path.stem.replace('_', '/', 1)).exists()]
    objects = [*(tap.BUILD / 'src').glob('*/*.a'), *program]
    nm = subprocess.run(['nm', '-A', '--format=posix', *map(str, objects)],
                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True)
    defined, used = {}, {}
    for line in nm.stdout.splitlines():
        place, _, rest = line.partition(': ')
        if not rest:
            continue
        archive, _, member = place.partition('[')
        part = pathlib.Path(archive).parent.name if member else PROGRAM
        name = pathlib.Path(member or archive).name.removesuffix(']').removesuffix('.c.o')
        file = f'{part}/{name}'
        name, kind = rest.split()[:2]
        if kind == 'U':
            used.setdefault(file, set()).add(name)
        elif kind.isupper():
            defined[name] = file
    return {file: {defined[name] for name in names if defined.get(name, file) != file}
            for file, names in used.items()}

def circles(arrows):
    """The sets of files each of which can be reached from the others."""
    def reached(file):
        found, left = set(), [file]
        while left:
            for other in arrows.get(left.pop(), ()):
                if other not in found:
                    found.add(other)
                    left.append(other)
        return found
    reach = {file: reached(file) for file in arrows}
    return {frozenset(other for other in reach[file] if file in reach.get(other, ()))
            for file in arrows if file in reach[file]}

def files_with_state():
    """The files of the library that have variables which may change, by the sections of objects."""
    archives = [path for path in (tap.BUILD / 'src').glob('*/*.a') if path.parent.name in MAY_USE]
    nm = subprocess.run(['nm', '-A', '--format=sysv', *map(str, archives)],
                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True)
    found = set()
    for line in nm.stdout.splitlines():
        columns = [column.strip() for column in line.split('|')]
        if len(columns) != 7 or columns[3] != 'OBJECT':
            continue
        section = columns[6]
        if section.startswith(('.bss', '.data')) and not section.startswith('.data.rel.ro'):
            archive, member = columns[0].split(':')[:2]
            name = pathlib.Path(member).name[:-len('.o')].replace('_', '/', 1)
            found.add(f'src/{pathlib.Path(archive).parent.name}/{name}')
    return found


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

    def test_circles(self):
        """no files call each other in a circle"""
        arrows = files_called()
        self.assertTrue(arrows['args/reading_parse'])
        self.assertTrue(arrows['tool/main'])
        # The last of all classes is at the bottom of each line, and calls the whole framework.
        for used in arrows.values():
            used.discard('script/run_base_class')
        found = [' -> '.join(sorted(circle)) for circle in circles(arrows)]
        self.assertFalse(found, '\n'.join(found))

    def test_state(self):
        """docs/architecture.md lists all state outside of objects"""
        if os.environ.get('STAGED_SANITIZE', 'none') != 'none':
            self.skipTest('sanitizers add state of their own')
        text = (tap.SOURCE / 'docs' / 'architecture.md').read_text(encoding='utf-8')
        listed = set(re.findall(r'^\| `(src/\S+\.c)` \|', text, re.MULTILINE))
        found = {path for path in files_with_state() if not path.startswith('src/tool/')}
        self.assertTrue(found)
        self.assertFalse(found - listed)

    def test_sources(self):
        """includes of src/ point downwards"""
        for folder in sorted((tap.SOURCE / 'src').iterdir()):
            if folder.is_dir():
                with self.subTest(part=folder.name):
                    self.assertIn(folder.name, MAY_USE, 'not a part; say in MAY_USE what it uses')
                    self.check_part(folder.name, sorted(folder.rglob('*.[ch]')))

    def test_rooms(self):
        """includes between the rooms of a part point downwards"""
        for part, rooms in ROOMS.items():
            folder = tap.SOURCE / 'src' / part
            with self.subTest(part=part):
                self.assertEqual({path.name for path in folder.iterdir() if path.is_dir()},
                                 set(rooms), f'rooms of {part}; say in ROOMS where they stand')
                self.assertLessEqual({path.name for path in folder.glob('*.[ch]')},
                                     {FRAMEWORK} | ABOVE_ROOMS.get(part, set()), 'in no room')
                problems = [f'{path.relative_to(tap.SOURCE)}:{number}: {name} is in a later room'
                            for path in sorted(folder.glob('*/*.[ch]'))
                            for number, name in upward_includes(path)]
                self.assertFalse(problems, '\n'.join(problems))

    def test_rooms_can_be_seen(self):
        """no room has too many files"""
        for part, rooms in ROOMS.items():
            for room in rooms:
                files = list((tap.SOURCE / 'src' / part / room).glob('*.[ch]'))
                with self.subTest(room=f'{part}/{room}'):
                    self.assertLessEqual(len(files), MOST_FILES)

    def test_framework_headers(self):
        """the headers for the framework include nothing of the rooms, and none of another part"""
        for path in sorted((tap.SOURCE / 'src').glob(f'*/{FRAMEWORK}')):
            with self.subTest(header=str(path.relative_to(tap.SOURCE))):
                own = [name for _, opening, name in includes_of(path)
                       if opening == '"' and not name.startswith('base/')]
                self.assertFalse(own, '\n'.join(own))

    def test_public_headers(self):
        """includes of public headers point downwards"""
        for header in public_api.headers():
            if header.stem == UMBRELLA:
                continue
            with self.subTest(header=header.name):
                part = part_of_public_header(header.stem)
                self.assertIsNotNone(part, f'PART_OF_HEADER in {__file__} lacks {header.stem}')
                self.check_part(part, [header])

    def test_umbrella(self):
        """staged.h includes every public header, by itself or through another"""
        headers = {header.name: header for header in public_api.headers()}
        reached, waiting = set(), [f'{UMBRELLA}.h']
        while waiting:
            name = waiting.pop()
            if name not in reached:
                reached.add(name)
                waiting += [included[len('staged/'):] for _, _, included in
                            includes_of(headers[name]) if included.startswith('staged/')]
        left_out = set(headers) - reached
        self.assertFalse(left_out, f'not included: {", ".join(sorted(left_out))}')

    def test_examples(self):
        """examples use the public headers alone"""
        for path in sorted((tap.SOURCE / 'examples').glob('**/*.[ch]')):
            with self.subTest(example=path.name):
                own = [f'{path.name}:{number}: "{name}"' for number, opening, name in
                       includes_of(path) if opening == '"' and not (path.parent / name).exists()]
                self.assertFalse(own, '\n'.join(own))

tap.main()
