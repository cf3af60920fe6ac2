# SPDX-License-Identifier: BSD-3-Clause
"""A cluster of Slurm for tests: a controller and some nodes on this machine, as whatever user runs the tests, on
loopback alone.  All of it is gone afterwards, also if the test is killed.

    with cluster.Cluster() as slurm:
        subprocess.run(['srun', 'true'], env=slurm.env)
"""
import functools
import os
import pathlib
import pwd
import random
import shutil
import subprocess
import sys
import tempfile
import unittest

from support import patience, ports

KEEPER = pathlib.Path(__file__).with_name('keeper.py')
PROGRAMS = ('srun', 'scontrol', 'scancel', 'squeue', 'sbatch', 'slurmctld', 'slurmd')
# Where the daemons are, which are not for everybody's PATH.
PATH = os.environ.get('PATH', '/usr/bin:/bin') + ':/usr/local/sbin:/usr/sbin:/sbin'
# For what takes a moment: a busy machine needs much less.
PATIENCE_S = 60
# A node that was killed stays down, also when the controller gets its last words a moment later (ReturnToService).
# Daemons that answer to nobody else, need no rights, and do at once what a cluster does every half minute.  Without
# NoInAddrAny they would listen on all addresses, and with auth/none run what anybody sends.
CONFIGURATION = """
ClusterName={name}
SlurmctldHost=localhost
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/none
CredType=cred/none
CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
SlurmctldPort={ports[0]}
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/%n.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/%n.log
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool/%n
ProctrackType=proctrack/pgid
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SlurmdParameters=config_overrides
SchedulerParameters=sched_interval=1,bf_interval=1,sched_min_interval=0,batch_sched_delay=0
EnforcePartLimits=ALL
JobCompType=jobcomp/none
ReturnToService=0
KillWait={kill_wait}
MinJobAge={remembers_s}
SlurmdTimeout={node_timeout}
InactiveLimit=0
{more}
"""


@functools.cache
def missing():
    """Why there can be no cluster; '': there can."""
    if not sys.platform.startswith('linux'):
        return 'Slurm is tested on Linux'
    lacking = [name for name in PROGRAMS if shutil.which(name, path=PATH) is None]
    if lacking:
        return f'Slurm is not installed (tools/setup places): no {", ".join(lacking)}'
    try:
        with Cluster(nodes=1, patience_s=40):
            return ''
    except AssertionError as error:
        return f'Slurm does not run here: {" ".join(str(error).split())}'


def version():
    """The year of Slurm's release: 'slurm-wlm 22.05.8' is of 22."""
    said = subprocess.run(['slurmctld', '-V'], env={**os.environ, 'PATH': PATH}, stdout=subprocess.PIPE, text=True,
                          check=True).stdout
    return int(said.split()[-1].partition('.')[0])


def wait_for(condition, what, patience_s=PATIENCE_S):
    """Waits until it is true, and returns what it is then."""
    for _ in patience.looks(patience_s):
        if value := condition():
            return value
    raise AssertionError(f'timed out waiting for {what}')


class Cluster:
    """A running cluster.  `env` is the environment for what uses it."""

    def __init__(self, nodes=4, cpus=4, kill_wait=2, remembers_s=86400, node_timeout=300, more='',
                 patience_s=PATIENCE_S):
        self.names = [f'n{i + 1}' for i in range(nodes)]
        self.cpus = cpus
        self.patience_s = patience_s
        self.settings = {'kill_wait': kill_wait, 'remembers_s': remembers_s, 'node_timeout': node_timeout,
                         'more': more}
        self.ports = ports.Ports(1 + nodes)
        self.folder = self.keeper = self.env = None

    def __enter__(self):
        # The configuration of Slurm has no blanks in its paths.
        has_blank = any(letter.isspace() for letter in tempfile.gettempdir())
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix='staged-slurm-', dir='/tmp' if has_blank else None))
        try:
            self._start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        if self.keeper is not None:
            self.keeper.stdin.close()
            self.keeper.wait()
        self.ports.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _start(self):
        self._begin(f'staged{os.getpid()}x{random.randrange(10 ** 6)}')
        try:
            wait_for(self._is_up, 'the nodes of the cluster', self.patience_s)
        except AssertionError:
            raise AssertionError('the cluster did not start:\n' + self.log('slurmctld')) from None

    def _begin(self, name):
        for made in ('state', 'spool'):
            (self.folder / made).mkdir()
        lines = CONFIGURATION.format(name=name, user=pwd.getpwuid(os.getuid()).pw_name, folder=self.folder,
                                     ports=self.ports.numbers, **self.settings)
        for node, port in zip(self.names, self.ports.numbers[1:]):
            (self.folder / 'spool' / node).mkdir()
            lines += f'NodeName={node} NodeHostname=localhost NodeAddr=127.0.0.1 Port={port} CPUs={self.cpus}\n'
        lines += 'PartitionName=main Nodes=ALL Default=YES MaxTime=60 State=UP\n'
        (self.folder / 'slurm.conf').write_text(lines, encoding='utf-8')
        # It looks for control groups, which not everybody may make or has, even if no plugin uses them: 24.11 unless
        # it is told not to; 22.05, which does not know the word, unless they are of the first version.
        (self.folder / 'cgroup.conf').write_text(
            f'CgroupPlugin={"disabled" if version() >= 24 else "cgroup/v1"}\n', encoding='utf-8')
        self.name = name
        self.env = {**{key: value for key, value in os.environ.items() if not key.startswith('SLURM_')},
                    'SLURM_CONF': str(self.folder / 'slurm.conf'), 'PATH': PATH}
        self.keeper = subprocess.Popen([sys.executable, KEEPER, str(self.folder)], stdin=subprocess.PIPE,
                                       stdout=subprocess.PIPE, env=self.env, cwd=self.folder,
                                       start_new_session=True, text=True)
        for daemon in ('slurmctld', *self.names):
            self._tell('start', daemon)

    def _is_up(self):
        return self.states() == ['idle'] * len(self.names)

    def _tell(self, *words):
        """Has the keeper do something, and waits until it has."""
        self.keeper.stdin.write(' '.join(words) + '\n')
        self.keeper.stdin.flush()
        return self.keeper.stdout.readline()

    def ask(self, *words, timeout=PATIENCE_S):
        """What a program of Slurm says."""
        done = subprocess.run(words, env=self.env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, timeout=timeout, check=False)
        return done.stdout

    def stop_controller(self):
        self._tell('stop', 'slurmctld')

    def start_controller(self):
        """And waits until it answers, and knows its nodes."""
        self._tell('start', 'slurmctld')
        wait_for(lambda: self.name in self.ask('scontrol', 'show', 'config'), 'the controller')
        wait_for(self._knows_nodes, 'the nodes')

    def states(self, **settings):
        """Those of the nodes, each of which is in the partition main."""
        return self.ask('sinfo', '-h', '-N', '-p', 'main', '-o', '%T', **settings).split()

    def _knows_nodes(self):
        states = self.states()
        return len(states) == len(self.names) and all(state.isalpha() and state != 'unknown' for state in states)

    def kill_node(self, node):
        """The machine is gone, with all that runs on it."""
        self._tell('kill', node)
        self.ask('scontrol', 'update', f'NodeName={node}', 'State=DOWN', 'Reason=killed')

    def start_node(self, node):
        """And waits until it has nothing to do.  The controller may get what the killed one has not answered, or could
        not be told, only after it has been told to use the node again: then it has to be told once more."""
        self._tell('start', node)
        state = ''
        for _ in patience.looks(3 * PATIENCE_S):
            state = self.ask('sinfo', '-h', '-n', node, '-o', '%T').strip()
            if state == 'idle':
                return
            if state.startswith(('down', 'drain')):
                self.ask('scontrol', 'update', f'NodeName={node}', 'State=RESUME')
        raise AssertionError(f'node {node} stays {state}')

    def jobs(self):
        """The numbers of the jobs that wait or run."""
        return self.ask('squeue', '-h', '-o', '%i').split()

    def is_well(self):
        """Whether all nodes have nothing to do, soon."""
        try:
            wait_for(lambda: self.states(timeout=10) == ['idle'] * len(self.names) and not self.jobs(),
                     'idle nodes', 10)
        except (AssertionError, subprocess.TimeoutExpired):
            return False
        return True

    def log(self, daemon):
        path = self.folder / f'{daemon}.log'
        return path.read_text(encoding='utf-8', errors='replace') if path.exists() else ''


class ClusterCase(unittest.TestCase):
    """Has a cluster of four nodes.  What a failed test has broken is no fault of the next ones: they get another."""

    @classmethod
    def setUpClass(cls):
        cls.slurm = Cluster().__enter__()

    @classmethod
    def tearDownClass(cls):
        cls.slurm.__exit__()

    def setUp(self):
        if not self.slurm.is_well():
            self.slurm.__exit__()
            type(self).slurm = Cluster().__enter__()
        super().setUp()
