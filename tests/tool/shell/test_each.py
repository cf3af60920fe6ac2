# SPDX-License-Identifier: BSD-3-Clause
"""The verb `each`: a function or command for each of many items."""
import json
import os
import re
import signal
import subprocess
import unittest
import uuid

from support import tap
from support.processes import patiently_left

from shell_script import STAGED, ShellCase, ends_trees, environment

FUNCTIONS = """\
    says() { echo "<$1>"; }
    joins() { echo "[$*]"; }
    picky() { echo "at $1"; [[ $1 != bad ]]; echo "past $1"; }
    flaky() { echo "try $1"; [[ -e $1.tried ]] || { touch "$1.tried"; fail 'not yet: %s' "$1"; }; }
    goes_on() { echo "$1" >>begun; sleep 1000; }
    """


class Each(ShellCase):
    def outcome(self, body, status=0, before=FUNCTIONS, **settings):
        done = self.run_body(body, before, **settings)
        output = done.stdout + done.stderr
        self.assertEqual(done.returncode, status, output)
        self.assertNotIn('not reached', output)
        return output

    def steady(self, output):
        """What stands in the log and beside it, without times, places and frames."""
        return re.sub(r'[\s│]+', ' ', re.sub(r'\[\d\d:\d\d:\d\d\]|\./?script:\d+|script:\d+', '', output))

    # ---- Functions and commands ----

    def test_functions(self):
        """a function runs for each item, with what its script has set"""
        output = self.outcome("here=set\nlocally() { echo \"$here $1\"; }\neach --jobs 2 locally -- a 'b c'\n"
                              "each says -- $'new\\nline' '' '*'\nlog 'the end'")
        for text in ('set a\n', 'set b c\n', '<new\nline>\n', '<>\n', '<*>\n', 'the end'):
            self.assertIn(text, output)
        self.assertIn('says: 3 passed in', self.steady(output))

    def test_commands(self):
        """a program runs where the function is, with what it has exported"""
        output = self.outcome("mkdir in\ncd in\nexport WORD=exported\nunset HOME\n"
                              "each sh -c 'echo \"$WORD $1 ${PWD##*/} ${HOME-none}\"' sh -- a")
        self.assertIn('exported a in none\n', output)

    def test_places(self):
        """the item stands where {} does, or is the last word; what begins like an option is one, too"""
        output = self.outcome("each joins one -- a\neach joins {} {}.o -x -- -n\neach printf '(%s)' -- -- -k '{}'")
        for text in ('[one a]\n', '[-n -n.o -x]\n', '(--)', '(-k)', '({})'):
            self.assertIn(text, output)

    def test_verbs_in_items(self):
        """items use verbs, beside each other"""
        output = self.outcome("each --jobs 3 works -- 1 2 3 4",
                              before="works() { log 'working on %s' \"$1\"; run echo \"ran $1\"; }")
        for number in '1234':
            self.assertIn(f'working on {number}', output)
            self.assertEqual(2, len(re.findall(rf'^ran {number}$|Executing: +echo \'ran {number}\'', output, re.M)))

    def test_no_items(self):
        """without items nothing runs"""
        self.assertIn('says: 0 passed', self.steady(self.outcome('each says --\necho end')))
        self.assertIn('says: 0 passed', self.steady(self.outcome('each --from /dev/null says\necho end')))

    # ---- Where items come from ----

    def test_files(self):
        """items are the lines of a file, or end with NUL"""
        output = self.outcome("mkdir in\ncd in\nprintf 'a\\n\\n b \\n' >lines\nprintf 'c\\nd\\0\\0' >others\n"
                              "each --jobs 1 --from lines says\neach --jobs 1 --null --from others says")
        self.assertEqual(['<a>', '< b >', '<c\nd>', '<>'], re.findall(r'^<[^>]*>$', output, re.M))

    @unittest.skipUnless(os.path.isdir('/proc/self/fd'), 'needs /proc')
    def test_standard_input(self):
        """items come from a pipe as they are written, also from functions that use verbs"""
        output = self.outcome("makes | each --from - says\neach --from - echo got <<<$'x\\ny'",
                              before=FUNCTIONS + "makes() { echo one; run echo two; log 'made'; echo three; }")
        for text in ('<one>', '<two>', '<three>', 'got x', 'got y'):
            self.assertIn(text, output)

    # ---- Failures ----

    def test_failures(self):
        """a failed item fails the function, after all others, and is in a table with what failed"""
        output = self.outcome('each --jobs 1 picky -- a bad c\necho not reached', 1)
        self.assertIn('past c', output)
        self.assertNotIn('past bad', output)
        steady = self.steady(output)
        self.assertIn("bad failed: exit code 1: [[ $1 != bad ]]", steady)
        self.assertRegex(steady, r'Item Failure Attempts Duration .* bad exit code 1: \[\[ \$1 != bad \]\] 1 0:00:0')
        self.assertIn("Stage 'only' failed: picky: 1 of 3 items failed; first 'bad': exit code 1: [[ $1 != bad ]]", steady)

    def test_handled_failures(self):
        """what an author looks at, or allows, is no failure"""
        output = self.outcome("each picky -- bad || log 'gave %s' \"$?\"\nif ! each picky -- bad; then log 'so it is'; fi\n"
                              "each --may-fail picky -- bad\nlog 'the end'")
        for text in ('gave 1', 'so it is', 'the end'):
            self.assertIn(text, output)

    def test_reasons(self):
        """an item says why it fails, and how it ended is known in whatever way it does"""
        before = ("reasons() { fail 'no luck with %s' \"$1\"; }\nexecutes() { exec sh -c 'exit 3'; }\n"
                  "killed() { kill -9 \"$BASHPID\"; }\nended() { kill -TERM \"$BASHPID\"; sleep 1000; }\n"
                  "finishes() { finish 0; }\nmissing() { no_such_command; }")
        for item, failure in (('reasons', 'no luck with it'), ('executes', 'exit code 3'), ('missing', 'exit code 127'),
                              ('killed', 'killed by signal 9 (SIGKILL)'), ('ended', 'killed by signal 15 (SIGTERM)'),
                              ('no-such-program', "cannot run 'no-such-program': no such program")):
            with self.subTest(item=item):
                output = self.outcome(f'each {item} -- it', 1, before)
                self.assertIn(f'it failed: {failure}', self.steady(output))
                self.assertNotIn('_staged', output)
        self.outcome('each finishes -- it', 0, before)

    def test_attempts(self):
        """items are tried again"""
        steady = self.steady(self.outcome('each --attempts 2 flaky -- a b'))
        self.assertEqual(2, steady.count('try a'))
        self.assertIn('2 passed', steady)

    @ends_trees
    def test_timeout(self):
        """an attempt ends at its timeout, with what it has started"""
        for command in ('goes_on', 'sh -c "sleep 1000; :"'):
            with self.subTest(command=command):
                self.assertIn('it failed: timed out after ', self.steady(self.outcome(
                    f'each --timeout 0.1 {command} -- it', 1)))

    def test_halt(self):
        """as many failures as are allowed end all"""
        for rule, failed in (('first', 1), ('2', 2), ('50%', 2)):
            with self.subTest(rule=rule):
                steady = self.steady(self.outcome(f'each --jobs 1 --halt {rule} false -- a b c d', 1))
                self.assertIn(f'0 passed, {failed} failed, {4 - failed} not run', steady)
                self.assertIn(f"Not run: the items from '{'abcd'[failed]}' on.", steady)

    def test_order(self):
        """output is whole, and in the order of the items where that is asked for"""
        body = ("mkfifo go\nfirst() { if [[ $1 == a ]]; then read -r x <go; else echo >go; fi; echo \"end $1\"; }\n"
                "each --jobs 2 --keep-order first -- a b")
        self.assertRegex(self.outcome(body), r'(?s)end a\n.*end b\n')

    def test_quiet(self):
        """what items that pass print is not shown where nobody wants to see it"""
        output = self.outcome('each --quiet picky -- a bad', 1)
        self.assertNotIn('at a', output)
        self.assertIn('at bad', output)

    # ---- Ends ----

    @ends_trees
    def test_interrupt(self):
        """a signal ends all items; the script says which did not begin"""
        for command in ('goes_on', "sh -c 'echo >>begun.$1; sleep 1000; :' sh"):
            with self.subTest(command=command):
                mark = f'STAGED_MARK={uuid.uuid4()}'
                name, _, value = mark.partition('=')
                path = self.write('script', "stage only 'Only' --by-default\ngoes_on() { echo >>\"begun.$1\"; sleep 1000; }\n"
                                  f"stage_only() {{ each --jobs 2 {command} -- a b c; }}\n")
                # One of each: who writes into one that is about to be closed is not read.
                begun = [self.folder / 'begun.a', self.folder / 'begun.b']
                for fifo in begun:
                    fifo.unlink(missing_ok=True)
                    os.mkfifo(fifo)
                child = subprocess.Popen([STAGED, f'./{path.name}'], cwd=self.folder, text=True, start_new_session=True,
                                         env={**environment(), name: value}, stdin=subprocess.DEVNULL,
                                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
                for fifo in begun:
                    fifo.read_text()
                child.send_signal(signal.SIGINT)
                output, _ = child.communicate(timeout=600)
                self.assertEqual(-signal.SIGINT, child.returncode, output)
                self.assertEqual([], patiently_left(mark.encode()))
                steady = self.steady(output)
                self.assertIn('0 passed, 2 failed, 1 not run', steady)
                self.assertIn("Not run: the items from 'c' on.", steady)

    @ends_trees
    def test_time_limit(self):
        """the time limit of the stage ends its items"""
        text = ("stage only 'Only' --by-default --time-limit 0.5\ngoes_on() { sleep 1000; }\n"
                "stage_only() { each goes_on -- a b c; }\n")
        done = self.run_script(text)
        self.assertEqual(1, done.returncode)
        self.assertIn('exceeded its time limit of 0.5 s', self.steady(done.stdout))

    # ---- Records ----

    def test_record(self):
        """items are recorded, and a resumed run does only the rest"""
        text = ("stage only 'Only' --by-default\nworks() { run echo \"did $1\"; [[ $1 != b || -e good ]]; }\n"
                "stage_only() { each --jobs 1 works -- a b c; }\n")
        settings = {'env': {**environment(), 'STAGED_RUNS': str(self.folder / 'runs')}}
        self.assertEqual(1, self.run_script(text, **settings).returncode)
        (self.folder / 'good').touch()
        first = self.items()
        self.assertEqual([('a', 'passed', 'did a\n'), ('b', 'failed', 'did b\n'), ('c', 'passed', 'did c\n')], first)
        done = self.run_script(text, '--resume', **settings)
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        self.assertIn('1 passed, 2 had passed before', self.steady(done.stdout))
        self.assertEqual({('a', 'passed', None), ('b', 'passed', 'did b\n'), ('c', 'passed', None)}, set(self.items()))

    def items(self):
        """Those of the latest record, with what they printed; commands in them have none of it."""
        folder = self.folder / 'runs' / 'script' / 'latest'
        events = [json.loads(line) for line in (folder / 'events.jsonl').read_text().splitlines()]
        self.assertEqual([None], list({event['output'] for event in events if event['event'] == 'command_end'}))

        def printed(output):
            return output and (folder / output['file']).read_bytes()[output['offset']:][:output['length']].decode()
        return [(event['item'], event['outcome'], printed(event['output']))
                for event in events if event['event'] == 'item']

    def test_secrets(self):
        """secrets are masked in items and in what they print"""
        output = self.outcome('each says -- open-sesame\neach echo -- open-sesame\neach false -- open-sesame', 1,
                              before=FUNCTIONS + "\nWORD=open-sesame\nsecret WORD")
        self.assertNotIn('sesame', output)
        self.assertIn('<***>', output)

    def test_dry_run(self):
        """a dry run says how many items there are, and runs none"""
        path = self.write('script', "stage only 'Only' --by-default\nworks() { echo not reached; }\n"
                          "stage_only() { each --jobs 2 works now -- a b c; each touch -- made; }\n")
        done = subprocess.run([STAGED, f'./{path.name}', '--dry-run'], cwd=self.folder, env=environment(), text=True,
                              capture_output=True, stdin=subprocess.DEVNULL)
        self.assertEqual(0, done.returncode, done.stderr)
        self.assertIn('Would run 3 items, 2 at a time: works now', self.steady(done.stdout))
        self.assertIn('Would run 1 item, ', self.steady(done.stdout))
        self.assertNotIn('not reached', done.stdout)
        self.assertFalse((self.folder / 'made').exists())

    def test_sweep(self):
        """the example runs many simulations, and goes on where it was interrupted"""
        sweep = tap.SOURCE / 'examples' / 'shell' / 'sweep'
        settings = {'cwd': self.folder, 'text': True, 'capture_output': True, 'stdin': subprocess.DEVNULL,
                    'env': {**environment(), 'STAGED_RUNS': str(self.folder / 'runs')}}
        done = subprocess.run([sweep, '--count', '30', '--jobs', '2', '--dry-run'], **settings)
        self.assertEqual(0, done.returncode, done.stderr)
        self.assertEqual(['runs'], os.listdir(self.folder))
        (self.folder / 'sweep-results').mkdir()
        (self.folder / 'sweep-results' / '2.600000').mkdir()
        done = subprocess.run([sweep, '--count', '30', '--jobs', '2'], **settings)
        self.assertEqual(1, done.returncode, done.stderr)
        self.assertIn('29 passed, 1 failed', self.steady(done.stdout))
        (self.folder / 'sweep-results' / '2.600000').rmdir()
        done = subprocess.run([sweep, '--resume'], **settings)
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        steady = self.steady(done.stdout)
        self.assertIn('1 passed, 29 had passed before', steady)
        for text in ('Period 1: 10 of 30', 'Period 2: 9 of 30', 'Period none: '):
            self.assertIn(text, steady)

    def test_lost_wake(self):
        """it goes on where what wakes its process is lost: bash loses what it reads as the time of `read` is up"""
        # Nobody else can lose it: bash would wait without end for what another process reads just before it.
        text = """stage only 'Only' --by-default
            lost=0
            eval "waits$(declare -f _staged_wait_for_items)"
            _staged_wait_for_items() {
              waits_staged_wait_for_items
              if read -rN1 -t 0.2 -u "$_staged_wake" _; then lost=$((lost + 1)); fi
            }
            says() { :; }
            stage_only() { each --jobs 1 says -- a b; ((lost > 0)); }
            """
        done = self.run_script(text)
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        self.assertIn('2 passed', self.steady(done.stdout))

    @unittest.skipIf('STAGED_PORTABLE' in os.environ, 'needs files that can be opened without a name')
    def test_files(self):
        """while an item runs, what it prints is in no file that would be left behind"""
        scratch = self.folder / 'scratch'
        scratch.mkdir()
        body = "looks() { echo 'it prints'; ls -A scratch; run false; }\neach --attempts 2 looks -- a"
        output = self.outcome(body, 1, env={**environment(), 'TMPDIR': str(scratch)})
        self.assertEqual(2, output.count('it prints'))
        self.assertNotIn('staged-', output)

    # ---- Mistakes ----

    def test_mistakes(self):
        """what is used wrongly is said to be a mistake"""
        for words, message in (('says a b', 'each needs items'), ('--from f says -- a', 'each needs items'),
                               ('--halt never says -- a', '--halt takes first'), ('-- a', 'required: COMMAND'),
                               ('--halt 101% says -- a', '--halt takes first'),
                               ('--halt 0 says -- a', '--halt takes first'),
                               ('--jobs -1 says -- a', 'non-negative'), ('--job 1 says -- a', "did you mean '--jobs'?"),
                               ('--delay nan says -- a', 'not NaN')):
            with self.subTest(words=words):
                self.assertIn(message, self.steady(self.outcome(f'each {words}\necho not reached', 70)))
        self.assertIn("cannot read the items in 'nowhere'", self.steady(self.outcome('each --from nowhere says', 1)))
        self.assertIn("'each' cannot be used beside", self.steady(self.outcome(
            'each nested -- a', 70, before='nested() { each echo -- b; }')))


tap.main()
