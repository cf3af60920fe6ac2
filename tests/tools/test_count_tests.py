# SPDX-License-Identifier: BSD-3-Clause
"""The count of test cases, of which the gate's answer is made, misses nothing."""
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

from support import tap

TOOL = tap.SOURCE / 'tools' / 'count_tests.py'


def program(stdout, result='OK'):
    """One test program as `meson test` records it."""
    return {'name': 'staged:part / name', 'stdout': stdout, 'result': result}


class CountTests(unittest.TestCase):
    def count(self, *programs, options=()):
        """What is said of a run, its last line, and whether all is well."""
        with tempfile.TemporaryDirectory() as folder:
            testlog = pathlib.Path(folder, 'testlog.json')
            testlog.write_text(''.join(json.dumps(each) + '\n' for each in programs),
                               encoding='utf-8')
            done = subprocess.run([sys.executable, TOOL, *options, testlog], text=True, check=False,
                                  stdout=subprocess.PIPE)
        lines = done.stdout.splitlines()
        return lines[:-1], lines[-1], done.returncode == 0

    def test_passed(self):
        """cases of TAP, of a tally and of a plain program are added up"""
        self.assertEqual(self.count(program('1..2\nok 1 - a\nok 2 - b\n'),
                                    program('said\n60 passed, 0 failed\n'), program('')),
                         ([], '63 passed, 0 failed', True))

    def test_failed(self):
        """failed cases are counted one by one, and named by their program"""
        self.assertEqual(self.count(program('1..3\nok 1\nnot ok 2\nnot ok 3\n', 'FAIL'),
                                    program('5 passed, 2 failed\n', 'FAIL'), program('', 'FAIL')),
                         (['FAIL: staged:part / name'] * 3, '6 passed, 5 failed', False))

    def test_broken_off(self):
        """a program that ends badly has failed, though all its cases passed"""
        for result in ('ERROR', 'TIMEOUT', 'FAIL', 'INTERRUPT', 'UNEXPECTEDPASS'):
            with self.subTest(result=result):
                self.assertEqual(self.count(program('1..3\nok 1\nok 2\n', result))[1:],
                                 ('2 passed, 1 failed', False))
                self.assertEqual(self.count(program('2 passed, 0 failed\n', result))[1:],
                                 ('2 passed, 1 failed', False))

    def test_skipped(self):
        """what was skipped is named, and has neither passed nor failed"""
        self.assertEqual(self.count(program('1..2\nok 1 - a # SKIP no tcc\nok 2\n'),
                                    program('', 'SKIP')),
                         (['skipped: staged:part / name', 'skipped: staged:part / name: no tcc'],
                          '1 passed, 0 failed', True))

    def test_nothing(self):
        """a run without a passed test is not a good run"""
        self.assertEqual(self.count(), ([], '0 passed, 0 failed', False))

    def test_failures_from_elsewhere(self):
        """what failed outside of the tests is added"""
        self.assertEqual(self.count(program(''), options=['--failed', '2']),
                         ([], '1 passed, 2 failed', False))


tap.main()
