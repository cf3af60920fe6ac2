# SPDX-License-Identifier: BSD-3-Clause
"""Scripts that run other shell scripts, inside of themselves and as commands."""
import signal

from support import tap
from support.job_shell import JobShell

from shell_script import STAGED, ShellCase, environment, ends_trees

OUTER = """\
    stage only 'Only' --by-default
    argument --name --default you
    stage_only() {
      run_script inner.sh --name "$name" --stage build clean
      echo after
    }
    """
INNER = """\
    argument --name --required
    stage build 'Building inside'
    stage clean 'Cleaning inside' --always
    stage_build() {
      run echo "hello $name"
      case $name in
        bad) fail 'the inner one is broken' ;;
        asks) prompt name 'Who?'; echo "it is $name" ;;
        early) finish 7 ;;
        leak) token=secret-token; secret token; echo "in $token" ;;
      esac
    }
    stage_clean() { run echo cleaned; }
    """


class Inner(ShellCase):
    """The verb run_script."""

    def outcome(self, *words, status=0, outer=OUTER, inner=INNER):
        self.write('inner.sh', inner)
        done = self.run_script(outer, *words)
        output = done.stdout + done.stderr
        self.assertEqual(done.returncode, status, output)
        self.assertNotIn('bash has ended', output)
        return output

    def test_success(self):
        """its stages and commands are those of the outer script"""
        output = self.outcome()
        for text in ('Building inside', '\nhello you\n', '\ncleaned\n', '\nafter\n', '│ build │', '│ clean │', '│ only  │',
                     "    echo 'hello you'\n"):
            self.assertIn(text, output)
        self.assertEqual(output.count('Script Execution Summary'), 2)
        self.assertLess(output.index('cleaned\n'), output.index('after\n'))

    def test_failure(self):
        """its failure is that of the stage, and what has to run does"""
        output = self.outcome('--name', 'bad', status=1)
        for text in ("Stage 'build' failed:  the inner one is broken", "Stage 'only' failed:  the inner one is broken",
                     '\ncleaned\n'):
            self.assertIn(text, output)
        self.assertNotIn('\nafter\n', output)

    def test_handled(self):
        """after a failure that is looked at the function goes on, but a stage has failed"""
        output = self.outcome(outer="stage only 'Only' --by-default\n"
                                    "stage_only() { run_script inner.sh --name bad --stage build || echo \"gave $?\"; }\n", status=1)
        self.assertIn('gave 1', output)

    def test_finish(self):
        """`finish` ends the whole script"""
        self.assertNotIn('\nafter\n', self.outcome('--name', 'early', status=7))

    def test_wrong_words(self):
        """a wrong command line of the inner script fails the stage"""
        output = self.outcome(outer="stage only 'Only' --by-default\nstage_only() { run_script inner.sh --nome x; }\n",
                              status=1)
        self.assertIn('--name', output)

    def test_mistakes(self):
        """mistakes of the inner script are the author's, as is a file that is not there"""
        output = self.outcome(inner="stage build 'Building'\n", status=70)
        self.assertIn('inner.sh:2', output)
        output = self.outcome(outer="stage only 'Only' --by-default\nstage_only() { run_script nowhere.sh; }\n", status=70)
        self.assertIn("cannot read './nowhere.sh'", output)

    def test_hooks(self):
        """hooks of both scripts; the clean-up comes at the end of all"""
        output = self.outcome(inner=INNER + "begin_stage() { super; log 'inner begins %s' \"$stage\"; }\n"
                                            "clean_up() { super; log 'the inner one cleans up'; }\n")
        self.assertIn('inner begins build', output)
        self.assertNotIn('inner begins only', output)
        self.assertIn('the inner one cleans up', output.partition('End script Script Execution Summary')[2])

    def test_deeper(self):
        """an inner script runs another one"""
        self.write('middle.sh', "stage middle 'Middle' --by-default\nargument --name\nargument --stages\n"
                                "stage_middle() { run_script inner.sh --name deep --stage build; }\n")
        output = self.outcome(outer="stage only 'Only' --by-default\nstage_only() { run_script middle.sh; }\n")
        self.assertIn('hello deep', output)

    def test_secrets(self):
        """the secrets of one are those of the other"""
        output = self.outcome('--name', 'leak', outer="""\
            stage only 'Only' --by-default
            argument --name
            stage_only() {
              mine=outer-secret; secret mine
              run_script inner.sh --name "$name" --stage build
              run_script inner.sh --name outer-secret --stage build
            }
            stage next 'Next' --by-default
            stage_next() { echo 'next secret-token'; }
            """)
        for text in ('in ***', 'hello ***', 'next ***'):
            self.assertIn(text, output)
        for text in ('secret-token', 'outer-secret'):
            self.assertNotIn(text, output)

    @ends_trees
    def test_time_limit(self):
        """the time limit of the outer stage ends it"""
        output = self.outcome(outer="stage only 'Only' --by-default --time-limit 0.5\n"
                                    "stage_only() { run_script inner.sh; }\n",
                              inner="stage build 'Building' --by-default\nstage_build() { sleep 1000; }\n", status=1)
        self.assertIn('exceeded its time limit of 0.5 s', output)

    def test_interrupt(self):
        """Ctrl-C ends both; and the inner one asks at the terminal"""
        self.write('inner.sh', INNER)
        path = self.write('script', OUTER)
        for key, ended in ((b'\x03', -signal.SIGINT), (b'me\n', 0)):
            with self.subTest(ended=ended):
                shell = JobShell([STAGED, f'./{path.name}', '--name', 'asks'], {**environment(), 'NO_COLOR': '1'},
                                 self.folder)
                self.addCleanup(shell.close)
                shell.wait_for(b'Who? ')
                shell.write(key)
                said = shell.wait_for(f'ended {ended} with echo'.encode())
                self.assertIn(b'cleaned', said)
                self.assertEqual(b'it is me' in said, ended == 0)


class AsACommand(ShellCase):
    """A script that another one runs as any command: with a summary of its own."""

    def test_run(self):
        """its exit status is that of the command"""
        self.write('inner.sh', INNER)
        for name, status in (('you', 0), ('bad', 1), ('early', 1)):
            with self.subTest(name=name):
                done = self.run_script("stage only 'Only' --by-default\nargument --name\n"
                                       'stage_only() { run ./inner.sh --name "$name" --stage build; }\n', '--name', name)
                self.assertEqual(done.returncode, status, done.stdout + done.stderr)
                self.assertEqual(done.stdout.count('End inner.sh Script Execution Summary'), 1)
                self.assertEqual('exit code 7' in done.stdout, name == 'early')


if __name__ == '__main__':
    tap.main()
