# SPDX-License-Identifier: BSD-3-Clause
"""The program, and how tests run it."""
import os
import subprocess

from support import tap

STAGED = tap.BUILD / 'src' / 'tool' / 'staged'
# Whether it was built with the verbs that read run records.
HAS_RUNS = os.environ.get('STAGED_HAS_RUNS', 'true') == 'true'


def staged(*words, **options):
    """Runs the program to its end: what subprocess.run returns, with texts."""
    options = {'stdin': subprocess.DEVNULL, 'stdout': subprocess.PIPE, 'stderr': subprocess.PIPE,
               'text': True, 'check': False, **options}
    return subprocess.run([STAGED, *words], **options)
