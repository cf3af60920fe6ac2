#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""Sends signals to a script at many moments: the summary is there, the exit status is true, nothing is
left running.

STAGED_INTERRUPTS says how many (default: 60).
"""
import os
import random
import signal
import subprocess
import sys
import time
import uuid

from support.processes import patiently_left

SIGNALS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT]


def interrupt_once(program, number, delay):
    """Returns what was wrong, "" if nothing was, and whether it was interrupted."""
    mark = f"STAGED_MARK={uuid.uuid4()}"
    name, _, value = mark.partition("=")
    child = subprocess.Popen(
        [program], env={**os.environ, name: value, "COLUMNS": "80"}, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, start_new_session=True, text=True,
    )
    time.sleep(delay)
    child.send_signal(number)
    output, _ = child.communicate(timeout=300)
    left = patiently_left(mark.encode())
    if left:
        return f"left running: {left}", True
    if output.count("➤ Script result:") == 0:
        # Before the first line there is nothing to sum up.
        began = "╭" in output
        return ("no summary" if began else "" if child.returncode == -number else "died"), True
    result = output.partition("➤ Script result:")[2]
    if "Success" in result and "End interruptible" in result:
        # The signal came when all was done and said.
        return "", False
    if child.returncode == 0:
        return f"exit status 0 without success\n{output}", False
    if child.returncode != -number:
        return f"exit status {child.returncode} after {number}\n{output}", True
    if "Interrupted" not in result:
        return f"the result is not Interrupted\n{output}", True
    if "tearing down" not in output and "main is done" not in output:
        return f"no teardown\n{output}", True
    return "", True


def main():
    program = sys.argv[1]
    count = int(os.environ.get("STAGED_INTERRUPTS", "60"))
    random.seed(20261123)
    for number in SIGNALS:
        # Where a shell runs the tests in the background, some are ignored.
        signal.signal(number, signal.SIG_DFL)
    begin = time.monotonic()
    subprocess.run([program], stdout=subprocess.DEVNULL, check=True)
    length = time.monotonic() - begin
    print("1..1")
    problems = []
    interrupted = 0
    for i in range(count):
        number = SIGNALS[i % len(SIGNALS)]
        delay = random.uniform(0, length * 1.05)
        problem, was_interrupted = interrupt_once(program, number, delay)
        interrupted += was_interrupted
        if problem:
            problems.append(f"{number.name} after {delay * 1000:.1f} ms: {problem}")
    print(f"{'not ok' if problems else 'ok'} 1 - {count} signals, {interrupted} interrupts")
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
