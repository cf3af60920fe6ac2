# SPDX-License-Identifier: BSD-3-Clause
"""Signals and ends outside of `main`: whatever hook runs, a signal ends what runs, the exit status and
the log tell the truth, and no process is left."""
import os
import pathlib
import random
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
import unittest
import uuid

from support import tap
from support.processes import kill_marked, left_running, patiently_left

PROGRAM = tap.BUILD / 'tests' / 'script' / 'hooks'
HOOKS = ['init', 'parse_args', 'summary', 'clean_up']
SIGNALS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGUSR1,
           signal.SIGUSR2, signal.SIGALRM, signal.SIGXCPU]

SANITIZED = os.environ.get('STAGED_SANITIZE', 'none') != 'none'

# Waits for ever; says when it is there, and what it is known by.
FOREVER = 'echo ready >$READY; exec sleep 1000'
# Is left running; once it is asked to end it says so, and goes when it may.
SLOW = ('sh -c "trap \'echo asked >$READY; read go <$GO; exit\' TERM; echo up >$GO; '
        'while :; do sleep 0.01; done" & read told <$GO')


@unittest.skipUnless(pathlib.Path('/proc/self/environ').exists(), 'there is no /proc')
class Ends(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        for name in ('READY', 'GO'):
            os.mkfifo(self.folder / name)
        self.mark = str(uuid.uuid4())
        self.number = str(uuid.uuid4().int)[:12]

    def start(self, hook, command, *words, do='', before=None, **environment):
        def prepare():
            for number in SIGNALS + [signal.SIGCHLD]:
                signal.signal(number, signal.SIG_DFL)
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            if before is not None:
                before()

        environment = {**os.environ, 'COLUMNS': '100', 'HOOK': hook, 'DO': do, 'COMMAND': command,
                       'READY': str(self.folder / 'READY'), 'GO': str(self.folder / 'GO'),
                       'STAGED_MARK': self.mark, **environment}
        environment = {name: value for name, value in environment.items() if value is not None}
        child = subprocess.Popen([PROGRAM, *words], env=environment, stdin=subprocess.DEVNULL,
                                 stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                                 start_new_session=True, preexec_fn=prepare)
        self.addCleanup(self.end, child)
        return child

    def end(self, child):
        child.kill()
        child.wait()
        child.stdout.close()
        kill_marked(self.mark.encode())

    def wait_until(self, word):
        line = ''
        # Who wrote the last one may not have closed it yet.
        while not line:
            with open(self.folder / 'READY', encoding='utf-8') as fifo:
                line = fifo.readline()
        self.assertEqual(line.strip(), word)

    def finish(self, child):
        """Returns what it said; nothing is left of it."""
        output, _ = child.communicate(timeout=300)
        self.assertEqual(patiently_left(self.mark.encode()), [])
        self.assertEqual(patiently_left(self.number.encode(), 'cmdline'), [])
        return output

    def test_a_command(self):
        """a signal during a command of a hook"""
        for hook in HOOKS:
            for number in SIGNALS:
                with self.subTest(hook=hook, signal=number.name):
                    self.mark = str(uuid.uuid4())
                    child = self.start(hook, FOREVER)
                    self.wait_until('ready')
                    child.send_signal(number)
                    output = self.finish(child)
                    self.assertEqual(child.returncode, -number, output)
                    self.assertIn(f'Interrupted ({number.name})', output)
                    self.assertEqual('Script Execution Summary' in output,
                                     hook in ('summary', 'clean_up'))
                    if hook == 'summary':
                        self.assertIn('Interrupted', output.partition('Script result:')[2])
                        self.assertNotIn('Success', output)

    def test_a_sleep(self):
        """a signal during a sleep of a hook"""
        for hook in HOOKS:
            with self.subTest(hook=hook):
                child = self.start(hook, 'echo ready >$READY', do='sleep')
                self.wait_until('ready')
                child.send_signal(signal.SIGTERM)
                output = self.finish(child)
                self.assertEqual(child.returncode, -signal.SIGTERM, output)
                self.assertIn('Interrupted (SIGTERM)', output)

    def test_twice(self):
        """a second signal during a command of a hook leaves at once"""
        command = 'trap "echo asked >$READY" TERM; echo ready >$READY; ' \
                  'while :; do sleep 0.01; done'
        for hook in HOOKS:
            with self.subTest(hook=hook):
                child = self.start(hook, command)
                self.wait_until('ready')
                child.send_signal(signal.SIGTERM)
                self.wait_until('asked')
                child.send_signal(signal.SIGINT)
                self.finish(child)
                self.assertEqual(child.returncode, -signal.SIGINT)

    def test_leftovers(self):
        """a signal while what was left running is ended"""
        for hook in ['stage', *HOOKS]:
            with self.subTest(hook=hook):
                child = self.start(hook, SLOW)
                self.wait_until('asked')
                child.send_signal(signal.SIGHUP)
                (self.folder / 'GO').write_text('go\n', encoding='utf-8')
                output = self.finish(child)
                self.assertEqual(child.returncode, -signal.SIGHUP, output)
                self.assertIn('Interrupted (SIGHUP)', output)
                if hook == 'stage':
                    self.assertIn('Interrupted', output.partition('Script result:')[2])
                    self.assertNotIn('Success', output)

    def test_early_leaves(self):
        """what hooks leave running is ended, also where the script is left early"""
        command = '(setsid sleep 1000 &)'
        for hook, words, do, status in [
                ('init', [], '', 0), ('init', ['--no-such'], '', 2), ('init', ['--help'], '', 0),
                ('init', [], 'fail', 1), ('init', [], 'leave', 3),
                ('parse_args', [], '', 0), ('parse_args', [], 'fail', 1),
                ('parse_args', [], 'refuse', 1), ('parse_args', [], 'leave', 3),
                ('stage', [], 'leave', 3), ('summary', [], '', 0), ('summary', [], 'fail', 1),
                ('clean_up', [], '', 0), ('clean_up', [], 'fail', 0)]:
            with self.subTest(hook=hook, words=words, do=do):
                child = self.start(hook, command, *words, do=do)
                output = self.finish(child)
                self.assertEqual(child.returncode, status, output)
                self.assertIn('Ended processes that commands left running', output)

    def test_exit_in_a_hook(self):
        """what hooks leave running is ended when the author calls exit(), and when the script crashes"""
        for hook in ['init', 'parse_args', 'stage', 'summary', 'clean_up']:
            for do, status in [('exit', 4), ('abort', -signal.SIGABRT),
                               ('crash', -signal.SIGSEGV), ('overflow', -signal.SIGSEGV)]:
                if SANITIZED and status < 0:
                    continue
                with self.subTest(hook=hook, do=do):
                    child = self.start(hook, '(setsid sleep 1000 &)', do=do, CI=None)
                    output = self.finish(child)
                    self.assertEqual(child.returncode, status, output)
                    if do == 'exit':
                        self.assertIn('exit() was called; ended processes that commands', output)

    @unittest.skipUnless(sys.platform == 'linux', 'there are guards on Linux only')
    def test_guard(self):
        """in CI nothing outlives a script that is killed, or leaves by _exit()"""
        for hook in ['init', 'stage', 'summary', 'clean_up']:
            for number in [signal.SIGKILL, None]:
                with self.subTest(hook=hook, signal=number):
                    child = self.start(hook, '(setsid env -i sleep 1000.' + self.number + ' &); '
                                       + (FOREVER if number else ':'),
                                       do='' if number else '_exit', CI='true')
                    if number:
                        self.wait_until('ready')
                        child.send_signal(number)
                    self.finish(child)
                    self.assertEqual(child.returncode, -number if number else 5)

    @unittest.skipUnless(sys.platform == 'linux', 'there are guards on Linux only')
    def test_guard_that_is_not_needed(self):
        """the guard is gone before the script is, and nobody waits for it"""
        # On a busy machine a guard may get its turn, and its name, only after a while.
        command = ('left=LOOKS; until siblings=$(grep -ls "^PPid:[[:space:]]*$PPID$" '
                   '/proc/[0-9]*/status); grep -hs "^Name:.*guard" $siblings </dev/null; do '
                   'left=$((left - 1)); [ $left -gt 0 ] || { echo none; break; }; sleep 0.02; done')
        for ci, expected in [('true', 'Name:\tstaged-guard'), ('false', 'none'), ('', 'none'),
                             (None, 'none')]:
            with self.subTest(CI=ci):
                looks = '1' if expected == 'none' else '3000'
                child = self.start('stage', command.replace('LOOKS', looks), do='wait', CI=ci)
                # What it starts with is closed in the guard: this ends as soon as the script does.
                output, _ = child.communicate(timeout=300)
                self.assertEqual(left_running(self.mark.encode()), [])
                self.assertEqual(child.returncode, 0, output)
                self.assertIn(f'\n{expected}\n', output)

    def interrupt_at_random(self, choice):
        """Returns what was wrong, '' if nothing was."""
        self.mark = str(uuid.uuid4())
        hook = choice.choice(['stage', *HOOKS])
        command = choice.choice([
            'sleep 0.03', 'sh -c "sleep 0.02; :" & setsid sleep 1000 & sleep 0.03',
            '(setsid sh -c "trap \'\' TERM; sleep 1000; sleep 1000" &); sleep 0.01',
            'trap "" TERM; sleep 0.05 & wait', '(sleep 1000 &); exec sleep 0.02'])
        numbers = choice.sample(SIGNALS, choice.choice([1, 1, 1, 2, 3]))
        case = f'{hook}: {command}: {[number.name for number in numbers]}'
        child = self.start(hook, command)
        alive = True
        for number in numbers:
            time.sleep(choice.uniform(0, 0.12))
            os.kill(child.pid, number)
            state = (pathlib.Path('/proc') / str(child.pid) / 'stat').read_text(encoding='utf-8')
            # It has not been waited for yet.
            alive = alive and state.rpartition(')')[2].split()[0] not in 'ZX'
        output, _ = child.communicate(timeout=300)
        left = patiently_left(self.mark.encode())
        if left:
            return f'{case}: left running: {left}'
        # When a sanitizer looks for leaks at the very end it stops the process, and loses its signals.
        if child.returncode == 0 and 'Success' in output and (not alive or SANITIZED):
            return ''
        if -child.returncode not in numbers:
            return f'{case}: exit status {child.returncode}\n{output}'
        if 'Working' in output and len(numbers) == 1 and (
                'End hooks Script Execution Summary' not in output):
            return f'{case}: no summary\n{output}'
        return ''

    def test_random_moments(self):
        """signals at random moments; $STAGED_INTERRUPTS says how many"""
        seed = int(os.environ.get('STAGED_TESTS_SEED', random.randrange(1 << 32)))
        print(f'# STAGED_TESTS_SEED={seed}')
        choice = random.Random(seed)
        count = int(os.environ.get('STAGED_INTERRUPTS', '20'))
        problems = [self.interrupt_at_random(choice) for _ in range(count)]
        wrong = '\n'.join(problem for problem in problems if problem)
        self.assertEqual(wrong, '', f'seed {seed}: {wrong}')

    def test_no_descriptor(self):
        """where signals cannot be caught, nothing is started"""
        child = self.start('init', 'sleep 1000 &', DESCRIPTORS='none')
        output = self.finish(child)
        self.assertEqual(child.returncode, 1, output)
        self.assertRegex(output, r'hooks: cannot catch signals: out of file descriptors')

    def test_inherited(self):
        """what is ignored or blocked by whoever started the script"""
        def ignore_children():
            signal.signal(signal.SIGCHLD, signal.SIG_IGN)

        def block():
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGCHLD})

        with self.subTest(state='SIGCHLD is ignored'):
            child = self.start('stage', 'sleep 0.01 & wait $!', before=ignore_children)
            output = self.finish(child)
            self.assertEqual(child.returncode, 0, output)
        with self.subTest(state='SIGTERM is blocked'):
            child = self.start('stage', FOREVER, before=block)
            self.wait_until('ready')
            child.send_signal(signal.SIGTERM)
            output = self.finish(child)
            self.assertEqual(child.returncode, -signal.SIGTERM, output)
        with self.subTest(state='SIGTERM is ignored'):
            child = self.start('stage', 'kill -TERM $PPID; echo unhurt',
                               before=lambda: signal.signal(signal.SIGTERM, signal.SIG_IGN))
            output = self.finish(child)
            self.assertEqual(child.returncode, 0, output)
            self.assertIn('Success', output)

    def test_file_size_limit(self):
        """a log that outgrows its limit ends no script without a word"""
        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (700, 700))

        log = self.folder / 'log'
        with open(log, 'w', encoding='utf-8') as file:
            child = self.start('stage', f'(ulimit -f unlimited; :); echo ran >{self.folder}/ran',
                               before=lambda: (os.dup2(file.fileno(), 1), limit()))
            output = self.finish(child)
        self.assertGreaterEqual(child.returncode, 0, output)
        self.assertTrue((self.folder / 'ran').exists())
        self.assertTrue(re.search('File too large|cannot be written|log', output), output)


tap.main()
