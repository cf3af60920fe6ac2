# SPDX-License-Identifier: BSD-3-Clause
"""Completion scripts in the shells that they are for, and the man page in man."""
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from support import shells, tap

PROGRAM = tap.BUILD / 'tests' / 'completion' / 'completion_program'

# What is typed, the tabulator included, and the words that the program then gets.
TYPED = [
    ('unique flag', 'try-me --dr\t', ['--dry-run']),
    ('choice of an option', 'try-me --stage good-\t', ['--stage', 'good-night']),
    ('second choice', 'try-me --stage hello goodb\t', ['--stage', 'hello', 'goodbye']),
    ('joined choice', 'try-me --pair left right --odd=tw\t', ['--pair', 'left', 'right',
                                                             '--odd=two words']),
    ('blank in a choice', 'try-me --odd tw\t', ['--odd', 'two words']),
    ('quote in a choice', 'try-me --odd it\t', ['--odd', "it's"]),
    ('command', 'try-me li\t', ['list']),
    ('command after an option', 'try-me --dry-run pl\t', ['--dry-run', 'plus']),
    ('flag of a command', 'try-me add --fo\t', ['add', '--force']),
    ('flag of an alias', 'try-me plus --fo\t', ['plus', '--force']),
    ('positional of a command', 'try-me add re\t', ['add', 'red']),
    ('file of an option', 'try-me --file fil\t', ['--file', 'file one.txt']),
    ('joined file', 'try-me --file=fil\t', ['--file=file one.txt']),
    ('file of a positional', 'try-me add red fil\t', ['add', 'red', 'file one.txt']),
    ('nothing for an unknown word', 'try-me zzz\t', ['zzz']),
    ('hidden flags are not offered', 'try-me --hid\t', ['--hid']),
    ('what a hidden flag takes', 'try-me --hidden se\t', ['--hidden', 'secret']),
    ('after words in quotes', "try-me --odd 'two words' --dr\t", ['--odd', 'two words', '--dry-run']),
    ('after an escaped blank', 'try-me --odd two\\ words --dr\t',
     ['--odd', 'two words', '--dry-run']),
    ('a flag in quotes', 'try-me "--dr\t', ['--dry-run']),
    ('two that begin alike', 'try-me --odd on\to\t', ['--odd', 'one and only']),
    ('two that begin alike, joined', 'try-me --odd=on\to\t', ['--odd=one and only']),
    ('two that begin alike, quoted', 'try-me --odd "on\to\t', ['--odd', 'one and only']),
    ("two that begin alike, 'quoted'", "try-me --odd='on\to\t", ['--odd=one and only']),
    # Blanks, quotes and what bash takes for the end of a word.
    *(('choice: ' + typed, f'try-me {typed}\t', typed_words) for typed, typed_words in [
        ('--odd two\\ wo', ['--odd', 'two words']),
        ('--odd two\\ ', ['--odd', 'two words']),
        ('--odd "two wo', ['--odd', 'two words']),
        ("--odd 'two wo", ['--odd', 'two words']),
        ('--odd "two "wo', ['--odd', 'two words']),
        ("--odd tw'o wo", ['--odd', 'two words']),
        ('--odd=two\\ wo', ['--odd=two words']),
        ('--odd="two wo', ['--odd=two words']),
        ("--odd='two wo", ['--odd=two words']),
        ('"--odd=two wo', ['--odd=two words']),
        ("--odd it\\'", ['--odd', "it's"]),
        ('--odd "it', ['--odd', "it's"]),
        ("--odd 'it", ['--odd', "it's"]),
        ('--odd "it\'', ['--odd', "it's"]),
        ('--odd \\$', ['--odd', '$HOME']),
        ('--odd "\\$', ['--odd', '$HOME']),
        ("--odd '$", ['--odd', '$HOME']),
        ('--odd b\\*', ['--odd', 'b*']),
        ('--odd "b*', ['--odd', 'b*']),
        ('--odd a', ['--odd', 'a:b']),
        ('--odd a:', ['--odd', 'a:b']),
        ('--odd=a:', ['--odd=a:b']),
        ("--odd='a:", ['--odd=a:b']),
        ('--odd say', ['--odd', 'say "hi!"']),
        ('--odd "say', ['--odd', 'say "hi!"']),
        ("--odd 'say", ['--odd', 'say "hi!"']),
        ('--odd say\\ \\"', ['--odd', 'say "hi!"']),
        ('--odd ba', ['--odd', "back\\slash'"]),
        ('--odd "ba', ['--odd', "back\\slash'"]),
        ("--odd 'ba", ['--odd', "back\\slash'"]),
    ]),
    *(('file: ' + typed, f'try-me {typed}\t', typed_words) for typed, typed_words in [
        ('--file file\\ o', ['--file', 'file one.txt']),
        ('--file "file o', ['--file', 'file one.txt']),
        ("--file 'file o", ['--file', 'file one.txt']),
        ('--file="file o', ['--file=file one.txt']),
        ('--file=file\\ o', ['--file=file one.txt']),
        ('--file colon:', ['--file', 'colon:x.txt']),
        ('--file=colon:x', ['--file=colon:x.txt']),
        ('--file equal=', ['--file', 'equal=y.txt']),
        ('--file=equal=y', ['--file=equal=y.txt']),
        ('--file "colon:', ['--file', 'colon:x.txt']),
        ('--file colon:z', ['--file', 'colon:z']),
        ('--file=equal=z', ['--file=equal=z']),
        ('--file quo', ['--file', 'quote\'s "two".txt']),
        ('--file "quo', ['--file', 'quote\'s "two".txt']),
        ("--file 'quo", ['--file', 'quote\'s "two".txt']),
        ('--file quote\\\'s', ['--file', 'quote\'s "two".txt']),
        ('--file dol', ['--file', 'dollar$HOME.txt']),
        ('--file dollar\\$', ['--file', 'dollar$HOME.txt']),
        ('--file "dollar\\$H', ['--file', 'dollar$HOME.txt']),
        ("--file 'dollar$H", ['--file', 'dollar$HOME.txt']),
        ('--file star\\*', ['--file', 'star*.txt']),
        ('--file "star*', ['--file', 'star*.txt']),
        ('--file sub:1/in', ['--file', 'sub:1/inner file']),
        ('--file "sub:1/in', ['--file', 'sub:1/inner file']),
        ('--file=sub:1/in', ['--file=sub:1/inner file']),
        ('--file sub\\ 2/in', ['--file', 'sub 2/inner:file']),
        ('--file lin', ['--file', 'line\nfeed.txt']),
        ('--file=lin', ['--file=line\nfeed.txt']),
        ('--file .hid', ['--file', '.hidden']),
    ]),
]

# The files that there are.
FILES = ['file one.txt', 'colon:x.txt', 'colin', 'equal=y.txt', 'quote\'s "two".txt', 'dollar$HOME.txt',
         'star*.txt', 'starfish', 'sub:1/inner file', 'sub 2/inner:file', 'line\nfeed.txt', '.hidden',
         # What bash would take for the end of a name, and these are not.
         'x.txt2', 'y.txt2', 'zzz', 'colon']

# What is on the line, and all that is offered.
OFFERED = [
    ('try-me --stage ', ['good-night', 'goodbye', 'hello']),
    ('try-me --stage go', ['good-night', 'goodbye']),
    ('try-me ', ['add', 'list', 'plus']),
    ('try-me --pair left ', ['left', 'right']),
    ('try-me -- ', ['add', 'list', 'plus']),
    ('try-me add --', ['--force', '--help']),
    ('try-me --odd ', ['$HOME', 'a:b', 'b*', "back\\slash'", "it's", 'one and all',
                      'one and only', 'say "hi!"', 'two words']),
]


def script_for(shell):
    return subprocess.run([PROGRAM, '--print-completion', shell], stdout=subprocess.PIPE,
                          text=True, check=True).stdout


# What a shell does by itself, whatever completes.
NOT_OURS = [
    ('zsh', "file: --file 'quo"),  # the last quote stays open, as after `ls 'quo`
    ('fish', 'hidden flags are not offered'),  # what is similar is offered, too
    ('fish', 'file: --file star\\*'),  # what `complete -a` offers is not found behind a `*`
    ('fish', 'file: --file "star*'),
]


class Scripts(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)
        for name in FILES:
            path = pathlib.Path(self.folder, name)
            path.parent.mkdir(exist_ok=True)
            path.touch()

    def write_script(self, shell):
        if shutil.which(shell) is None:
            self.skipTest(f'{shell} is not installed')
        path = os.path.join(self.folder, f'.completion.{shell}')
        with open(path, 'w', encoding='utf-8') as file:
            file.write(script_for(shell))
        return path

    def check_typed(self, shell):
        path = self.write_script(shell)
        command, settings = shells.SETUP[shell]
        terminal = shells.Terminal(self.folder, command, settings, shells.speaker(shell, 'try-me'),
                                   f'source {path}')
        self.addCleanup(terminal.close)
        for name, typed, expected in TYPED:
            if (shell, name) in NOT_OURS:
                continue
            with self.subTest(name=name):
                self.assertEqual(terminal.run(typed), expected)

    def test_bash_typed(self):
        """bash completes what is typed"""
        self.check_typed('bash')

    def test_zsh_typed(self):
        """zsh completes what is typed"""
        self.check_typed('zsh')

    def test_fish_typed(self):
        """fish completes what is typed"""
        self.check_typed('fish')

    def test_bash_offered(self):
        """bash offers"""
        path = self.write_script('bash')
        for line, expected in OFFERED:
            with self.subTest(line=line):
                words = line.split(' ')
                ask = ('source "$1"; COMP_LINE=$2 COMP_POINT=${#2}; _try_me try-me "$3" ""; '
                       'for word in "${COMPREPLY[@]}"; do eval "printf \'%s\\n\' $word"; done')
                run = subprocess.run(['bash', '--norc', '-c', ask, 'bash', path, line, words[-1]],
                                     stdout=subprocess.PIPE, text=True, check=True)
                self.assertEqual(sorted(run.stdout.split('\n')[:-1]), expected)

    def test_fish_offered(self):
        """fish offers"""
        path = self.write_script('fish')
        environment = {**os.environ, 'HOME': self.folder, 'XDG_CONFIG_HOME': self.folder}
        for line, expected in OFFERED:
            with self.subTest(line=line):
                run = subprocess.run(['fish', '-c', f'source {path}; complete -C $argv[1]', line],
                                     stdout=subprocess.PIPE, text=True, check=True,
                                     cwd=self.folder, env=environment)
                offered = [word.split('\t')[0] for word in run.stdout.split('\n')[:-1]]
                self.assertEqual(sorted(offered), expected)

    def test_fish_help(self):
        """fish shows the help beside what it offers"""
        path = self.write_script('fish')
        run = subprocess.run(['fish', '-c', f'source {path}; complete -C "try-me --dr"'],
                             stdout=subprocess.PIPE, text=True, check=True,
                             env={**os.environ, 'HOME': self.folder})
        self.assertEqual(run.stdout, '--dry-run\tShow what would be done.\n')


class ManPage(unittest.TestCase):
    def setUp(self):
        self.page = subprocess.run([PROGRAM, '--print-man'], stdout=subprocess.PIPE, text=True,
                                   check=True).stdout

    def test_no_warnings(self):
        """groff has nothing to say against the page"""
        if shutil.which('groff') is None:
            self.skipTest('groff is not installed')
        run = subprocess.run(['groff', '-man', '-Tutf8', '-ww', '-z'], input=self.page, text=True,
                             stderr=subprocess.PIPE, check=True)
        self.assertEqual(run.stderr, '')

    def test_text(self):
        """what is special to roff comes out as it is"""
        if shutil.which('groff') is None:
            self.skipTest('groff is not installed')
        run = subprocess.run(['groff', '-man', '-Tascii', '-P-c', '-P-b', '-P-u'], input=self.page,
                             text=True, stdout=subprocess.PIPE, check=True)
        text = ' '.join(run.stdout.split())
        for part in ("It's all here: 'quotes', \\backslashes and .dots.", "'Til the end.",
                     '--dry-run Show what would be done.', 'Lists things.',
                     'try-me add [-h] [--force] {red,green} [target ...]'):
            with self.subTest(part=part):
                self.assertIn(part, text)
        self.assertNotIn('--hidden', text)


if __name__ == '__main__':
    tap.main()
