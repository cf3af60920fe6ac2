# SPDX-License-Identifier: BSD-3-Clause
"""Commands of shell scripts at a place, whatever its kind: the tests that every kind passes."""
import json
import os
import pathlib
import re
import signal
import subprocess
import uuid

from cluster import wait_for
from shell_script import STAGED, ShellCase, environment

# Seconds in which what must happen does, on any machine.
LONG = 60


def arguments_of_all():
    """The argument lists of all processes."""
    found = []
    for path in pathlib.Path('/proc').glob('[0-9]*/cmdline'):
        try:
            found.append(path.read_bytes().replace(b'\0', b' ').decode(errors='replace'))
        except OSError:
            pass
    return found


class PlaceCase(ShellCase):
    """Has a place 'box', which shares this machine's files and processes."""

    declaration = None
    environment = None  # what its programs need
    # What a command there runs in, and none here does.
    there = None

    def world(self):
        return {**environment(), 'HOME': str(self.folder), **self.environment}

    def outcome(self, body, status=0, before='', words=(), **settings):
        env = {**self.world(), **settings.pop('env', {})}
        body = '\n'.join('  ' + line for line in body.strip('\n').splitlines())
        text = (f"{self.declaration}\nstage only 'Only' --by-default\n{before}\n"
                f'stage_only() {{\n{body}\n}}\n')
        done = self.run_script(text, *words, env=env, **settings)
        output = done.stdout + done.stderr
        self.assertEqual(done.returncode, status, output)
        return output

    def lines(self, body, **settings):
        """What its commands print: without the log."""
        return [line for line in self.outcome(body, **settings).splitlines() if line.startswith('= ')]

    def nothing_is_left(self, mark):
        wait_for(lambda: not [words for words in arguments_of_all() if mark in words],
                 f'the end of all with {mark}')


class AnyPlace:
    """The tests."""

    def test_status(self):
        """the status of `run` is that of the command"""
        told = self.lines('''
run --on box sh -c 'exit 0' && echo "= $? '$place_failure'"
run --on box sh -c 'exit 3' || echo "= $? '$place_failure'"
run --on box sh -c 'exit 255' || echo "= $?"
run --on box sh -c 'exit 124' || echo "= $?"
run --on box sh -c 'kill -KILL $$' || echo "= $?"
run --on box sh -c 'kill -TERM $$' || echo "= $?"
run --on box no-such-program || echo "= $? $place_failure"
run --ok 0,3 --on box sh -c 'exit 3' && echo '= expected'
run --ok 3 --on box true || echo "= $?"
if run --on box false; then echo '= no'; else echo '= false'; fi
! run --on box false
run --on box true''')
        self.assertEqual(told, ["= 0 ''", "= 3 ''", '= 255', '= 124', '= 137', '= 143', '= 125 refused', '= expected',
                                '= 1', '= false'])

    def test_too_long(self):
        """what is too long for the system can never run: variables are the place's matter, words the command's"""
        told = self.lines('''
big=$(head -c 200000 /dev/zero | tr '\\0' x)
run --on box true "$big" || echo "= $? '$place_failure'"
( export big; run --on box true || echo "= $? $place_failure" )
for i in {1..30}; do export "v$i=${big:0:100000}"; done
run --on box true || echo "= $? $place_failure"
''', words=['--retry-on', 'place'])
        self.assertEqual(told, ["= 126 ''", '= 125 refused', '= 125 refused'])

    def test_where(self):
        """what runs there, and what here"""
        told = self.lines(f'''
run --on box sh -c 'echo "= ${{{self.there}:+there}}"'
run sh -c 'echo "= ${{{self.there}:-here}}"'
run --on here sh -c 'echo "= ${{{self.there}:-here}}"'
''')
        self.assertEqual(told, ['= there', '= here', '= here'])

    def test_shell(self):
        """pipes, redirections, substitutions and jobs"""
        told = self.lines('''
run --on box seq 3 | sed 's/^/= /'
x=$(run --quiet --on box sh -c 'echo one; echo two')
echo "= $x" | tr '\\n' ' '; echo
run --on box sh -c 'echo out; echo err >&2' >out.txt 2>err.txt
echo "= $(cat out.txt) $(cat err.txt)"
run --on box sh -c 'echo out; echo err >&2' >both.txt 2>&1
echo "= $(tr '\\n' ' ' <both.txt)"
run --silent --on box sh -c 'echo "= not seen"; echo "= nor this" >&2'
run --on box sh -c 'echo a; exit 3' >a.txt &
run --on box sh -c 'echo b' >b.txt &
wait || echo "= $?"
echo "= $(cat a.txt b.txt | tr '\\n' ' ')"
( run --on box echo '= in a subshell' )
helper() { run --on box echo '= in a function'; }
helper
while read -r line; do run --on box echo "= $line" </dev/null; done < <(printf 'x\\ny\\n')
''')
        self.assertEqual(told, ['= 1', '= 2', '= 3', '= one two ', '= out err', '= out err ', '= 3', '= a b ',
                                '= in a subshell', '= in a function', '= x', '= y'])

    def test_closed_streams(self):
        """a stream that the script has closed"""
        told = self.lines('''
run --on box sh -c 'echo "= out"; echo err >&2' 2>&-
run --on box sh -c 'echo "= not seen"; echo "= error" >&2' 2>&1 >&- | cat
run --on box sh -c 'cat; echo "= nothing read"' <&-
run --on box sh -c 'echo "= not seen"; exit 3' >&- 2>&- <&- || echo "= $? $place_failure"
ask x --on box sh -c 'echo one; echo two >&2' 2>&-
echo "= $x"
run --timeout 100 sh -c 'echo "= here"' 2>&-
echo '= still seen' >&2''')
        self.assertEqual(sorted(told), sorted(['= out', '= error', '= nothing read', '= 3 ', '= one', '= here', '= still seen']))

    def test_names_and_values(self):
        """words, variables and directories"""
        (self.folder / 'sub').mkdir()
        told = self.lines(f'''
export EXPORTED="it's" OTHER=2
unset NOT_THERE
run --on box sh -c 'echo "= $EXPORTED $OTHER ${{NOT_THERE-unset}}"'
run --env OTHER=3 --env 'NEW=a b' --on box sh -c 'echo "= $OTHER $NEW"'
run --on box printf '= %s|%s|%s\\n' 'a  b' '$HOME' "*"
run --cwd {self.folder}/sub --on box sh -c 'echo "= ${{PWD##*/}}"'
''', env={'NOT_THERE': 'x'})
        self.assertEqual(told, ["= it's 2 unset", '= 3 a b', '= a  b|$HOME|*', '= sub'])

    def test_stages(self):
        """where a stage's commands run, and what of it stays here"""
        text = f'''\
{self.declaration}
default_place box
stage first 'First' --by-default
stage second 'Second' --by-default --on here
helper() {{ echo "= helper ${{{self.there}-here}}"; }}
stage_first() {{
  run sh -c 'echo "= ${{{self.there}:+there}}"'
  run helper
  nested() {{ echo "= nested ${{{self.there}-here}}"; }}
  run nested
  run cd /
  echo "= $PWD"
  run --on here sh -c 'echo "= ${{{self.there}-here}}"'
  ask x sh -c 'echo "${{{self.there}-here}}"'
  ask y --on box sh -c 'echo "${{{self.there}:+there}}"'
  echo "= $x $y"
  sh -c 'echo "= ${{{self.there}-here}}"'
}}
stage_second() {{ run sh -c 'echo "= ${{{self.there}:-here}}"'; }}
'''
        env = self.world()
        for words, first, second in (((), 'there', 'here'), (('--on', 'first=here'), '', 'here'),
                                     (('--on', 'second=box'), 'there', 'there')):
            done = self.run_script(text, *words, env=env)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            told = [line for line in done.stdout.splitlines() if line.startswith('= ')]
            # The operator moves what a command says of itself, too, unless that is `here`.
            self.assertEqual(told[:-1], [f'= {first}', '= helper here', '= nested here', '= /', '= here',
                                         f'= here {first}', '= here'])
            self.assertEqual(told[-1] == '= here', second == 'here')

    def test_functions(self):
        """a function, a verb or a builtin cannot run there"""
        for command, what in (('helper', 'a function'), ('late', 'a function'), ('log x', 'a verb'),
                              ('cd /', 'a builtin of this shell')):
            output = self.outcome(f'late() {{ :; }}\nif run --on box {command}; then :; fi\necho not reached', 70,
                                  before='helper() { :; }')
            self.assertNotIn('not reached', output)
            name = command.split()[0]
            self.assertIn(f"'{name}' is {what}, which runs here", ' '.join(re.sub('[│\n]', ' ', output).split()))
        output = self.outcome('each --on box helper -- a b', 70, before='helper() { :; }')
        self.assertIn("'helper' is a function, which runs here", ' '.join(re.sub('[│\n]', ' ', output).split()))

    def test_unknown_place(self):
        """a place that is not declared"""
        output = self.outcome('if run --on bxo true; then :; fi\necho not reached', 1)
        self.assertNotIn('not reached', output)
        self.assertIn("unknown place 'bxo'; did you mean 'box'?", output)

    def test_failure(self):
        """a command that fails is told with the author's line"""
        output = self.outcome('helper', 1, before="helper() {\n  run --on box sh -c 'echo out; exit 7'\n  :\n}")
        self.assertIn('failed:  exit code 7', output)
        self.assertIn("sh -c 'echo out; exit 7'", output)
        self.assertIn('in helper, ./script:5', output)
        self.assertIn("sh -c 'echo out; exit 7'  # on box: exit code 7", output)
        output = self.outcome('run --on box false || retry', 1)
        self.assertIn('exit code 1', output)

    def test_failure_of_place(self):
        """if the function goes on, the log says why the place failed; otherwise the failure says it"""
        why = r"On box:  [^\n]*has no program 'absent'|On box:  there is no program 'absent'"
        for body, status, count in (('run --on box absent || log "went on"', 0, 1),
                                    ('if run --on box absent; then :; fi\nrun true', 0, 1),
                                    ('run true\nrun --on box absent || :', 0, 1),
                                    ('run --on box absent || fail itself', 1, 1),
                                    ('run --on box absent', 1, 0)):
            output = self.outcome(body, status)
            self.assertEqual(len(re.findall(why, output)), count, output)
            self.assertEqual(output.count("program 'absent'"), 2, output)
        output = self.outcome('run --on box absent || log "went on"')
        self.assertLess(re.search(why, output).start(), output.index('went on'))

    def test_log(self):
        """the log says where it runs"""
        output = self.outcome('run --on box true')
        self.assertRegex(output, r'Executing on box:  true +script:6\n')
        self.assertNotIn('Executing', self.outcome('run --quiet --on box true'))

    def test_dry_run(self):
        """a dry run shows where, and begins nothing"""
        output = self.outcome('run --on box touch made\nrun --reads-only --on box echo seen', words=['--dry-run'])
        self.assertIn('DRY-RUN MODE:  The command executed on box would be:', output)
        self.assertIn('touch made', output)
        self.assertIn('\nseen\n', output)
        self.assertFalse((self.folder / 'made').exists())

    def test_timeout(self):
        """a timeout ends what runs there"""
        mark = uuid.uuid4().hex
        told = self.lines(f'''
run --timeout 0.5 --on box sh -c 'sleep 1000; : {mark}' || echo "= $? '$place_failure'"
run --timeout 100 --on box echo '= in time'
''')
        self.assertEqual(told, ["= 124 ''", '= in time'])
        self.nothing_is_left(mark)
        output = self.outcome('run --timeout 0.3 --on box sleep 1000', 1)
        self.assertRegex(output, r'failed:  timed out after 0\.\d+ s')

    def test_stage_limit(self):
        """so does the time limit of the stage"""
        mark = uuid.uuid4().hex
        text = (f"{self.declaration}\nstage only 'Only' --by-default --time-limit 2 --on box\n"
                f"stage_only() {{ run sh -c 'sleep 1000; : {mark}'; }}\n")
        done = self.run_script(text, env=self.world())
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertIn('time limit', done.stdout)
        self.nothing_is_left(mark)

    def begin(self, body):
        """Starts a script, and waits until it has made the file `begun`."""
        path = self.write('script', f"{self.declaration}\nstage only 'Only' --by-default --on box\nstage_only() {{\n{body}\n}}\n")
        run = subprocess.Popen([STAGED, f'./{path.name}'], cwd=self.folder, stdin=subprocess.DEVNULL, text=True,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
                               env=self.world())
        self.addCleanup(run.stdout.close)
        self.addCleanup(run.wait)
        self.addCleanup(run.kill)
        wait_for(lambda: (self.folder / 'begun').exists() or run.poll() is not None, 'the command')
        self.assertIsNone(run.poll(), run.stdout.read() if run.poll() is not None else '')
        return run

    def test_interrupts(self):
        """a signal ends what runs there, also beside the function"""
        for number in (signal.SIGINT, signal.SIGTERM):
            for to_all in (False, True):
                (self.folder / 'begun').unlink(missing_ok=True)
                mark = uuid.uuid4().hex
                run = self.begin(f"run sh -c 'sleep 1000; : {mark}' &\n"
                                 f"background work run sh -c 'sleep 1000; : {mark}'\n"
                                 f"run sh -c 'touch {self.folder}/begun; sleep 1000; : {mark}'\necho not reached")
                (os.killpg if to_all else os.kill)(run.pid, number)
                output, _ = run.communicate(timeout=LONG)
                self.assertEqual(run.returncode, -number, output)
                self.assertIn('# on box: interrupted', output)
                self.assertNotIn('not reached', output)
                self.nothing_is_left(mark)

    def test_left_job(self):
        """a job that its function does not wait for is ended with it"""
        mark = uuid.uuid4().hex
        output = self.outcome(f"run --on box sh -c 'touch {self.folder}/begun; sleep 1000; : {mark}' &\n"
                              f"until [[ -e {self.folder}/begun ]]; do sleep 0.02; done")
        self.assertIn('Success', output)
        self.nothing_is_left(mark)

    def test_failing_beside(self):
        """a function that fails ends what it has running there"""
        mark = uuid.uuid4().hex
        self.outcome(f"background work run --on box sh -c 'touch {self.folder}/begun; sleep 1000; : {mark}'\n"
                     f"until [[ -e {self.folder}/begun ]]; do sleep 0.02; done\nfalse", 1)
        self.nothing_is_left(mark)

    def test_secrets(self):
        """a secret reaches the command, but no argument list and no output"""
        token = 'secret' + uuid.uuid4().hex
        run = self.begin(f"export TOKEN={token}\nsecret TOKEN\n"
                         f"run sh -c 'echo \"= $TOKEN\"; echo ${{#TOKEN}} >length; touch {self.folder}/begun; "
                         f"until [ -e {self.folder}/go ]; do sleep 0.02; done'\n")
        seen = [words for words in arguments_of_all() if token in words]
        (self.folder / 'go').touch()
        output, _ = run.communicate(timeout=LONG)
        self.assertEqual(run.returncode, 0, output)
        self.assertEqual(seen, [])
        self.assertIn('= ***', output)
        self.assertNotIn(token, output)

    def test_record(self):
        """a recorded run says where its commands ran, and keeps their output"""
        self.outcome("run --on box sh -c 'echo recorded; exit 3' || :\nrun true", env={'STAGED_RUNS': 'runs'})
        folder, = (path.parent for path in (self.folder / 'runs').rglob('events.jsonl'))
        events = [json.loads(line) for line in (folder / 'events.jsonl').read_text().splitlines()]
        ends = [event for event in events if event['event'] == 'command_end']
        begins = [event for event in events if event['event'] == 'command_begin']
        self.assertEqual([event.get('place') for event in begins], ['box', None])
        self.assertEqual([event['exit_code'] for event in ends], [3, 0])
        kept = ''.join(path.read_text() for path in folder.rglob('*') if path.is_file() and 'output' in str(path))
        self.assertIn('recorded', kept)

    def test_each(self):
        """items run there; functions run here, also in a stage that is there"""
        told = self.lines(f'''each --on box --keep-order sh -c 'echo "= $0 ${{{self.there}:+there}}"' -- a b''')
        self.assertEqual(told, ['= a there', '= b there'])
        output = self.outcome('each --on box --name both true -- a b')
        self.assertIn('Executing both on box:  2 items', output)
        self.assertIn('# For each item of both on box:  true', output)
        output = self.outcome("printf '%s\\n' a b | each --on box --from - true\neach true -- a")
        self.assertIn('Executing true on box:  its items, as they come', output)
        self.assertEqual(output.count('Executing'), 1, output)
        text = (f"{self.declaration}\nstage only 'Only' --by-default --on box\n"
                f'item() {{ echo "= $1 ${{{self.there}-here}}"; run --quiet sh -c "echo \\"= \\${{{self.there}:+there}}\\""; }}\n'
                'stage_only() { each --jobs 1 item -- a b; }\n')
        done = self.run_script(text, env=self.world())
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertEqual([line for line in done.stdout.splitlines() if line.startswith('= ')],
                         ['= a here', '= there', '= b here', '= there'])

    def test_each_interrupted(self):
        """a signal ends what functions of items run there"""
        mark = uuid.uuid4().hex
        run = self.begin(f"item() {{ run sh -c 'touch {self.folder}/begun; sleep 1000; : {mark}'; }}\n"
                         'each --jobs 2 item -- a b')
        run.send_signal(signal.SIGINT)
        output, _ = run.communicate(timeout=LONG)
        self.assertEqual(run.returncode, -signal.SIGINT, output)
        self.nothing_is_left(mark)
