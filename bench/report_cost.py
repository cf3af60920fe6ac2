#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""What reports cost: time of user and system (the least of all rounds), memory, and size of each.

    bench/report_cost.py BUILD_FOLDER [ROUNDS]

- each report of a run of 100 commands, and of one of 10,000: in 10 stages, each with a line of output
- the comparison of two such runs, of which every hundredth command differs in its output
- the page of the last 100 runs of a script, and of 1,000: in 10 stages each
- how long Chromium takes to open the largest pages, where there is one

Other work of the machine changes the time of user and system less than wall time, which is
given for Chromium, too. Build `bench/usage` first.
"""
import os
import pathlib
import subprocess
import sys
import tempfile

TESTS = pathlib.Path(__file__).resolve().parents[1] / 'tests'
sys.path[:0] = [str(TESTS / 'tool'), str(TESTS)]
import browser  # noqa: E402
from records import Record  # noqa: E402

BUILD = pathlib.Path(sys.argv[1]).resolve()
ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 7
FORMATS = ('--html', '--junit', '--markdown', '--json', '--trace', '--otlp')
STAGES = [f'stage{number}' for number in range(10)]


def make_run(runs, commands, suffix, odd=''):
    """A run that prints something else in every hundredth command, if told so."""
    record = Record(runs, f'run{commands}', suffix=suffix).begin(STAGES)
    for number, stage in enumerate(STAGES):
        record.stage_begin(stage).attempt_begin()
        for step in range(commands // 10):
            text = odd if step % 100 == 5 else ''
            record.run('cc', '-c', f'source{number}/file{step}.c', output=f'compiled {step}{text}\n'.encode(), took=0.01)
        record.attempt_end().stage_end()
    record.end()


def make_history(runs, count):
    for number in range(count):
        began = f'2026{number // 600 + 1:02}{number // 24 % 25 + 1:02}T{number % 24:02}0000Z'
        record = Record(runs, f'script{count}', began=began, suffix=f'{number:05}').begin(STAGES)
        for stage in STAGES:
            record.whole_stage(stage, ['make', stage], retries=int(number % 9 == 0), took=1 + number % 7)
        record.end()


def measure(folder, *words):
    """The least time in ms, the memory in MiB, and the size of the report in KB."""
    target = folder / 'report'
    words = [word or str(target) for word in words]
    costs = []
    for _ in range(ROUNDS):
        done = subprocess.run([BUILD / 'bench/usage', BUILD / 'src/tool/staged', 'report', *words], check=True,
                              env={**os.environ, 'STAGED_RUNS': str(folder / 'runs')}, stdout=subprocess.PIPE, text=True)
        costs.append([int(number) for number in done.stdout.split()])
    return min(cost[0] for cost in costs) / 1e3, max(cost[1] for cost in costs) / 1024, target.stat().st_size / 1e3


def print_row(name, folder, *words):
    time_ms, memory_mib, size_kb = measure(folder, *words)
    print(f'| {name} | {time_ms:.0f} ms | {memory_mib:.0f} MiB | {size_kb:.0f} kB |', flush=True)


def print_opening(name, folder, *words):
    """Until the page is loaded and drawn: wall time, and the time of the thread that does it."""
    page = folder / 'page.html'
    measure_once = [BUILD / 'src/tool/staged', 'report', *words, '--html', page]
    subprocess.run(measure_once, env={**os.environ, 'STAGED_RUNS': str(folder / 'runs')}, check=True)
    costs = []
    for _ in range(ROUNDS):
        program = browser.Browser()
        program.call('Performance.enable', timeDomain='threadTicks')
        program.open(page.as_uri())
        wall_ms = program.value('''new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(
            () => done(performance.now()))))''')
        metrics = {metric['name']: metric['value'] for metric in program.call('Performance.getMetrics')['metrics']}
        costs.append((wall_ms, metrics['TaskDuration'] * 1e3))
        program.close()
    print(f'| {name} | {min(cost[0] for cost in costs):.0f} ms | {min(cost[1] for cost in costs):.0f} ms |', flush=True)


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for count in 100, 10000:
            make_run(folder / 'runs', count, 'aaaaa')
            make_run(folder / 'runs', count, 'bbbbb', 'odd')
        for count in 100, 1000:
            make_history(folder / 'runs', count)
        for count in 100, 10000:
            for option in FORMATS:
                print_row(f'`{option}`, {count:,} commands', folder, f'run{count}:latest', option, None)
            print_row(f'`--diff`, {count:,} commands each', folder, '--diff', f'run{count}:-1', f'run{count}:-2', '--html', None)
        for count in 100, 1000:
            print_row(f'`--script`, {count:,} runs', folder, '--script', f'script{count}', '--last', '1000', '--html', None)
        if browser.PROGRAM is not None:
            print_opening('10,000 commands', folder, 'run10000:latest')
            print_opening('`--diff`, 10,000 commands each', folder, '--diff', 'run10000:-1', 'run10000:-2')
            print_opening('`--script`, 1,000 runs', folder, '--script', 'script1000', '--last', '1000')


main()
