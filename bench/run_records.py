#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""run_records.py STAGED [COUNT]: what it costs to list COUNT recorded runs (default: 10,000).

Makes the records (of 15 commands in 5 stages each) in a folder that is removed again, and prints the
median time of `staged runs` without an index, and with one that is up to date; also with one new run,
and with a search for a text in all commands.
"""
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'tests' / 'tool'))
from records import Record  # noqa: E402

STAGES = ('fetch', 'configure', 'build', 'test', 'install')


def make_record(runs, number):
    """One of the last runs of a day's script."""
    began = f'2026{number // 2800 % 12 + 1:02}{number // 100 % 28 + 1:02}T{number // 60 % 24:02}{number % 60:02}00Z'
    record = Record(runs, f'script{number % 5}', began=began, suffix=f'{number:05}').begin(STAGES)
    for stage in STAGES:
        record.stage_begin(stage).attempt_begin()
        for step in range(3):
            record.run('make', '-C', f'/srv/source/{number}', f'--jobs={step}', stage).event('log', text='A line')
        record.attempt_end().stage_end()
    record.end('failed' if number % 10 == 0 else 'passed')


def median_ms(command, runs, prepare=lambda: None, rounds=5):
    times = []
    for _ in range(rounds):
        prepare()
        begin = time.monotonic()
        subprocess.run(command, env={**os.environ, 'STAGED_RUNS': str(runs)}, stdout=subprocess.DEVNULL,
                       check=True)
        times.append((time.monotonic() - begin) * 1000)
    return statistics.median(times)


def main():
    staged, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 10000
    with tempfile.TemporaryDirectory() as folder:
        runs = pathlib.Path(folder)
        for number in range(count):
            make_record(runs, number)
        index = runs / 'index.db'
        # What is just written may change within the coarsest time that folders have.
        for stem in runs.glob('script*'):
            os.utime(stem, (10**9, 10**9))
        print(f'{count} runs')

        def without_index():
            index.unlink(missing_ok=True)
        print(f'no index       {median_ms([staged, "runs"], runs, without_index, 3):8.1f} ms')
        print(f'up to date     {median_ms([staged, "runs"], runs):8.1f} ms')
        print(f'text search    {median_ms([staged, "runs", "--command", "/srv/source/77 "], runs):8.1f} ms')
        new = iter(range(count, count + 100))
        print(f'one new run    {median_ms([staged, "runs"], runs, lambda: make_record(runs, next(new))):8.1f} ms')
        print(f'index          {index.stat().st_size / 1e6:8.1f} MB')


if __name__ == '__main__':
    main()
