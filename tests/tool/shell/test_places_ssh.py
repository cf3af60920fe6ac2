# SPDX-License-Identifier: BSD-3-Clause
"""Commands of shell scripts on another machine, over ssh."""
import pathlib
import subprocess
import tempfile
import unittest
import uuid

from support import tap

import sshd
from places_case import LONG, AnyPlace, PlaceCase, wait_for
from shell_script import STAGED

MISSING = sshd.missing()


@unittest.skipIf(MISSING, MISSING)
class OverSsh(AnyPlace, PlaceCase):
    """Another machine."""

    environment = {}
    there = 'SSH_CONNECTION'

    @classmethod
    def setUpClass(cls):
        folder = cls.enterClassContext(tempfile.TemporaryDirectory(prefix='staged-sshd-'))
        cls.sshd = sshd.Sshd(pathlib.Path(folder))
        cls.addClassCleanup(cls.sshd.stop)
        cls.sshd.start()
        cls.declaration = 'place box ssh ' + ' '.join(cls.sshd.words('box'))

    def test_input(self):
        """a command there reads what the script gives it, and nothing else"""
        told = self.lines('''
printf 'one\\ntwo\\n' | run --on box sed 's/^/= /'
run --on box sed 's/^/= /' <<<'a here-document'
echo 'from a file' >file.txt
run --on box sed 's/^/= /' <file.txt
tar c file.txt | run --on box tar tv | sed 's/.* /= /'
echo "= $(seq 20000 | run --quiet --on box wc -l)"
run --on box sh -c 'cat; echo "= the end"'
''', input='of the script\n')
        self.assertEqual(told, ['= one', '= two', '= a here-document', '= from a file', '= file.txt', '= 20000',
                                '= the end'])

    def test_path(self):
        """a PATH that is for the machine there need not lead to ssh here"""
        told = self.lines('''
run --quiet --on box --env PATH=/no/such /bin/sh -c 'echo "= $PATH"'
export PATH=/nor/such
run --quiet --on box /bin/sh -c 'echo "= $PATH"'
''')
        self.assertEqual(told, ['= /no/such', '= /nor/such'])

    def test_variables_that_nobody_has_set(self):
        """what bash was given, and what is no variable to it or belongs to it, is no matter of the function"""
        given = {'A.B': 'x', 'BASH_FUNC_module%%': '() { :; }', 'PPID': '1', 'SHELLOPTS': 'hashall',
                 'BASH_VERSINFO': '5', 'GROUPS': '7', 'LINENO': '7', 'OPTIND': '7', 'RANDOM': '7', 'SECONDS': '7'}
        told = self.lines("""
run --on box echo '= there'
each --on box echo = -- item
each sh -c 'grep -zc "^A.B=x" /proc/$PPID/environ | sed "s/^/= /"' -- item
export UID
run --on box true || echo "= $? $place_failure"
""", env=given)
        self.assertEqual(told, ['= there', '= item', '= 1', '= 125 refused'])

    def test_long_variable(self):
        """no program starts with a variable that is too long, so another attempt is of no use"""
        output = self.outcome('''
run --on box true
long=$(printf 'x%.0s' {1..200000})
export long
run --on box true || echo "= $? $place_failure"
''', words=['--retry-on', 'place'])
        self.assertIn('= 125 refused', output)
        self.assertIn('are exported variables longer than this system allows?', ' '.join(output.split()))

    def test_directory(self):
        """a directory of this machine is none there"""
        told = self.lines('''
cd /usr
run --on box sh -c 'echo "= $PWD"'
run --cwd / --on box sh -c 'echo "= $PWD"'
run --cwd /no/such/directory --on box true || echo "= $? $place_failure"
''')
        self.assertNotEqual(told[0], '= /usr')
        self.assertEqual(told[1:], ['= /', '= 125 refused'])

    def test_lost(self):
        """a lost connection is no end of the command, and can be tried again"""
        mark = uuid.uuid4().hex
        body = (f"if [[ ! -e {self.folder}/begun ]]; then\n"
                f"run sh -c 'touch {self.folder}/begun; sleep 1000; : {mark}'\nfi\necho '= went on'")
        path = self.write('script', f"{self.declaration}\nstage only 'Only' --by-default --on box\n"
                                    f'stage_only() {{\n{body}\n}}\n')
        for words, status in ((('--retry-on', 'place'), 0), ((), 1)):
            (self.folder / 'begun').unlink(missing_ok=True)
            with subprocess.Popen([STAGED, f'./{path.name}', *words], cwd=self.folder, stdin=subprocess.DEVNULL,
                                  text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                  env=self.world()) as run:
                wait_for((self.folder / 'begun').exists, 'the command')
                self.sshd.kill_connections()
                output, _ = run.communicate(timeout=LONG)
            self.assertEqual(run.returncode, status, output)
            self.assertIn('the connection to box was lost while the command ran', ' '.join(output.split()))
            self.assertEqual('= went on' in output, status == 0)
            self.nothing_is_left(mark)

    def test_lost_in_function(self):
        """a function that looks at the status of a lost connection"""
        run = self.begin(f"run sh -c 'touch {self.folder}/begun; sleep 1000' || echo \"= $? $place_failure\"\n"
                         'run true && echo "= again \'$place_failure\'"')
        self.sshd.kill_connections()
        output, _ = run.communicate(timeout=LONG)
        self.assertEqual(run.returncode, 0, output)
        self.assertIn('= 125 connection_lost', output)
        self.assertIn("= again ''", output)

    def test_time_limit_of_connecting(self):
        """a stage's time limit counts while a machine that is away is waited for"""
        other = sshd.Sshd(self.folder, name='away')
        declaration = 'place gone ssh --wait 1000 ' + ' '.join(other.words('gone'))
        path = self.write('script', f"{declaration}\nstage only 'Only' --by-default --on gone --time-limit 1\n"
                                    'stage_only() {\nrun true\n}\n')
        done = subprocess.run([STAGED, f'./{path.name}'], cwd=self.folder, stdin=subprocess.DEVNULL, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=self.world(), timeout=LONG,
                              check=False)
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertIn('exceeded its time limit of 1 s', done.stdout)

    def test_unreachable(self):
        """a machine that is not there"""
        other = sshd.Sshd(self.folder)
        declaration = 'place gone ssh ' + ' '.join(other.words('gone'))
        told = self.lines('run --on gone true || echo "= $? $place_failure"\nask x --on gone true || echo "= $?"',
                          before=declaration)
        self.assertEqual(told, ['= 125 unreachable', '= 125'])


if __name__ == '__main__':
    tap.main()
