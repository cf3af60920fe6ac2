# SPDX-License-Identifier: BSD-3-Clause
"""Where functions run their commands, and with which environment: what a record says of it, and a replay does."""
import json
import os
import resource
import subprocess

from support import tap

from shell_script import STAGED, ShellCase, environment

# What a stand-in for a command sees, a line for each time.
LOOK = r"""#!/usr/bin/env python3
import json, os, sys
mine = {name: value for name, value in os.environb.items() if name.startswith(b'MY_')}
with open(os.environ['LOOK_LOG'], 'a') as log:
    print(json.dumps([os.getcwd(), sys.argv[1:], sorted((repr(n), repr(v)) for n, v in mine.items())]), file=log)
"""
SCRIPT = r"""
stage one 'One' --by-default
stage two 'Two' --by-default
stage_one() {
  run look first
  mkdir -p 'sub folder'
  cd 'sub folder'
  export MY_NEW=plain MY_CHANGED=$'two\nlines "quoted" $HOME `x` \\ \t\001 é'
  MY_LOCAL=not_exported
  export -n MY_GONE
  unset MY_ALSO_GONE
  export MY_ARRAY=(no array is handed on)
  run look second
  run --cwd .. --env MY_NEW='of the command' --env MY_MORE=more look third
  run --cwd / look fourth
  export MY_RAW=$'\377\376'
  run look fifth
}
stage_two() { run look sixth; }
"""


class Surroundings(ShellCase):
    """Directories and environments of commands."""

    def test_replay(self):
        """a replay runs commands in the same directories, with the same environment"""
        look = self.folder / 'bin' / 'look'
        look.parent.mkdir()
        look.write_text(LOOK)
        look.chmod(0o755)
        settings = environment()
        settings.update(PATH=f'{look.parent}:{settings["PATH"]}', LOOK_LOG=str(self.folder / 'run.log'),
                        STAGED_RUNS=str(self.folder / 'runs'), MY_CHANGED='before', MY_GONE='x', MY_ALSO_GONE='y',
                        MY_KEPT='kept')
        script = self.write('script', SCRIPT)
        done = subprocess.run([STAGED, script], cwd=self.folder, env=settings, input='', capture_output=True, text=True,
                              check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        seen = (self.folder / 'run.log').read_text().splitlines()
        self.assertEqual([json.loads(line)[1] for line in seen],
                         [['first'], ['second'], ['third'], ['fourth'], ['fifth'], ['sixth']])
        self.assertEqual(len({json.loads(line)[0] for line in seen}), 3)
        self.assertIn('lines', seen[1])
        replay = subprocess.run([STAGED, 'replay'], cwd='/', env=settings, capture_output=True, check=False)
        self.assertEqual(replay.returncode, 0, replay.stderr)
        again = {'PATH': settings['PATH'], 'LOOK_LOG': str(self.folder / 'replay.log'), 'MY_GONE': 'x',
                 'MY_ALSO_GONE': 'y', 'MY_KEPT': 'kept', 'MY_CHANGED': 'before'}
        program = self.folder / 'replay'
        program.write_bytes(replay.stdout)
        program.chmod(0o755)
        done = subprocess.run([program], cwd='/', env=again, capture_output=True, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertEqual((self.folder / 'replay.log').read_text().splitlines(), seen)

    def test_record(self):
        """what is as in the script is not said"""
        settings = {**environment(), 'STAGED_RUNS': str(self.folder / 'runs')}
        done = self.run_body('run true\ncd /\nrun true', env=settings)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        lines = (self.folder / 'runs' / 'script' / 'latest' / 'events.jsonl').read_text().splitlines()
        begun = [event for event in map(json.loads, lines) if event['event'] == 'command_begin']
        self.assertEqual([event['directory'] for event in begun], [None, '/'])
        self.assertEqual([(event['environment'], event['without']) for event in begun], [({}, [])] * 2)
        self.assertTrue(os.path.isdir(self.folder / 'runs'))

    def test_few_descriptors(self):
        """a limit of file descriptors is enough, or the script says so and runs nothing"""
        body = """
work() { run true; touch "worked-$1"; }
run work 1
background second work 2
await second
each work -- 3
"""
        def limit(number):
            return lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (number, number))
        for number in (20, 100, 255):
            done = self.run_body(body, preexec_fn=limit(number))
            self.assertEqual((done.returncode, done.stdout), (127, ''), done.stderr)
            self.assertEqual(done.stderr, 'staged: a shell script needs 256 file descriptors, and the limit here is '
                                          f'{number}: raise it with `ulimit -n 256`\n')
        done = self.run_body(body, preexec_fn=limit(256))
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertEqual(sorted(path.name for path in self.folder.glob('worked-*')), ['worked-1', 'worked-2', 'worked-3'])


if __name__ == '__main__':
    tap.main()
