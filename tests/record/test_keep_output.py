# SPDX-License-Identifier: BSD-3-Clause
"""Output that goes to a terminal is kept, too, and nobody notices."""
import functools
import shlex
import shutil
import sys

from records import PROGRAM, STAGED, Case
from support import job_shell, tap

SHELL_SCRIPT = '''stage given "Running what is given"
stage_given() { run --quiet sh -c "$RECORDED_COMMAND"; }
'''
RESIZED = '''
import os, signal
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGWINCH])
print('ready', flush=True)
while os.get_terminal_size(1) != (101, 43):
    signal.sigwait([signal.SIGWINCH])
print('the size has come')
'''
STOPPED = '''
import os, signal
def stop(*ignored):
    os.write(1, b'in order\\n')
    os.kill(os.getpid(), signal.SIGSTOP)
    os.write(1, b'goes on\\n')
    os._exit(0)
signal.signal(signal.SIGTSTP, stop)
os.write(1, b'ready\\n')
while True:
    signal.pause()
'''
# As curses does, by way of its output.
RAW = '''
import os, termios, time, tty
before = termios.tcgetattr(1)
tty.setraw(1)
os.write(1, b'ready')
typed = os.read(0, 1)
print(typed, flush=True)
termios.tcsetattr(1, termios.TCSANOW, before)
while not termios.tcgetattr(0)[3] & termios.ICANON:
    time.sleep(0.01)
print('again', flush=True)
print(os.read(0, 100))
'''


KILLED = """
import os, tty
tty.setraw(1)
os.write(1, b'ready')
os.kill(os.getpid(), 9)
"""
INPUT = r"stty raw -echo; printf 'ready\n|'; head -c 1 | od -An -tx1; stty sane"


def in_both(test):
    """Runs a test with a script in C and with one in shell."""
    @functools.wraps(test)
    def run(self):
        for self.is_shell in (False, True):
            with self.subTest(is_shell=self.is_shell):
                test(self)
            for record in self.records():
                shutil.rmtree(record)
    return run


def python(code):
    return f'exec {shlex.quote(sys.executable)} -c {shlex.quote(code)}'


class KeepOutput(Case):
    is_shell = False

    def begin(self, command, words=('--keep-output',)):
        program = [PROGRAM]
        if self.is_shell:
            file = self.folder / 'given.sh'
            file.write_text(SHELL_SCRIPT, encoding='utf-8')
            program = [STAGED, file]
        shell = job_shell.JobShell([*program, '--stage', 'given', *words],
                                   self.environment(RECORDED_COMMAND=command, TERM='xterm'),
                                   self.folder)
        self.addCleanup(shell.close)
        return shell

    def kept_output(self):
        end, = self.events('command_end')
        return end, self.kept(end)

    @in_both
    def test_terminal(self):
        """a command finds a terminal, and what it writes is kept as it is"""
        shell = self.begin(r"test -t 0 && test -t 1 && test -t 2; printf '\033[1mbold\033[m %s\r' $?; "
                           'echo to error >&2; exit 3')
        self.assertIn(b'\x1b[1mbold\x1b[m 0\rto error\r\n', shell.wait_for(b'shell: ended 1'))
        end, kept = self.kept_output()
        self.assertEqual((kept, end['exit_code']), (b'\x1b[1mbold\x1b[m 0\rto error\n', 3))

    @in_both
    def test_much(self):
        """nothing is lost of what is much"""
        shell = self.begin('seq 100000')
        self.assertIn(b'\r\n99999\r\n100000\r\n', shell.wait_for(b'shell: ended 0'))
        self.assertEqual(self.kept_output()[1], b''.join(b'%d\n' % n for n in range(1, 100001)))

    @in_both
    def test_size(self):
        """the size of the window is that of the command's terminal, also once it has changed"""
        shell = self.begin(python(RESIZED))
        shell.wait_for(b'ready')
        shell.resize(43, 101)
        shell.wait_for(b'the size has come')
        shell.wait_for(b'shell: ended 0')

    @in_both
    def test_interrupted(self):
        """Ctrl-C interrupts the command and the script"""
        shell = self.begin('echo ready; sleep 1000')
        shell.wait_for(b'ready\r\n')
        shell.write(b'\x03')
        shell.wait_for(b'shell: ended -2')
        self.assertEqual(self.kept_output()[1], b'ready\n')

    @in_both
    def test_stopped(self):
        """Ctrl-Z stops both, once the command has left the screen in order, and both go on"""
        shell = self.begin(python(STOPPED))
        shell.wait_for(b'ready\r\n')
        shell.write(b'\x1a')
        self.assertIn(b'in order', shell.wait_for(b'shell: stopped'))
        shell.go_on()
        shell.wait_for(b'goes on')
        shell.wait_for(b'shell: ended 0')

    @in_both
    def test_raw(self):
        """what a command sets up at its output is set up at the terminal, until it is set back"""
        shell = self.begin(python(RAW))
        shell.wait_for(b'ready')
        shell.write(b'\x03')
        shell.wait_for(b"b'\\x03'")
        shell.wait_for(b'again')
        shell.write(b'line\n')
        shell.wait_for(b"b'line\\n'")
        shell.wait_for(b'shell: ended 0 with echo')

    @in_both
    def test_input(self):
        """what it sets up at its input is, as without"""
        shell = self.begin(INPUT)
        shell.wait_for(b'ready\n|')
        shell.write(b'\x03')
        shell.wait_for(b'03')
        shell.wait_for(b'shell: ended 0 with echo')

    @in_both
    def test_killed(self):
        """a command that is killed leaves no terminal without echo behind"""
        shell = self.begin(python(KILLED))
        shell.wait_for(b'shell: ended 1 with echo')

    @in_both
    def test_without(self):
        """without the option it goes to the terminal directly, and is not kept"""
        shell = self.begin('echo seen', [])
        shell.wait_for(b'shell: ended 0')
        self.assertIsNone(self.kept_output()[1])

    def test_no_record(self):
        """what is not recorded cannot be kept"""
        for words in ([], ['--no-record']):
            done = self.run_it('--keep-output', *words, STAGED_RUNS=str(self.runs) if words else '')
            self.assertEqual(done.returncode, 2)
            self.assertIn('argument --keep-output: this run is not recorded; '
                          f'{"leave out --no-record" if words else "set STAGED_RUNS to a directory"}', done.stderr)


tap.main()
