# SPDX-License-Identifier: BSD-3-Clause
"""Questions of shell scripts: on a terminal, and where nobody can be asked."""
import re
import signal

from support import tap
from support.job_shell import JobShell

from shell_script import STAGED, ShellCase, environment

CTRL_C, CTRL_D, CTRL_Z = b'\x03', b'\x04', b'\x1a'
SCRIPT = """\
    question_arguments
    stage deletion 'Deleting' --by-default
    stage version 'Asking for a version' --by-default
    stage cluster 'Asking for a cluster' --by-default
    stage captured 'Asking while output is captured' --by-default
    stage password 'Asking for a password' --by-default
    stage short 'Asking for a short time' --by-default
    must_be_a_version() {
      [[ $1 != *x* ]] || return 3
      [[ $1 == [0-9]* ]] || fail '%s is no version' "$1"
    }
    stage_deletion() {
      if confirm 'Really delete %s?' "the [data]"; then echo "it is gone"; else echo "it is kept"; fi
    }
    stage_version() {
      prompt version --check must_be_a_version 'Which version?'
      echo "got <$version>"
    }
    stage_cluster() {
      prompt cluster --choice dev --choice prod --default dev 'Which cluster?'
      echo "got <$cluster>"
    }
    pick() { prompt picked 'Pick:'; echo "$picked"; }
    stage_captured() {
      local it
      it=$(pick </dev/null | tr a-z A-Z)
      echo "got <$it>"
    }
    stage_password() {
      prompt token --password 'Token of %s:' me
      echo "out $token"
      run echo "run $token"
    }
    stage_short() {
      prompt answer --timeout 0.1 --default none 'Anything else?'
      echo "got <$answer>"
    }
    """


def without_frames(output):
    """The text of panels, in one line."""
    return re.sub(r'[ │]*\n[ │]*', ' ', output)


class OnATerminal(ShellCase):
    """The program asks, bash waits."""

    def start(self, stage):
        path = self.write('script', SCRIPT)
        shell = JobShell([STAGED, f'./{path.name}', '--stage', stage], {**environment(), 'NO_COLOR': '1'}, self.folder)
        self.addCleanup(shell.close)
        return shell

    def test_confirmation(self):
        """a confirmation is a status"""
        for answer, then in ((b'y', b'it is gone'), (b'n', b'it is kept')):
            with self.subTest(answer=answer):
                shell = self.start('deletion')
                shell.wait_for(b'Really delete the [data]? [y/n] ')
                shell.write(answer + b'\n')
                shell.wait_for(then)
                shell.wait_for(b'ended 0 with echo')

    def test_check(self):
        """a function of the author's refuses an answer, with a reason or without"""
        shell = self.start('version')
        shell.wait_for(b'Which version? ')
        shell.write(b'new\n')
        shell.wait_for(b'new is no version')
        shell.wait_for(b'Which version? ')
        shell.write(b'1x\n')
        shell.wait_for(b'not a valid answer')
        shell.wait_for(b'Which version? ')
        shell.write(b' 1.2 \n')
        shell.wait_for(b'got <1.2>')
        shell.wait_for(b'ended 0 with echo')

    def test_choices(self):
        """one of several, by its beginning; an empty line is the default"""
        for answer, then in ((b'p', b'got <prod>'), (b'', b'got <dev>')):
            with self.subTest(answer=answer):
                shell = self.start('cluster')
                shell.wait_for(b'1) dev')
                shell.wait_for(b'[dev] ')
                shell.write(answer + b'\n')
                shell.wait_for(then)
                shell.wait_for(b'ended 0 with echo')

    def test_captured(self):
        """a question within a command substitution and a pipeline, whose input is no terminal"""
        shell = self.start('captured')
        shell.wait_for(b'Pick: ')
        shell.write(b'this\n')
        shell.wait_for(b'got <THIS>')
        shell.wait_for(b'ended 0 with echo')

    def test_password(self):
        """a password is never shown"""
        shell = self.start('password')
        shell.wait_for(b'Token of me: (not shown) ')
        shell.write(b'hunter2-and-more\n')
        said = shell.wait_for(b'ended 0 with echo')
        self.assertNotIn(b'hunter2', said)
        for text in (b'out ***', b"Executing:  echo 'run ***'", b'\nrun ***'):
            self.assertIn(text, said)

    def test_time_limit(self):
        """the default is the answer when nobody answers in time"""
        shell = self.start('short')
        shell.wait_for(b'Anything else? [none] (within 0.1 s) ')
        shell.wait_for(b'got <none>')
        shell.wait_for(b'ended 0 with echo')

    def test_interrupted(self):
        """Ctrl-C ends the script, also in a subshell, and leaves the terminal as it was"""
        for stage, prompt in (('version', b'Which version? '), ('captured', b'Pick: '), ('password', b'(not shown) ')):
            with self.subTest(stage=stage):
                shell = self.start(stage)
                shell.wait_for(prompt)
                shell.write(CTRL_C)
                said = shell.wait_for(f'ended {-signal.SIGINT} with echo'.encode())
                self.assertIn(b'Interrupted', said)
                self.assertNotIn(b'got <', said)

    def test_end_of_input(self):
        """Ctrl-D is no answer, and no `no`"""
        for stage, prompt in (('deletion', b'[y/n] '), ('version', b'Which version? ')):
            with self.subTest(stage=stage):
                shell = self.start(stage)
                shell.wait_for(prompt)
                shell.write(CTRL_D)
                said = shell.wait_for(b'ended 1 with echo')
                self.assertIn(b'the input ended', said)
                self.assertNotIn(b'it is', said)

    def test_stopped(self):
        """Ctrl-Z stops all of it; then the question is asked again"""
        for stage, prompt in (('version', b'Which version? '), ('captured', b'Pick: ')):
            with self.subTest(stage=stage):
                shell = self.start(stage)
                shell.wait_for(prompt)
                shell.write(CTRL_Z)
                shell.wait_for(b'stopped with echo')
                shell.go_on()
                shell.wait_for(prompt)
                shell.write(b'1.2\n')
                shell.wait_for(b'got <1.2>')
                shell.wait_for(b'ended 0 with echo')


class WithoutATerminal(ShellCase):
    """Nobody can be asked."""

    def ask(self, *words, status=0):
        done = self.run_script(SCRIPT, *words)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return without_frames(done.stdout + done.stderr)

    def test_no_default(self):
        """without a default the failure names the question, also in a condition"""
        for stage, question in (('deletion', 'Really delete the [data]?'), ('version', 'Which version?'),
                                ('captured', 'Pick:'), ('password', 'Token of me:')):
            with self.subTest(stage=stage):
                output = self.ask('--stage', stage, status=1)
                self.assertIn(f"cannot ask '{question}': standard input is not a terminal", output)
                for text in ('it is', ' got ', ' out '):
                    self.assertNotIn(text, output)

    def test_default(self):
        """the default is the answer"""
        self.assertIn('got <dev>', self.ask('--stage', 'cluster'))

    def test_yes(self):
        """--yes confirms everything, where the author wants it"""
        self.assertIn('it is gone', self.ask('--stage', 'deletion', '--yes'))
        output = self.ask('--stage', 'deletion', '--no-input', status=1)
        self.assertIn('--no-input was given', output)
        self.assertIn('--yes', self.ask('--help'))

    def test_handled(self):
        """a prompt that fails in a condition is the author's affair"""
        done = self.run_body("prompt name 'Who?' || name=nobody\necho \"it is $name\"")
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertIn('it is nobody', done.stdout)

    def test_mistakes(self):
        """wrong words of the verbs are mistakes in the script"""
        for body, message in (('prompt', 'the following arguments are required: VARIABLE, FORMAT'),
                              ("prompt 'Who?' me", 'prompt needs the name of a variable first'),
                              ('confirm', 'the following arguments are required: FORMAT'),
                              ("prompt a --check none 'Who?'", '--check needs a function of the script'),
                              ("prompt a --choice x --password 'Who?'", 'a password has no choices'),
                              ("confirm 'Delete %s?'", 'more conversions than there are values'),
                              ("prompt a --defalt x 'Who?'", '--default')):
            with self.subTest(body=body):
                done = self.run_body(body)
                self.assertEqual(done.returncode, 70, done.stdout + done.stderr)
                self.assertIn(message, without_frames(done.stdout + done.stderr))


if __name__ == '__main__':
    tap.main()
