# SPDX-License-Identifier: BSD-3-Clause
"""Work beside a function: started, awaited, cancelled, and never left running."""
import time

from support import tap

from shell_script import ShellCase, ends_trees

# Seconds in which what must happen does, on any machine.
LONG = 240
WORK = """\
    until_file() { until [[ -e $1 ]]; do sleep 0.01; done; }
    works() { run echo 'at work'; until_file go; log 'worked on %s' "$1"; }
    fails() { run true; fail 'no more %s' "$1"; }
    breaks() { helper; echo not reached; }
    helper() { run bash -c 'exit 3'; }
    tries_again() { retry 'the server is busy'; }
    goes_on() { echo $BASHPID >pid; touch begun; sleep 1000; }
    """


class Background(ShellCase):
    """The verbs background, await and running."""

    def outcome(self, body, status=0, before=WORK, **settings):
        done = self.run_body(body, before, **settings)
        output = done.stdout + done.stderr
        self.assertEqual(done.returncode, status, output)
        self.assertNotIn('not reached', output)
        return output

    def test_work(self):
        """work goes on beside the function, which waits for it"""
        output = self.outcome("background saving works 'the logs'\nrunning saving && log 'it runs'\ntouch go\n"
                              "await saving\nrunning saving || log 'it has ended'\nawait saving\nlog 'the end'")
        for text in ('it runs', 'at work', 'worked on the logs', 'it has ended', 'the end'):
            self.assertIn(text, output)
        self.assertLess(output.index('worked on the logs'), output.index('it has ended'))

    def test_awaited_at_the_end(self):
        """a function that succeeds waits for its work"""
        output = self.outcome("background one works this\nbackground two works that\nlog 'nearly done'\ntouch go")
        self.assertLess(output.index('nearly done'), output.index('worked on this'))
        self.assertIn('worked on that', output)

    def test_commands(self):
        """a command is run as by `run`"""
        output = self.outcome("background copying cp script copy\nawait copying\ncmp script copy")
        self.assertRegex(output, r'Executing:  cp script copy +script:\d+\n')

    def test_failures(self):
        """the failure of work is that of the function, with its own message"""
        for work, message in (('fails apples', 'no more apples'), ('breaks', 'exit code 3'),
                              ('bash -c "exit 4"', 'exit code 4'), ('nowhere', 'exit code 127')):
            for rest in ('', 'await it\necho not reached'):
                with self.subTest(work=work, is_awaited=rest != ''):
                    output = self.outcome(f'background it {work}\n{rest}', 1)
                    self.assertIn(f"Stage 'only' failed:  {message}", output)
                    self.assertEqual(output.count("Stage 'only' failed:"), 1, output)
        self.assertIn('in helper, ./script:', self.outcome('background it breaks', 1))

    def test_handled(self):
        """what an author looks at is no failure"""
        output = self.outcome('background it fails apples\nawait it || echo "gave $?"\necho end')
        self.assertIn('gave 1', output)
        self.assertIn('end\n', output)
        output = self.outcome('if background it breaks; then await it || echo "gave $?"; fi')
        self.assertIn('gave 1', output)

    def test_retries(self):
        """work asks for another attempt of the stage"""
        output = self.said_after_retry("background it tries_again")
        self.assertIn('the server is busy', output)
        self.assertIn('second attempt', output)

    def said_after_retry(self, body):
        text = ("stage only 'Only' --by-default --retry-attempts 1 --retry-delay 0\nshare tries\ntries=0\n" + WORK +
                "stage_only() {\n  tries=$((tries + 1))\n  if ((tries > 1)); then echo second attempt; return; fi\n"
                f"  {body}\n}}\n")
        done = self.run_script(text)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def assert_ended(self):
        """The process of `goes_on` is there no more."""
        pid = int((self.folder / 'pid').read_text())
        end = time.monotonic() + LONG
        while time.monotonic() < end:
            try:
                state = open(f'/proc/{pid}/stat').read().rpartition(')')[2].split()[0]
            except OSError:
                return
            if state == 'Z':
                return
            time.sleep(0.01)
        self.fail('it still runs')

    @ends_trees
    def test_cancelled(self):
        """work is ended when asked, and when its function fails"""
        output = self.outcome("background it goes_on\nuntil_file begun\nawait --cancel it\nrunning it || echo end")
        self.assertIn('end\n', output)
        self.assert_ended()
        output = self.outcome("background it goes_on\nuntil_file begun\nfail 'something else'", 1)
        self.assertIn('something else', output)
        self.assert_ended()

    @ends_trees
    def test_first_failure(self):
        """when one has failed, the rest is ended"""
        output = self.outcome("background one fails apples\nbackground two goes_on\nuntil_file begun", 1)
        self.assertIn('no more apples', output)
        self.assert_ended()

    @ends_trees
    def test_time_limit(self):
        """the time limit of a stage ends its work, too"""
        done = self.run_script("stage only 'Only' --by-default --time-limit 0.3\n" + WORK +
                               "stage_only() { background it goes_on; await it; }\n")
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertIn('exceeded its time limit of 0.3 s', done.stdout)
        if (self.folder / 'pid').exists():
            self.assert_ended()

    @ends_trees
    def test_timeout_of_a_command(self):
        """a command of the work is ended at its timeout"""
        output = self.outcome('background it slow\nawait it', 1,
                              before='slow() { run --timeout 0.1 sleep 1000; echo not reached; }')
        self.assertIn('timed out', output)

    def test_waiting_for_jobs(self):
        """`wait` leaves named work to `await`"""
        output = self.outcome('background it breaks\nsleep 0.01 &\nwait\necho waited\nawait it || echo "gave $?"')
        self.assertIn('waited', output)
        self.assertIn('gave 1', output)

    def test_dry_run(self):
        """a dry run shows what would run"""
        done = self.run_script("stage only 'Only' --by-default\nstage_only() { background it touch made; }\n", '--dry-run')
        self.assertIn('touch made', done.stdout)
        self.assertFalse((self.folder / 'made').exists())

    def test_mistakes(self):
        """wrong words, and use in a subshell"""
        for body, message in (('background it', 'background needs a name and a command'),
                              ('await it', "no background work of this function is called 'it'"),
                              ('await', 'await needs the name of background work'),
                              ('background it true\nbackground it true', "'it' has not been awaited yet"),
                              ('(background it true)', "'background' cannot be used in a subshell"),
                              ('background it until_file never\nprompt a --password --default 12345678 x', 'ask for passwords before')):
            with self.subTest(message=message):
                output = self.outcome(body, 70)
                self.assertIn(message, output.replace('│\n           │ ', ' ').replace('  ', ' '))


if __name__ == '__main__':
    tap.main()
