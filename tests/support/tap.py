# SPDX-License-Identifier: BSD-3-Clause
"""Python tests that say what they found in TAP, one line a test or subTest.

A test file ends with `tap.main()`.  meson tells it where things are; run by hand, it takes `build/`.
"""
import os
import pathlib
import sys
import unittest

# What a test opens must not become a standard stream that it was run without, and what it prints must
# not follow what whoever runs it likes.
for liked in ('COLUMNS', 'LINES', 'TERM', 'COLORTERM', 'FORCE_COLOR', 'NO_COLOR', 'TTY_COMPATIBLE',
              'TTY_INTERACTIVE', 'GITHUB_ACTIONS', 'GITHUB_STEP_SUMMARY', 'GITHUB_WORKSPACE', 'GITLAB_CI',
              'STAGED_CI', 'STAGED_TITLE', 'STAGED_NOTIFY', 'STAGED_REPORTS'):
    os.environ.pop(liked, None)
os.environ['TZ'] = 'UTC'
# Nothing is recorded in the home of whoever runs the tests.
os.environ['STAGED_RUNS'] = ''
while (spare := os.open(os.devnull, os.O_RDWR)) <= 2:
    pass
os.close(spare)

SOURCE = pathlib.Path(os.environ.get('STAGED_SOURCE', pathlib.Path(__file__).parents[2]))
BUILD = pathlib.Path(os.environ.get('STAGED_BUILD', SOURCE / 'build'))

# For tests that signal a script, in files that have others too.  A file of nothing else is in the suite `signals`.
needs_signals = unittest.skipIf(os.environ.get('STAGED_SANITIZE') == 'thread', 'ThreadSanitizer loses signals')


class _Result(unittest.TestResult):
    def __init__(self):
        super().__init__()
        self.count = 0
        self.has_subtests = False

    def _say(self, word, test, note=''):
        self.count += 1
        print(f'{word} {self.count} - {self._name(test)}{note}', flush=True)

    @staticmethod
    def _name(test):
        description = test.shortDescription() or str(test)
        case = getattr(test, 'params', None)
        if case:
            description += ': ' + ', '.join(str(value) for value in case.values())
        return description.replace('#', '')

    def _say_failure(self, test, error):
        kind, value, _ = error
        self._say('not ok', test)
        # A failed assertion explains itself; anything else is a bug whose place matters.
        text = str(value) if issubclass(kind, AssertionError) else self._exc_info_to_string(
            error, test)
        # What reads TAP keeps what stands beside the lines to itself.
        print(f'{self._name(test)}:\n{text}', file=sys.stderr, flush=True)

    def startTest(self, test):
        super().startTest(test)
        self.has_subtests = False

    def addSuccess(self, test):
        if not self.has_subtests:
            self._say('ok', test)

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._say_failure(test, err)

    def addError(self, test, err):
        super().addError(test, err)
        self._say_failure(test, err)

    def addSkip(self, test, reason):
        self._say('ok', test, f' # SKIP {reason}')

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        self.has_subtests = True
        if err is None:
            self._say('ok', subtest)
        else:
            self._say_failure(subtest, err)


def main():
    """Runs the tests of the calling file, and ends the program."""
    unittest.TestCase.longMessage = False
    suite = unittest.defaultTestLoader.loadTestsFromModule(sys.modules['__main__'])
    result = _Result()
    suite.run(result)
    print(f'1..{result.count}')
    sys.exit(0 if result.wasSuccessful() else 1)
