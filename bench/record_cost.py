#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""What the record of a run costs: the same script with and without, in turns; medians.

    bench/record_cost.py BUILD_FOLDER [ROUNDS]

- an event, from 10,000 commands that are only told of
- a command that runs, with its output kept, from 200 of /bin/true
- a run of example 0, and one without a record beside it
- how large the record of a command is, from 1,000

Wall time, and the time of user and system, which what else the machine does changes less. Build
`bench/recorded_run` and `examples/ex_0_the_basics` first.
"""
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time

BUILD = pathlib.Path(sys.argv[1]).resolve()
ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 15
SCRIPT = BUILD / 'bench' / 'recorded_run'
EXAMPLE = BUILD / 'examples' / 'ex_0_the_basics'


def cost_us(command, **variables):
    """Wall time, and that of user and system with all commands that were run."""
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, env={**os.environ, **variables}, stdin=subprocess.DEVNULL,
                   stdout=subprocess.DEVNULL, check=True)
    wall, after = time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall * 1e6, used * 1e6


def compare(name, command, runs, count=1, **variables):
    """Prints what one of `count` costs without a record, with one, and the difference."""
    with_and_without = [[], []]
    for _ in range(ROUNDS):
        for costs, place in zip(with_and_without, ('', runs)):
            costs.append(cost_us(command, STAGED_RUNS=place, **variables))
    for which, what in enumerate(('wall', 'user + system')):
        off, on = (statistics.median(cost[which] for cost in costs) / count for costs in with_and_without)
        print(f'{name:32} {what:14} without {off:9.1f} us, with {on:9.1f} us, {on - off:+8.1f} us')


def main():
    with tempfile.TemporaryDirectory() as runs:
        compare('an event, of 10,000', SCRIPT, runs, 10000, BENCH_COUNT='10000', BENCH_KIND='note')
        compare('a command that runs, of 200', SCRIPT, runs, 200, BENCH_COUNT='200', BENCH_KIND='command')
        compare('a run without commands', SCRIPT, runs)
        compare('example 0', [EXAMPLE, '--stage', 'hello', 'goodbye'], runs)
    with tempfile.TemporaryDirectory() as runs:
        cost_us(SCRIPT, STAGED_RUNS=runs, BENCH_COUNT='1000', BENCH_KIND='command')
        size = sum(path.stat().st_size for path in pathlib.Path(runs).rglob('*') if path.is_file())
        print(f'the record of 1,000 commands has {size / 1000:.0f} bytes for each')


main()
