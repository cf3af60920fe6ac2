# SPDX-License-Identifier: BSD-3-Clause
"""What scripts know of earlier runs: how long their stages usually take."""
import os
import pty

from records import STAGED, Case
from support import tap

SCRIPT = '''#!/usr/bin/env staged
stage one 'The first' --by-default --expected 0.000001
stage two 'The second' --by-default
stage_one() { run :; }
stage_two() { run ${FAILS:+false} :; }
'''
MINUTE = 60 * 10**9


class Expectations(Case):
    def setUp(self):
        super().setUp()
        self.script = self.folder / 'deploy'
        self.script.write_text(SCRIPT, encoding='utf-8')
        self.file = self.runs / 'deploy' / 'durations'

    def run_script(self, *words, **variables):
        return self.run_it(self.script, *words, program=STAGED, **variables)

    def durations(self):
        lines = (line.split('\t') for line in self.file.read_text(encoding='utf-8').splitlines())
        return {name: numbers.split() for name, numbers in lines}

    def remember(self, *durations):
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.write_text('two\t' + ' '.join(map(str, durations)) + '\n', encoding='utf-8')

    def test_file(self):
        """how long stages took that passed is kept, and of nothing else"""
        self.run_script()
        self.run_script(FAILS='yes')
        self.run_script('--dry-run')
        self.run_script('--stage', 'one')
        self.assertEqual({name: len(numbers) for name, numbers in self.durations().items()},
                         {'one': 3, 'two': 1})
        self.assertEqual(sorted(path.name for path in self.file.parent.iterdir() if not path.is_dir()), ['durations'])

    def test_latest(self):
        """the latest twenty are kept"""
        self.remember(*range(1, 21))
        self.run_script()
        self.assertEqual(self.durations()['two'][:-1], [str(number) for number in range(2, 21)])

    def test_remark(self):
        """the summary remarks on a stage that took a tenth of the time, once five runs are known"""
        self.remember(*[MINUTE * 60] * 4)
        self.assertNotIn('usual', self.run_script().stdout)
        self.remember(1, *[MINUTE * 60] * 3, MINUTE * 600)
        done = self.run_script()
        self.assertEqual(done.returncode, 0)
        self.assertIn('➤ Remarks:', done.stdout)
        self.assertRegex(' '.join(done.stdout.split()), r"The 'two' stage took \S+; usually it takes 1:00:00\S* \(the median of 5 runs\)")

    def test_no_record(self):
        """without a record nothing is usual"""
        self.remember(*[MINUTE * 60] * 9)
        self.assertNotIn('usual', self.run_script('--no-record').stdout)
        self.assertEqual(self.durations()['two'], [str(MINUTE * 60)] * 9)

    def test_broken(self):
        """a file that is none is passed over"""
        self.remember('x')
        with self.file.open('ab') as file:
            file.write(b'\x00\xff one\n\n\t\none\t1 -2 y\n12')
        self.assertEqual(self.run_script().returncode, 0)
        self.assertEqual(len(self.durations()['two']), 1)

    def test_expected(self):
        """what the author expects at most is no limit, and needs no record"""
        done = self.run_script('--no-record')
        self.assertEqual(done.returncode, 0)
        self.assertIn("The 'one' stage took longer than expected:", done.stdout)
        self.assertRegex(done.stdout, r"The 'one' stage took \S+; expected at most")

    def test_terminal(self):
        """a terminal shows what is usual where a stage begins"""
        self.remember(*[MINUTE] * 5)
        self.assertNotIn('Usual duration', self.run_script().stdout)
        process, terminal = pty.fork()
        if process == 0:
            os.chdir(self.folder)
            os.execve(STAGED, [str(STAGED), str(self.script)], self.environment(TERM='xterm'))
        shown = b''
        try:
            while part := os.read(terminal, 4096):
                shown += part
        except OSError:
            pass
        os.close(terminal)
        os.waitpid(process, 0)
        self.assertIn(b'Usual duration', shown)


tap.main()
