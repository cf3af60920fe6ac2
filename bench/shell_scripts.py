#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""What a shell script costs, side by side in one run; medians.

    bench/shell_scripts.py BUILD_FOLDER [ROUNDS] [RUNS...]

- example 0 in shell, in C, and a plain bash script of the same two commands; bash alone is the floor
- a verb with an answer, the least that bash needs for one, and a round trip between two processes in C
- `run /bin/true` and `/bin/true` in one script
- `staged run -- true` and `timeout 5 true`
- RUNS (100 and 1000) `run` in one script each: how the cost of one grows
- peak memory beside that of bash

Build `bench/round_trip` first.
"""
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

BUILD = pathlib.Path(sys.argv[1]).resolve()
ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 20
RUNS = [int(word) for word in sys.argv[3:]] or [100, 1000]
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
BARE = r'''#!/bin/bash
now() { local t=$EPOCHREALTIME; REPLY=${t/[.,]/}; }
now; begin=$REPLY
for ((i = 0; i < %d; i++)); do
  printf x >&"$1"
  read -rN1 -u "$2" reply
done
now; echo "$(((REPLY - begin) / i))"
'''
PEAK = '''
stage only 'Only' --by-default
stage_only() { grep -h VmHWM "/proc/$PPID/status" "/proc/$$/status"; }
'''
MANY = "stage only 'Only' --by-default\nstage_only() { local i; for ((i = 0; i < %d; i++)); do run /bin/true; done; }\n"


def seconds_of(command):
    begin = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begin


def round_trip_us():
    """Between two processes in C."""
    return float(subprocess.run([BUILD / 'bench' / 'round_trip'], stdout=subprocess.PIPE, text=True, check=True).stdout)


def bare_bash_us(folder, count=2000):
    """The least that bash needs to ask something and to read an answer of one letter."""
    script = write(folder, 'bare', BARE % count)
    up, down = os.pipe(), os.pipe()
    child = subprocess.Popen([script, str(up[1]), str(down[0])], stdout=subprocess.PIPE, text=True,
                             pass_fds=(up[1], down[0]))
    os.close(up[1])
    while os.read(up[0], 4096):
        os.write(down[1], b'.')
    text, _ = child.communicate()
    for descriptor in (up[0], *down):
        os.close(descriptor)
    return int(text)


def peaks_kib(folder):
    """The peak memory of the program and of its bash."""
    script = write(folder, 'peak', PEAK)
    output = subprocess.run([STAGED, script], stdout=subprocess.PIPE, text=True, check=True).stdout
    return [int(line.split()[1]) for line in output.splitlines() if line.startswith('VmHWM:')]


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
            'bash alone': [write(folder, 'empty', '#!/bin/bash\n')],
            'in shell': [STAGED, EXAMPLES / 'shell' / 'ex_0_the_basics', *words],
            'in C': [BUILD / 'examples' / 'ex_0_the_basics', *words],
            'timeout 5 true': ['timeout', '5', 'true'],
            'staged run -- true': [STAGED, 'run', '--', 'true'],
        }
        times = {name: [] for name in commands}
        for _ in range(ROUNDS):
            for name, command in commands.items():
                times[name].append(seconds_of(command))
        medians = {name: statistics.median(values) for name, values in times.items()}
        for name in ('plain bash', 'bash alone', 'in shell', 'in C'):
            print(f'example 0 {name}: {medians[name] * 1e3:.1f} ms, '
                  f'{medians[name] / medians["plain bash"]:.2f} times plain bash')
        run, timeout = medians['staged run -- true'], medians['timeout 5 true']
        print(f'staged run -- true: {run * 1e3:.1f} ms, {run / timeout:.2f} times timeout 5 true')
        inside = write(folder, 'inside', INSIDE)
        figures = {'plain': [], 'run': [], 'verb': [], 'trip': [], 'bare': []}
        for _ in range(max(ROUNDS // 4, 1)):
            output = subprocess.run([STAGED, inside], stdout=subprocess.PIPE, text=True, check=True).stdout
            for line in output.splitlines():
                name, _, value = line.partition(' ')
                if name in figures and value.isdigit():
                    figures[name].append(int(value))
            figures['trip'].append(round_trip_us())
            figures['bare'].append(bare_bash_us(folder))
        median = {name: statistics.median(values) for name, values in figures.items()}
        print(f"run /bin/true: {median['run']:.0f} us, /bin/true: {median['plain']:.0f} us, "
              f"{median['run'] / median['plain']:.2f} times, {median['run'] - median['plain']:.0f} us more")
        print(f"verb: {median['verb']:.0f} us, round trip in C: {median['trip']:.1f} us, "
              f"{median['verb'] / median['trip']:.1f} times; the least in bash: {median['bare']:.0f} us, "
              f"{median['verb'] / median['bare']:.1f} times")
        for count in RUNS:
            took = seconds_of([STAGED, write(folder, f'many{count}', MANY % count)])
            print(f'{count} run: {took / count * 1e6:.0f} us each')
        print('peak memory: {} KiB beside {} KiB of its bash'.format(*peaks_kib(folder)))


if __name__ == '__main__':
    main()
