#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""count_tests.py [--failed N] TESTLOG.json...: how many test cases passed in runs of `meson test`.

A program that speaks TAP counts as its test cases, one that ends with `N passed, M failed` as so
many, any other as one.  Names what failed or was skipped, then prints `N passed, N failed`.  Exits
0 only if nothing failed and something passed.  `--failed N` adds failures from elsewhere.
"""
import argparse
import json
import re
import sys

TAP_LINE = re.compile(r'^(not )?ok\b[^#]*(?:#\s*(skip|todo)\b(.*))?', re.IGNORECASE)
TALLY_LINE = re.compile(r'^(\d+) passed, (\d+) failed$')


class Tally:
    def __init__(self):
        self.passed = self.failed = 0
        self.skipped = []

    def count_tap(self, name, lines):
        for line in lines:
            match = TAP_LINE.match(line)
            if match is None:
                continue
            failed, directive, reason = match.groups()
            if directive is not None:
                if directive.lower() == 'skip':
                    self.skipped.append(f'{name}:{reason}')
            elif failed:
                self.failed += 1
            else:
                self.passed += 1

    def count_test(self, test):
        """Counts one test program, given as meson records it."""
        name, result = test['name'], test['result']
        lines = test.get('stdout', '').splitlines()
        tally = TALLY_LINE.match(lines[-1]) if lines else None
        before = self.failed
        if result == 'SKIP':
            self.skipped.append(name)
        elif tally is not None:
            self.passed += int(tally.group(1))
            self.failed += int(tally.group(2))
        elif any(re.match(r'1\.\.\d+', line) for line in lines):
            self.count_tap(name, lines)
        elif result in ('OK', 'EXPECTEDFAIL'):
            self.passed += 1
        # A crash, a leak or a time-out after the last case is a failure of its own.
        if result not in ('OK', 'EXPECTEDFAIL', 'SKIP'):
            if self.failed == before:
                self.failed += 1
            print(f'{result}: {name}')


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--failed', type=int, default=0)
    parser.add_argument('testlogs', nargs='*', metavar='TESTLOG.json')
    arguments = parser.parse_args()
    tally = Tally()
    for path in arguments.testlogs:
        with open(path, encoding='utf-8') as testlog:
            for line in testlog:
                tally.count_test(json.loads(line))
    for name in sorted(set(tally.skipped)):
        print(f'skipped: {name}')
    failed = tally.failed + arguments.failed
    print(f'{tally.passed} passed, {failed} failed')
    return 0 if failed == 0 and tally.passed > 0 else 1


if __name__ == '__main__':
    sys.exit(main())
