#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""Compares whole transcripts of the examples, byte for byte.

test_transcripts.py EXAMPLES_FOLDER            compare
test_transcripts.py EXAMPLES_FOLDER --update   write what is printed now; read the difference before
                                               you commit it

What differs from run to run is replaced by as many other characters: times, durations, folders, the
address in a retry state.  So is, by shorter ones, what differs from machine to machine.  Links to source files are left out: there are some only where the compiler
was told a path that also leads to the file from here.  expected/NAME.txt holds the exit status, standard output and standard error.
"""
import difflib
import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
SOURCES = HERE.parents[1] / "examples"
FILE = ["--some-file", "foo.txt"]
COLOR = {"FORCE_COLOR": "1", "TERM": "xterm-256color", "COLORTERM": "truecolor"}

# Each example: its arguments for a good run, and those of its stages.
EXAMPLES = {
    "ex_0_the_basics": ([], ["hello", "goodbye"]),
    "ex_1_removing_the_retry_arguments": ([], ["hello", "goodbye"]),
    "ex_2_running_certain_stages_by_default": ([], ["hello", "goodbye"]),
    "ex_3_adding_arguments": (FILE, ["hello", "goodbye"]),
    "ex_4_customizing_stage_behavior": (FILE, ["hello", "goodbye"]),
    "ex_5_customizing_individual_stages": (FILE, ["hello", "goodbye"]),
    "ex_6_creating_retryable_stages": (FILE, ["hello", "flaky", "goodbye"]),
    "ex_7_customizing_the_summary": (FILE, ["hello", "flaky", "goodbye"]),
}
NO_DELAY = ["--flaky-retry-delay", "0"]


def cases():
    """Yields name, example, arguments, environment."""
    for example, (arguments, stages) in EXAMPLES.items():
        short = example[:4]
        quick = NO_DELAY if "flaky" in stages else []
        every = ["--stage", *stages, *quick]
        yield f"{short}_all", example, arguments + every, {}
        # The order in which they are named means nothing.
        yield f"{short}_all_reversed", example, arguments + ["--stage", *reversed(stages), *quick], {}
        yield f"{short}_all_terminal", example, arguments + every, COLOR
        if example == "ex_0_the_basics":
            # Durations are whole, and words of commands.
            yield f"{short}_all_40", example, arguments + every, {"COLUMNS": "40"}
            yield f"{short}_all_40_terminal", example, arguments + every, {"COLUMNS": "40", **COLOR}
            yield f"{short}_all_ascii", example, arguments + every, {"LC_ALL": "C"}
        for stage in stages:
            yield f"{short}_{stage}", example, arguments + ["--stage", stage] + quick, {}
        yield f"{short}_none", example, arguments + quick, {}
        yield f"{short}_dry_run", example, arguments + every + ["--dry-run"], {}
        yield f"{short}_dry_run_terminal", example, arguments + every + ["--dry-run"], COLOR
        yield f"{short}_help_80", example, ["--help"], {}
        yield f"{short}_help_120", example, ["--help"], {"COLUMNS": "120"}
        yield f"{short}_unknown_option", example, arguments + ["--no-such-option"], {}
        yield f"{short}_unknown_stage", example, arguments + ["--stage", "nothing"], {}
        yield f"{short}_wrong_type", example, arguments + ["--hello-retry-attempts", "many"], {}
        if arguments:
            yield f"{short}_missing_required", example, [], {}
        if "flaky" in stages:
            spent = arguments + ["--stage", "flaky", *NO_DELAY, "--flaky-retry-attempts", "1"]
            yield f"{short}_retry_spent", example, spent, {}
            yield f"{short}_retry_spent_terminal", example, spent, COLOR


def first_line(match):
    """The line on which a call begins: for one over several lines, compilers tell the first or the last."""
    source = (SOURCES / match.group(1)).read_text().splitlines()
    line = int(match.group(2))
    while not re.search(r"staged_(?:log|run|print_heading)\w*\(|STAGED_\w+\(", source[line - 1]):
        line -= 1
    return f"{match.group(1)}:{line}".ljust(len(match.group(0)))


def steady(text, directory):
    """Replaces what differs from run to run."""
    # The second may change at any line, so that its time is shown again, also where nothing follows it.
    text = re.sub(r"(?m)^(?:\x1b\[2;36m)?\[\d\d:\d\d:\d\d\](?:\x1b\[0m)?$", "", text)
    text = re.sub(r"(?m)^(?:\x1b\[2;36m)?(?:\[\d\d:\d\d:\d\d\]| {10})(?:\x1b\[0m)?(\x1b\[2;36m \x1b\[0m| )(?=.)",
                  "[TIME]     ", text)
    # Where there is little room, the digits stand in a line of their own.
    text = re.sub(r"\d:\d\d:\d\d((?:\x1b\[[\d;]*m)*\.(?:\x1b\[[\d;]*m)*(?:\n\[TIME\] *(?:\x1b\[[\d;]*m)*)?)\d{6}",
                  r"0:00:00\g<1>000000", text)
    text = re.sub(r"\x1b\]8;[^\x1b]*\x1b\\", "", text)
    # A link's name and line are in pieces.
    text = re.sub(r"(\x1b\[2mex_\w+\.c)\x1b\[0m\x1b\[2m:\x1b\[0m\x1b\[2m(\d+)", r"\1:\2", text)
    text = re.sub(r"(ex_\w+\.c):(\d+)", first_line, text)
    # However many lines the machine's names take, an empty one follows.
    text = re.sub(r"(?s)(hostname:).*?(\n[^\n]*platform:).*?(?=\n\n)", r"\1  HOST\2  SYSTEM", text)
    return text.replace(directory, "DIRECTORY")


def run_example(program, arguments, environment):
    # Its name always has the same length, as paths are wrapped.
    with tempfile.TemporaryDirectory(prefix="staged-tr-", dir="/tmp") as directory:
        return run_in(directory, program, arguments, environment)


def run_in(directory, program, arguments, environment):
    base = {"PATH": os.environ["PATH"], "COLUMNS": "80", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
    # As if it had been found along PATH: what is to be pasted begins with the program as it was called.
    done = subprocess.run(
        [program.name, *arguments], executable=program, cwd=directory, env={**base, **environment},
        capture_output=True, stdin=subprocess.DEVNULL, text=True,
    )
    sections = [f"exit status: {done.returncode}\n--- standard output\n{done.stdout}"]
    sections.append(f"--- standard error\n{done.stderr}")
    # What no transcript has: a line of a log never ends in blanks, whatever they are coloured in.
    sections += [f"--- ends in blanks: {line}\n" for line in done.stdout.splitlines()
                 if re.sub(r"\x1b\[[\d;]*m", "", line).endswith(" ")]
    return steady("".join(sections), directory)


def show_difference(expected, actual):
    lines = difflib.unified_diff(
        expected.splitlines(), actual.splitlines(), "expected", "actual", lineterm="", n=1
    )
    for line in list(lines)[:30]:
        print(line.replace("\x1b", "ESC"), file=sys.stderr)


def main():
    examples = pathlib.Path(sys.argv[1]).resolve()
    update = "--update" in sys.argv[2:]
    todo = list(cases())
    print(f"1..{len(todo)}")
    failures = 0
    for number, (name, example, arguments, environment) in enumerate(todo, 1):
        actual = run_example(examples / example, arguments, environment)
        path = HERE / "expected" / f"{name}.txt"
        if update:
            path.write_text(actual)
        expected = path.read_text() if path.exists() else ""
        same = actual == expected
        failures += not same
        print(f"{'ok' if same else 'not ok'} {number} - {name}")
        if not same:
            show_difference(expected, actual)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
