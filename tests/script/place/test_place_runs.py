# SPDX-License-Identifier: BSD-3-Clause
"""Commands of scripts at places, with a kind of places as an author would write one: where they run, what the
log and the record say of it, what happens when the place fails, and how they end."""
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import time
import unittest
import uuid

from support import patience, processes, schema, tap

PROGRAM = tap.BUILD / 'tests' / 'script' / 'placed'
# In the order of staged_place_failure, from 1 on.
FAILURES = {
    'refused': 'no node has a million CPUs',
    'login_failed': 'no key is accepted',
    'host_key_changed': 'its host key has changed',
    'unreachable': 'it cannot be reached',
    'connection_lost': 'the connection was lost while it ran',
    'waited_too_long': 'waited longer than its place allows',
    'node_failed': 'the node n3 failed while it ran',
    'preempted': 'it had to make room for another job',
    'cancelled': 'somebody else cancelled it',
    'time_limit': 'it exceeded the time limit of the queue',
    'memory': 'it exceeded the memory that it had asked for',
    'other': 'something else went wrong',
}
NODE = 'fails=7'
PATIENCE_S = 60


class Case(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.top = pathlib.Path(folder.name).resolve()
        self.here = self.top / 'here'
        self.here.mkdir()
        self.runs, self.gate, self.traced = self.top / 'runs', self.top / 'gate', self.top / 'trace'
        self.mark = f'STAGED_MARK={uuid.uuid4()}'
        self.addCleanup(processes.kill_marked, self.mark.encode())

    def environment(self, **variables):
        name, _, value = self.mark.partition('=')
        return {**os.environ, 'COLUMNS': '100', 'STAGED_RUNS': str(self.runs), 'XDG_CONFIG_HOME': str(self.top / 'config'),
                'XDG_STATE_HOME': str(self.top / 'state'), 'TRACE': str(self.traced), 'GATE': str(self.gate), name: value,
                **variables}

    def start(self, stages, *words, **variables):
        words = [PROGRAM, '--stage', *stages.split(), *words]
        return subprocess.Popen(words, cwd=self.here, env=self.environment(**{'STAGES': stages, **variables}),
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def run_it(self, stages, *words, expected=0, **variables):
        """Runs these stages, and returns what the log says of them."""
        child = self.start(stages, *words, **variables)
        output, _ = child.communicate(timeout=300)
        self.assertEqual(expected, child.returncode, output)
        self.output = output
        return self.lines(output)

    @staticmethod
    def lines(output):
        """Of the stages, without times, places in the source, and frames."""
        log = output.partition('──── placed Script')[0]
        lines = [re.sub(r'^(\[[\d:]{8}\]| {10}) ', '', line) for line in log.splitlines()]
        lines = [re.sub(r' +placed\.c:\d+$', '', line) for line in lines]
        lines = [re.sub(r'\d:\d\d:\d\d\.\d{6}', 'TIME', line) for line in lines]
        return [line for line in lines if line.strip(' ╭─╮╰╯') and not line.startswith('│') and 'duration' not in line]

    def flat(self):
        """What the last run printed, on one line."""
        return re.sub(r'([ \n│╭─╮╰╯]|placed\.c:\d+$)+', ' ', self.output, flags=re.MULTILINE)

    def events(self, *kinds):
        """Those of the latest record."""
        folder = (self.runs / 'placed' / 'latest').resolve()
        self.record = folder
        lines = (folder / 'events.jsonl').read_bytes().splitlines()
        return [event for event in map(json.loads, lines) if event['event'] in kinds]

    def trace(self):
        text = self.traced.read_text() if self.traced.exists() else ''
        self.traced.unlink(missing_ok=True)
        return text.splitlines()

    def wait_for(self, condition, child=None):
        deadline = time.monotonic() + PATIENCE_S
        while not condition():
            self.assertLess(time.monotonic(), deadline)
            if child is not None and child.poll() is not None:
                self.fail(child.communicate()[0])
            time.sleep(0.005)

    def has_event(self, **members):
        try:
            return any(members.items() <= event.items() for event in self.events('place'))
        except (OSError, ValueError):
            return False

    def file_of_places(self, text, where='config/staged/places'):
        path = self.top / where
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        path.chmod(0o600)
        return path


class Where(Case):
    def where(self, stages, *words, **variables):
        """The places of the commands that ran."""
        self.run_it(stages, *words, **variables)
        return [event['place'] for event in self.events('command_begin')]

    def test_precedence(self):
        """the operator's word comes before that of a command, of its stage and of the script"""
        self.file_of_places('other local\n')
        for stage, words, variables, expected in (
                ('plain', [], {}, None),
                ('plain', [], {'SCRIPT': 'hpc'}, 'hpc'),
                ('plain', [], {'OWN': 'other'}, 'other'),
                ('plain', ['--on', 'plain=hpc'], {}, 'hpc'),
                ('plain', ['--on', 'other'], {'SCRIPT': 'hpc'}, 'other'),
                ('plain', ['--on', 'plain=other'], {'OWN': 'here'}, None),
                ('solve', [], {}, 'hpc'),
                ('solve', [], {'SCRIPT': 'other'}, 'hpc'),
                ('solve', [], {'SCRIPT': 'here'}, 'hpc'),
                ('solve', [], {'OWN': 'other'}, 'other'),
                ('solve', [], {'OWN': 'here'}, None),
                ('solve', ['--on', 'solve=here'], {'OWN': 'other'}, None),
                ('solve', ['--on', 'here', '--on', 'solve=other'], {}, 'other'),
                ('solve', ['--on', 'here'], {}, None),
                ('inner', [], {}, 'hpc'),
                ('inner', ['--on', 'inner=other'], {}, 'other'),
                ('inner', ['--on', 'other'], {'OWN': 'hpc'}, 'other')):
            with self.subTest(stage=stage, words=' '.join(words), **variables):
                self.assertEqual([expected], self.where(stage, *words, **variables))

    def test_log(self):
        """the log says where a command runs, and as which job"""
        log = self.run_it('solve', COMMAND="echo 'a  b'")
        self.assertIn("Executing on hpc:  echo 'a  b'", log)
        self.assertEqual(1, log.count('On hpc:  job 4711 runs on n3.'), log)
        self.assertIn('a  b', log)
        self.assertIn("echo 'a  b'  # on hpc\n", self.output)
        self.assertEqual(["Executing on hpc:  echo 'a  b'", 'a  b'],
                         self.run_it('solve', HPC='quiet', COMMAND="echo 'a  b'"))

    def test_connection(self):
        """what is waited for before a command begins is said as well"""
        log = self.run_it('solve', HPC='connect', COMMAND='echo at work')
        log = [line.replace('ran on', 'runs on') for line in log if line != 'at work']
        self.assertEqual(['Executing on hpc:  echo at work', 'On hpc:  waiting for a connection: nobody answers.',
                          'On hpc:  job 4711 runs on n3.'], log)

    def test_queue(self):
        """what a command waits for is said once, and how long it waited when it runs"""
        child = self.start('solve', HPC='queue')
        self.wait_for(lambda: self.has_event(state='waits', job='4711', reason='for resources'), child)
        self.gate.touch()
        log = self.lines(child.communicate(timeout=300)[0])
        self.assertEqual(0, child.returncode)
        # It may be over before anybody looks.
        log = [line.replace('ran on', 'runs on') for line in log if line != 'at work']
        self.assertEqual(['Executing on hpc:  echo at work', 'On hpc:  waiting for resources (job 4711).',
                          'On hpc:  job 4711 runs on n3, after 12 s in the queue.'], log)

    def test_away(self):
        """who does not answer is waited for, and the log says so"""
        child = self.start('solve', HPC='away', COMMAND='until test -e "$GATE"; do sleep 0.01; done; sleep 0.1')
        self.wait_for(lambda: self.has_event(state='away'), child)
        self.gate.touch()
        log = self.lines(child.communicate(timeout=300)[0])
        self.assertEqual(0, child.returncode)
        self.assertEqual(['On hpc:  waiting for news: the controller does not answer (job 4711).',
                          'On hpc:  job 4711 runs on n3.'], log[1:])

    def test_questions(self):
        """questions and the conditions of a poll stay here"""
        self.assertIn('The answer is asked', self.run_it('ask', HPC=NODE))
        self.assertEqual([], self.trace())
        self.run_it('ask', '--on', 'hpc', HPC=NODE)
        self.assertEqual([], self.trace())

    def test_threads(self):
        """several threads use a place at the same time"""
        log = self.run_it('threads')
        self.assertEqual(4, log.count('beside'))
        self.assertEqual(['begin placed.threads'] * 4, self.trace())
        self.assertEqual({'hpc'}, {end['place']['name'] for end in self.events('command_end')})

    def test_dry_run(self):
        """a dry run says where, and reaches out to nothing"""
        self.assertIn('    echo at work', self.run_it('solve', '--dry-run'))
        self.assertIn('DRY-RUN MODE:  The command executed on hpc would be:', self.output)
        self.assertEqual([], self.trace())

    def test_environment(self):
        """a command has its directory there"""
        self.assertIn(str(self.here), self.run_it('solve', COMMAND='pwd -P'))


class Names(Case):
    def refused(self, stages, *words, **variables):
        self.run_it(stages, *words, expected=2, **variables)
        self.assertEqual([], self.trace())
        return re.sub(r'\S*/placed\.c:\d+', 'placed.c', self.output)

    def test_unknown(self):
        """unknown places are reported together, before anything runs"""
        told = self.refused('lost plain', SCRIPT='nowhere')
        self.assertEqual("placed: places are wrong; nothing was run:\n"
                         "  place of all stages: unknown place 'nowhere'; known are 'hpc', and 'here'\n"
                         "  placed.c: stage 'lost': unknown place 'hcp'; did you mean 'hpc'?\n", told)

    def test_needed(self):
        """only what runs needs its place, and a file can say it"""
        self.run_it('plain', STAGES='plain lost')
        self.run_it('lost', '--on', 'lost=here')
        self.run_it('lost', '--on', 'hpc')
        self.file_of_places('hcp local\n')
        self.run_it('lost')

    def test_on(self):
        """--on names what it does not know"""
        for words, reason in ((['--on', 'slove=hpc'], "there is no stage 'slove'; did you mean 'solve'?"),
                              (['--on', 'x=hpc'], "there is no stage 'x'; there are 'solve'"),
                              (['--on', 'solve=hcp'], "unknown place 'hcp'; did you mean 'hpc'?"),
                              (['--on', 'nowhere'], "unknown place 'nowhere'; known are 'hpc', and 'here'")):
            with self.subTest(words=' '.join(words)):
                self.assertIn(f'placed: error: argument --on: {reason}', self.refused('solve', *words))

    def test_effective(self):
        """--on and --retry-on are in the effective command line, and hidden in help"""
        self.run_it('solve', '--on', 'solve=here', '--on', 'hpc', '--retry-on', 'place')
        begun, = self.events('script_begin')
        for part in ('--on solve=here', '--on hpc', '--retry-on place'):
            self.assertIn(part, begun['effective'])
        self.run_it('solve', '--help')
        self.assertNotIn('--on', self.output)

    def test_files(self):
        """the file of the directory comes before that of the operator, and both before the script"""
        own = self.file_of_places('hpc local\n')
        log = self.run_it('solve', HPC=NODE)
        self.assertIn(f"The place 'hpc' is that of {own}, not the script's.", self.flat())
        self.assertEqual(1, self.flat().count("not the script's"), log)
        self.file_of_places(f'hpc local {NODE}\n', 'here/.staged/places')
        self.run_it('solve', expected=1)
        self.assertIn('that of .staged/places, not', self.flat())

    def test_unread(self):
        """a file is only read when a place is named"""
        self.file_of_places('alone\n')
        self.run_it('plain', HPC='NONE')
        self.assertIn('config/staged/places:1: ', self.refused('solve', HPC='NONE'))

    def test_kinds_of_others(self):
        """a file may have places of kinds that only other scripts know"""
        path = self.file_of_places('theirs robots --all\nother local\n')
        self.run_it('plain', '--on', 'other')
        self.assertEqual(['begin placed.plain'], self.trace())
        self.assertIn(f"{path}: place 'theirs': unknown kind of places 'robots'", self.refused('plain', '--on', 'theirs', HPC='NONE'))

    def test_bad_words(self):
        """wrong words of a place are a bug of the script, or a mistake in the file"""
        self.run_it('plain', HPC='wrong', expected=70)
        self.assertIn("place 'hpc': 'wrong' is no word for it", self.output)
        self.file_of_places('other local wrong\n')
        self.assertIn("places:1: place 'other': 'wrong' is no word for it", self.refused('solve'))


class Failures(Case):
    def test_words(self):
        """each failure of a place has its own words in the log, the list and the record"""
        for number, (name, message) in enumerate(FAILURES.items(), 1):
            for how in ('fails', 'refuses'):
                with self.subTest(how=how, failure=name):
                    self.run_it('solve', HPC=f'{how}={number}', expected=1)
                    told = self.flat()
                    self.assertIn(f"Stage 'solve' failed: {message} ", told)
                    self.assertIn(f'echo at work # on hpc: {message}', told)
                    self.assertNotIn('exit code', told)
                    end, = self.events('command_end')
                    self.assertEqual((message, False, name), (end['message'], end['expected'], end['place']['failure']))

    def test_unchecked(self):
        """a place's failure is never the command's own, whatever the author ignores"""
        log = self.run_it('forgiving', HPC=NODE, expected=1)
        self.assertIn('status 1001, result none', log)
        self.assertIn("Stage 'forgiving' failed: the node n3 failed while it ran", self.flat())
        log = self.run_it('forgiving')
        self.assertIn('status 0, result there', log)

    def test_impossible(self):
        """what a place cannot have is told when the command is started"""
        self.run_it('cannot', expected=1)
        self.assertIn("a command at 'hpc' cannot have another niceness", self.flat())
        self.assertEqual([], self.trace())

    def test_timeout(self):
        """a timeout counts from when the command runs; that of a stage always does"""
        child = self.start('solve', HPC='queue', COMMAND='sleep 60', TIMEOUT='0.3')
        self.wait_for(lambda: self.has_event(state='waits'), child)
        time.sleep(0.4)
        self.gate.touch()
        output, _ = child.communicate(timeout=300)
        self.assertTrue(self.has_event(state='runs'))
        self.assertRegex(output, r"Stage 'solve' failed:  timed out after \d+\.\d+ s")
        self.assertEqual(['begin placed.solve', 'stop 4711'], self.trace())
        self.gate.unlink()
        self.run_it('solve', HPC='queue', LIMIT='0.2', expected=1)
        self.assertRegex(self.flat(),
                         r'exceeded its time limit of 0\.2 s: waited \d+\.\d+ s for resources at .hpc. without beginning')
        self.gate.touch()
        def attempt(limit_s):
            self.run_it('solve', COMMAND='sleep 60', LIMIT=str(limit_s), expected=1)
            return f'exceeded its time limit of {limit_s} s: timed out after ' in self.flat()
        self.assertTrue(patience.with_more_time(attempt, bool))

    def attempts(self):
        return [event['outcome'] for event in self.events('attempt_end')]

    def test_retries(self):
        """a stage is tried again if its place may recover, and the log says why"""
        passes = f'{NODE} passes'
        for stage, hpc, words, expected in (
                ('solve', passes, [], ['failed']),
                ('solve', NODE, ['--retry-on', 'place'], ['failed']),
                ('solve', passes, ['--retry-on', 'place'], ['retrying'] * 4),
                ('again', passes, [], ['retrying'] * 4),
                ('configured', passes, [], ['retrying'] * 2),
                ('stubborn', passes, [], ['retrying']),
                ('again', passes, ['--on', 'here'], ['passed'])):
            with self.subTest(stage=stage, hpc=hpc, words=' '.join(words)):
                log = self.run_it(stage, *words, HPC=hpc, FAST='yes', expected=0 if expected == ['passed'] else 1)
                self.assertEqual(expected, self.attempts())
                if len(expected) > 1:
                    self.assertIn(f"Attempt 1 at stage '{stage}':  the node n3 failed while it ran", log)
                    self.assertIn(f"Abandoning retrying the '{stage}' stage.", self.output)
        for stage, expected in (('solve', ['retrying'] * 4), ('excepted', ['failed'])):
            with self.subTest('the script says it', stage=stage):
                self.run_it(stage, HPC=passes, RETRY='yes', FAST='yes', expected=1)
                self.assertEqual(expected, self.attempts())
        self.run_it('again', HPC=passes, COMMAND='exit 3', OWN='here', FAST='yes', expected=1)
        self.assertEqual(['failed'], self.attempts())


class Records(Case):
    def test_events(self):
        """the record has the job at once, and what became of it"""
        self.run_it('solve')
        begin, = self.events('command_begin')
        end, = self.events('command_end')
        self.assertEqual('hpc', begin['place'])
        self.assertEqual({'name': 'hpc', 'job': '4711', 'node': 'n3', 'queue_ns': 0, 'failure': None, 'left': None,
                          'user_ns': 1000000, 'system_ns': 2000000, 'max_rss_kib': 3000}, end['place'])
        self.assertEqual((1000000, 2000000, 3000), (end['user_ns'], end['system_ns'], end['max_rss_kib']))
        known = self.events('place')[0]
        self.assertEqual((1, 'hpc', 'runs', '4711', 'jobs/0001'),
                         tuple(known[name] for name in ('number', 'place', 'state', 'job', 'folder')))
        self.run_it('plain')
        self.assertEqual([None, None], [event['place'] for event in self.events('command_begin', 'command_end')])

    def test_schema(self):
        """records are what docs/run-record.schema.json says"""
        validator = schema.validator(self)
        for stages, hpc, status in (('plain twice', '', 0), ('solve', NODE, 1), ('cannot', '', 1), ('solve', 'quiet', 0)):
            self.run_it(stages, HPC=hpc, expected=status)
            lines = (self.runs / 'placed' / 'latest' / 'events.jsonl').read_bytes().splitlines()
            for line in map(json.loads, lines):
                validator.validate(line)

    def test_folder(self):
        """without a record the folder of a command goes with it"""
        self.run_it('solve', HPC='survives', COMMAND='ls -d "$XDG_STATE_HOME"/staged/jobs/*/out', STAGED_RUNS='')
        self.assertIn('/state/staged/jobs/', self.output)
        self.assertEqual([], list((self.top / 'state' / 'staged' / 'jobs').iterdir()))

    def test_tool(self):
        """staged show and the reports say where a command ran"""
        tool = tap.BUILD / 'src' / 'tool' / 'staged'
        if not tool.exists():
            self.skipTest('the program is not built')
        self.run_it('twice', HPC=NODE, expected=1)
        for words in (['show', '--commands'], ['report', '--markdown=-'], ['report', '--junit=-'], ['report', '--html=-']):
            done = subprocess.run([tool, *words], env=self.environment(), capture_output=True, text=True, check=False)
            self.assertEqual((0, ''), (done.returncode, done.stderr))
            self.assertIn('on hpc, job 4711 on n3: the node n3 failed while it ran', done.stdout)
        done = subprocess.run([tool, 'report', '--json=-'], env=self.environment(), capture_output=True, check=True)
        failed = json.loads(done.stdout)['failed_command']
        self.assertIsNone(failed['exit_code'])
        self.assertEqual({'name': 'hpc', 'job': '4711', 'node': 'n3', 'failure': 'node_failed', 'left': None, 'queue_ns': 0},
                         failed['place'])


@tap.needs_signals
class Ends(Case):
    def interrupt(self, state, **variables):
        shutil.rmtree(self.runs, ignore_errors=True)
        child = self.start('solve', **variables)
        self.wait_for(lambda: self.has_event(state=state), child)
        child.send_signal(signal.SIGINT)
        output, _ = child.communicate(timeout=300)
        self.assertEqual(-signal.SIGINT, child.returncode, output)
        self.assertEqual([], processes.patiently_left(self.mark.encode()))
        self.assertEqual(['begin placed.solve', 'stop ' + self.events('place')[0]['job']], self.trace())
        end, = self.events('command_end')
        self.assertEqual(('interrupted', signal.SIGINT), (end['message'], end['interrupted']))
        self.assertNotIn('ran on', output)
        return output

    def test_interrupts(self):
        """an interrupt ends what waits, and what runs, there and here"""
        self.interrupt('waits', HPC='queue')
        self.gate.touch()
        self.interrupt('runs', COMMAND='sleep 60')
        self.interrupt('runs', HPC='survives', COMMAND='sleep 60')

    def test_left(self):
        """the log says what could not be ended"""
        output = self.interrupt('waits', HPC='queue leaves')
        self.assertIn('Could not be ended on hpc:  job 4711', output)
        end, = self.events('command_end')
        self.assertEqual('job 4711', end['place']['left'])


class Resume(Case):
    WAIT = 'until test -e "$GATE"; do sleep 0.01; done; echo it is done'

    def kill(self, stages, *words, **variables):
        """Kills it with -9 when a job runs.  Returns the job."""
        latest = self.runs / 'placed' / 'latest'
        before = latest.resolve()
        child = self.start(stages, *words, **{'HPC': 'survives', 'COMMAND': self.WAIT, **variables})
        self.wait_for(lambda: latest.is_symlink() and latest.resolve() != before and self.has_event(state='runs'), child)
        job = self.events('place')[-1]['job']
        child.kill()
        child.communicate(timeout=300)
        self.trace()
        return job

    def resume(self, stages, expected=0, **variables):
        return self.run_it(stages, '--resume', expected=expected, **{'HPC': 'survives', 'COMMAND': self.WAIT, **variables})

    def test_takes_over(self):
        """a resumed run takes over the job of a command, and its result"""
        job = self.kill('solve')
        self.gate.touch()
        log = self.resume('solve')
        self.assertIn(f'On hpc:  takes over job {job} of the earlier run.', log)
        self.assertIn('it is done', log)
        self.assertEqual([f'take over {job}'], self.trace())
        self.assertNotIn('Left on hpc', self.output)

    def test_chain(self):
        """the job outlives several runs, and each takes it over"""
        job = self.kill('solve')
        self.assertEqual(job, self.kill('solve', '--resume'))
        self.assertEqual(job, self.kill('solve', '--resume'))
        self.gate.touch()
        self.resume('solve')
        self.assertEqual([f'take over {job}'], self.trace())
        self.assertNotIn('Left on hpc', self.output)

    def test_once(self):
        """each job is taken over at most once"""
        job = self.kill('twice')
        self.gate.touch()
        self.resume('twice')
        self.assertEqual([f'take over {job}', 'begin placed.twice'], self.trace())

    def test_same_variables(self):
        """the same command with other variables is another one"""
        self.kill('solve', VARIABLE='SEED=2')
        self.gate.touch()
        self.resume('solve', VARIABLE='SEED=1')
        self.assertEqual(['begin placed.solve'], self.trace())
        self.assertIn('Left on hpc', self.output)
        self.gate.unlink()
        job = self.kill('solve', VARIABLE='SEED=2')
        self.gate.touch()
        self.resume('solve', VARIABLE='SEED=2')
        self.assertEqual([f'take over {job}'], self.trace())

    def test_left(self):
        """a job that nothing takes over is left alone, and the log says so"""
        job = self.kill('solve')
        self.resume('solve', COMMAND='echo something else')
        self.assertEqual(['begin placed.solve'], self.trace())
        self.assertIn(f'Left on hpc: job {job} of the run', self.flat())
        self.assertTrue(processes.left_running(self.mark.encode()))
        self.gate.touch()
        self.assertEqual([], processes.patiently_left(self.mark.encode()))

    def test_dry_run(self):
        """a dry run takes nothing over"""
        job = self.kill('solve')
        self.run_it('solve', '--resume', '--dry-run', HPC='survives', COMMAND=self.WAIT)
        self.assertEqual([], self.trace())
        self.gate.touch()
        self.resume('solve')
        self.assertEqual([f'take over {job}'], self.trace())


tap.main()
