#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""Sends signals to a shell script at many moments: the summary is there, the exit status is true, nothing is
left running.

STAGED_INTERRUPTS says how many (default: 20).
"""
import concurrent.futures
import os
import pathlib
import random
import signal
import subprocess
import sys
import time
import uuid

SIGNALS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT]


def left_running(mark):
    """The processes that have inherited the mark in their environment."""
    found = []
    for path in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            if mark in (path / "environ").read_bytes():
                found.append((path / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:
            pass
    return found


def interrupt_once(command, number, delay):
    """Returns what was wrong, "" if nothing was, and whether it was interrupted."""
    mark = f"STAGED_MARK={uuid.uuid4()}"
    name, _, value = mark.partition("=")
    child = subprocess.Popen(
        command, env={**os.environ, name: value, "COLUMNS": "80"}, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, start_new_session=True, text=True,
    )
    time.sleep(delay)
    child.send_signal(number)
    output, _ = child.communicate(timeout=300)
    # A process that was just ended may take a moment until it is gone.
    deadline = time.monotonic() + 60
    while (left := left_running(mark.encode())) and time.monotonic() < deadline:
        time.sleep(0.01)
    if left:
        return f"left running: {left}", True
    if output.count("➤ Script result:") == 0:
        # Before the first line there is nothing to sum up.
        began = "╭" in output
        return (f"no summary\n{output}" if began else "" if child.returncode == -number else f"died: {child.returncode}"), True
    result = output.partition("➤ Script result:")[2]
    if "Success" in result and "End interruptible" in result:
        # The signal came when all was done and said.
        return "", False
    if child.returncode != -number:
        return f"exit status {child.returncode} after {number}\n{output}", True
    if "Interrupted" not in result:
        return f"the result is not Interrupted\n{output}", True
    if "tearing down" not in output:
        return f"no teardown\n{output}", True
    return "", True


def main():
    command = sys.argv[1:]
    count = int(os.environ.get("STAGED_INTERRUPTS", "20"))
    random.seed(20261123)
    for number in SIGNALS:
        # Where a shell runs the tests in the background, some are ignored.
        signal.signal(number, signal.SIG_DFL)
    begin = time.monotonic()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    # The end of what is left running takes the rest.
    length = (time.monotonic() - begin) / 4
    print("1..1")
    problems = []
    interrupted = 0
    moments = [(random.choice(SIGNALS), random.uniform(0, length)) for _ in range(count)]
    # What ignores SIGTERM has some seconds, in which there is nothing to do.
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda moment: interrupt_once(command, *moment), moments))
    for (number, delay), (problem, was_interrupted) in zip(moments, results):
        interrupted += was_interrupted
        if problem:
            problems.append(f"{number.name} after {delay:.3f} s: {problem}")
    for problem in problems:
        print("# " + problem.replace("\n", "\n# "))
    print(f"# {interrupted} of {count} were interrupted")
    print(f"{'not ok' if problems or not interrupted else 'ok'} 1 - interrupts")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
