# SPDX-License-Identifier: BSD-3-Clause
"""The compilers that a user may have."""
import concurrent.futures
import os
import shlex
import shutil
import subprocess

STRICT = ('-Wall', '-Wextra', '-Wpedantic', '-Wconversion', '-Wshadow', '-Wundef', '-Werror')
STRICT_C = (*STRICT, '-std=c11', '-Wstrict-prototypes', '-Wmissing-prototypes')
STRICT_CXX = (*STRICT, '-std=c++17', '-Wold-style-cast', '-Wzero-as-null-pointer-constant')

# The C compiler that the library was built with.
BUILT_WITH = shlex.split(os.environ.get('STAGED_CC', 'cc'))
# The C++ compiler that goes with it, by name.
CXX_BESIDE = 'clang++' if 'clang' in BUILT_WITH[-1] else 'g++'


def is_there(program):
    return shutil.which(program) is not None


def for_each(function, things):
    """Calls a function, which waits for compilers, for all things at once: [(thing, what it returned)]."""
    things = list(things)
    with concurrent.futures.ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        return list(zip(things, pool.map(function, things)))


def run(words, **options):
    """Runs a command: (whether it worked, all that it said)."""
    done = subprocess.run([str(word) for word in words], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True,
                          check=False, **options)
    return done.returncode == 0, done.stdout
