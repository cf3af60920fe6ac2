# SPDX-License-Identifier: BSD-3-Clause
"""What is wrong with a shell script is told before anything of it runs."""
import subprocess

from support import tap

from shell_script import STAGED, ShellCase, environment


class Mistakes(ShellCase):
    """Mistakes of an author."""

    def check(self, text, *messages, status=70):
        done = self.run_script(text)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        self.assertEqual(done.stdout, '')
        for message in messages:
            self.assertIn(message, done.stderr)
        self.assertEqual(len(done.stderr.splitlines()), len(messages), done.stderr)

    def test_all_at_once(self):
        """all mistakes are told at once, with file and line"""
        self.check("""\
            stage hello 'Greeting' --by-defalt
            stage other 'Other'
            argument --x --typ int
            begin_stge() { :; }
            begin_stage_othr() { super; }
            stage_nothing() { :; }
            log 'hi'
            method greet
            """,
                   "./script:2: stage: unrecognized arguments: --by-defalt; did you mean '--by-default'?",
                   "./script:4: argument: unrecognized arguments: --typ int; did you mean '--type'?",
                   "./script:8: 'log' works in stages and hooks, not while the file is read",
                   "./script:3: stage 'other' has no function 'stage_other'",
                   "./script: method 'greet' has no function 'greet'",
                   "./script:5: function 'begin_stge' is not a hook; did you mean 'begin_stage'?",
                   "./script:6: function 'begin_stage_othr' is for a stage 'othr', which is not "
                   "declared; did you mean 'other'?",
                   "./script:7: function 'stage_nothing' is for a stage 'nothing', which is not declared")

    def test_helpers_are_no_hooks(self):
        """functions with names of their own are left alone"""
        done = self.run_body('helper', 'helper() { echo helped; }\nmain2() { :; }\nsummarize() { :; }\n')
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn('helped', done.stdout)

    def test_hooks_for_one_stage(self):
        """a hook for one stage that is misspelled is no helper"""
        self.check("""\
            stage hello 'Greeting'
            stage_hello() { :; }
            end_stge_hello() { :; }
            """, "./script:4: function 'end_stge_hello' is not a hook; did you mean 'end_stage_hello'?")

    def test_what_bash_cannot_parse(self):
        """a file that bash cannot parse is not run at all"""
        self.check("""\
            touch was-run
            stage hello 'Greeting'
            stage_hello() {
              if true; then
            }
            """, "./script:6: syntax error near unexpected token `}'")
        self.assertFalse((self.folder / 'was-run').exists())

    def test_extended_globs(self):
        """patterns that need a shell option are no mistake"""
        done = self.run_body('[[ abc == !(x*) ]] && echo matched', 'shopt -s extglob')
        self.assertIn('matched', done.stdout)
        self.assertEqual(done.returncode, 0)

    def test_reading_and_printing(self):
        """a file that reads or prints while it is read"""
        self.check("""\
            stage hello 'Greeting'
            stage_hello() { :; }
            read -r line
            echo "hello $line"
            """, "./script: it prints while it is read: 'hello ';",
                   './script: it reads its standard input while it is read;')

    def test_leaving(self):
        """a file that ends while it is read"""
        self.check("stage hello 'Greeting'\nexit 3\n", './script: it exits while it is read, with status 3')
        self.check("stage hello 'Greeting'\nset -e\nfalse\n",
                   './script:4: it exits while it is read, with status 1')

    def test_no_further_mistakes(self):
        """the function of a stage whose declaration is wrong is no mistake, nor is what `run` would do"""
        self.check("""\
            stage one 'One' --time-limit
            stage two
            stgae three 'Three'
            run touch was-run
            ask x touch was-run
            stage_one() { :; }
            stage_two() { :; }
            stage_three() { :; }
            """,
                   './script:2: stage: argument --time-limit: expected one argument',
                   './script:3: stage: the following arguments are required: HEADING',
                   "./script:4: stgae: command not found; did you mean 'stage'?",
                   "./script:5: 'run' works in stages and hooks, not while the file is read",
                   "./script:6: 'ask' works in stages and hooks, not while the file is read")
        self.assertFalse((self.folder / 'was-run').exists())

    def test_missing_commands(self):
        """a command that is not there is told with the author's line, and what was probably meant"""
        done = self.run_script("""\
            no-such-command || missing=true
            stage only 'Only' --by-default
            helper() { :; }
            stage_only() {
              rnu true || :
              run no-such-command || :
              each no-such-command -- x || :
              helpr 2>/dev/null || :
              (helpr | cat) || :
              x=$(no-such-command) || :
              no-such-command
            }
            """)
        self.assertEqual(done.returncode, 1, done.stdout)
        told = [line for line in (done.stdout + done.stderr).splitlines() if 'command not found' in line]
        self.assertEqual(sorted(told), [
            './script: line 10: helpr: command not found; did you mean \'helper\'?',
            './script: line 11: no-such-command: command not found',
            './script: line 12: no-such-command: command not found',
            './script: line 2: no-such-command: command not found',
            "./script: line 6: rnu: command not found; did you mean 'run'?",
            './script: line 7: no-such-command: command not found'], done.stdout + done.stderr)
        self.assertIn("failed:  exit code 127", done.stdout)

    def test_own_handler_of_missing_commands(self):
        """an author's own command_not_found_handle replaces ours"""
        done = self.run_body('rnu true', 'command_not_found_handle() { echo "own: $*"; }')
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertIn('own: rnu true', done.stdout)

    def test_missing_base(self):
        """a file that is extended, but is not there"""
        self.check("extends no.sh\nstage hello 'Greeting'\nstage_hello() { :; }\n",
                   "./script:2: cannot read './no.sh', which it extends: No such file or directory")

    def test_missing_observer(self):
        """an observer that is not there, in the file or one that it extends"""
        self.write('base.sh', 'seen() { :; }\n')
        self.check("""\
            extends base.sh
            stage hello 'Greeting'
            observe seen
            observe sene
            observe heard
            stage_hello() { :; }
            heard() { :; }
            """, "./script:5: 'observe' names a function 'sene', which is not there")

    def test_flags_that_every_script_has(self):
        """an argument that every script has, without a place in our sources"""
        for flag in '--stage', '--dry-run':
            done = self.run_script(f"argument {flag}\nstage hello 'Greeting'\nstage_hello() {{ :; }}\n")
            self.assertEqual(done.returncode, 70)
            self.assertIn(f'./script:2: {flag}: another argument already has this flag; choose another', done.stderr)

    def test_checks_of_paths(self):
        """what is for paths alone says so in the words of a shell script"""
        for option in '--check exists', '--resolve', '--type int --check file':
            self.check(f"argument x {option}\nstage hello 'Greeting'\nstage_hello() {{ :; }}\n",
                       './script:2: argument: --check and --resolve are for paths; add --type path')

    def test_secrets_without_a_value(self):
        """a secret that is not set is not called too short"""
        self.check("secret NOT_SET\nstage hello 'Greeting'\nstage_hello() { :; }\n",
                   "./script:2: secret: 'NOT_SET' is not set, or empty")

    def test_stages_in_two_ways(self):
        """a stage with a command and a function"""
        self.check("stage hello 'Greeting' --command true\nstage_hello() { :; }\n",
                   "./script:2: stage 'hello' has both a command and a function 'stage_hello'")

    def test_no_file(self):
        """a file that is not there, or is none"""
        for name, message in (('./nothing', 'No such file'), ('/dev/null', 'is not a file'),
                              ('.', "'.' is a directory"), (STAGED, 'is a program, not a shell script')):
            done = subprocess.run([STAGED, name], cwd=self.folder, capture_output=True, text=True,
                                  env=environment())
            self.assertEqual(done.returncode, 2)
            self.assertIn(message, done.stderr)
            self.assertEqual(len(done.stderr.splitlines()), 1)

    def test_no_bash(self):
        """no bash, or an old one"""
        done = self.run_script('', env={'PATH': '/nonexistent'})
        self.assertEqual(done.returncode, 127)
        self.assertIn('need bash 4.4 or later', done.stderr)

    def test_verbs_while_running(self):
        """mistakes that only show when a stage runs end the script with 70"""
        for body, message in ((r"log '%d' x", "'x' is not a number"), ("log '%s'", 'more conversions'),
                              ("log 'a' b", 'more values'), ('run --tmeout 5 true', '--tmeout'),
                              ('section one', 'a heading and a text'), ('finish soon', 'exit status'),
                              ("stage late 'Late'", 'outside of functions'), ('share x', 'outside of functions'),
                              ('run_stage nothing', "nothing"),
                              ('set_argument nothing 1', "set_argument: there is no argument 'nothing'"),
                              ('ask', 'ask needs a variable and a command'),
                              ('ask x', 'ask needs a variable and a command'),
                              ('run --env A true', "--env takes NAME=VALUE, not 'A'"),
                              ('run --env "A B=c" true', "--env takes NAME=VALUE, not 'A B=c'"),
                              ('run_script no.sh', "cannot read './no.sh', which it runs: No such file"),
                              ('run', 'run: the following arguments are required: COMMAND'),
                              ('poll pods', 'poll: the following arguments are required: COMMAND'), ('call nothing', 'method')):
            with self.subTest(body=body):
                done = self.run_body(f'{body}\necho went on')
                self.assertEqual(done.returncode, 70, done.stdout)
                self.assertIn(message, done.stdout)
                self.assertIn('script:5', done.stdout)
                self.assertNotIn('went on', done.stdout)


if __name__ == '__main__':
    tap.main()
