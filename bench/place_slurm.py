#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""`true` at a place of Slurm and by srun alone, in turns, on a cluster of the tests.

    ninja -C build bench/place_slurm && bench/place_slurm.py build [ROUNDS]

Prints the median of the wall times of each, and of the differences within a round.
"""
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

TESTS = pathlib.Path(__file__).resolve().parents[1] / 'tests'
sys.path[:0] = [str(TESTS / 'place'), str(TESTS)]
import cluster  # pylint: disable=wrong-import-position


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 100
    reason = cluster.missing()
    if reason:
        sys.exit(reason)
    with cluster.Cluster() as slurm, tempfile.TemporaryDirectory() as folder:
        placed = subprocess.Popen([build / 'bench' / 'place_slurm', folder], env=slurm.env, text=True,
                                  stdin=subprocess.PIPE, stdout=subprocess.PIPE)

        def at_place():
            placed.stdin.write('\n')
            placed.stdin.flush()
            return int(placed.stdout.readline()) / 1e6

        def alone():
            began = time.monotonic()
            subprocess.run(['srun', '-Q', '--input=none', 'true'], env=slurm.env, check=True)
            return (time.monotonic() - began) * 1000

        at_place()
        alone()
        measured = [(alone(), at_place()) for _ in range(rounds)]
        placed.stdin.close()
        placed.wait()
    print(f'{rounds} rounds')
    print(f'srun          {statistics.median(one for one, _ in measured):8.1f} ms')
    print(f'at the place  {statistics.median(one for _, one in measured):8.1f} ms')
    print(f'difference    {statistics.median(there - bare for bare, there in measured):8.1f} ms')


main()
