#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""`true` for each of many items on a cluster of four nodes on this machine: staged_each, and an array written by
hand with one `sbatch`, whose tasks have as many items, side by side in one run.

    ninja -C build bench/each bench/usage && bench/each_places.py build [ITEMS [ROUNDS]]

Prints the median of the wall times, and the peak memory of staged_each with a tenth of the items, with all, and
with ten times as many.
"""
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'tests'))
from place import cluster  # noqa: E402

# As src/script/each/filling.c has it.
TASKS_PER_PROCESSOR, MOST_IN_A_TASK = 4, 256
TASK = """#!/bin/sh
last=$((SLURM_ARRAY_TASK_ID * {size}))
sed -n "$((last - {size} + 1)),${{last}}p" {folder}/items | while read -r item; do
    /bin/true "$item"
    echo "$item $?" >>{folder}/results.$SLURM_ARRAY_TASK_ID
done
"""


def write_items(folder, count):
    (folder / 'items').write_text(''.join(f'{i}\n' for i in range(count)), encoding='utf-8')


def run_each(build, folder, environment):
    began = time.monotonic()
    with open(folder / 'items', encoding='utf-8') as items:
        subprocess.run([build / 'bench' / 'each'], cwd=folder, stdin=items, stdout=subprocess.DEVNULL, check=True,
                       stderr=subprocess.DEVNULL, env=environment)
    return time.monotonic() - began


def run_by_hand(slurm, folder, count):
    processors = len(slurm.names) * slurm.cpus
    size = min(-(-count // (processors * TASKS_PER_PROCESSOR)), MOST_IN_A_TASK)
    began = time.monotonic()
    subprocess.run(['sbatch', '--parsable', f'--array=1-{-(-count // size)}', '--output=/dev/null'], check=True,
                   input=TASK.format(size=size, folder=folder), stdout=subprocess.DEVNULL, env=slurm.env, text=True)
    while slurm.jobs():
        time.sleep(0.02)
    seconds = time.monotonic() - began
    ended = sum(len(path.read_text(encoding='utf-8').splitlines()) for path in folder.glob('results.*'))
    if ended != count:
        sys.exit(f'{ended} of {count} items have run')
    for path in folder.glob('results.*'):
        path.unlink()
    return seconds


def peak(build, folder, environment):
    """The peak memory of staged_each in KiB."""
    with open(folder / 'items', encoding='utf-8') as items:
        done = subprocess.run([build / 'bench' / 'usage', build / 'bench' / 'each'], cwd=folder, stdin=items,
                              check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                              env=environment)
    return int(done.stdout.split()[-1])


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 10000
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 3
    if cluster.missing():
        sys.exit(cluster.missing())
    with tempfile.TemporaryDirectory() as name, cluster.Cluster() as slurm:
        folder = pathlib.Path(name)
        environment = {**slurm.env, 'STAGED_RUNS': '', 'PLACE': 'hpc', 'XDG_STATE_HOME': name}
        recorded = {**environment, 'STAGED_RUNS': f'{name}/runs'}
        write_items(folder, count)
        ways = {'sbatch --array, by hand': lambda: run_by_hand(slurm, folder, count),
                'staged_each': lambda: run_each(build, folder, environment),
                'staged_each, recorded': lambda: run_each(build, folder, recorded)}
        measured = {way: [] for way in ways}
        for _ in range(rounds):
            for way, run in ways.items():
                measured[way].append(run())
        usual = statistics.median(measured['sbatch --array, by hand'])
        print(f'{count} items on {len(slurm.names)} nodes with {slurm.cpus} processors each, {rounds} rounds')
        for way, figures in measured.items():
            seconds = statistics.median(figures)
            print(f'{way:24} {seconds:8.2f} s {seconds / usual:8.2f} x')
        peaks = []
        for items in (count // 10, count, count * 10):
            write_items(folder, items)
            peaks.append(f'{peak(build, folder, environment)} KiB for {items} items')
        print('peak memory: ' + ', '.join(peaks))


main()
