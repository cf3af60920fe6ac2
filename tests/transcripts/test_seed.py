#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""Runs the examples with the arguments of the original's documentation and compares what they print.

seed/*.txt hold the runs as the documentation of staged-script 2.0 shows them: the arguments, then the
output at 80 columns.  Names of source files, and so the width of the path column, differ; therefore the
texts are compared without blanks, borders, times and paths, and with all else.  How lines are laid out
is compared by test_transcripts.py.
"""
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
# The original keeps stages in a set: their order in its output means nothing.
STAGE_ORDERS = [
    ("{flaky,goodbye,hello}", "{hello,flaky,goodbye}"),
    ("['flaky','goodbye','hello']", "['hello','flaky','goodbye']"),
    ("--stageflakygoodbyehello", "--stagehelloflakygoodbye"),
    ("--stageflakyhellogoodbye", "--stagehelloflakygoodbye"),
]
# What the original prints of an attempt that failed, and what we do; without blanks.
STATES_OF_RETRIES = [
    r"<RetryCallState\d+:attempt#(\d+);sleptfor[\d.]+;lastresult:failed\(RetryStage\)>",
    r"Attempt(\d+)of\d+failed;thenextbegins(?:atonce|in[\d.]+s)\.",
]
# What a script without a description is said to be; without blanks.
DEFAULT_DESCRIPTIONS = [
    r"ThisisthedescriptionoftheArgumentParserintheStagedScriptbaseclass\."
    r"Thisshouldbeoverriddeninyoursubclass\.Seethedocstringfordetails\.",
    r"\w+,astagedscriptwhoseauthorgavenodescription\.",
]


def essence(text, directory):
    lines = []
    for line in text.splitlines():
        line = re.sub(r"^\[\d\d:\d\d:\d\d\] ", "", line)
        line = re.sub(r"\s\S+\.(py|c):\d+\s*$", "", line)
        lines.append(line)
    joined = re.sub(r"\s", "", "".join(lines))
    joined = joined.replace(directory, "DIRECTORY")
    joined = re.sub(r"[─━╭╮╰╯┏┓┳┡┩╇├┤┼└┘┴│┃]", "", joined)
    joined = re.sub(r"\d:\d\d:\d\d\.\d{6}", "DURATION", joined)
    for state in STATES_OF_RETRIES:
        joined = re.sub(state, r"Attempt\1", joined)
    for description in DEFAULT_DESCRIPTIONS:
        joined = re.sub(description, "DESCRIPTION", joined, count=1)
    joined = re.sub(r"hostname:.*(?=Endex_7)", "MACHINE", joined)
    for theirs, ours in STAGE_ORDERS:
        joined = joined.replace(theirs, ours)
    return joined


def run_example(examples, name, arguments):
    """Runs it under the original's file name, which is what usage and summary show."""
    with tempfile.TemporaryDirectory() as folder:
        program = pathlib.Path(folder) / f"{name}.py"
        program.symlink_to(examples / name)
        environment = {"PATH": os.environ["PATH"], "COLUMNS": "80", "LC_ALL": "C.UTF-8"}
        done = subprocess.run(
            [program.name, *arguments], executable=program, cwd=folder, env=environment, text=True,
            capture_output=True,
        )
        return done.stdout + done.stderr, os.path.realpath(folder)


def main():
    examples = pathlib.Path(sys.argv[1]).resolve()
    cases = sorted((HERE / "seed").glob("*.txt"))
    print(f"1..{len(cases)}")
    failures = 0
    for number, case in enumerate(cases, 1):
        first, _, expected = case.read_text().partition("\n")
        arguments = shlex.split(first.partition(":")[2])
        name = next(path.name for path in examples.glob(case.stem[:4] + "_*") if path.is_file())
        output, directory = run_example(examples, name, arguments)
        theirs = essence(
            expected,
            "/home/docs/checkouts/readthedocs.org/user_builds/staged-script/checkouts/v2.0.0/doc/source",
        )
        ours = essence(output, directory)
        same = ours == theirs
        failures += not same
        print(f"{'ok' if same else 'not ok'} {number} - {case.stem} {first}")
        if not same:
            at = len(os.path.commonprefix([ours, theirs]))
            print(f"expected ...{theirs[max(0, at - 40):at + 60]}...", file=sys.stderr)
            print(f"actual   ...{ours[max(0, at - 40):at + 60]}...", file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
