# SPDX-License-Identifier: BSD-3-Clause
"""What a script changes of those that it extends, and what survives an interrupt."""
import os
import signal
import subprocess
import time

from support import tap

from shell_script import STAGED, ShellCase, environment

BASE = """\
    stage build 'Building' --retries
    stage check 'Checking'
    argument --times --type int --default 1 --help 'How often.'
    argument --save --action boolean --default false --help 'Whether to.'
    argument --name --convert small --help 'In small letters.'
    argument --level --action append --convert level --help 'A level.'
    small() { echo "${1,,}"; }
    level() { [[ $1 != 0 ]] || fail 'there is no level %d' "$1"; [[ $1 == [0-9] ]]; echo "L$1"; }
    stage_build() { log 'own %s %s' "$times $save" "$name ${level[*]} $build_retry_attempts"; }
    stage_check() { :; }
    """
# As long as something may take before it is wrong.
PATIENCE_S = 120


class Hierarchies(ShellCase):
    """Hierarchies of scripts."""

    def said(self, text, *words, status=0):
        done = self.run_script(text, *words)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def test_other_defaults(self):
        """a script gives other defaults, an order of the stages, and runs all of them"""
        self.write('base.sh', BASE)
        text = ('extends base.sh\nstages check build --by-default\ndefault --times 3\ndefault --save true\n'
                'default --build-retry-attempts 2\n')
        output = self.said(text, '--name', 'ABC', '--level', '1', '--level', '2')
        self.assertIn('own 3 true abc L1 L2 2', output)
        self.assertLess(output.index('Checking'), output.index('Building'))
        self.assertIn('{check,build}', self.said(text, '--help'))
        self.assertIn("default: ['check']", self.said('extends base.sh\ndefault --stage check\n', '--help'))

    def test_refused_words(self):
        """a function refuses words, with a reason or without one"""
        self.write('base.sh', BASE)
        for word, reason in (('0', 'argument --level: there is no level 0'),
                             ('x', "argument --level: invalid level value: 'x'")):
            text = 'extends base.sh\nparse_args() { super; echo went on; }\n'
            output = self.said(text, '--level', word, status=2)
            self.assertIn(reason, output)
            self.assertNotIn('went on', output)
            self.assertNotIn('return', output)

    def test_wrong_usage(self):
        """arguments that do not go together show the help, and the last word"""
        self.write('base.sh', BASE)
        output = self.said("extends base.sh\nparse_args() { super; fail_usage 'no %s here' \"$times\"; }\n",
                           status=1)
        self.assertIn('How often.', output)
        self.assertTrue(output.rstrip().endswith('no 1 here'), output)

    def test_mistakes(self):
        """an order of stages that are not there, a default of nothing"""
        self.write('base.sh', BASE)
        for line, message in (('stages build chek', "'stages' names a stage 'chek', which is not declared; did you"
                               " mean 'check'?"),
                              ('default --times', 'default needs an argument and a value')):
            self.assertIn(f'./script:3: {message}', self.said(f'extends base.sh\n{line}\n', status=70))

    def test_changed_arguments(self):
        """an argument that is set is another one from then on, in the summary, too"""
        self.write('base.sh', BASE)
        output = self.said("extends base.sh\nparse_args() { super; set_argument name new; set_argument level 1 2; }\n",
                           '--stage', 'build', '--level', '1')
        self.assertIn('new 1 2', output)
        self.assertIn('--name new', output)

    def test_a_link(self):
        """what a script extends is beside the script that a link leads to"""
        self.write('base.sh', BASE)
        script = self.write('script', 'extends base.sh\n')
        (self.folder / 'bin').mkdir()
        link = self.folder / 'bin' / 'linked'
        link.symlink_to(script)
        done = subprocess.run([link, '--stage', 'build'], env=environment(), capture_output=True, text=True,
                              stdin=subprocess.DEVNULL)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_functions_before(self):
        """functions may stand above `extends`, but for those that the other file has, too"""
        self.write('base.sh', BASE)
        text = "below() { log 'from below'; }\nstage_more() { below; }\nstage more 'More'\n"
        end = 'extends base.sh\n'
        output = self.said(text + end, '--stage', 'more', 'build')
        self.assertRegex(output, r'from below +script:2\n')
        self.assertIn('own 1', output)
        self.assertIn("./base.sh:10: 'stage_build' replaces the function with that name in './script'",
                      self.said(text + 'stage_build() { :; }\n' + end, status=70))
        self.write('middle.sh', "end_stage() { log 'ended'; super; }\nextends base.sh\n")
        output = self.said("end_stage() { log 'at the end'; super; }\nextends middle.sh\n", '--stage', 'build', status=70)
        self.assertIn("./middle.sh:2: 'end_stage' replaces", output)
        output = self.said("extends middle.sh\nend_stage() { log 'at the end'; super; }\n", '--stage', 'build')
        self.assertLess(output.index('at the end'), output.index('ended'))

    def test_places(self):
        """log lines need no place"""
        self.write('base.sh', BASE)
        self.assertIn('base.sh:', self.said('extends base.sh\n', '--stage', 'build'))
        self.assertNotIn('base.sh:', self.said('extends base.sh\nhide_places\n', '--stage', 'build'))

    def test_another_attempt(self):
        """a method asks for another attempt, and the log says which command failed"""
        output = self.said("""\
            stage only 'Only' --by-default --retry-attempts 1
            method install
            share tries
            tries=0
            install() { tries=$((tries + 1)); run bash -c "exit $((3 * (tries < 2)))" || retry; }
            stage_only() { call install; }
            """)
        self.assertIn("Attempt 1 at stage 'only':  exit code 3", ' '.join(output.split()).replace(': ', ':  '))

    def test_a_reason_from_within(self):
        """the reason of a failure in $(...) is kept, in a function that others have called, too"""
        self.write('base.sh', "stage only 'Only' --by-default\n"
                              "address() { fail 'there is no %s' address; }\n"
                              'use() { local url; url=$(address); echo "$url"; }\n'
                              'stage_only() { use; }\n')
        output = self.said('extends base.sh\nstage_only() { super; }\n', status=1)
        self.assertIn("Stage 'only' failed:  there is no address", output)
        self.assertNotIn('url=', output)

    def test_asking_fails(self):
        """a command that `ask` runs may fail"""
        output = self.said("stage only 'Only' --by-default\n"
                           "stage_only() { ask it bash -c 'echo x; exit 3' || echo \"gave $? $it\"; ask it bash -c 'exit 4'; }\n",
                           status=1)
        self.assertIn('gave 3 x', output)
        self.assertIn('exit code 4', output)

    def test_showing(self):
        """what a function says is shown while something is awaited, and not logged"""
        output = self.said("""\
            stage only 'Only' --by-default
            share looks
            looks=0
            is_there() { looks=$((looks + 1)); ((looks == 3)); }
            picture() { panel --fit --title Looks 'looked %d times' "$looks"; log 'and %s' '[that]'; }
            stage_only() {
              poll 'the third look' --interval 0.01 --show picture is_there
              log_dry_run 'not %s' that
              unique_name name only- 5; [[ $name == only-????? ]]
              success && log 'all is well'
            }
            """)
        self.assertEqual(output.count('looked 3 times'), 1, output)
        self.assertNotIn('looked 2 times', output)
        self.assertIn('and [that]', output)
        self.assertIn('DRY-RUN MODE:  not that', output)
        self.assertIn('all is well', output)

    def test_shared_variables_survive_an_interrupt(self):
        """a stage that always runs knows what the one that was interrupted has made"""
        self.write('script', """\
            stage one 'One' --by-default
            stage two 'Two' --by-default
            stage clean 'Cleaning up' --by-default --always
            argument --made --default nothing --help 'What was made.'
            share before made
            before=no
            stage_one() { before=yes; }
            never() { : >waiting; false; }
            picture() { log 'picture of %s' "$made"; }
            stage_two() { made=something; poll 'what never comes' --interval 0.01 --show picture never; }
            stage_clean() { echo "made $made, before $before"; }
            main() { run_stage one; run_stage two; run_stage clean; }
            """)
        child = subprocess.Popen([STAGED, './script'], cwd=self.folder, env=environment(), text=True,
                                 stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                                 start_new_session=True)
        deadline = time.monotonic() + PATIENCE_S
        while not (self.folder / 'waiting').exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        os.killpg(child.pid, signal.SIGINT)
        output, _ = child.communicate(timeout=PATIENCE_S)
        self.assertIn('made something, before yes', output)
        self.assertNotIn('picture of nothing', output)


if __name__ == '__main__':
    tap.main()
