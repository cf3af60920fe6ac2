# SPDX-License-Identifier: BSD-3-Clause
"""Commands and items that a cluster of Slurm ends by itself: each reason has its own words in the log, in the table of
items, and in the record."""
import json
import subprocess

from place import cluster, items
from support import tap

STAGED = tap.BUILD / 'src' / 'tool' / 'staged'


class LimitsCase(items.ItemsCase):
    """Has a cluster of two nodes, with the lines `MORE` in its configuration."""
    MORE = ''

    @classmethod
    def setUpClass(cls):
        cls.slurm = cls.enterClassContext(cluster.Cluster(nodes=2, more=cls.MORE))

    def tearDown(self):
        cluster.wait_for(lambda: not self.slurm.jobs(), 'an empty queue')

    def folder(self, name):
        """The folder of a run, in which it records itself, and what it runs says by a file `begun` that it does."""
        made = self.top / name
        made.mkdir(exist_ok=True)
        return made

    def world(self, top):
        return {**self.slurm.env, 'COLUMNS': '160', 'STAGED_RUNS': str(top / 'runs'), 'HOME': str(top),
                'XDG_STATE_HOME': str(top / 'state')}

    def start_command(self, name, place, command, *words, then='echo "= $? $place_failure"; return 1'):
        """A command of a shell script at a place, and what the function does if it fails: by default it says what its
        status and its place's failure are."""
        top = self.folder(name)
        (top / 'one').write_text(f"""place box slurm {place}
stage only 'Only' --by-default --on box
stage_only() {{ run {command}{f' || {{ {then}; }}' if then else ''}; }}
""", encoding='utf-8')
        return subprocess.Popen([STAGED, 'one', *words], env=self.world(top), cwd=top, stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def start_item(self, name, place, line):
        """An each of one item."""
        top = self.folder(name)
        return self.begin(1, (), {**self.world(top), 'WORDS': place, 'LINE': line}, top)

    def finish(self, started, expected=0):
        return ' '.join(super().finish(started, expected).split())

    def events(self, name, kind):
        path, = self.folder(name).glob('runs/*/latest/events.jsonl')
        events = [json.loads(line) for line in path.read_bytes().splitlines()]
        return [event for event in events if event['event'] == kind]

    def wait_until_begun(self, *names):
        for begun in [self.folder(name) / 'begun' for name in names]:
            cluster.wait_for(begun.exists, 'what runs')
            begun.unlink()

    def assert_recorded(self, name, failure, words):
        end = [event for event in self.events(name, 'command_end') if event['place'] is not None][0]
        self.assertEqual(failure, end['place']['failure'])
        self.assertIn(words, end['message'])
