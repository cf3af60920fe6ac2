#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""What a shell script costs, side by side in one run; medians.

    bench/shell_scripts.py BUILD_FOLDER [ROUNDS]

- example 0 in shell, in C, and a plain bash script of the same two commands
- a verb with an answer, and a round trip through pipes between two processes
- `run /bin/true` and `/bin/true` in one script
- many `run` in one script: how the cost of one grows
- peak memory beside that of bash
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
ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 20
STAGED = BUILD / 'src' / 'tool' / 'staged'
EXAMPLES = pathlib.Path(__file__).resolve().parents[1] / 'examples'

PLAIN = "#!/bin/bash\nset -euo pipefail\n/bin/echo 'Hello World'\n/bin/echo 'Goodbye World'\n"
INSIDE = r'''
stage only 'Only' --by-default
stage_only() {
  local i begin
  now() { local t=$EPOCHREALTIME; REPLY=${t/[.,]/}; }
  now; begin=$REPLY
  for ((i = 0; i < 200; i++)); do /bin/true; done
  now; echo "plain $(((REPLY - begin) / 200))"
  now; begin=$REPLY
  for ((i = 0; i < 200; i++)); do run --quiet /bin/true; done >/dev/null
  now; echo "run $(((REPLY - begin) / 200))"
  now; begin=$REPLY
  for ((i = 0; i < 1000; i++)); do selected only; done
  now; echo "verb $(((REPLY - begin) / 1000))"
}
'''
MANY = "stage only 'Only' --by-default\nstage_only() { local i; for ((i = 0; i < %d; i++)); do run /bin/true; done; }\n"


def seconds_of(command):
    begin = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begin


def round_trip_us(count=20000):
    """Between this process and a child."""
    there, back = os.pipe(), os.pipe()
    if os.fork() == 0:
        while os.read(there[0], 1):
            os.write(back[1], b'x')
    begin = time.perf_counter()
    for _ in range(count):
        os.write(there[1], b'x')
        os.read(back[0], 1)
    return (time.perf_counter() - begin) / count * 1e6


def write(folder, name, text):
    path = pathlib.Path(folder) / name
    path.write_text(text)
    path.chmod(0o755)
    return path


def main():
    with tempfile.TemporaryDirectory() as folder:
        words = ['--stage', 'hello', 'goodbye']
        commands = {
            'plain bash': [write(folder, 'plain', PLAIN)],
            'in shell': [STAGED, EXAMPLES / 'shell' / 'ex_0_the_basics', *words],
            'in C': [BUILD / 'examples' / 'ex_0_the_basics', *words],
        }
        times = {name: [] for name in commands}
        for _ in range(ROUNDS):
            for name, command in commands.items():
                times[name].append(seconds_of(command))
        plain = statistics.median(times['plain bash'])
        for name, values in times.items():
            median = statistics.median(values)
            print(f'example 0 {name}: {median * 1e3:.1f} ms, {median / plain:.2f} times plain bash')
        inside = write(folder, 'inside', INSIDE)
        figures = {'plain': [], 'run': [], 'verb': [], 'trip': []}
        for _ in range(max(ROUNDS // 4, 1)):
            output = subprocess.run([STAGED, inside], stdout=subprocess.PIPE, text=True, check=True).stdout
            for line in output.splitlines():
                name, _, value = line.partition(' ')
                if name in figures and value.isdigit():
                    figures[name].append(int(value))
            figures['trip'].append(round_trip_us())
        median = {name: statistics.median(values) for name, values in figures.items()}
        print(f"run /bin/true: {median['run']:.0f} us, /bin/true: {median['plain']:.0f} us, "
              f"{median['run'] / median['plain']:.2f} times, {median['run'] - median['plain']:.0f} us more")
        print(f"verb: {median['verb']:.0f} us, round trip: {median['trip']:.1f} us, "
              f"{median['verb'] / median['trip']:.1f} times")
        for count in (100, 1000):
            took = seconds_of([STAGED, write(folder, f'many{count}', MANY % count)])
            print(f'{count} run: {took / count * 1e6:.0f} us each')
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        print(f'peak memory of the largest process: {before} KiB')


if __name__ == '__main__':
    main()
