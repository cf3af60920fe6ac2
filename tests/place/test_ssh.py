# SPDX-License-Identifier: BSD-3-Clause
"""Commands at an ssh place have what commands here have."""
import hashlib
import os
import pathlib
import signal

from placing import OK, OWN_FILE, REFUSED, SshCase, wait_for
from support import tap

class Commands(SshCase):
    def test_exit_codes(self):
        """exit codes and signals are those of the command"""
        # no shell tells 130 from SIGINT
        ways = {f'exit {code}': -(code - 128) if code == 130 else code for code in (0, 1, 127, 130, 143, 254, 255)}
        ways |= {f'kill -{number:d} $$': -number
                 for number in (signal.SIGINT, signal.SIGKILL, signal.SIGTERM, signal.SIGPIPE)}
        # One command after another: each takes the first of the ways that are left.
        folder = self.folder / 'ways'
        folder.mkdir()
        for number, way in enumerate(ways):
            (folder / f'{number:02}').write_text(f'rm "$1"\n{way}\n')
        ends = self.place(['sh', '-c', f'set -- "{folder}"/*; . "$1"'], ['-n', len(ways)]).ends
        self.assertEqual(len(ends), len(ways))
        for (way, expected), end in zip(ways.items(), ends):
            with self.subTest(way=way):
                self.assertEqual((end.failure, end.exit), (OK, expected))

    def test_outputs(self):
        """outputs come apart, and whole however large they are, and joined if asked for"""
        run = self.place(['sh', '-c', 'echo out; echo error >&2'])
        self.assertEqual((run.output, run.errors), (b'out\n', b'error\n'))
        run = self.place(['sh', '-c', 'echo out; echo error >&2; echo out'], ['-o'])
        self.assertEqual((run.output, run.errors), (b'out\nerror\nout\n', b''))
        run = self.place(['sh', '-c', 'head -c 10000000 /dev/zero'])
        self.assertEqual((run.end.exit, len(run.output), run.output.count(0)), (0, 10000000, 10000000))

    def test_input(self):
        """a command reads megabytes of any bytes, its end, and nothing if it has no input"""
        text = os.urandom(5000000)
        run = self.place(['sha256sum'], ['-i'], text=text)
        self.assertEqual(run.output.split()[0].decode(), hashlib.sha256(text).hexdigest())
        self.assertEqual(self.place(['cat'], text=b'not for it').output, b'')
        self.assertEqual(self.place(['true'], ['-i'], text=text).end.exit, 0)

    def test_words(self):
        """1,000 words arrive as they are"""
        odd = ["it's", '"', '$HOME', '`id`', 'a\nb', ' ', '', '*', '\\', '-n', '\udcff\udc80']
        words = [odd[i % len(odd)] for i in range(1000)]
        run = self.place(['printf', '%s\\0', *words])
        self.assertEqual(run.output.split(b'\0')[:-1], [os.fsencode(word) for word in words])

    def test_environment_and_directory(self):
        """environment and directory are those that were asked for"""
        run = self.place(['sh', '-c', 'echo "$A|${HOME-none}"; pwd'],
                         ['-e', "A=it's\n$x\t", '-u', 'HOME', '-d', '/usr/bin'])
        self.assertEqual(run.output, b"it's\n$x\t|none\n/usr/bin\n")
        run = self.place(['env'], ['-c', '-e', 'A=1'])
        names = {line.split(b'=')[0] for line in run.output.splitlines()} - {b'_'}
        self.assertEqual(names, {b'A', b'MARK', b'STAGED_PLACE_JOB'})
        run = self.place(['pwd'], ['-d', 'bin'], [*self.sshd.words(), '--directory', '/usr'])
        self.assertEqual(run.output, b'/usr/bin\n')

    def test_what_can_never_run(self):
        """a missing directory or program, and a variable that no shell knows, are refused"""
        for options, command, words in ((['-d', '/no such'], 'true', "the directory '/no such' at box"),
                                        ([], 'no-such-program', "no program 'no-such-program' at box"),
                                        (['-e', 'A.B=1'], 'true', "cannot have a variable 'A.B'"),
                                        (['-e', 'GROUPS=1'], 'true', "uses the variable 'GROUPS' itself")):
            with self.subTest(words=words):
                end = self.place([command], options).end
                self.assertEqual((end.failure, end.may_pass), (REFUSED, False))
                self.assertIn(words, end.error)

    @tap.needs_signals
    def test_secrets(self):
        """values of variables are in no list of arguments, and in no file once the command runs"""
        begun = self.folder / 'begun'
        run = self.begin(['sh', '-c', f'echo "{OWN_FILE}" >"{begun}"; exec sleep 1000'],
                         ['-e', 'SECRET=hidden-value', '-g', '1'])
        wait_for(lambda: begun.exists() and begun.read_text().endswith('\n'), 'the command')
        folder = pathlib.Path(begun.read_text().strip()).parent
        self.assertEqual(folder.stat().st_mode & 0o777, 0o700)
        for file in folder.glob('*.*'):
            self.assertNotIn(b'hidden-value', file.read_bytes())
        found = []
        for name in filter(str.isdigit, os.listdir('/proc')):
            try:
                with open(f'/proc/{name}/cmdline', 'rb') as file:
                    words = file.read()
            except OSError:
                continue
            # `placed` itself was given it.
            if b'hidden-value' in words and b'placed' not in words:
                found.append(words)
        self.assertEqual(found, [])
        run.process.send_signal(signal.SIGINT)
        self.assertEqual(run.finish().end.interrupted, signal.SIGINT)
        self.assertFalse(folder.exists())

    def test_what_is_left_running(self):
        """what a command leaves running holds up nothing, and is ended with the place"""
        run = self.place(['sh', '-c', 'setsid sleep 1000 & sleep 1001 & echo begun'])
        self.assertEqual((run.output, run.end.failure, run.end.exit), (b'begun\n', OK, 0))
        self.assertEqual(self.left(), [])

    def test_stop(self):
        """a timeout ends all of it: what ignores SIGTERM, and what has left the session"""
        run = self.exceed_timeout('setsid sh -c "trap : TERM; while :; do sleep 1; done" & '
                                  'trap "" TERM; echo begun; while :; do sleep 1; done', '-g', '0.5')
        self.assertEqual((run.output, run.end.timed_out, run.end.left), (b'begun\n', True, ''))
        self.assertEqual(self.runs(), [])

    def test_cleanup_after_a_timeout(self):
        """what ends at SIGTERM has its say and its exit code"""
        run = self.exceed_timeout('trap "echo cleaned up; exit 7" TERM; echo begun; while :; do sleep 0.1; done')
        self.assertEqual((run.output, run.end.exit, run.end.timed_out), (b'begun\ncleaned up\n', 7, True))

    def test_many_at_once(self):
        """30 commands at once use several connections, and all get their own end"""
        run = self.place(['sh', '-c', 'sleep 0.5; echo $$'], ['-n', '60', '-j', '30'])
        self.assertEqual({(end.failure, end.exit) for end in run.ends}, {(OK, 0)})
        self.assertEqual(len(run.ends), 60)
        self.assertEqual(len(set(run.output.split())), 60)

    @tap.needs_signals
    def test_interrupt(self):
        """Ctrl-C ends what runs there"""
        begun = self.folder / 'begun'
        run = self.begin(['sh', '-c', f'touch "{begun}"; sleep 1000 & sleep 1000'], ['-g', '1'])
        wait_for(begun.exists, 'the command')
        run.process.send_signal(signal.SIGINT)
        end = run.finish().end
        self.assertEqual((end.interrupted, end.left), (signal.SIGINT, ''))
        self.assertEqual(self.runs(), [])

    def test_killed_script(self):
        """nothing is left there after we were killed"""
        begun = self.folder / 'begun'
        run = self.begin(['sh', '-c', f'setsid sleep 1000 & touch "{begun}"; sleep 1000'],
                         mark=self.mark)
        wait_for(begun.exists, 'the command')
        run.process.kill()
        run.finish()
        self.assertEqual(self.left(), [])

    def test_folder_of_killed_script(self):
        """the next run removes the folder here that a killed one has left, and none of one that lives"""
        def folders():
            return set(self.folder.glob('staged-ssh-*'))
        begun, go = self.folder / 'begun', self.folder / 'go'
        lives = self.begin(['sh', '-c', f'touch "{begun}"; until [ -e "{go}" ]; do sleep 0.02; done; echo whole'])
        wait_for(begun.exists, 'the command')
        of_living = folders()
        self.assertEqual(len(of_living), 1)
        begun.unlink()
        killed = self.begin(['sh', '-c', f'touch "{begun}"; sleep 1000'])
        wait_for(begun.exists, 'the command')
        killed.process.kill()
        killed.finish()
        self.assertEqual(len(folders()), 2)
        # What the killed one has started may take a moment to go.
        def is_removed():
            self.assertEqual(self.place(['true']).end.exit, 0)
            return folders() == of_living
        wait_for(is_removed, 'the removal of what the killed run has left')
        self.assertEqual(self.place(['true']).end.exit, 0)
        go.touch()
        self.assertEqual(lives.finish().output, b'whole\n')
        self.assertEqual(folders(), set())

if __name__ == '__main__':
    tap.main()
