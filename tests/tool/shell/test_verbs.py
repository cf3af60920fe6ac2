# SPDX-License-Identifier: BSD-3-Clause
"""The verbs of stages and hooks, arguments, and secrets."""
import re
import subprocess
import textwrap

from support import tap

from shell_script import STAGED, ShellCase, environment, ends_trees


class Verbs(ShellCase):
    """Verbs of shell scripts."""

    def said(self, *arguments, status=0, **settings):
        done = self.run_script(*arguments, **settings)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def body(self, body, before='', status=0):
        done = self.run_body(body, before)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def test_polling(self):
        """poll looks until a function succeeds"""
        output = self.body('(sleep 0.1; touch flag) &\npoll "the flag" --interval 0.05 --timeout 60 test -e flag\n'
                           'poll never --timeout 0.1 --interval 0.05 false || echo "gave $?"')
        self.assertIn('for the flag:', output)
        self.assertIn('gave 124', output)
        self.assertIn('timed out after', self.body('poll never --timeout 0.1 --interval 0.05 false', status=1))
        self.assertIn('it is broken', self.body('poll broken gives_up || echo "gave $?"', "gives_up() { fail 'it is broken'; }", 1))

    def test_pausing(self):
        """pause waits, with a text"""
        output = self.body("pause 0.01 'for %s' them\npause 0.01\necho end")
        self.assertIn('for them', output)
        self.assertIn('end\n', output)

    def test_drawing(self):
        """panels, tables, headings and sections: formats are markup, values are data"""
        output = self.body("panel --title Title 'in [bold]%s[/]' '[red]'\ntable --title T name 'the state' "
                           "--row a '[red]' --row b\nheading --color red 'head %d' 3\nsection Extra 'with\\n%q' 'a b'\n"
                           "table --section Pods name --row pod-1")
        for text in ('in [red]', '┃ name ┃ the state ┃', '│ a    │ [red]     │', 'head 3', 'Extra:', "'a b'", 'Pods:',
                     'pod-1'):
            self.assertIn(text, output)

    def test_options(self):
        """the options of a verb hold for one use of it"""
        output = self.body("""run --ok 3 --quiet bash -c 'exit 3'
            run --unlisted true
            run --unlisted bash -c 'exit 3' || echo "gave $?"
            table before --row a
            table second --row b
            run --ok 4 bash -c 'exit 4' && echo "expected"
            run --okay 4 true""", status=70)
        self.assertEqual(output.count("Executing:  bash -c 'exit 3'"), 1)
        self.assertIn('gave 3\n', output)
        self.assertEqual((output.count('│ a      │'), output.count('│ b      │')), (1, 1))
        self.assertIn('expected\n', output)
        self.assertIn("run: unrecognized arguments: --okay", output)

    def test_data(self):
        """show_json and show_diff log what they are given, or read"""
        output = self.body("""echo '{"a": [1]}' | show_json
            show_json 'no [b]JSON[/]'
            printf -- '--- a\\n+++ b\\n' | show_diff
            show_diff < /dev/null
            hidden=swordfish
            secret hidden
            show_json '{"word": "swordfish"}'
            echo end""")
        shown = [re.sub(r' +script:\d+$', '', re.sub(r'^(?:\[[\d:]+\]| {10}) ', '', line)).strip()
                 for line in output.splitlines()]
        first = shown.index('{"a": [1]}')
        self.assertEqual(['{"a": [1]}', 'no [b]JSON[/]', '--- a', '+++ b', '{"word": "***"}', 'end'],
                         shown[first:first + 6], output)
        self.assertIn('shows one text, or what it reads', self.body('show_diff a b', status=70))

    def test_running_a_part(self):
        """--from, --until, --skip and --assume choose what runs, and how a dry run ends"""
        text = """\
            stage build 'Building' --by-default
            stage test 'Testing' --by-default --retry-attempts 1
            stage tidy 'Tidying' --by-default --always
            stage_build() { log 'does build'; }
            stage_test() { log 'does test'; }
            stage_tidy() { log 'does tidy'; }
            """
        for words, expected in ((['--from', 'test'], ['test', 'tidy']),
                                (['--until', 'build', '--skip', 'tidy'], ['build']),
                                (['--dry-run', '--assume', 'test=retry,ok'], ['build', 'test', 'test', 'tidy'])):
            output = self.said(text, *words)
            self.assertEqual([line.split()[-1] for line in re.findall(r'does \w+', output)], expected, words)
        output = self.said(text, '--dry-run', '--assume', 'build=fail', status=1)
        self.assertEqual(re.findall(r'does (\w+)', output), ['build', 'tidy'])
        self.assertNotIn('--from', self.said(text, '--help'))
        self.assertIn('--from STAGE', self.said('run_arguments\n' + textwrap.dedent(text), '--help'))

    def test_one_run_at_a_time(self):
        """lock keeps a second run away, which says who is in the way"""
        text = """\
            lock deploy
            stage only 'Only' --by-default
            stage_only() { echo locked; read -r _ || true; }
            """
        script = self.write('script', text)
        settings = {'cwd': self.folder, 'env': {**environment(), 'XDG_STATE_HOME': str(self.folder)}, 'text': True}
        with subprocess.Popen([STAGED, script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, **settings) as first:
            while 'locked' not in first.stdout.readline():
                self.assertIsNone(first.poll())
            second = subprocess.run([STAGED, script], capture_output=True, input='', check=False, **settings)
            waiting = subprocess.run([STAGED, script, '--lock-wait', '0.3'], capture_output=True, input='', check=False,
                                     **settings)
            other = subprocess.run([STAGED, script, '--lock', 'other'], capture_output=True, input='', check=False,
                                   **settings)
            first.communicate('')
        self.assertEqual((first.returncode, second.returncode, waiting.returncode, other.returncode), (0, 75, 75, 0))
        self.assertRegex(second.stderr, rf"^script: 'deploy' is locked by process {first.pid} on \S+ since "
                                        r'[-0-9]+ [:0-9]+ UTC; nothing was run\n$')
        self.assertNotIn('Only', second.stdout)
        self.assertIn('Waiting for the lock', waiting.stdout)
        self.assertEqual((self.folder / 'staged' / 'locks' / 'deploy.lock').stat().st_mode & 0o777, 0o600)

    def test_choosing_stages(self):
        """stages are selected, run and skipped by others"""
        output = self.said("""\
            stage one 'One' --by-default
            stage two 'Two' --by-default
            stage three 'Three'
            stage four 'Four' --by-default
            stage_one() {
              unselect_stage two; select_stage three
              if selected three && ! selected two; then log 'chosen'; fi
            }
            stage_two() { echo two ran; }
            stage_three() { echo three ran; skip_rest; }
            stage_four() { echo four ran; }
            """)
        self.assertIn('chosen', output)
        self.assertIn('three ran', output)
        self.assertNotIn('two ran', output)
        self.assertNotIn('four ran', output)

    def test_main(self):
        """a hook that runs stages itself"""
        output = self.said("stage one 'One' --by-default\nstage_one() { echo one ran; }\n"
                           "main() { echo before; run_stage one; echo after; }\n")
        self.assertLess(output.index('before'), output.index('one ran'))
        self.assertLess(output.index('one ran'), output.index('after\n'))

    @ends_trees
    def test_time_limits(self):
        """a stage that exceeds its limit is ended with all that it started"""
        output = self.said("stage one 'One' --by-default --time-limit 0.2\n"
                           "stage_one() { sleep 1000 & setsid sleep 1000 & sleep 1000; echo not reached; }\n"
                           "end_stage() { super; log 'ended'; }\n", status=1)
        self.assertIn('exceeded its time limit of 0.2 s', output)
        self.assertIn('ended', output)
        self.assertNotIn('not reached', output)

    def test_arguments(self):
        """arguments are variables: texts, numbers, booleans and arrays"""
        text = """\
            argument --name --required --metavar WHO --help 'Whom.'
            argument --count --type int --default 3 --choices 1 2 3
            argument --ratio --type float --default 0.5
            argument '-v --verbose' --action count --default 0
            argument --tag --action append
            argument --both --nargs 2
            argument --color --action boolean --default no
            argument --region --environment TEST_REGION --default here
            group Files 'What is read.'
            exclusive --required
            argument --from-file --type path
            argument --from-pipe --action store_true
            group
            argument rest --nargs '*'
            stage one 'One' --by-default
            stage_one() {
              echo "$name|$count|$ratio|$verbose|${#tag[@]}:${tag[*]}|${both[1]-}|$color|$region|$from_file|$from_pipe"
              printf '<%s>' "${rest[@]}"
            }
            """
        output = self.said(text, '--name', "it's", '-vv', '--tag', 'a b', '--tag', '*', '--both', 'x', 'y', '--color',
                           '--from-pipe', 'r 1', 'r2', env={**environment(), 'TEST_REGION': 'there'})
        self.assertIn("it's|3|0.5|2|2:a b *|y|true|there||true\n<r 1><r2>", output)
        self.assertIn('--from-file', self.said(text, '--name', 'x', status=2))
        self.assertIn('not allowed with', self.said(text, '--name', 'x', '--from-pipe', '--from-file', 'f', status=2))
        help_text = self.said(text, '--help')
        for part in ('--name WHO', 'What is read.', '{1,2,3}'):
            self.assertIn(part, help_text)

    def test_commands_of_a_script(self):
        """sub-commands with arguments of their own"""
        text = """\
            command_group 'what to do' --dest what --required
            command_of up --help 'Goes up.'
            argument --by --type int --default 1
            command_of down --help 'Goes down.' --alias dn
            argument --far --action store_true
            stage one 'One' --by-default
            stage_one() { echo "by ${by-} far ${far-}"; }
            """
        self.assertIn('by 4 far', self.said(text, 'up', '--by', '4'))
        self.assertIn('far true', self.said(text, 'dn', '--far'))
        self.assertIn('Goes down.', self.said(text, '--help'))

    def test_secrets(self):
        """secrets are masked in the log and in what commands write"""
        (self.folder / '.env').write_text('# none\nDB_PASSWORD="of the base"\nexport PLAIN=shown\n')
        output = self.said("""\
            env_file .env --secret DB_PASSWORD
            env_file nothing --optional
            argument --token --secret --default ''
            early=early-bird
            secret early
            stage one 'One' --by-default
            stage_one() {
              echo "out $DB_PASSWORD $token $early $PLAIN"; echo "err $DB_PASSWORD" >&2
              late=late-night; secret late
              run echo "run $late"; log 'log %s' "$late"
              printf 'cut late-'; printf 'night\\n'; bash -c 'echo "in $DB_PASSWORD"'
            }
            """, '--token', 'token-123')
        for text in ('out *** *** *** shown', 'err ***', 'run ***', 'log ***', 'cut ***', 'in ***'):
            self.assertIn(text, output)
        for text in ('of the base', 'token-123', 'early-bird', 'late-night'):
            self.assertNotIn(text, output)
        self.assertLess(output.index("Executing:  echo 'run ***'"), output.index('\nrun ***'))

    def test_variables_of_arguments(self):
        """the value of an argument is in a variable, whose name is checked when the script is read"""
        for words, name in (('file-name', 'file-name'), ('--1x', '1x'), ("--of --dest 'x; touch ran; y'", 'x; touch ran; y')):
            with self.subTest(words=words):
                output = self.said(f'argument {words}\nstage one "One" --by-default\nstage_one() {{ :; }}', status=70)
                self.assertIn(f"argument: '{name}' is not the name of a variable; choose one with", output)
                self.assertFalse((self.folder / 'ran').exists())

    def test_env_files_with_mistakes(self):
        """a line of a file of variables that is none is an error, and nothing in it is run"""
        for line, problem in (
                ('just words', "a line is NAME=VALUE, without blanks around the '='"),
                ('NAME = value', "a line is NAME=VALUE, without blanks around the '='"),
                ('x; touch ran; y=1', "a line is NAME=VALUE, without blanks around the '='"),
                ('NAME="no end', 'a quote is not closed (a value is in one line)'),
                ("NAME='value' # why", 'something stands behind the closing quote')):
            with self.subTest(line=line):
                (self.folder / '.env').write_text(f'GOOD=1\n\n{line}\n')
                output = self.said('env_file .env\nstage one "One" --by-default\nstage_one() { :; }', status=70)
                self.assertIn(f'.env:3: {problem}', output)
                self.assertFalse((self.folder / 'ran').exists())

    def test_names(self):
        """directories and answers"""
        output = self.body('unique_directory where made/run\n[[ -d $where ]] && echo made it\n'
                           'ask name echo "a  b"\necho "<$name>"')
        self.assertIn('made it', output)
        self.assertIn('<a  b>', output)

    def test_observers(self):
        """a function is told of all events, and what it does is its own affair"""
        self.said("""\
            observe watch
            stage one 'One' --by-default
            stage two 'Two' --by-default
            stage_one() { run true; run bash -c 'exit 3' || :; }
            stage_two() { fail 'no more'; }
            watch() {
              echo "${event[kind]} ${event[stage]} ${event[outcome]}${event[command]} ${event[message]}" >>events
              false
            }
            """, status=1)
        told = [' '.join(line.split()) for line in (self.folder / 'events').read_text().splitlines()]
        self.assertEqual(told, ['script_begin', 'stage_begin one', 'attempt_begin one', 'command_begin one true',
                                'command_end one true', "command_begin one bash -c 'exit 3'",
                                "command_end one bash -c 'exit 3' exit code 3", 'attempt_end one passed',
                                'stage_end one passed', 'stage_begin two', 'attempt_begin two',
                                'attempt_end two failed no more', 'stage_end two failed no more', 'script_end two failed'])

    def test_highlights(self):
        """patterns of the author's own, those of a file over those of its bases"""
        self.write('base', "highlight '[A-Z]+' 'red'\nhighlight lost bold\n")
        text = '''extends base
            highlight ERROR 'green'
            stage one 'one' --by-default
            stage_one() { panel --fit '%s' "$(printf 'an ERROR\\nLOST lost')"; }
            '''
        output = self.said(text, env={**environment(), 'TTY_COMPATIBLE': '1', 'TERM': 'xterm'})
        for seen in '\x1b[32mERROR\x1b[0m', '\x1b[31mLOST\x1b[0m', '\x1b[1mlost\x1b[0m':
            self.assertIn(seen, output)
        self.assertNotIn('\x1b', self.said(text))
        for mistake in "highlight '('  red", 'highlight x nothing', 'highlight x':
            self.assertRegex(self.said(f'{mistake}\n{text}', status=70), r'script:2: highlight')

    def test_interrupt_hooks(self):
        """all hooks can be functions"""
        output = self.said("""\
            stage one 'One' --by-default --retry-attempts 1
            init() { super; echo in init; }
            parse_args() { super; echo "in parse_args $dry_run"; }
            pre_stage() { super; echo in pre_stage; }
            stage_one() { retry; }
            prepare_to_retry() { super; echo in prepare_to_retry; }
            retry_error_one() { general; echo in retry_error_one; }
            post_stage() { super; echo in post_stage; }
            clean_up() { super; echo in clean_up; }
            """, status=1)
        for hook in ('init', 'parse_args false', 'pre_stage', 'prepare_to_retry', 'retry_error_one', 'post_stage',
                     'clean_up'):
            self.assertIn(f'in {hook}\n', output)


if __name__ == '__main__':
    tap.main()
