# SPDX-License-Identifier: BSD-3-Clause
"""The shell examples print what the C examples do, line for line.

Each of both is run with the cases of tests/transcripts.  The place column, whose width a panel and a
wrapped line depend on, is left out, and so is the folder that a program was called by."""
import importlib.util
import os
import re
import subprocess
import tempfile
import unittest

from support import tap

SPEC = importlib.util.spec_from_file_location(
    'transcripts', tap.SOURCE / 'tests' / 'transcripts' / 'test_transcripts.py')
transcripts = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(transcripts)

ESCAPE = r'(?:\x1b\[[\d;]*m)*'
PLACE = re.compile(rf'{ESCAPE} *{ESCAPE}ex_\w+(?:\.c)?{ESCAPE}:{ESCAPE}\d+{ESCAPE}(?=\n)')


def run(program, arguments, environment):
    """What a program prints, in the form in which both are compared."""
    with tempfile.TemporaryDirectory(prefix='staged-tr-', dir='/tmp') as directory:
        base = {'PATH': f'{tap.BUILD}/src/tool:{os.environ["PATH"]}', 'COLUMNS': '200',
                'LC_ALL': environment.get('LC_ALL', 'C.UTF-8'), 'TZ': 'UTC', 'STAGED_RUNS': ''}
        done = subprocess.run([program, *arguments], cwd=directory, env={**environment, **base},
                              capture_output=True, stdin=subprocess.DEVNULL, text=True)
        text = f'{done.returncode}\n{done.stdout}\n--- standard error\n{done.stderr}'
        text = text.replace(str(program.parent) + '/', '').replace(directory, 'DIRECTORY')
    text = re.sub(r'\x1b\]8;[^\x1b]*\x1b\\', '', text)
    text = PLACE.sub('', text)
    text = re.sub(r'\d\d:\d\d:\d\d', 'TIME', text)
    text = re.sub(r'TIME(\W[\d;m\x1b\[]*)?\.?\d{6}', 'TIME', text)
    text = re.sub(rf'^({ESCAPE})(?:\[TIME\]| {{10}})', r'\1[TIME]', text, flags=re.M)
    text = re.sub(rf'\d:{ESCAPE}TIME|\d:\d\d:\d\d{ESCAPE}\.{ESCAPE}\d+', 'DURATION', text)
    # The time is said again where the second has changed, on whichever line.
    text = re.sub(rf'^{ESCAPE}\[TIME\]{ESCAPE}$', '', text, flags=re.M)
    return re.sub(r'[ ─]+|-{4,}', ' ', text)


class Transcripts(unittest.TestCase):
    """The examples in shell."""

    def test_examples(self):
        """an example in shell prints what the one in C prints"""
        for name, example, arguments, environment in transcripts.cases():
            with self.subTest(case=name):
                self.maxDiff = 3000
                self.assertMultiLineEqual(
                    run(tap.SOURCE / 'examples' / 'shell' / example, arguments, environment),
                    run(tap.BUILD / 'examples' / example, arguments, environment))


if __name__ == '__main__':
    tap.main()
