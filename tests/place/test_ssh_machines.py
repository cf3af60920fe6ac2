# SPDX-License-Identifier: BSD-3-Clause
"""Commands at ssh places of all kinds: with other login shells, startup files, folders, and fewer sessions."""
import os
import pathlib
import pwd
import subprocess
import sys
import unittest

from placing import OK, OWN_FILE, Command, SshCase
from support import processes, tap

class Folders(SshCase):
    def folder_there(self, runtime):
        self.sshd.stop()
        self.sshd.settings = [f'SetEnv SHLVL=3 "XDG_RUNTIME_DIR={runtime}"']
        self.sshd.start()
        run = self.place(['sh', '-c', f'echo "{OWN_FILE}"'])
        self.assertEqual(run.end.failure, OK, run.end.error)
        return pathlib.Path(run.output.decode().strip()).parent

    def test_folder_in_memory(self):
        """texts of commands are kept in the folder in memory that a login has, if it can be used"""
        for name, is_used in (('runtime', True), ('it is odd', False), ('missing', False)):
            with self.subTest(name=name):
                runtime = self.folder / name
                if name != 'missing':
                    runtime.mkdir()
                folder = self.folder_there(runtime)
                self.assertEqual(folder.parent == runtime, is_used)
                self.assertFalse(folder.exists())
                self.assertEqual(list(runtime.glob('*')), [])

    def test_folder_of_sockets(self):
        """a directory whose name ssh would change holds no sockets"""
        for name in ('50%h', '${HOME}', 'a b'):
            with self.subTest(name=name):
                (self.folder / name).mkdir()
                env = {**os.environ, 'XDG_RUNTIME_DIR': '', 'TMPDIR': str(self.folder / name)}
                run = Command(['ssh', *self.sshd.words()], ['echo', 'it runs'], env=env).finish()
                self.assertEqual((run.output, run.end.failure), (b'it runs\n', OK), run.end.error)

class Fixture(SshCase):
    def test_killed_test(self):
        """an sshd ends with the test that has started it, also if that is killed"""
        script = 'import sys, time, sshd; sshd.Sshd(sys.argv[1], name="its").start(); print(flush=True); time.sleep(1000)'
        with subprocess.Popen([sys.executable, '-c', script, self.folder], stdout=subprocess.PIPE,
                              cwd=pathlib.Path(__file__).parent) as test:
            test.stdout.readline()
            file = str(self.folder / 'its' / 'sshd_config').encode()
            self.assertNotEqual(processes.left_running(file, 'cmdline'), [])
            test.kill()
        self.assertEqual(processes.patiently_left(file, 'cmdline'), [])

class FewSessions(SshCase):
    SETTINGS = ('MaxSessions 3',)

    def test_fewer_sessions(self):
        """a machine that allows fewer sessions than ssh's default fails no command"""
        run = self.place(['sh', '-c', 'sleep 0.3; exit 4'], ['-n', '16', '-j', '8'])
        self.assertEqual([(end.failure, end.exit) for end in run.ends], [(OK, 4)] * 16)
        self.assertEqual(run.errors, b'')
        run = self.place(['sh', '-c', 'sleep 0.3; exit 4'], ['-n', '8', '-j', '8'],
                         [*self.sshd.words(), '--sessions', '3'])
        self.assertEqual([(end.failure, end.exit) for end in run.ends], [(OK, 4)] * 8)

class StartupFiles(SshCase):
    def begin_with(self, startup):
        home = self.folder / 'home'
        home.mkdir(exist_ok=True)
        (home / '.bashrc').write_text(startup + '\n')
        self.sshd.stop()
        self.sshd.settings = [f'SetEnv SHLVL=0 HOME={home}']
        self.sshd.start()
        return self.place(['sh', '-c', 'cat /proc/$PPID/comm; echo "$A"; pwd; exit 3'], ['-e', 'A=b2', '-d', '/usr'])

    @unittest.skipUnless(os.path.basename(pwd.getpwuid(os.getuid()).pw_shell) == 'bash', 'needs bash as login shell')
    def test_startup_files(self):
        """a login shell reads programs itself, unless its startup files have changed it"""
        for startup, shell in (('A=1', 'bash'), ('cd() { :; }', 'sh'), ('set -o noclobber', 'sh'), ('set -e', 'sh'),
                               ('readonly A=1', 'sh'), ('trap "echo trapped" EXIT', 'sh'), ('IFS=/', 'sh'),
                               ('shopt -s expand_aliases; alias echo=false', 'sh'), ('enable -n read', 'sh'),
                               ('declare -i A=1', 'sh'), ('declare -A A', 'sh'), ('declare -n A=B', 'sh'),
                               ('declare -u staged_kind', 'sh')):
            with self.subTest(startup=startup):
                run = self.begin_with(startup)
                self.assertEqual((run.end.failure, run.end.exit), (OK, 3), run.end.error)
                self.assertEqual(run.output.decode().splitlines(), [shell, 'b2', '/usr'])

    @unittest.skipUnless(os.path.basename(pwd.getpwuid(os.getuid()).pw_shell) == 'bash', 'needs bash as login shell')
    def test_greeting_without_end(self):
        """a login shell may print something without the end of a line first"""
        run = self.begin_with('printf "Welcome "')
        self.assertEqual((run.end.failure, run.end.exit), (OK, 3), run.end.error)
        self.assertEqual(run.output.decode().splitlines(), ['Welcome bash', 'b2', '/usr'])

class OtherShells(SshCase):
    def test_login_shells(self):
        """it does not matter which shell a login gets, or what that prints first"""
        for shell in ('fish', 'zsh', 'dash', 'csh'):
            if not any(os.access(f'{folder}/{shell}', os.X_OK) for folder in os.environ['PATH'].split(':')):
                continue
            with self.subTest(shell=shell):
                self.sshd.stop()
                self.sshd.settings = [f'ForceCommand {shell} -c "$SSH_ORIGINAL_COMMAND"']
                self.sshd.start()
                run = self.place(['sh', '-c', 'echo "$1"; kill -9 $$', 'sh', "it's"])
                self.assertEqual((run.output, run.end.exit), (b"it's\n", -9))
                run = self.place(['sleep', '1000'], ['-t', '0.5', '-g', '1'])
                self.assertEqual((run.end.timed_out, self.left()), (True, []))

if __name__ == '__main__':
    tap.main()
