# SPDX-License-Identifier: BSD-3-Clause
"""What goes wrong with an ssh place has its own words, and is never taken for the command's end."""
import functools
import itertools
import os
import pathlib
import resource
import signal
import subprocess
import time
import unittest

import keeper
import sshd
from placing import (CANCELLED, HOST_KEY, LOGIN, LOST, OK, OTHER, OWN_FILE, REFUSED, UNREACHABLE, WAITED, SshCase,
                     wait_for)
from support import patience, tap

class Reaching(SshCase):
    def expect(self, failure, may_pass, *words, **more):
        end = self.place(['true'], **more).end
        self.assertEqual((end.failure, end.may_pass, end.exit), (failure, may_pass, 0), end.error)
        for word in words:
            self.assertIn(word, end.error)

    def test_refused(self):
        """no sshd listens"""
        self.sshd.stop()
        self.expect(UNREACHABLE, True, 'box cannot be reached; ssh says: ', 'Connection refused',
                    f'; check with: ssh -F {self.sshd.config} box true')

    def test_unknown_name(self):
        """a host has no address"""
        self.expect(UNREACHABLE, True, 'cannot be reached', 'no-such-host.invalid',
                    words=[*self.sshd.words(), '--option', 'HostName=no-such-host.invalid'])

    def test_host_keys(self):
        """a host's key is not known, or has changed"""
        self.sshd.known.write_text('')
        self.expect(HOST_KEY, False, 'the host key of box is not known', 'ssh -F')
        self.sshd.know()
        self.sshd.stop()
        self.sshd.make_key('host')
        self.sshd.start()
        self.expect(HOST_KEY, False, 'the host key of box has changed', 'ssh-keygen -R')

    def test_login(self):
        """no key is accepted"""
        (self.sshd.folder / 'authorized').write_text('')
        self.expect(LOGIN, False, 'box accepts none of our keys', 'Permission denied')

    def test_no_commands(self):
        """an account that runs no commands"""
        self.sshd.stop()
        self.sshd.settings = ['ForceCommand echo not for you >&2; exit 1']
        self.sshd.start()
        self.expect(LOGIN, False, 'box accepts the login, but runs no commands; ssh says: not for you')

    def test_wrong_options(self):
        """options that ssh does not know"""
        self.expect(REFUSED, False, 'ssh is not set up to connect to box', 'nosuchoption',
                    words=[*self.sshd.words(), '--option', 'NoSuchOption=1'])

    def test_words(self):
        """words that make no place"""
        for words, problem in ((['--wait', '1'], 'at least one'), (['box', '--wait', 'x'], "not 'x'"),
                               (['box', '--sessions', '1'], 'from 2 to 10000'), (['box', '--option'], 'no value'),
                               (['box', '--option', 'x'], 'KEY=VALUE'), (['-oX=1'], "'-oX=1'")):
            with self.subTest(words=words):
                self.assertIn(problem, self.place(['true'], words=words).problem)

    def reasons(self, run):
        """What a command has waited for, in the words of the log."""
        return [look.reason for look in run.looks() if look.reason.startswith('for a connection: box cannot be reached; ssh says: ')]

    def wait_for_it(self, wait_s):
        """Begins a command while no sshd listens; returns once it has said so."""
        self.sshd.stop()
        run = self.begin(['true'], words=[*self.sshd.words(), '--wait', wait_s])
        wait_for(lambda: self.reasons(run), 'the reason')
        return run

    def test_wait(self):
        """a machine that is away is waited for, and that is said, once"""
        run = self.wait_for_it('100')
        self.sshd.start()
        self.assertEqual((run.finish().end.failure, len(self.reasons(run))), (OK, 1))

    def test_wait_that_is_up(self):
        """a machine that stays away for too long fails a command in the words of all places"""
        self.sshd.stop()
        wait_s, is_told = 0.1, False
        # One attempt may take longer than that.
        while not is_told:
            run = self.begin(['true'], words=[*self.sshd.words(), '--wait', str(wait_s)])
            end = run.finish().end
            self.assertEqual((end.failure, end.may_pass), (WAITED, True))
            self.assertIn('it waited longer than its place allows (--wait): box cannot be reached; ssh says: ', end.error)
            wait_s, is_told = wait_s * 2, self.reasons(run)

    def test_interrupted_wait(self):
        """Ctrl-C ends waiting for a machine"""
        run = self.wait_for_it('1000')
        run.process.send_signal(signal.SIGINT)
        self.assertIn('interrupted', run.finish().end.error)

    def add_host(self, name, setting):
        """Gives a host a setting of its own, before those of all."""
        self.sshd.config.write_text(f'Host {name}\n {setting}\n{self.sshd.config.read_text()}')

    def test_pool(self):
        """a machine of a pool that cannot be reached is passed over, and that is said"""
        other = sshd.Sshd(self.folder, name='other')
        self.addCleanup(other.stop)
        self.add_host('away', f'Port {other.port}')
        run = self.place(['sleep', '0.5'], ['-n', '4', '-j', '4'], self.sshd.words('away', 'box'))
        self.assertEqual([end.failure for end in run.ends], [OK] * 4)
        self.assertIn('away is passed over: away cannot be reached', ' '.join(look.reason for look in run.looks))
        run = self.place(['true'], words=self.sshd.words('away', 'away'))
        self.assertEqual(run.end.failure, UNREACHABLE)
        other.know()
        with open(self.sshd.known, 'a', encoding='utf-8') as known:
            known.write(other.known.read_text())
        (other.folder / 'authorized').write_text((self.sshd.folder / 'authorized').read_text())
        other.start()
        all_run = f'echo >>"{self.folder}/run"; until [ $(wc -l <"{self.folder}/run") = 4 ]; do sleep 0.02; done'
        run = self.place(['sh', '-c', f'echo $SSH_CONNECTION; {all_run}'], ['-n', '4', '-j', '4'],
                         self.sshd.words('away', 'box'))
        ports = sorted(int(line.split()[3]) for line in run.output.decode().splitlines())
        self.assertEqual(ports, sorted([other.port, self.sshd.port] * 2))

    def test_one_attempt_for_all(self):
        """commands that come at once do not try one after the other to reach a machine that is away"""
        tried = self.folder / 'tried'
        def run(limit_s, *hosts):
            tried.write_text('')
            self.add_host('away', f"ProxyCommand sh -c 'echo >>{tried}; sleep {limit_s}; exit 1'")
            return self.place(['true'], ['-n', '6', '-j', '6'], self.sshd.words(*hosts))
        def is_shared(_):
            return tried.read_text() == '\n'
        ends = patience.with_more_time(lambda limit_s: run(limit_s, 'away'), is_shared).ends
        self.assertEqual((tried.read_text(), {end.failure for end in ends}), ('\n', {UNREACHABLE}))
        self.assertIn('away cannot be reached', ends[5].error)
        ends = patience.with_more_time(lambda limit_s: run(limit_s, 'away', 'box'), is_shared).ends
        self.assertEqual((tried.read_text(), {end.failure for end in ends}), ('\n', {OK}))

    @unittest.skipIf(os.environ.get('STAGED_SANITIZE', 'none') != 'none', 'sanitizers open files, too')
    def test_few_files(self):
        """too many open files here are no fault of the machine, and may pass"""
        failures = []
        for most in itertools.count(8):
            limit = functools.partial(resource.setrlimit, resource.RLIMIT_NOFILE, (most, most))
            end = self.place(['true'], preexec_fn=limit).end
            if end.failure == OK:
                break
            failures.append((end.failure, end.may_pass, 'Too many open files' in end.error))
            self.assertEqual(list(self.folder.glob('staged-ssh-*')), [])
        self.assertEqual(set(failures), {(OTHER, True, True)})

    def test_worst_of_a_pool(self):
        """a machine that lets nobody in is no reason not to wait for another one"""
        self.add_host('nobody', 'User no-such-account')
        self.add_host('away', 'ProxyCommand false')
        for hosts in (('nobody', 'away'), ('away', 'nobody')):
            with self.subTest(hosts=hosts):
                end = self.place(['true'], words=self.sshd.words(*hosts)).end
                self.assertEqual((end.failure, end.may_pass), (UNREACHABLE, True))
                self.assertIn('away cannot be reached', end.error)

class Losing(SshCase):
    def run_until_begun(self, script='setsid sleep 1000 & sleep 1000', options=(), **more):
        begun = self.folder / 'begun'
        run = self.begin(['sh', '-c', f'echo begun; echo $$ >"{begun}.new"; mv "{begun}.new" "{begun}"; {script}'],
                         options, **more)
        wait_for(begun.exists, 'the command')
        return run, int(begun.read_text())

    def test_lost(self):
        """the connection is lost while a command runs: what ran there is ended"""
        run, _ = self.run_until_begun()
        self.sshd.kill_connections()
        run = run.finish()
        self.assertEqual((run.end.failure, run.end.exit, run.end.may_pass, run.end.left), (LOST, 0, True, ''))
        self.assertIn('the connection to box was lost while the command ran', run.end.error)
        self.assertEqual((run.output, run.errors), (b'begun\n', b''))
        self.assertEqual(self.runs(), [])

    def test_lost_for_good(self):
        """sshd is gone: what may be left is told, and ended all the same"""
        run, _ = self.run_until_begun()
        self.sshd.stop()
        end = run.finish().end
        self.assertEqual((end.failure, end.exit), (LOST, 0))
        self.assertIn('at box, until that machine notices', end.left)
        self.assertEqual(self.left(), [])

    def test_lost_with_its_control_session(self):
        """the control session is killed, too: what ran there is ended over a new connection"""
        run, pid = self.run_until_begun()
        job = pathlib.Path(f'/proc/{pid}/environ').read_bytes()
        folder = pathlib.Path(self.file_of(pid)).parent
        self.assertIn(b'STAGED_PLACE_JOB=', job)
        os.kill(int((folder / 'pid').read_text()), signal.SIGKILL)
        self.sshd.kill_connections()
        end = run.finish().end
        self.assertEqual((end.failure, end.left, self.runs()), (LOST, '', []))
        self.assertFalse(folder.exists() or folder.with_name(folder.name + '.gone').exists())

    def test_killed_control_session(self):
        """the control session alone is killed there, which would obey no more: that counts as lost"""
        for options in ((), ('-t', '2')):
            with self.subTest(options=options):
                run, pid = self.run_until_begun(options=options)
                folder = pathlib.Path(self.file_of(pid)).parent
                os.kill(int((folder / 'pid').read_text()), signal.SIGKILL)
                end = run.finish().end
                self.assertEqual((end.failure, end.left, end.timed_out, self.runs()), (LOST, '', False, []))
                self.assertFalse(folder.exists() or folder.with_name(folder.name + '.gone').exists())
                (self.folder / 'begun').unlink()

    def test_lost_and_interrupted(self):
        """Ctrl-C meanwhile is no reason to leave there what runs"""
        run, pid = self.run_until_begun()
        keeper = int((pathlib.Path(self.file_of(pid)).parent / 'pid').read_text())
        run.process.send_signal(signal.SIGSTOP)
        os.kill(keeper, signal.SIGKILL)
        self.sshd.kill_connections()
        run.process.send_signal(signal.SIGINT)
        run.process.send_signal(signal.SIGCONT)
        self.assertEqual((run.finish().end.left, self.runs()), ('', []))

    @staticmethod
    def file_of(pid):
        """Where the program of a command was."""
        parent = pathlib.Path(f'/proc/{pid}/stat').read_text().rpartition(') ')[2].split()[1]
        words = pathlib.Path(f'/proc/{parent}/cmdline').read_bytes().decode().replace('\0', ' ')
        return next(word for word in words.split() if word.endswith('.job'))

    def test_several_lost(self):
        """all commands of a connection that is lost say so, and the next ones run over a new one"""
        go = self.folder / 'go'
        run, _ = self.run_until_begun(f'until [ -e "{go}" ]; do sleep 0.02; done', ['-n', '12', '-j', '6'])
        self.sshd.kill_connections()
        go.touch()
        ends = run.finish().ends
        self.assertEqual(len(ends), 12)
        self.assertEqual({end.failure for end in ends}, {LOST, OK})
        self.assertEqual({end.exit for end in ends}, {0})
        self.assertEqual(self.runs(), [])

    def test_lost_between_commands(self):
        """a connection that was lost between two commands is made anew"""
        run = self.begin(['true'], ['-n', '2', '-s'], stdin=subprocess.PIPE)
        wait_for(run.ends, 'the end of the first')
        self.sshd.kill_connections()
        time.sleep(1.1)  # what was heard within the last second counts as there
        run.go_on()
        self.assertEqual([(end.failure, end.exit) for end in run.finish().ends], [(OK, 0)] * 2)

    def test_lost_just_before_a_command(self):
        """if that is noticed only with the command, nobody knows whether it began, and it may be tried again"""
        run = self.begin(['true'], ['-n', '2', '-s'], stdin=subprocess.PIPE)
        wait_for(run.ends, 'the end of the first')
        self.sshd.kill_connections()
        run.go_on()
        first, second = run.finish().ends
        self.assertEqual((first.failure, first.exit), (OK, 0))
        self.assertIn((second.failure, second.may_pass), [(OK, False), (LOST, True)])

    @staticmethod
    def clients(run):
        """The ssh of each of its commands."""
        return [pid for pid in keeper.below(run.process.pid)
                if b'.job' in pathlib.Path(f'/proc/{pid}/cmdline').read_bytes()]

    def test_killed_client(self):
        """the ssh of a command is killed here: the command is ended there"""
        run, _ = self.run_until_begun(options=['-g', '1'], mark=f'here-{self.mark}')
        clients = self.clients(run)
        self.assertEqual(len(clients), 1)
        os.kill(clients[0], signal.SIGKILL)
        end = run.finish().end
        self.assertEqual((end.failure, end.exit, end.left), (LOST, 0, ''))
        self.assertIn('ended before the command did (SIGKILL)', end.error)
        self.assertEqual(self.runs(), [])

    def test_killed_client_and_no_reply(self):
        """the same while that machine does not reply: the command is named, and ended when it does"""
        again = self.folder / 'again'
        run, pid = self.run_until_begun(f'[ -e "{again}" ] || sleep 1000', ['-g', '1', '-n', '2', '-s'],
                                        stdin=subprocess.PIPE)
        control = int((pathlib.Path(self.file_of(pid)).parent / 'pid').read_text())
        os.kill(control, signal.SIGSTOP)
        for client in self.clients(run):
            os.kill(client, signal.SIGKILL)
        wait_for(run.ends, 'the end of the first')
        os.kill(control, signal.SIGCONT)
        left = self.left()
        again.touch()
        run.go_on()
        first, second = run.finish().ends
        self.assertEqual((first.failure, first.exit, second.failure, second.exit), (LOST, 0, OK, 0))
        self.assertIn('box does not say how the command ended', first.error)
        self.assertEqual(left, [])
        self.assertEqual(first.left, 'the command at box, which does not answer')

    def test_killed_there(self):
        """somebody kills all of a command there"""
        run, pid = self.run_until_begun()
        os.killpg(os.getpgid(pid), signal.SIGKILL)
        end = run.finish().end
        self.assertEqual((end.failure, end.exit), (CANCELLED, 0))
        self.assertIn('somebody killed the command at box', end.error)
        self.assertEqual(self.runs(), [])

    def test_full_disk(self):
        """a machine that cannot keep a command says so"""
        run = self.begin(['sh', '-c', f'echo "{OWN_FILE}"'], ['-n', '2', '-s'], stdin=subprocess.PIPE)
        file = run.process.stdout.readline().strip()
        wait_for(run.ends, 'the end of the first')
        # Removing our folder there has the same effect as a full disk.
        subprocess.run(['rm', '-rf', os.path.dirname(file)], check=True)
        run.go_on()
        ends = run.finish().ends
        self.assertEqual((ends[1].failure, ends[1].may_pass), (OTHER, True))
        self.assertIn('cannot write the command', ends[1].error)
        self.assertEqual((ends[0].failure, ends[0].exit), (OK, 0))

    def test_full_disk_at_once(self):
        """the same just after another command, when nobody waits for an answer"""
        ends = self.place(['sh', '-c', f'f={OWN_FILE}; rm -rf "${{f%/*}}"'], ['-n', '2']).ends
        self.assertEqual((ends[1].failure, ends[1].may_pass), (OTHER, True))
        self.assertIn('cannot write the command', ends[1].error)

    def test_late_program(self):
        """a command whose program is kept late begins late, and never with an earlier one's file"""
        first = self.folder / 'first'
        script = f'[ -e "{first}" ] && echo second && exit; f={OWN_FILE}; p=$(cat "${{f%/*}}/pid"); ' \
            f'kill -STOP "$p"; echo "$p" >"{first}.new"; mv "{first}.new" "{first}"'
        limit_s, was_late = 1, False
        while not was_late:
            first.unlink(missing_ok=True)
            run = self.begin(['sh', '-c', script], ['-n', '2'])
            wait_for(first.exists, 'the first command')
            deadline = time.monotonic() + limit_s
            # A command that comes later waits for its program before its ssh is started.
            while not was_late and time.monotonic() < deadline:
                was_late = self.waits_there()
            limit_s *= 2
            os.kill(int(first.read_text()), signal.SIGCONT)
            run = run.finish()
            self.assertEqual([(end.failure, end.exit) for end in run.ends], [(OK, 0)] * 2)
            self.assertEqual(run.output, b'second\n')

    def waits_there(self):
        """Whether the second command of a connection has a shell there."""
        for path in pathlib.Path('/proc').glob('[0-9]*/cmdline'):
            try:
                words = path.read_bytes().replace(b'\0', b' ').replace(b';', b' ').split()
            except OSError:
                continue
            is_second = any(a.endswith(b'.job') and b == b'2' for a, b in zip(words, words[1:]))
            if is_second and words[0] in (b'sh', b'bash') and self.came_here(path.parent):
                return True
        return False

    def came_here(self, process):
        """Whether it is of a connection to our sshd."""
        try:
            return f' {self.sshd.port}\0'.encode() in (process / 'environ').read_bytes()
        except OSError:
            return False

if __name__ == '__main__':
    tap.main()
