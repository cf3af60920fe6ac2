# SPDX-License-Identifier: BSD-3-Clause
"""The bodies of stages and hooks mean what they say."""
import re
import signal
import string
import subprocess

from support import tap

from shell_script import STAGED, ShellCase, ends_trees, environment


class Bodies(ShellCase):
    """Functions of a shell script."""

    def outcome(self, body, before='', status=0, **settings):
        done = self.run_body(body, before, **settings)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def fails(self, body, *messages, before='', **settings):
        output = self.outcome(body, before, 1, **settings)
        for message in messages:
            self.assertIn(message, output)
        self.assertNotIn('not reached', output)
        self.assertEqual(output.count("Stage 'only' failed:"), 1, output)

    def test_killed(self):
        """bash ends when the program is killed, and holds no output open"""
        script = self.write('script', "stage only 'Only' --by-default\nstage_only() { run sh -c 'echo runs; sleep 0.2'; }\n")
        with subprocess.Popen([STAGED, script], cwd=self.folder, env=environment(), stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
            while 'runs' != process.stdout.readline().strip():
                self.assertIsNone(process.poll())
            process.kill()
            process.communicate(timeout=600)
        self.assertEqual(process.returncode, -signal.SIGKILL)

    def test_shared_beside_jobs(self):
        """a shared variable outlives a function that had a job, whatever is said at its end"""
        stages = [f's{letter}' for letter in string.ascii_lowercase]
        text = 'share seen\nseen=\n' + ''.join(
            f"stage {name} '{name}' --by-default\nstage_{name}() {{ true & wait $!; seen+=' {name}'; }}\n" for name in stages)
        done = self.run_script(text + 'summary() { super; echo "seen:$seen"; }\n')
        self.assertIn('seen: ' + ' '.join(stages) + '\n', done.stdout + done.stderr)

    def test_errexit(self):
        """a command that fails ends the function, and is shown with its place and the stack"""
        self.fails('helper\necho not reached', 'exit code 1', '   false\n', 'in helper, ./script:3',
                   'called by stage_only, ./script:5', before='helper() { false; }')
        self.fails('local dir=/nowhere\nls "$dir/$undefined"\necho not reached', 'undefined: unbound variable')
        self.fails('x=$(false; true)\necho not reached', '   false\n')
        self.fails('(cd / && (false))\necho not reached', '   false\n')

    def test_verbs_in_functions(self):
        """the failure of a verb is the stage's, however deep it is used"""
        for body in ('helper', 'x=$(helper)', '(helper)', 'helper | cat'):
            with self.subTest(body=body):
                self.fails(f'{body}\necho not reached', 'timed out after 0.01 s waiting for it',
                           before='helper() { deeper; }\ndeeper() { poll it --timeout 0.01 --interval 0.1 false; }')

    def test_conditions(self):
        """what an author looks at is no failure"""
        output = self.outcome('if run false; then :; fi\nrun false || echo "handled $?"\n! run false\n'
                              '(fail "caught") || echo caught too\necho end')
        self.assertIn('handled 1', output)
        self.assertIn('caught too', output)
        self.assertIn('end\n', output)

    def test_last_failure_counts(self):
        """a failure that was looked at is not told for a later one"""
        self.fails('(fail "the first") || :\nfalse', '   false\n')
        self.fails('x=$(false) || :\nrun bash -c "exit 4"', 'exit code 4')

    def test_pipelines(self):
        """a pipeline fails with any of its commands"""
        self.fails('run bash -c "echo made; exit 2" | tee log\necho not reached', 'exit code 2', 'bash -c')
        self.assertEqual((self.folder / 'log').read_text(), 'made\n')

    def test_jobs(self):
        """a job that fails is not forgotten"""
        self.fails('job & true & wait\necho not reached', 'background job: exit code 1', '   false\n',
                   before='job() { sleep 0.02; false; }')
        self.fails('(exit 3) & true & wait\necho not reached', 'background job: exit code 3', '( exit 3 )')
        self.fails('(exit 3) &\nsleep 0.1\necho end', 'background job: exit code 3')
        output = self.outcome('(exit 3) & wait "$!" || echo "saw $?"\nwait\nsleep 0.01 & wait')
        self.assertIn('saw 3', output)

    def test_jobs_talk_at_once(self):
        """what jobs say at once is neither lost nor mixed"""
        output = self.outcome('job() { local i; for i in 1 2 3; do log "%s" "job $1 line $i."; run true; done; }\n'
                              'for n in {1..20}; do job "$n" & done; wait')
        said = re.findall(r'job \d+ line \d\.', output)
        self.assertEqual(len(set(said)), 60)
        self.assertEqual(output.count('Executing:  true'), 60)

    def test_a_dead_job_blocks_nobody(self):
        """a process that dies while it talks does not stop the others"""
        output = self.outcome('(builtin read -rN1 -u "$_staged_take_from" _; kill -9 "$BASHPID") & sleep 0.1\n'
                              'log "all went on"\nwait || :')
        self.assertIn('all went on', output)

    def test_leaving(self):
        """exit, return and the end of a function"""
        self.assertNotIn('more', self.outcome('exit 0\necho more'))
        self.assertNotIn('more', self.outcome('return 0\necho more'))
        self.fails('exit 4\necho not reached', 'stage_only exited with status 4')
        self.fails('kill -9 "$BASHPID"', 'stage_only was killed by signal 9')
        self.fails("fail 'no pod %s' '[red]'", 'no pod [red]')
        self.outcome('finish 3\necho more', status=3)
        self.outcome('finish\necho more')
        self.outcome('(finish 3)\necho more', status=3)

    def test_retries(self):
        """a function asks for another attempt by its exit status, or with a reason"""
        for ask in ("exit 75", "retry 'not %s' yet", "(exit 75)", "run bash -c 'exit 75'"):
            with self.subTest(ask=ask):
                done = self.run_script("stage only 'Only' --by-default --retry-attempts 2\nshare n\nn=0\n"
                                       'stage_only() { n=$((n + 1)); if ((n < 3)); then %s; fi; log "n is $n"; }\n'
                                       % ask)
                self.assertEqual(done.returncode, 0, done.stdout)
                self.assertIn('n is 3', done.stdout)
                self.assertEqual('not yet' in done.stdout, 'yet' in ask)

    def test_traps(self):
        """an author's traps are run, and ours are not in their way"""
        output = self.outcome("trap 'echo \"leaving $?\"; touch done' EXIT\nexit 0")
        self.assertIn('leaving 0', output)
        self.assertTrue((self.folder / 'done').exists())
        self.fails("trap 'echo saw an error' ERR\nfalse", 'saw an error', '   false\n')
        self.fails("trap 'echo leaving' EXIT\nx=5\nfalse", 'leaving')
        output = self.outcome("trap 'echo dropped' EXIT\ntrap - EXIT")
        self.assertNotIn('dropped', output)

    def test_variables(self):
        """shared variables survive, and others do not"""
        done = self.run_script('''\
            stage one 'One' --by-default
            stage two 'Two' --by-default
            share text list map number
            declare -A map=()
            list=() number=1
            stage_one() {
              text=$'a\\n"b" $c \\\\ `d` \\e \\xff \\'e\\''
              list=(x 'y z' '' $'\\n') map['a key']='a value' map[k2]=$'two\\nlines' number=2
              other=7; cd /; export EXPORTED=1; printf '%s' "$text" >"$OLDPWD/one"
            }
            stage_two() {
              printf '%s' "$text" >two
              echo "${#list[@]} ${list[1]} ${map['a key']} ${map[k2]} $number ${other-gone} ${EXPORTED-gone}"
            }
            ''')
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertIn('4 y z a value two\nlines 2 gone gone', done.stdout)
        self.assertEqual((self.folder / 'one').read_bytes(), (self.folder / 'two').read_bytes())
        self.assertIn(b'\xff', (self.folder / 'one').read_bytes())

    def test_what_a_function_sees(self):
        """input, here-documents, arguments, and the options of the shell"""
        output = self.outcome('read -r line\nlog "%s" "read $line"\nrun cat <<<"from here"\n'
                              'case $- in *e*u*) echo "options $-";; esac\n[[ $stage == only ]]\n'
                              'echo "$0 $# [$dry_run]"', input='typed\n')
        for text in ('read typed', 'from here', 'options', ' 0 [false]'):
            self.assertIn(text, output)

    def test_nothing_leaks(self):
        """commands get nothing of ours: no variable, no descriptor"""
        output = self.outcome('env | sort >environment\nls -l /proc/self/fd >descriptors\n'
                              'bash -c "declare -p; declare -F" | grep _staged_ || echo "no names"')
        self.assertIn('no names', output)
        names = {line.partition('=')[0] for line in (self.folder / 'environment').read_text().splitlines()}
        self.assertLessEqual(names, {'PATH', 'COLUMNS', 'LC_ALL', 'TZ', 'PWD', 'OLDPWD', 'STAGED_RUNS', 'SHLVL', '_'})
        self.assertNotIn('/proc/', re.sub(r'3 -> \S+', '', (self.folder / 'descriptors').read_text()))
        self.assertNotRegex((self.folder / 'descriptors').read_text(), r' 25\d -> ')

    def test_strict_within_conditions(self):
        """`if super` does not switch off `set -e` in what it calls"""
        done = self.run_script('''\
            stage only 'Only' --by-default
            stage_only() { :; }
            end_stage_only() { if general; then echo well; else echo "told $?"; fi; }
            end_stage() { false; echo not reached; }
            ''')
        self.assertIn('told 1', done.stdout)
        self.assertNotIn('not reached', done.stdout)

    def test_run_options(self):
        """`run` with options"""
        self.outcome('run --ok 0,3 bash -c "exit 3"')
        self.fails('run --ok 3 bash -c "exit 2"\necho not reached', 'exit code 2', "bash -c 'exit 2'")
        output = self.outcome('run --cwd / --env A=b -- bash -c \'echo "$PWD $A"\'\necho "$PWD"')
        self.assertIn('/ b\n', output)
        self.assertIn(f'{self.folder}\n', output)
        self.assertNotIn('Executing', self.outcome('run --quiet true'))

    @ends_trees
    def test_run_timeout(self):
        """`run` ends a command at its timeout"""
        self.fails('run --timeout 0.1 bash -c "trap : TERM; sleep 100 & wait; wait"\necho not reached',
                   'timed out after')

    def test_dry_run(self):
        """a dry run shows commands, and runs those that only read"""
        done = self.run_script("stage only 'Only' --by-default\nstage_only() { run touch made; "
                               "run --reads-only echo looked; }", '--dry-run')
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertFalse((self.folder / 'made').exists())
        self.assertIn('touch made', done.stdout)
        self.assertIn('looked\n', done.stdout)


if __name__ == '__main__':
    tap.main()
