#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""compare_runs.py [-n RUNS] COMMAND [COMMAND...]: runs the commands in turn, a b a b ..., and prints the
median wall and CPU time and the peak memory of each, and the ratios to the first one.

Each COMMAND is one argument, split as a shell splits it; its output is thrown away.
"""
import argparse
import os
import shlex
import statistics
import subprocess
import time


def measure(words):
    begin = time.perf_counter()
    child = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - begin
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        raise SystemExit(f"{shlex.join(words)}: exit status {child.returncode}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=200, help="runs of each (default: 200)")
    parser.add_argument("commands", nargs="+")
    arguments = parser.parse_args()
    commands = [shlex.split(command) for command in arguments.commands]
    figures = [[] for _ in commands]
    for words in commands:
        measure(words)
    for _ in range(arguments.n):
        for words, rows in zip(commands, figures):
            rows.append(measure(words))
    first = None
    for command, rows in zip(arguments.commands, figures):
        wall, cpu, memory = (statistics.median(column) for column in zip(*rows))
        first = first or (wall, memory)
        print(
            f"{wall * 1e3:8.2f} ms wall  {cpu * 1e3:8.2f} ms CPU  {memory / 1024:6.2f} MiB peak  "
            f"x{wall / first[0]:.2f} time  x{memory / first[1]:.2f} memory  {command}"
        )


if __name__ == "__main__":
    main()
