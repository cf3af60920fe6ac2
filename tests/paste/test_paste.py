# SPDX-License-Identifier: BSD-3-Clause
"""What a script prints, copied from a log and pasted into a shell, does what the script did.

Random commands, with words as hostile as they come, are run by paste_program, which logs and lists
them; then what it printed is fed to sh.  `words` tells what each command is called with.

STAGED_SEED chooses the commands, STAGED_PASTE_ROUNDS how many rounds of them there are.
"""
import functools
import os
import pathlib
import random
import re
import shlex
import shutil
import subprocess
import tempfile
import unittest

from support import tap

PROGRAMS = tap.BUILD / 'tests' / 'paste'
SEED = int(os.environ.get('STAGED_SEED', '20'))
ROUNDS = int(os.environ.get('STAGED_PASTE_ROUNDS', '6'))
COMMANDS_A_ROUND = 100
FAILING = 8

PIECES = [b"'", b'"', b' ', b'  ', b'$', b'$HOME', b'`', b'\\', b'\\\\', b'\n', b' \n', b'\n\n', b'\t', b'*',
          b'?', b'[red]', b'[/]', b'[bold]x[/bold]', b'#', b'# ', b'~', b'!', b'{a,b}', b'%s', b'%%', b';',
          b'&', b'|', b'(', b')', b'<', b'<<', b'>', b'$(', b'${', b'}', b'-', b'--', b'=', b':smile:',
          b'\x1b[31m', b'\x07', b'\r', b'\x08', b'\x7f', b'\x80', b'\xff\xfe', '漢字'.encode(), 'é'.encode(),
          '\u2028'.encode(), '\u202e'.encode(), '\x85'.encode(), '👩‍👩‍👧'.encode(), 'e\u0301'.encode(),
          b'x' * 30, b'y' * 180, b'word', b'a', b'1.5', b'/usr/lib', b'file.c:12', b'***', b'Executing:  x',
          b'END', b'\xe2\x9e\xa4 Timing results:']


def quote(word):
    return os.fsencode(shlex.quote(os.fsdecode(word)))


class Commands:
    """Makes commands."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def word(self):
        return b''.join(self.random.choices(PIECES, k=self.random.choice([0, 1, 1, 2, 3, 5])))

    def words(self):
        return [self.word() for _ in range(self.random.choice([0, 1, 2, 4, 8, 20]))]

    def spelled(self, word):
        """In one of the ways that people write a word."""
        way = self.random.randrange(5)
        if way == 0:
            return b'"' + re.sub(rb'([$`"\\])', rb'\\\1', word) + b'"'
        if way == 1 and word and b'\n' not in word:
            return re.sub(rb'([^A-Za-z0-9\x80-\xff])', rb'\\\1', word)
        if way == 2 and len(word) > 1:
            return quote(word[:1]) + b"''" + quote(word[1:])
        return quote(word)

    def simple(self):
        return b' '.join([b'words', *map(self.spelled, self.words())])

    def shell(self):
        w, a, b = self.spelled(self.word()), self.simple(), self.simple()
        plain = b' '.join(b'w%d' % n for n in range(self.random.choice([1, 5, 30])))
        return self.random.choice([
            a, a, a, a, a,
            a + b'; ' + b,
            a + b' && ' + b + b' || words no',
            a + b' | cat; ' + b,
            a + b'\n' + b,
            a + b' \\\n    w ' + plain,
            b'words ' + plain + b' \\\n' + plain,
            b'words a\\\nb ' + w,
            a + b' # ' + plain + b" it's $( \" a comment",
            a + b'; # one\n' + b + b' #two \\',
            b'words a;#b ' + plain,
            b'words a#b #' + plain,
            b'# only a comment ' + plain + b'\n' + a,
            b'for i in ' + w + b' ' + plain + b'; do words "$i" x; done',
            b'if true; then ' + a + b'; else ' + b + b'; fi',
            b'case ' + w + b' in (*) words "case" ' + w + b';; esac',
            b'(' + a + b'; ' + b + b')',
            b'((' + a + b'); ' + b + b')' if False else b'( (' + a + b') )',
            b'{ ' + a + b'; }',
            b'x=' + w + b'; words "$x" "${x}" "${#x}"',
            b'x=' + w + b' words ' + plain,
            b'cd /; ' + a,
            b'cd / && ' + a + b'; exit 3',
            a + b'; exit 0; words never',
            b'exec ' + a,
            b'set -- ' + w + b' ' + plain + b'; words "$@"',
            b'words $((1 << 2)) $(( 3 + 4 )) ' + plain,
            b'words "${none:-' + b'a  b' + b'}" ${none:-c d} ' + plain,
            b'words "$(printf %s ' + w + b')" ' + plain,
            b'words $(printf %s a b) ' + plain,
            b'words `printf %s "a b"` ' + plain,
            b'words "`printf \'%s\' \\"a b\\"`" ' + plain,
            b'words "$(cat <<EOF\nit\'s  a "line" \n\t tab\nEOF\n)" ' + w,
            b'words "$(cat)" <<EOF\na $HOME "line"\nit\'s\nEOF\n' + b,
            b'words "$(cat)" ' + w + b" <<'EOF'\n$(no) `no`\nEOF",
            b'words "$(cat)" <<-EOF\n\tindented\n\tEOF',
            b'words a \\',
            b'words a \\ ',
            b'words ' + plain + b' \\  \\ ',
            b'words "a ' + b'b \n c ' + plain + b'"',
            b'words \t a\t\tb  ',
            b'  words "  "   ' + plain,
            b'',
            b"words 'unfinished",
            b'words "unfinished $(',
            b'words <<EOF\nunfinished ' + plain,
            b'words a &\nwait',
            b'f() { words "$@"; }; f ' + plain,
            b'umask 022; words $(umask)',
            b'words a >/dev/null 2>&1 ' + plain,
            b'if ' + a,
            b'(' + a,
            b'fi',
            a + b' |',
            b'case x in',
            b'for i in a b',
            b'words (',
            b'true() { words defined; }; true',
            b'true; ' + a,
            b'>/dev/null cd /; ' + a,
            b'command cd / && ' + a + b'; \\exit 3',
            b': ${none:=set}; words "$none"',
            b'words "${none-unset}"',
        ])

    def command(self):
        """A kind, a directory, and what is in the file besides."""
        directory = self.random.choice([b''] * 9 + [b'-a  folder\'s'])
        kind = self.random.choice('sssssppaa')
        if kind == 'a':
            words = [b'words', *self.words()]
            return b'\0'.join([b'a', directory, b'%d' % len(words), *words, b''])
        return b'\0'.join([kind.encode(), directory, self.shell(), b''])


def copied(output, terminal):
    """What is on the clipboard when it was marked on a terminal, or in a file."""
    if terminal:
        output = re.sub(rb'\x1b\[[\d;]*m|\x1b\]8;[^\x1b]*\x1b\\', b'', output)
        output = re.sub(rb' +\n', b'\n', output)
    return output


class World:
    """A directory where a script runs, and where what it printed is pasted."""

    def __init__(self, width, terminal, locale):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix='staged-paste-'))
        self.terminal = terminal
        (self.folder / "-a  folder's").mkdir()
        self.program = self.folder / "it's a" / 'pro gram'
        self.program.parent.mkdir()
        self.log = self.folder / 'log'
        self.environment = {
            'PATH': f"{PROGRAMS}:{os.environ['PATH']}", 'WORDS': str(self.log), 'HOME': '/home',
            'COMMANDS': str(self.folder / 'commands'), 'COLUMNS': str(width), 'LC_ALL': locale}
        for name in ('ASAN_OPTIONS', 'LSAN_OPTIONS', 'UBSAN_OPTIONS', 'TSAN_OPTIONS'):
            if name in os.environ:
                self.environment[name] = os.environ[name]
        if terminal:
            self.environment.update(FORCE_COLOR='1', TERM='xterm-256color')

    def take_log(self):
        lines = self.log.read_bytes().splitlines() if self.log.exists() else []
        self.log.unlink(missing_ok=True)
        return lines

    def run(self, commands, *arguments, **variables):
        """Runs the script; returns what can be copied of what it prints, and what its commands told."""
        (self.folder / 'commands').write_bytes(b''.join(commands))
        self.program.unlink(missing_ok=True)
        self.program.symlink_to(PROGRAMS / 'paste_program')
        done = subprocess.run(["it's a/pro gram", *arguments], cwd=self.folder, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                              env={**self.environment, **variables})
        return copied(done.stdout, self.terminal), self.take_log()

    def paste(self, texts):
        """Feeds each text to a shell of its own; returns what the commands in each told."""
        driver = []
        for number, text in enumerate(texts):
            path = self.folder / f'text{number}'
            path.write_bytes(text + b'\n')
            # As `words MARK` would, without starting it.
            driver.append(f'sh {path}; echo :{b"MARK".hex()} >>"$WORDS"')
        subprocess.run(['sh', '-c', '\n'.join(driver)], cwd=self.folder, stdin=subprocess.DEVNULL,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=self.environment)
        told = [[]]
        for line in self.take_log():
            if line.endswith(b':' + b'MARK'.hex().encode()):
                told.append([])
            else:
                told[-1].append(line)
        return told[:-1]

    def close(self):
        shutil.rmtree(self.folder)


PLACE = rb' +paste_program\.c:\d+$'
MARGIN = rb'(?:\[\d\d:\d\d:\d\d\]| {10}) '
BULLET = rb'(?:\xe2\x9e\xa4|>)'


def executed(output):
    """The commands behind "Executing:", each up to the END that is logged after it."""
    found = []
    lines = iter(output.split(b'\n'))
    for line in lines:
        begin = re.match(MARGIN + rb'Executing:(?:  (?! *paste_program)|)', line)
        if begin is None:
            continue
        text = [re.sub(PLACE, b'', line[begin.end():])]
        for line in lines:
            if re.match(MARGIN + b'END' + PLACE, line) or re.fullmatch(MARGIN + b'END', line):
                break
            text.append(line)
        # The place of END may have had a line of its own.
        found.append(b'\n'.join(text))
    return found


def section(output, heading, following):
    begin = re.search(rb'(?m)^' + MARGIN + BULLET + b' ' + heading + rb':\n\n', output)
    end = re.compile(rb'(?m)^\n' + MARGIN + BULLET + b' ' + following + rb':$').search(output, begin.end())
    return output[begin.end():end.start()]


def below_panels(output, word, until):
    """What stands below each panel that has a word in it, up to a line that begins with `until`."""
    found = []
    lines = iter(output.split(b'\n'))
    for line in lines:
        if not re.match(MARGIN + rb'(?:\xe2\x94\x82|\|) ' + word, line):
            continue
        for line in lines:
            if re.match(MARGIN + rb'(?:\xe2\x95\xb0|\+)', line):
                break
        text = []
        for line in lines:
            if re.match(MARGIN + until, line) or re.fullmatch(b' *' + PLACE, line):
                break
            text.append(line)
        found.append(b'\n'.join(text))
    return found


def world_words(commands):
    """The words of commands that are no options."""
    words = [word for command in commands for word in command.split(b'\0')]
    return [word for word in words if not word.startswith(b'-')][:40]


def first_difference(commands, texts, told, all_told):
    at = 0
    for command, text, one in zip(commands, texts, told):
        if all_told[at:at + len(one)] != one:
            return f'{command!r}\nis shown as\n{text!r}\ntold {all_told[at:at + len(one) + 1]}\npasted {one}'
        at += len(one)
    return f'{str(commands)[:2000]}\nmore is told: {str(all_told[at:])[:2000]}'


class Round:
    """Some commands, in a world that shows them in another way than others do."""

    def __init__(self, number):
        commands = Commands(SEED * 1000 + number)
        terminal = number % 2 == 1
        width = commands.random.choice([40, 60, 80, 120, 200, commands.random.randrange(40, 201)])
        locale = 'C' if number % 5 == 4 else 'C.UTF-8'
        self.name = (f'seed {SEED}, round {number}: {width} columns{" of a terminal" if terminal else ""}, '
                     f'{locale}')
        self.world = World(width, terminal, locale)
        self.commands = [commands.command() for _ in range(COMMANDS_A_ROUND)]

    @functools.cached_property
    def ran(self):
        """What a run of all commands prints, and what they told: several tests look at it."""
        return self.world.run(self.commands, '--stage', 'all')


class Paste(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.made = [Round(number) for number in range(ROUNDS)]

    @classmethod
    def tearDownClass(cls):
        for one in cls.made:
            one.world.close()

    def rounds(self, check, count=ROUNDS):
        for one in self.made[:count]:
            with self.subTest(one.name):
                check(one)

    def check_texts(self, one, texts):
        """Each text does what its command did in the run."""
        _, all_told = one.ran
        self.assertEqual(len(texts), len(one.commands))
        told = one.world.paste(texts)
        if [line for each in told for line in each] != all_told:
            self.fail(first_difference(one.commands, texts, told, all_told))

    def test_executing(self):
        """commands behind "Executing:" """
        self.rounds(lambda one: self.check_texts(one, executed(one.ran[0])))

    def test_commands_executed(self):
        """the list of commands in the summary, as a whole"""
        def check(one):
            output, all_told = one.ran
            text = section(output, b'Commands executed', b'Timing results')
            told = one.world.paste([text])[0]
            for number, (each, wanted) in enumerate(zip(told, all_told)):
                self.assertEqual(each, wanted, f'line {number} of what is told; the list begins with\n{str(text[:4000])}')
            self.assertEqual(len(told), len(all_told), f'{all_told[len(told):][:1]} is missing in\n{str(text[:4000])}')
        self.rounds(check)

    def test_dry_run(self):
        """what is below the panels of a dry run"""
        def check(one):
            output, told = one.world.run(one.commands, '--stage', 'all', '--dry-run')
            self.assertEqual(told, [])
            self.check_texts(one, below_panels(output, b'DRY', b'END'))
        self.rounds(check, (ROUNDS + 2) // 3)

    def test_failures(self):
        """what is below the panels of failed stages"""
        def check(one):
            commands = [command for command in one.commands if command.startswith(b'a')][:FAILING]
            stages = [f'fail{"abcdefgh"[number]}' for number in range(len(commands))]
            output, all_told = one.world.run(commands, '--stage', *stages, WORDS_STATUS='3')
            texts = below_panels(output, b'Stage', b'Stage')
            self.assertEqual(len(texts), len(commands), output.decode(errors='replace'))
            told = one.world.paste(texts)
            if [line for each in told for line in each] != all_told:
                self.fail(first_difference(commands, texts, told, all_told))
        self.rounds(check)

    def test_ran_the_following(self):
        """the script's own command line"""
        def check(one):
            world = one.world
            words = [os.fsdecode(word) for word in world_words(one.commands)]
            output, _ = world.run([], '--stage', 'all', '--text', *words)
            text = section(output, b'Ran the following', b'Commands executed')
            # What is started the second time only tells its words.
            world.program.unlink()
            world.program.symlink_to(PROGRAMS / 'words')
            told = world.paste([text])[0]
            self.assertEqual(len(told), 1, text)
            given = [bytes.fromhex(word.decode()) for word in told[0].split(b':')[1:]]
            self.assertEqual(given[:2], [b'--stage', b'all'])
            at = given.index(b'--text') + 1
            self.assertEqual(given[at:], [os.fsencode(word) for word in words], text)
        self.rounds(check)


tap.main()
