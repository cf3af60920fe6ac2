# SPDX-License-Identifier: BSD-3-Clause
"""The real-world example is killed in each of its stages, and goes on with --resume.

With `C` or `shell` it runs the one in that language.
"""
import concurrent.futures
import json
import os
import pathlib
import shlex
import shutil
import subprocess
import sys
import tempfile
import unittest

from support import tap

CLUSTER = tap.SOURCE / 'examples/gms/cluster'
PROGRAMS = {
    'C': (tap.BUILD / 'examples/gms',),
    'shell': (tap.SOURCE / 'examples/shell/gms', tap.BUILD / 'src/tool'),
}
LANGUAGES = [name for name in PROGRAMS if name in sys.argv[1:]] or [*PROGRAMS]
# How many are run at once.
AT_ONCE = 4
# As long as a run may take before something is wrong.
PATIENCE_S = 300

# The stages in the order in which they run, and a command of each; there is none in `sleep`.
STAGES = {'install': 'gmskube install', 'wait': 'kubectl get pods', 'init': '/initialize',
          'start': '/bridged-data-source-simulator/start', 'sleep': None,
          'test': 'gmskube augment apply --tag develop --name jest', 'uninstall': 'gmskube uninstall'}
# In shell a run takes seconds: one at the beginning, one in the middle and one at the end, unless all
# are asked for.
CHOSEN = {'C': [*STAGES], 'shell': [*STAGES] if os.environ.get('STAGED_ALL_SCENARIOS') else
          ['install', 'init', 'test']}

# Stands before a command: notes it, and kills the script instead where that is to be.
STAND_IN = '''#!/bin/sh
command="${0##*/} $*"
printf '%s\\n' "$command" >>"$GMS_LOG"
case $command in
*"$GMS_KILL_AT"*)
    if mkdir "$GMS_LOG.killed" 2>/dev/null; then
        kill -KILL "$(sed -n '1s/.*"pid":\\([0-9]*\\).*/\\1/p' "$STAGED_RUNS/gms_system_test/latest/events.jsonl")"
        exit 1
    fi ;;
esac
exec REAL "$@"
'''
# Both on the same cluster.  What is in no command is killed while it sleeps, and not to sleep again.
BOTH = '''
PATH=$GMS_STAND_INS:$PATH
set -- --type ian --tag develop --test jest --instance mine
if [ "$GMS_KILL_AT" != nothing ]; then
    gms_system_test "$@"
    set --
else
    gms_system_test "$@" --sleep 1000 &
    until grep -q '"stage_begin".*"sleep"' "$STAGED_RUNS/gms_system_test/latest/events.jsonl"; do sleep 0.01; done
    kill -KILL $!
    wait
    set -- --resume-anyway "$@"
fi 2>/dev/null
echo resumed >>"$GMS_LOG"
exec gms_system_test --resume "$@"
'''


def run_and_resume(language, stage):
    """Returns how the second run ended, and the commands and the events of both."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix='staged-gms-'))
    for name in ('work', 'tmp', 'commands', 'runs'):
        (folder / name).mkdir()
    for name in ('gmskube', 'kubectl', 'curl'):
        real = shutil.which('curl') if name == 'curl' else CLUSTER / name
        (folder / 'commands' / name).write_text(STAND_IN.replace('REAL', shlex.quote(str(real))), encoding='utf-8')
        (folder / 'commands' / name).chmod(0o755)
    done = subprocess.run(
        [sys.executable, CLUSTER / 'run', 'sh', '-c', BOTH], cwd=folder / 'work', stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=PATIENCE_S, check=False,
        env={'PATH': ':'.join(map(str, (*PROGRAMS[language], os.environ['PATH']))), 'TMPDIR': str(folder / 'tmp'),
             'COLUMNS': '150', 'LC_ALL': 'C.UTF-8', 'TZ': 'UTC', 'GMS_POLL_INTERVAL': '0.05',
             'STAGED_RUNS': str(folder / 'runs'), 'GMS_LOG': str(folder / 'log'),
             'GMS_STAND_INS': str(folder / 'commands'), 'GMS_KILL_AT': STAGES[stage] or 'nothing'})
    first, second = (folder / 'log').read_text(encoding='utf-8').split('resumed\n')
    events = [[json.loads(line) for line in path.read_text(encoding='utf-8').splitlines()]
              for path in (folder / 'runs/gms_system_test').glob('*-*/events.jsonl')]
    # Both may have begun in the same second.
    events.sort(key=lambda lines: lines[0]['resumes'] is not None)
    shutil.rmtree(folder)
    return done, first, second, events


@unittest.skipUnless(shutil.which('curl'), 'curl is not installed')
class Resume(unittest.TestCase):
    def check(self, stage, done, first, second, events):
        self.assertEqual(done.returncode, 0, done.stdout)
        killed, resumed = events
        self.assertNotEqual(killed[-1]['event'], 'script_end')
        self.assertEqual(resumed[0]['resumes'], killed[0]['id'])
        names = [*STAGES]
        place = names.index(stage)
        ends = {event['stage']: event for event in resumed if event['event'] == 'stage_end'}
        self.assertEqual([name for name in names if ends[name].get('earlier')], names[:place])
        self.assertEqual({event['outcome'] for event in ends.values()}, {'passed'})
        for index, (name, command) in enumerate(STAGES.items()):
            if command is not None:
                self.assertEqual((command in first, command in second), (index <= place, index >= place), name)        # Keys are secret, and so they are not kept: there are new ones.
        self.assertEqual('--name minio-test-reports' in second, place <= names.index('test'))

    def test_each_stage(self):
        """what passed is not run again, the rest is"""
        for language in LANGUAGES:
            with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
                stages = CHOSEN[language]
                results = pool.map(lambda stage: run_and_resume(language, stage), stages)
                for stage, result in zip(stages, results):
                    with self.subTest(language=language, stage=stage):
                        self.check(stage, *result)


tap.main()
