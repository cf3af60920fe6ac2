# SPDX-License-Identifier: BSD-3-Clause
"""The real-world example, on stand-ins for its cluster: what it says and does in each scenario.

Compares whole transcripts with expected/NAME.txt.  With --update as its argument it writes what is
the C programs say now; read the difference before you commit it.  With `C` or `shell` it runs those of one
language.

What differs from run to run is replaced: times, durations, ports, random names, directories, and how
often something was looked at while a signal was awaited.
"""
import concurrent.futures
import difflib
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest
import uuid

from support import patience, processes, tap

HERE = pathlib.Path(__file__).resolve().parent
EXPECTED = HERE / 'expected'
RUN = tap.SOURCE / 'examples/gms/cluster/run'
# The programs, in each of the languages that they are written in: where they are found, and where they
# are on a clock that can be driven.
TOOL = tap.BUILD / 'src/tool'
DRIVEN = tap.BUILD / 'tests/gms'
IS_DRIVEN = (DRIVEN / 'gms_system_test').exists()
SHELL = tap.SOURCE / 'examples/shell/gms'
PROGRAMS = {
    'C': ((tap.BUILD / 'examples/gms',), (DRIVEN,)),
    'shell': ((SHELL, TOOL), (SHELL, DRIVEN / 'tool', TOOL)),
}
# Both, or the one that is named.
LANGUAGES = [name for name in PROGRAMS if name in sys.argv[1:]] or [*PROGRAMS]
DEMOS = {'C': tap.SOURCE / 'examples/gms', 'shell': SHELL}
UPDATE = '--update' in sys.argv[1:]
# As long as a scenario may take before something is wrong.
PATIENCE_S = 300
# How many are run at once.
AT_ONCE = 4
# In shell a scenario takes seconds: of all of them one in so many is run, unless STAGED_ALL_SCENARIOS is set.
STEPS = {'C': 1, 'shell': 1 if os.environ.get('STAGED_ALL_SCENARIOS') or UPDATE else 4}

SYSTEM_TEST = ['gms_system_test', '--type', 'ian', '--tag', 'develop', '--test', 'jest']
DEPLOY = ['ian_sim_deploy', '--tag', 'develop', '--instance', 'mine']

# Several tests, each on an instance of its own, one after the other.
ALL_TESTS = ['gms_test_all', '--type', 'sb', '--tag', 'develop', '--jobs', '1', '--tests', 'jest', 'load', 'ui']

# Each stage in a process of its own, on the same instance.
STAGE_BY_STAGE = '''
for stage in install wait init start sleep; do
    gms_system_test --instance mine --type ian --tag develop --no-save-logs --stage $stage
done
for stage in status stop clean; do
    ian_sim_deploy --instance mine --stage $stage
done
gms_system_test --instance mine --stage uninstall
'''

# The class that the others extend, on an instance that another script has installed.
WRAPPER_ALONE = '''
gms_system_test --instance mine --type ian --tag develop --stage install >install.log
gmskube_wrapper --instance mine --stage wait uninstall
'''

# name: (exit status, command, settings of the stand-ins).  As a person would give them; no stage has
# to wait long.
SCENARIOS = {
    'all_well': (0, SYSTEM_TEST, {}),
    'retries': (0, SYSTEM_TEST + ['--sleep', '1', '--env', 'FOO=a b', '--env', 'jest.BAR=1',
                                  '--env', 'other.BAR=2', '--parallel', '2', '--values', '/dev/null',
                                  '--values', '/dev/zero'],
                {'GMS_INSTALL_FAILURES': '1', 'GMS_TEST_FAILURES': '2'}),
    'sb': (0, ['gms_system_test', '--type', 'sb', '--tag', 'Feature/X_', '--test', 'jest',
               '--no-save-logs'], {}),
    'nothing_is_tested': (0, ['gms_system_test', '--type', 'ian', '--tag', 'develop', '--stage',
                              'install', 'wait', 'init', 'start', 'uninstall'], {}),
    'install_never_succeeds': (1, SYSTEM_TEST, {'GMS_INSTALL_FAILURES': '99'}),
    'test_fails_every_time': (1, SYSTEM_TEST + ['--test-retry-attempts', '1'],
                              {'GMS_TEST_FAILURES': '99'}),
    'simulator_error': (1, SYSTEM_TEST, {'GMS_SIMULATOR_ERROR': 'start'}),
    'simulator_busy': (0, DEPLOY + ['--stage', 'install', 'status', 'uninstall'],
                       {'GMS_SIMULATOR_BUSY': '1'}),
    'dry_run': (0, SYSTEM_TEST + ['--dry-run', '--sleep', '60'], {}),
    'none': (0, SYSTEM_TEST + ['--instance', 'mine', '--stage', 'sleep', '--sleep', '0'], {}),
    'only_install': (0, SYSTEM_TEST + ['--instance', 'mine', '--stage', 'install'], {}),
    'only_wait': (1, SYSTEM_TEST + ['--instance', 'mine', '--stage', 'wait'], {}),
    'only_init': (1, SYSTEM_TEST + ['--instance', 'mine', '--stage', 'init'], {}),
    'only_start': (1, SYSTEM_TEST + ['--instance', 'mine', '--stage', 'start'], {}),
    'only_test': (1, SYSTEM_TEST + ['--instance', 'mine', '--stage', 'test'], {}),
    'only_uninstall': (1, SYSTEM_TEST + ['--instance', 'mine', '--stage', 'uninstall'], {}),
    'one_stage_after_another': (0, ['sh', '-ec', STAGE_BY_STAGE], {}),
    'no_instance': (1, SYSTEM_TEST + ['--stage', 'wait'], {}),
    'no_test': (1, ['gms_system_test', '--type', 'ian', '--tag', 'develop'], {}),
    'no_tag': (1, ['gms_system_test', '--type', 'ian', '--test', 'jest'], {}),
    'no_type': (1, ['gms_system_test', '--tag', 'develop', '--test', 'jest'], {}),
    'wrong_type': (1, ['gms_system_test', '--type', 'logging', '--tag', 'x', '--test', 'jest'], {}),
    'unknown_type': (2, ['gms_system_test', '--type', 'other'], {}),
    'wrong_env': (2, ['gms_system_test', '--env', 'FOO'], {}),
    'old_env': (2, ['gms_system_test', '--env', 'env.FOO=1'], {}),
    'wrong_parallel': (2, ['gms_system_test', '--parallel', '11'], {}),
    'log_dir_without_logs': (1, SYSTEM_TEST + ['--log-dir', 'logs', '--no-save-logs'], {}),
    'deploy': (0, DEPLOY + ['--set', 'a=b c', '--set-string', 'd=1', '--no-keycloak'], {}),
    'deploy_save_logs': (0, DEPLOY + ['--stage', 'install', 'wait', '--save-logs', '--log-dir',
                                      'all/logs'], {}),
    'deploy_all_stages': (0, DEPLOY + ['--stage', 'install', 'wait', 'init', 'start', 'stop',
                                       'clean', 'status', 'uninstall'], {}),
    'deploy_wrong_state': (1, DEPLOY + ['--stage', 'install', 'start', 'uninstall'], {}),
    'deploy_no_status': (0, DEPLOY + ['--stage', 'install', 'status', 'uninstall'],
                         {'GMS_SIMULATOR_GONE': 'yes'}),
    'deploy_only_status': (1, DEPLOY + ['--stage', 'status'], {}),
    'deploy_no_instance': (1, ['ian_sim_deploy', '--tag', 'develop'], {}),
    'deploy_no_tag': (1, ['ian_sim_deploy', '--instance', 'mine'], {}),
    'deploy_wrong_timeout': (1, DEPLOY + ['--wait-timeout', '0'], {}),
    'deploy_wrong_time': (2, DEPLOY + ['--sim-start-time', 'now'], {}),
    'test_all': (0, ALL_TESTS, {}),
    'test_all_one_fails': (1, ALL_TESTS, {'GMS_TEST_FAILURES': '6'}),
    'test_all_dry_run': (0, ALL_TESTS + ['--dry-run'], {}),
    'test_all_help': (0, ['gms_test_all', '--help'], {}),
    'deploy_help': (0, ['ian_sim_deploy', '--help'], {}),
}
# What is looked at until time is up, and the base of the scripts, a program that is built with the tests.
DRIVEN_SCENARIOS = {
    'pods_never_ready': (1, SYSTEM_TEST + ['--wait-timeout', '4'],
                         {'GMS_PODS_READY_AFTER': 'never', 'GMS_POLL_INTERVAL': '1'}),
    'test_never_starts': (1, SYSTEM_TEST, {'GMS_TEST_STARTS': 'no'}),
    'wrapper_alone': (0, ['sh', '-ec', WRAPPER_ALONE], {}),
    'wrapper_cannot_install': (1, ['gmskube_wrapper', '--stage', 'install'], {}),
    'wrapper_help': (0, ['gmskube_wrapper', '--help'], {}),
}
# name: (command, settings, what is said before the signal is sent, and which file there is then, with
# so many lines at least).  What is looked at the third time was looked at once, and that is shown.
INTERRUPTS = {
    'interrupt_wait': (SYSTEM_TEST, {'GMS_PODS_READY_AFTER': 'never'}, 'Waiting for all the pods',
                       'tmp/gms-cluster-*/instances/*/looked', 3),
    'interrupt_test': (SYSTEM_TEST, {'GMS_TEST_POLLS': 'never'}, "'jest' successfully applied",
                       'tmp/gms-cluster-*/instances/*/jobs/*/looked', 3),
    'interrupt_uninstall': (SYSTEM_TEST, {'GMS_UNINSTALL_TIME': '2'}, 'Running helm uninstall',
                            'work', 0),
    'interrupt_saving_logs': (SYSTEM_TEST + ['--stage', 'install', 'uninstall'],
                              {'GMS_LOG_TIME': '2'}, 'successfully applied',
                              'work/*container-logs*/**/*.txt', 0),
}

# What is looked at until a signal comes: who can say how often?
UNCERTAIN = {*INTERRUPTS}

STEADY = [
    # Before the rule for durations, which it would look like.
    (r'(--sim-start-time |"simulationStartTime": ")\d{4}-\d\d-\d\dT\d\d:00:00Z', r'\1HOURS-AGO'),
    (r'^\[\d\d:\d\d:\d\d\]$', ''),
    (r'^(?:\[\d\d:\d\d:\d\d\]| {10}) ', '[TIME]     '),
    # A driven clock may show many hours: it goes on with each look that there is real time for.
    (r'(?<!\d)\d+:\d\d:\d\d(?:\.\d{6})? *(?=│)', '0:00:00 '),
    (r'(?<!\d)\d+:\d\d:\d\d(?:\.\d{6})?', '0:00:00'),
    (r'Duration +┃', 'Duration ┃'),
    (r'(?<=[├┼└┴])─+', '─'),
    (r'Waited [\d.]+ s', 'Waited N s'),
    (r'[\d.]+ s( each)?\. *$', r'N s\1.'),
    (r'(the container logs to be saved:) +\d+ checks?.*', r'\1  N checks'),
    (r'(gms-system-test-)\w{10}', r'\1xxxxxxxxxx'),
    (r'-20\d{6}T\d{6}-\w{5}', '-TIMESTAMP-xxxxx'),
    (r'(minioAccessKey=)\w{32}', r'\1KEY'),
    (r'127\.0\.0\.1:\d+', '127.0.0.1:PORT'),
    (r'━+', '━'),
]
# A panel, and what is in it: sorted, for files that were written in the same moment.
SAVED = re.compile(r'(?m)^(.*─ Saving Logs ─.*\n)((?:.*│\n)*)(.*\n)')


def steady(text, uncertain):
    for pattern, replacement in STEADY:
        text = re.sub(pattern, replacement, text, flags=re.MULTILINE)
    if not uncertain:
        return SAVED.sub(lambda match: match.group(1) + ''.join(
            sorted(match.group(2).splitlines(keepends=True))) + match.group(3), text)
    text = re.sub(r'\d+ checks?, N s(?: each)?', 'N checks, N s', text)
    text = re.sub(r'\(\d+ checks?\)', '(N checks)', text)
    text = re.sub(r'(?m) \d+s +│$', ' Ns │', text)
    # A signal before the look for the logs has begun ends the function, and what that has left running is named.
    text = re.sub(r'(?ms)^\[TIME\] +Ended processes that commands left running:\n.*?(?=^─)', '', text)
    # What it waits for may be there, or the signal may come, before a look or after it.
    text = re.sub(r'(?m)^.*Waiting for .*:  check .*\n', '', text)
    return SAVED.sub('', text)


class Run:
    """One run of a program, with a cluster of its own; several may go on at once."""

    def __init__(self, command, settings, programs):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix='staged-gms-'))
        self.work = self.folder / 'work'
        self.temporary = self.folder / 'tmp'
        self.work.mkdir()
        self.temporary.mkdir()
        self.mark = str(uuid.uuid4())
        self.output = b''
        self.child = subprocess.Popen(
            [sys.executable, RUN, *command], stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, cwd=self.work, bufsize=0,
            start_new_session=True,
            env={'PATH': ':'.join(map(str, (*programs, os.environ['PATH']))),
                 'TMPDIR': str(self.temporary), 'COLUMNS': '150',
                 'LC_ALL': 'C.UTF-8', 'TZ': 'UTC', 'GMS_POLL_INTERVAL': '0.05', 'STAGED_RUNS': '',
                 'STAGED_MARK': self.mark, **settings})

    def has_lines(self, pattern, least):
        return any(least == 0 or path.read_bytes().count(b'\n') >= least
                   for path in self.folder.glob(pattern))

    def interrupt(self, moment, pattern, least):
        """Presses Ctrl-C when something was said and a file has so many lines."""
        while moment.encode() not in self.output:
            piece = os.read(self.child.stdout.fileno(), 65536)
            if not piece:
                return
            self.output += piece
        for _ in patience.looks(PATIENCE_S):
            if self.has_lines(pattern, least):
                break
        os.killpg(self.child.pid, signal.SIGINT)

    def finish(self):
        """Waits for the end; returns the exit status, what was said, and what was left behind."""
        try:
            rest, _ = self.child.communicate(timeout=PATIENCE_S)
        except subprocess.TimeoutExpired:
            os.killpg(self.child.pid, signal.SIGKILL)
            rest, _ = self.child.communicate()
            rest += b'(had to be killed)'
        output = (self.output + rest).decode().replace(str(self.work), 'DIRECTORY')
        # A script is told its path, a program what it was called by.
        output = re.sub(rf"'?{re.escape(str(SHELL))}/(\w+)'?", r'\1', output)
        left = processes.patiently_left(self.mark.encode())
        left += [str(path) for path in self.temporary.iterdir()]
        shutil.rmtree(self.folder)
        return self.child.returncode, output, left


def run_scenario(scenario, programs):
    _, command, settings = scenario
    return Run(command, settings, programs).finish()


def run_interrupt(scenario, programs):
    command, settings, *moment = scenario
    run = Run(command, settings, programs)
    run.interrupt(*moment)
    return run.finish()


@unittest.skipUnless(shutil.which('curl'), 'curl is not installed')
class Scenarios(unittest.TestCase):
    def compare(self, language, name, exit_status, output):
        text = f'exit status: {exit_status}\n' + steady(output, name in UNCERTAIN)
        path = EXPECTED / f'{name}.txt'
        if UPDATE and language == 'C':
            path.write_text(text, encoding='utf-8')
        expected = path.read_text(encoding='utf-8') if path.exists() else ''
        if text != expected:
            self.fail('\n'.join(difflib.unified_diff(
                expected.splitlines(), text.splitlines(), 'expected', 'actual', lineterm='', n=1)))

    def check_all(self, scenarios, run, status_of, is_driven):
        """Runs all scenarios in both languages, which are to say the same."""
        for language in LANGUAGES:
            programs = PROGRAMS[language]
            chosen = [*scenarios][::STEPS[language]]
            with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
                results = pool.map(lambda name: run(scenarios[name], programs[is_driven]), chosen)
                for name, result in zip(chosen, results):
                    with self.subTest(language=language, scenario=name):
                        exit_status, output, left = result
                        self.assertEqual(exit_status, status_of(scenarios[name]), output)
                        self.assertEqual(left, [], f'left behind: {left}')
                        self.compare(language, name, exit_status, output)

    def test_scenarios(self):
        """a scenario"""
        self.check_all(SCENARIOS, run_scenario, lambda scenario: scenario[0], IS_DRIVEN)

    @unittest.skipUnless(IS_DRIVEN, 'built without tests')
    def test_driven(self):
        """a scenario on a clock that is driven"""
        self.check_all(DRIVEN_SCENARIOS, run_scenario, lambda scenario: scenario[0], True)

    def test_interrupts(self):
        """an interrupt"""
        self.check_all(INTERRUPTS, run_interrupt, lambda _: 128 + signal.SIGINT, False)


@unittest.skipUnless(shutil.which('curl'), 'curl is not installed')
class Demo(unittest.TestCase):
    def test_demo(self):
        """the demo retries the installation once and the test twice, and leaves nothing behind"""
        for language in LANGUAGES:
            with self.subTest(language=language):
                run = Run([DEMOS[language] / 'demo', '--sleep', '0'],
                          {'BUILD': str(tap.BUILD), 'GMS_INSTALL_TIME': '0', 'GMS_LOG_TIME': '0'}, ())
                exit_status, output, left = run.finish()
                self.assertEqual(exit_status, 0, output)
                self.assertEqual(left, [], f'left behind: {left}')
                rows = re.findall(r'│ (\w+) +│ [\d:.]+ +│ (\w+) +│', output)
                self.assertEqual(rows, [
                    ('install', 'retried'), ('install', 'passed'), ('wait', 'passed'), ('init', 'passed'),
                    ('start', 'passed'), ('sleep', 'passed'), ('test', 'retried'), ('test', 'retried'),
                    ('test', 'passed'), ('uninstall', 'passed')])


class Help(unittest.TestCase):
    def test_help(self):
        """the help is what is documented, apart from the program's name"""
        seed = (HERE / 'gms_system_test_help.txt').read_text(encoding='utf-8')
        for language in LANGUAGES:
            programs, _ = PROGRAMS[language]
            with self.subTest(language=language), tempfile.TemporaryDirectory() as folder:
                program = pathlib.Path(folder) / 'gms_system_test.py'
                program.symlink_to(programs[0] / 'gms_system_test')
                done = subprocess.run([program, '--help'], stdout=subprocess.PIPE, text=True, check=True,
                                      env={'COLUMNS': '152', 'LC_ALL': 'C.UTF-8',
                                           'PATH': f'{TOOL}:{os.environ["PATH"]}'})
                self.assertEqual(done.stdout.splitlines(), seed.splitlines())


tap.main()
