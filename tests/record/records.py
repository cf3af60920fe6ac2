# SPDX-License-Identifier: BSD-3-Clause
"""Running the script whose record has something of everything, and reading what it left."""
import json
import os
import pathlib
import subprocess
import tempfile
import unittest

from support import tap

PROGRAM = tap.BUILD / 'tests' / 'record' / 'recorded'
STAGED = tap.BUILD / 'src' / 'tool' / 'staged'


def lines_of(path):
    """The lines of a record that are whole."""
    found = []
    for line in path.read_bytes().split(b'\n'):
        try:
            found.append(json.loads(line))
        except ValueError:
            pass
    return found


class Case(unittest.TestCase):
    """A folder to run in, and one beside it for the records."""
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name, 'here')
        self.runs = pathlib.Path(folder.name, 'runs')
        self.folder.mkdir()

    def environment(self, **variables):
        return {**os.environ, 'STAGED_RUNS': str(self.runs), 'COLUMNS': '80', **variables}

    def run_it(self, *words, program=PROGRAM, preexec_fn=None, user=None, group=None,
               extra_groups=None, **variables):
        return subprocess.run([program, *words], cwd=self.folder, env=self.environment(**variables),
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True, errors='surrogateescape',
                              preexec_fn=preexec_fn, user=user, group=group,
                              extra_groups=extra_groups, check=False)

    def records(self):
        """The folders of all records, the oldest first."""
        return sorted(path.parent for path in self.runs.glob('*/*/events.jsonl')
                      if not path.parent.is_symlink())

    def events(self, *kinds):
        """The events of these kinds of the only record."""
        record, = self.records()
        return [event for event in lines_of(record / 'events.jsonl') if event['event'] in kinds]

    def kept(self, event):
        """The output that an event says is kept."""
        record, = self.records()
        place = event.get('output', event)
        if place is None:
            return None
        with open(record / place['file'], 'rb') as file:
            file.seek(place['offset'])
            return file.read(place['length'])
