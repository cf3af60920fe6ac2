# SPDX-License-Identifier: BSD-3-Clause
"""The stand-ins for a cluster: what the transcripts of the example rest on."""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

from support import tap

RUN = tap.SOURCE / 'examples/gms/cluster/run'
INSTALL = ('gmskube install --tag develop --type ian --augment bridged-data-source-simulator'
           ' --augment minio-test-reports --set minioAccessKey=KEY one >/dev/null')
STORE = ('curl -sS --aws-sigv4 aws:amz:us-east-1:s3 --user KEY:SECRET'
         ' "$(gmskube ingress --service minio-test-reports one)/reports')
CONDITION = 'kubectl --namespace one get job/jest --output jsonpath={.status.conditions}'
# Connections that are reset in the middle of a request, and a request to see that all is well.
RESETS = '''
import os, pathlib, socket, struct, urllib.request
host, port = pathlib.Path(os.environ["GMS_CLUSTER"], "address").read_text().strip().split(":")
for _ in range(20):
    with socket.create_connection((host, int(port))) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.sendall(b"GET /one/interactive-analysis-ui/ HTTP/1.1\\r\\n")
print(urllib.request.urlopen(f"http://{host}:{port}/one/interactive-analysis-ui/").status)
'''


class Cluster(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def sh(self, commands, exit_status=0, **settings):
        """What a shell says with a cluster, standard error at the end."""
        done = subprocess.run(
            [sys.executable, RUN, 'sh', '-c', commands], stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True, timeout=300, check=False,
            env={'PATH': os.environ['PATH'], 'TMPDIR': self.folder.name, 'STAGED_RUNS': '', **settings})
        self.assertEqual(done.returncode, exit_status, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def test_exit_status(self):
        """the exit status is the command's"""
        self.sh('exit 3', 3)
        self.sh('kill -TERM $$', 143)
        self.sh('no-such-command 2>/dev/null', 127)

    def test_nothing_left(self):
        """nothing is left behind, and several clusters do not meet"""
        said = self.sh(f'{INSTALL}; echo $GMS_CLUSTER; "$0" "{RUN}" gmskube ls one'
                       .replace('"$0"', sys.executable), 1)
        self.assertIn('namespaces "one" not found', said)
        self.assertEqual(list(pathlib.Path(self.folder.name).iterdir()), [])
        self.assertTrue(said.startswith(self.folder.name))

    def test_install_fails(self):
        """an install fails N times, and leaves something that has to be uninstalled"""
        said = self.sh(f'{INSTALL}; {INSTALL}; gmskube uninstall one; {INSTALL}; gmskube ls one',
                       GMS_INSTALL_FAILURES='1')
        self.assertIn('INSTALLATION FAILED', said)
        self.assertIn('namespaces "one" already exists', said)
        self.assertIn('one deployed develop', said)

    def test_pods(self):
        """one pod after another becomes ready, all of them the Nth time"""
        look = 'kubectl get pods --namespace one --no-headers | grep -c ContainerCreating;'
        said = self.sh(f'{INSTALL}; {look * 3} true', GMS_PODS_READY_AFTER='3')
        counts = [int(line) for line in said.split()]
        self.assertEqual(counts, sorted(counts, reverse=True))
        self.assertGreater(counts[0], counts[1])
        self.assertEqual(counts[2], 0)
        said = self.sh(f'{INSTALL}; {look * 5} true', GMS_PODS_READY_AFTER='never')
        self.assertEqual(len(set(said.split())), 1)

    def test_logs(self):
        """a container that was restarted has logs from before"""
        logs = 'kubectl --namespace one logs'
        self.assertIn('out of memory', self.sh(f'{INSTALL}; {logs} signal-detection-5f6b detector'
                                               ' --previous'))
        self.assertIn('not found', self.sh(f'{INSTALL}; {logs} kafka-0 kafka --previous', 1))

    def test_hang_up(self):
        """a client that hangs up early is not worth a word"""
        said = self.sh(f"{INSTALL}; {sys.executable} -c '{RESETS}'")
        self.assertEqual(said, '200\n')

    @unittest.skipUnless(shutil.which('curl'), 'curl is not installed')
    def test_simulator(self):
        """the simulator goes from state to state, fails where it is told to, and says when not"""
        url = '"$(gmskube ingress --service bridged-data-source-simulator one)/'
        status = f'curl -sS {url}status";'
        said = self.sh(f'{INSTALL}; curl -sS -XPOST {url}start"; curl -sS -XPOST {url}initialize";'
                       f'{status * 3}')
        self.assertEqual(said.split('"')[1::2], [
            'not in the state UNINITIALIZED', 'INITIALIZING', 'INITIALIZING', 'INITIALIZED',
            'INITIALIZED'])
        said = self.sh(f'{INSTALL}; curl -sS -XPOST {url}initialize"; {status}',
                       GMS_SIMULATOR_ERROR='initialize', GMS_SIMULATOR_POLLS='1')
        self.assertEqual(said.split('"')[1::2], ['INITIALIZING', 'ERROR'])
        self.assertIn('503', self.sh(f'{INSTALL}; curl -sSf {url}status"', 22,
                                     GMS_SIMULATOR_BUSY='1'))

    @unittest.skipUnless(shutil.which('curl'), 'curl is not installed')
    def test_tests(self):
        """a test runs for a while, fails N times, and leaves a report for each pod"""
        apply = 'gmskube augment apply --name jest --set numIdenticalPods=2 one >/dev/null'
        again = f'{apply}; {CONDITION}; {CONDITION}'
        said = self.sh(f'{INSTALL}; {again}; {STORE}?list-type=2"', GMS_TEST_FAILURES='1')
        self.assertTrue(said.startswith('Failed\n'), said)
        self.assertIn('<Key>jest-1-2.tar.gz</Key>', said)
        read = f'{STORE}/jest-2-1.tar.gz" | tar -xzO'
        delete = 'gmskube augment delete --name jest one >/dev/null'
        said = self.sh(f'{INSTALL}; {again}; {delete}; {again}; {read}; {STORE}/jest-2-1.tar.gz"'
                       f' -XDELETE; {STORE}"', GMS_TEST_FAILURES='1')
        self.assertIn('Complete', said)
        self.assertIn('RESULT:  SUCCESS', said)
        self.assertNotIn('jest-2-1.tar.gz</Key>', said)
        self.assertIn('NotFound', self.sh(f'{INSTALL}; {apply}; {CONDITION}', 1,
                                          GMS_TEST_STARTS='no'))
        self.assertIn('AccessDenied', self.sh(f'{INSTALL}; {STORE}"'.replace('KEY:', 'OTHER:')))


tap.main()
