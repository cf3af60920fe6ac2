# SPDX-License-Identifier: BSD-3-Clause
"""Scripts in shell that go on with a run that was killed: what runs again, and which variables are there
again."""
import re
import subprocess

from support import tap

from shell_script import STAGED, ShellCase, environment

PAGE = (tap.SOURCE / 'docs' / 'scripts.md').read_text()
STAGES = ['one', 'two', 'three', 'four', 'five']

# END is where it ends; what has run is in the file `trace`.
FIVE = '''
share count
count=0
stage one   'One'   --by-default
stage two   'Two'   --by-default
stage three 'Three' --by-default
stage four  'Four'  --by-default --retry-attempts 3
stage five  'Five'  --by-default
stage last  'Last'  --by-default --always
argument target --help 'What for.'

work() {
  count=$((count + 1))
  echo "$stage $target $count" >>trace
  run true
  [[ ${END-} != "$stage" ]] || kill -9 -- "-$SCRIPT_PID"
  [[ ${FAIL-} != "$stage" ]] || fail 'as asked'
}
stage_one() { work; }
stage_two() { work; }
stage_three() { work; }
stage_four() {
  [[ ${LATE-} == '' || -e tried ]] || { touch tried; retry 'not yet'; }
  work
}
stage_five() { work; }
stage_last() { echo "last $count" >>trace; }
'''


class Resume(ShellCase):
    def setUp(self):
        super().setUp()
        self.environment = {**environment(), 'STAGED_RUNS': str(self.folder / 'runs')}

    def run_it(self, text, *words, **variables):
        # A shell that has the program in its place knows its number, which is that of all its processes.
        path = self.write('script', text)
        command = 'export SCRIPT_PID=$$; exec "$@"'
        return subprocess.run(['sh', '-c', command, 'sh', STAGED, f'./{path.name}', *words],
                              cwd=self.folder, env={**self.environment, **variables}, timeout=600,
                              stdin=subprocess.DEVNULL, capture_output=True, check=False,
                              start_new_session=True)

    def trace(self):
        """What has run since the last time."""
        path = self.folder / 'trace'
        text = path.read_text() if path.exists() else ''
        path.unlink(missing_ok=True)
        return text.splitlines()

    def assert_passed(self, done):
        self.assertEqual(0, done.returncode, (done.stdout + done.stderr).decode(errors='replace'))

    def test_each_stage(self):
        """a run that was killed in a stage goes on with that stage and its variables"""
        for index, stage in enumerate(STAGES):
            with self.subTest(stage=stage):
                self.assertEqual(-9, self.run_it(FIVE, 'x', END=stage).returncode)
                self.assertEqual([f'{name} x {number}' for number, name in enumerate(STAGES[:index + 1], 1)],
                                 self.trace())
                done = self.run_it(FIVE, '--resume')
                self.assert_passed(done)
                self.assertEqual([f'{name} x {number}' for number, name in enumerate(STAGES[index:], index + 1)]
                                 + ['last 5'], self.trace())
                log = done.stdout.decode()
                self.assertEqual(STAGES[:index], re.findall(r'`(\w+)` stage passed earlier', log))
                self.assertEqual(STAGES[:index], re.findall(r'│ (\w+) +│ [\d:.]+ +│ earlier', log))

    def test_twice(self):
        """a resumed run can be resumed"""
        self.assertEqual(-9, self.run_it(FIVE, 'x', END='two').returncode)
        self.assertEqual(-9, self.run_it(FIVE, '--resume', END='four').returncode)
        self.assert_passed(self.run_it(FIVE, '--resume'))
        self.assertEqual(['one x 1', 'two x 2', 'two x 2', 'three x 3', 'four x 4', 'four x 4', 'five x 5', 'last 5'],
                         self.trace())

    def test_within_an_attempt(self):
        """a run that died in its second attempt begins that stage anew"""
        self.assertEqual(-9, self.run_it(FIVE, 'x', END='four', LATE='1').returncode)
        self.trace()
        self.assert_passed(self.run_it(FIVE, '--resume'))
        self.assertEqual(['four x 4', 'five x 5', 'last 5'], self.trace())

    def test_failed(self):
        """what a stage that failed, and those that always run, have done to variables is not kept"""
        self.assertEqual(1, self.run_it(FIVE, 'x', FAIL='three').returncode)
        self.assertEqual(['one x 1', 'two x 2', 'three x 3', 'last 3'], self.trace())
        self.assert_passed(self.run_it(FIVE, '--resume'))
        self.assertEqual(['three x 3', 'four x 4', 'five x 5', 'last 5'], self.trace())

    def test_refused(self):
        """it refuses with all reasons"""
        self.assertEqual(-9, self.run_it(FIVE, 'x', END='two').returncode)
        self.trace()
        done = self.run_it(FIVE + '# More.\n', 'y', '--resume')
        self.assertEqual(2, done.returncode)
        self.assertIn(b'  the script has changed since\n  its arguments differ: x\nAdd --resume-anyway', done.stderr)
        done = self.run_it(FIVE, '--resume', STAGED_RUNS='')
        self.assertEqual(2, done.returncode)
        self.assertIn(b'--resume needs records of runs', done.stderr)
        self.assertEqual([], self.trace())

    def test_variables(self):
        """variables of all kinds are there again, byte for byte"""
        text = r'''
            share text list sparse table number unset_one big
            text=early unset_one=set
            stage make 'Make' --by-default
            stage show 'Show' --by-default
            stage_make() {
              text=$'a\n"b" \'c\' \\ $HOME \xff\xc3 \x01 [red]%s\n\n'
              list=(one 'two words' '' $'three\n')
              sparse=([3]=c [10]=$'\xfe')
              declare -gA table=([a b]=1 [$'\n']=$'\n' [']']='$(exit)')
              declare -gi number=41
              unset unset_one
              printf -v big '%100000s' x
            }
            stage_show() {
              [[ ! -v END ]] || kill -9 -- "-$SCRIPT_PID"
              number+=1
              declare -p text list sparse table number
              echo "${unset_one-unset} ${#big} ${#sparse[@]}"
            }
            '''
        whole = self.run_it(text)
        self.assert_passed(whole)
        self.assertEqual(-9, self.run_it(text, END='1').returncode)
        resumed = self.run_it(text, '--resume')
        self.assert_passed(resumed)
        shown = re.search(rb'declare -- text.*\nunset 100000 2\n', whole.stdout, re.S).group()
        self.assertIn(shown, resumed.stdout)

    def test_secret(self):
        """a variable with a secret is not kept, which is said once"""
        text = '''
            share token other
            stage make 'Make' --by-default
            stage more 'More' --by-default
            stage show 'Show' --by-default
            stage_make() { token=swordfish-77; secret token; other="of $token"; }
            stage_more() { :; }
            stage_show() {
              [[ ! -v END ]] || kill -9 -- "-$SCRIPT_PID"
              echo "token: ${token-none}"
            }
            '''
        done = self.run_it(text, END='1')
        self.assertEqual([b'token', b'other'], re.findall(rb"Not kept: +the variable '(\w+)'", done.stdout))
        done = self.run_it(text, '--resume')
        self.assert_passed(done)
        self.assertIn(b'token: none', done.stdout)
        for path in (self.folder / 'runs').rglob('*'):
            if path.is_file():
                self.assertNotIn(b'swordfish', path.read_bytes())

    def test_inner(self):
        """a script within a stage does not pass for a stage outside, and keeps nothing"""
        self.write('within', """
            share count
            stage two 'Within' --by-default
            stage_two() { count=within; }
            """)
        text = FIVE.replace('stage_one() { work; }', 'stage_one() { work; run_script within; }')
        self.assertEqual(-9, self.run_it(text, 'x', END='two').returncode)
        self.trace()
        self.assert_passed(self.run_it(text, '--resume'))
        self.assertEqual(['two x 2', 'three x 3', 'four x 4', 'five x 5', 'last 5'], self.trace())

    def test_page(self):
        """what the page shows"""
        script, shown = (re.search(rf'## Resuming a run\n.*?```{kind}\n(.*?)```', PAGE, re.S).group(1)
                         for kind in ('bash', 'text'))
        path = self.write('release', '')
        path.write_text(script)
        done = self.run_path(path, STOP='1')
        self.assertEqual(1, done.returncode)
        done = self.run_path(path, '--resume')
        self.assert_passed(done)
        for line in shown.splitlines():
            self.assertIn(steady(line), steady(done.stdout.decode()))

    def run_path(self, path, *words, **variables):
        return subprocess.run([STAGED, f'./{path.name}', *words], cwd=self.folder, capture_output=True,
                              env={**self.environment, **variables}, stdin=subprocess.DEVNULL,
                              timeout=600, check=False)


def steady(text):
    """Replaces what differs from run to run."""
    text = re.sub(r'\d{8}T\d{6}Z-[a-z0-9]{5}', 'RUN', text)
    text = re.sub(r'\d:\d\d:\d\d\.\d{6}', 'DURATION', text)
    text = re.sub(r'\[\d\d:\d\d:\d\d\]', ' ', text)
    return re.sub(r'[ ─]+', ' ', text).strip()


if __name__ == '__main__':
    tap.main()
