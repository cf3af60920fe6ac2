# SPDX-License-Identifier: BSD-3-Clause
"""Programs that were compiled for another version of the library run with this one.

Other versions are made from the public headers: in older ones each struct of options lacks its last
member, in newer ones it has more."""
import os
import pathlib
import re
import tempfile
import unittest

from support import compilers, public_api, tap

PROGRAM = pathlib.Path(__file__).with_name('program.c')
# Of those that begin with their size.
SIZED = re.compile(r'typedef struct (staged_\w+) \{\n(\s+size_t size;.*?)\n\} \1;', re.DOTALL)
NEWER = '    long newer_[4];'
# What the library makes and hands out.
MADE = re.compile(r'typedef struct (staged_(?:completed_process|ended_process|poll_report)) \{\n(.*?)\n\} \1;',
                  re.DOTALL)
# What the library hands to a kind of places, with a size of its own.
HANDED = {'staged_place_command', 'staged_place_client', 'staged_place_look', 'staged_place_end'}
CLASS = re.compile(r'struct staged_class \{\n(    size_t size;.*?)\n\};', re.DOTALL)


def types():
    """The names of all structs of options."""
    return [match.group(1) for header in public_api.headers()
            for match in SIZED.finditer(header.read_text(encoding='utf-8'))]


def older(match):
    """A struct without its last member, unless that is one which macros of the headers fill in."""
    code = re.sub(r'/\*.*?\*/', '', match.group(2), flags=re.DOTALL)
    members = [member for member in re.findall(r'[^;]+;', code) if member.strip()]
    if members[-1].split()[-1] == 'where;':
        return match.group(0)
    return f'typedef struct {match.group(1)} {{\n{"".join(members[:-1])}\n}} {match.group(1)};'


def newer(match):
    return f'typedef struct {match.group(1)} {{\n{match.group(2)}\n{NEWER}\n}} {match.group(1)};'


class Abi(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.temporary.name)
        cls.expected = cls.run_program(cls.compile('same', lambda match: match.group(0)))
        cls.enlarged = dict(cls.sizes('same').items() - cls.sizes('shorter', older).items())

    @classmethod
    def tearDownClass(cls):
        cls.temporary.cleanup()

    @classmethod
    def sizes(cls, version, change=None):
        """The sizes of all structs of options, with changed headers."""
        program = cls.folder / f'sizes_{version}.c'
        program.write_text('#include <staged/staged.h>\n#include <stdio.h>\nint main(void)\n{\n' + ''.join(
            f'    printf("{name} %zu\\n", sizeof({name}));\n' for name in types()) + '}\n', encoding='utf-8')
        headers = cls.write_headers(version, change) if change else cls.folder / version / 'staged'
        worked, said = compilers.run([*compilers.BUILT_WITH, '-std=c11', '-I', headers.parent, program, '-o',
                                      program.with_suffix('')])
        assert worked, said
        return dict(line.split() for line in cls.run_program(program.with_suffix('')).splitlines())

    @classmethod
    def write_headers(cls, version, change):
        headers = cls.folder / version / 'staged'
        headers.mkdir(parents=True, exist_ok=True)
        for header in public_api.headers():
            text = SIZED.sub(change, header.read_text(encoding='utf-8'))
            if version == 'older':
                text = MADE.sub(older, text)
            if change is newer:
                text = CLASS.sub(f'struct staged_class {{\\n\\1\\n{NEWER}\\n}};', text)
            (headers / header.name).write_text(text, encoding='utf-8')
        return headers

    @classmethod
    def compile(cls, version, change, *options):
        """The program, compiled with changed headers."""
        headers = cls.write_headers(version, change)
        program = cls.folder / version / 'program'
        sanitize = os.environ.get('STAGED_SANITIZE', 'none')
        worked, said = compilers.run([
            *compilers.BUILT_WITH, '-std=c11', '-Wall', '-Wextra', '-Werror',
            '-Wno-missing-field-initializers', *options,
            *([] if sanitize == 'none' else [f'-fsanitize={sanitize}']), '-I', headers.parent,
            PROGRAM, '-o', program, '-L', tap.BUILD / 'src', '-lstaged'])
        assert worked, said
        return program

    @staticmethod
    def run_program(program, *words):
        worked, said = compilers.run([program, *words], env={
            **os.environ, 'LC_ALL': 'C.UTF-8', 'LD_LIBRARY_PATH': str(tap.BUILD / 'src'),
            # Nobody's own file of places counts.
            'XDG_CONFIG_HOME': '/nowhere'})
        assert worked, said
        return re.sub(r'\d:\d\d:\d\d(\.\d+)?|\d+\.\d+ s', 'TIME', said)

    def test_there_is_something_to_see(self):
        """the program says what is expected of it, and there are structs to change"""
        for words in ('a command', 'ended: work', 'exit 0', 'at a place: there\nexit code 3', 'captured: a command, 1 lost', 'checks: 2', 'items: 2', 'timed out: ended by signal 15', 'panel', 'column', 'cell', '--three', 'COMMAND'):
            self.assertIn(words, self.expected)
        self.assertGreater(len(types()), 25)

    def test_all_options_begin_with_their_size(self):
        """no struct of options lacks its size"""
        declared = {name for header in public_api.headers() for name in
                    re.findall(r'typedef struct (staged_\w+_options) \{', header.read_text(encoding='utf-8'))}
        self.assertEqual(declared - set(types()), set())

    def test_older_program(self):
        """a program whose structs lack the last member"""
        def at_the_end(match):
            # One that has its place in what was padding before is not new: that may hold anything.
            return older(match) if match.group(1) in self.enlarged else match.group(0)

        self.assertGreater(len(self.enlarged), 15)
        self.assertEqual(self.run_program(self.compile('older', at_the_end, '-DOLDER')), self.expected)

    def test_newer_program(self):
        """a program whose structs have more members, which it leaves zero"""
        self.assertEqual(self.run_program(self.compile('newer', newer)), self.expected)

    def test_what_is_made(self):
        """what the library makes is found in the headers, and a class, too"""
        text = '\n'.join(header.read_text(encoding='utf-8') for header in public_api.headers())
        self.assertEqual(len(MADE.findall(text)), 3)
        self.assertEqual(len(CLASS.findall(text)), 1)

    def test_class_without_size(self):
        """a class that does not tell its size is a bug, and the message says how to mend it"""
        said = re.sub(r'\s+', ' ', self.run_program(
            self.compile('same', lambda match: match.group(0)), 'staged_class'))
        self.assertIn('Worker: has no size; begin it with STAGED_CLASS("Worker")', said)

    def test_newer_member_that_is_used(self):
        """a program that sets a member which the library does not know"""
        text = self.run_program(self.compile('used', newer, '-DNEWER_MEMBER'))
        self.assertIn('staged_panel_options has a member that is newer than this version of the '
                      'library; update the library', text)

    def test_without_size(self):
        """a struct of options that does not tell its size is refused, and the message says so"""
        program = self.compile('same', lambda match: match.group(0))
        for name in set(types()) - HANDED:
            with self.subTest(type=name):
                said = re.sub(r'\s+', ' ', self.run_program(program, name))
                self.assertIn(f'{name} has no size: pass it as STAGED_OPTIONS({name}, ...)', said)


tap.main()
