#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""`true` for each of many items, two at a time: staged_each, the verb `each` with a program and with a function,
xargs, and GNU parallel (if it is there), side by side in one run.

    ninja -C build bench/each bench/usage && bench/each.py build [ITEMS [ROUNDS]]

Prints the median of the wall times, how many times as long as xargs each takes, and the peak memory of
staged_each with a tenth of the items and with all.
"""
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

SCRIPT = """#!/usr/bin/env staged
stage go 'Going' --by-default
nothing() { :; }
stage_go() { each --jobs 2 --from items %s; }
"""


def run(words, folder, variables):
    """The wall time in seconds."""
    began = time.monotonic()
    with open(folder / 'items', encoding='utf-8') as items:
        done = subprocess.run(words, cwd=folder, stdin=items, stdout=subprocess.DEVNULL, check=False,
                              stderr=subprocess.DEVNULL, env={**os.environ, **variables})
    if done.returncode != 0:
        sys.exit(f'{words}: exit status {done.returncode}')
    return time.monotonic() - began


def write_items(folder, count):
    (folder / 'items').write_text(''.join(f'{i}\n' for i in range(count)), encoding='utf-8')


def peak(build, folder):
    """The peak memory of staged_each in KiB."""
    with open(folder / 'items', encoding='utf-8') as items:
        done = subprocess.run([build / 'bench/usage', build / 'bench/each'], cwd=folder, stdin=items, check=True,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                              env={**os.environ, 'STAGED_RUNS': ''})
    return int(done.stdout.split()[-1])


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 10000
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 3
    staged = build / 'src' / 'tool' / 'staged'
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        write_items(folder, count)
        for kind, command in (('program', 'true'), ('function', 'nothing')):
            (folder / kind).write_text(SCRIPT % command, encoding='utf-8')
        plain = {'STAGED_RUNS': ''}
        ways = {'xargs -P2 -n1': (['xargs', '-P2', '-n1', 'true'], {}),
                'staged_each': ([build / 'bench' / 'each'], plain),
                'staged_each, recorded': ([build / 'bench' / 'each'], {'STAGED_RUNS': f'{folder}/runs'}),
                'each, a program': ([staged, './program'], plain),
                'each, a function': ([staged, './function'], plain)}
        if shutil.which('parallel') is not None:
            ways['parallel -j2'] = (['parallel', '-j2', 'true'], {'PARALLEL_HOME': str(folder)})
        measured = {way: [] for way in ways}
        for _ in range(rounds):
            for way, (words, variables) in ways.items():
                measured[way].append(run(words, folder, variables))
        usual = statistics.median(measured['xargs -P2 -n1'])
        print(f'{count} items, {rounds} rounds')
        for way, figures in measured.items():
            seconds = statistics.median(figures)
            print(f'{way:24} {seconds:8.2f} s {seconds / usual:8.2f} x')
        all_of_them = peak(build, folder)
        write_items(folder, count // 10)
        few = peak(build, folder)
        print(f'peak memory: {few} KiB for {count // 10} items, {all_of_them} KiB for {count}')


main()
