# SPDX-License-Identifier: BSD-3-Clause
"""Commands of shell scripts on a cluster of Slurm."""
import subprocess
import unittest

from support import patience, tap

import cluster
from places_case import LONG, AnyPlace, PlaceCase, wait_for
from shell_script import STAGED

MISSING = cluster.missing()


@unittest.skipIf(MISSING, MISSING)
class OnSlurm(AnyPlace, PlaceCase):
    """Jobs."""

    declaration = 'place box slurm'
    there = 'SLURM_JOB_ID'

    @classmethod
    def setUpClass(cls):
        cls.slurm = cls.enterClassContext(cluster.Cluster(nodes=2))
        cls.environment = {'SLURM_CONF': cls.slurm.env['SLURM_CONF']}

    def tearDown(self):
        # Slurm may take its time over a job of which nothing is left, which is then COMPLETING.
        wait_for(lambda: not self.slurm.ask('squeue', '-h', '-t', 'PENDING,RUNNING,SUSPENDED', '-o', '%i').split(),
                 'the end of all jobs')
        super().tearDown()

    def test_input(self):
        """a job has nothing to read: a command that is given something is refused"""
        output = self.outcome('run --on box cat </dev/null\nrun --on box cat\necho x | run --on box cat', 1,
                              input='of the script')
        self.assertIn("a command at 'box' cannot be given input", output)
        self.assertRegex(output, r'# on box: a command at')
        for body, told in (('echo x | run --on box cat || echo "= $?"', '= 125'),
                           ('run --on box cat <<<x || echo "= $? $place_failure"', '= 125 refused'),
                           ('ask y --on box cat <<<x || echo "= $? $place_failure"', '= 125 refused')):
            output = self.outcome(body)
            self.assertIn(told, output)
            self.assertEqual(output.count("On box:  a command at 'box' cannot be given input"), 1, output)

    def test_directory(self):
        """a cluster shares our files: a command runs where the function is"""
        told = self.lines('''
mkdir -p sub/sub
run --on box sh -c 'echo "= ${PWD##*/}"'
cd sub
run --on box sh -c 'echo "= ${PWD##*/}"'
run --cwd sub --on box sh -c 'echo "= ${PWD%/*}" | sed "s:/.*/:/:"'
''')
        self.assertEqual(told, [f'= {self.folder.name}', '= sub', '= /sub'])

    def test_no_folder(self):
        """a command whose folder cannot be made has no status: its place failed"""
        for env, before in (({'STAGED_RUNS': '', 'XDG_STATE_HOME': f'{self.folder}/file'}, 'touch file'),
                            ({'STAGED_RUNS': f'{self.folder}/runs'}, 'rm -rf runs/*/*/jobs\ntouch $(echo runs/*/*)/jobs')):
            output = self.outcome(f"""
{before}
run --on box true || echo "= $? $place_failure"
word=$(run --quiet --on box true) || echo "= $?"
""", env=env)
            self.assertIn('= 125 refused\n', output)
            self.assertIn('= 125\n', output)
            self.assertIn('cannot make the directory', output)

    def test_cancelled(self):
        """a job that somebody cancels is no end of the command"""
        body = (f"run sh -c 'touch {self.folder}/begun; sleep 1000' || echo \"= $? $place_failure\"\n"
                "run true && echo \"= again '$place_failure'\"")
        run = self.begin(body)
        for job in self.slurm.jobs():
            self.slurm.ask('scancel', job)
        output, _ = run.communicate(timeout=LONG)
        self.assertEqual(run.returncode, 0, output)
        self.assertIn('= 125 cancelled', output)
        self.assertIn("= again ''", output)

    def test_retry_on_place(self):
        """the author has a stage tried again when its place fails"""
        for declared, words in (('--retry-on place', ''), ('', 'retry_on place')):
            (self.folder / 'begun').unlink(missing_ok=True)
            path = self.write('script', f"{self.declaration}\n{words}\nstage only 'Only' --by-default --on box "
                              f"{declared} --retry-attempts 2\nstage_only() {{\n"
                              f"[[ -e {self.folder}/begun ]] || run sh -c 'touch {self.folder}/begun; sleep 1000'\n}}\n")
            with subprocess.Popen([STAGED, f'./{path.name}'], cwd=self.folder, stdin=subprocess.DEVNULL, text=True,
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=self.world()) as run:
                wait_for((self.folder / 'begun').exists, 'the command')
                for job in self.slurm.jobs():
                    self.slurm.ask('scancel', job)
                output, _ = run.communicate(timeout=LONG)
            self.assertEqual(run.returncode, 0, output)
            self.assertIn('was cancelled by somebody', ' '.join(output.split()))

    def test_queue(self):
        """a timeout does not count while the command waits in the queue"""
        with cluster.Cluster(nodes=1, cpus=1) as small:
            def attempt(limit_s):
                (self.folder / 'begun').unlink(missing_ok=True)
                return self.outcome(f'''
run --on box sh -c 'touch {self.folder}/begun; sleep {limit_s + 1}' &
until [[ -e {self.folder}/begun ]]; do sleep 0.02; done
run --timeout {limit_s} --on box echo '= ran' || :
wait
''', env={'SLURM_CONF': small.env['SLURM_CONF']})
            # The log says that it waits after a second.
            found = patience.with_more_time(attempt, lambda output: '= ran' in output and 'On box:  waiting' in output)
        self.assertIn('= ran', found)
        self.assertIn('On box:  waiting', found)


if __name__ == '__main__':
    tap.main()
