# SPDX-License-Identifier: BSD-3-Clause
"""tools/setup installs what is missing, or says how; on systems that have only what is put there."""
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from support import tap

SETUP = tap.SOURCE / 'tools' / 'setup'
# What the script itself is made of.
BASICS = ('sh', 'env', 'cat', 'chmod', 'dirname', 'mktemp', 'rm')
BUILD_TOOLS = {'cc': 'exit 0', 'meson': '', 'ninja': '', 'pkg-config': ''}
# Installing is what makes `meson` appear.
INSTALLS = '[ "$1" = update ] || cp "$0" "$(dirname "$0")/meson"; echo "apt-get $*" >&2'


class Setup(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.bin = pathlib.Path(folder.name)
        self.policy = self.bin / 'policy-rc.d'
        for name in (*BASICS, 'cp'):
            (self.bin / name).symlink_to(shutil.which(name))

    def has(self, user, **programs):
        """A system for user number `user` with these programs: {name: what it does}."""
        for name, script in {'id': f'echo {user}', **programs}.items():
            path = self.bin / name.replace('_', '-')
            path.write_text(f'#!{shutil.which("sh")}\n{script}\n', encoding='utf-8')
            path.chmod(0o755)

    def run_setup(self, *groups):
        """(exit status, standard output, standard error)"""
        done = subprocess.run([SETUP, *groups], stdin=subprocess.DEVNULL, text=True, check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              env={'PATH': str(self.bin), 'TMPDIR': str(self.bin), 'POLICY_RC_D': str(self.policy)})
        return done.returncode, done.stdout, done.stderr

    def test_nothing_missing(self):
        """nothing is done or said when all is there"""
        self.has(0, apt_get='exit 1', **{name.replace('-', '_'): script for name, script in
                                         BUILD_TOOLS.items()})
        self.assertEqual(self.run_setup('build'), (0, '', ''))

    def test_root_installs(self):
        """root installs what is missing, quietly"""
        self.has(0, cc='exit 0', ninja='', pkg_config='', apt_get=INSTALLS)
        self.assertEqual(self.run_setup('build'), (0, 'Installing: meson\n', ''))

    def test_services(self):
        """no service that is installed is started; what the system says of that stays as it is"""
        asks = '"$POLICY_RC_D" ssh start; [ $? = 101 ] || echo would start >&2; exit 1'
        self.has(0, cc='exit 0', ninja='', pkg_config='', apt_get=asks)
        self.assertNotIn('would start', self.run_setup('build')[2])
        self.assertFalse(self.policy.exists())
        self.policy.write_text('#!/bin/sh\nexit 0\n')
        self.policy.chmod(0o755)
        self.assertIn('would start', self.run_setup('build')[2])
        self.assertTrue(self.policy.exists())

    def test_sudo_installs(self):
        """who may use sudo without a password installs what is missing"""
        self.has(1000, cc='exit 0', ninja='', pkg_config='', apt_get=INSTALLS,
                 sudo='[ "$1" = -n ] || exit 1; shift; [ "$1" = true ] || exec "$@"')
        self.assertEqual(self.run_setup('build'), (0, 'Installing: meson\n', ''))

    def test_password_needed(self):
        """who needs a password for sudo is told the one line to run"""
        self.has(1000, cc='exit 0', ninja='', apt_get='exit 1', sudo='exit 1')
        status, _, said = self.run_setup('build')
        self.assertEqual(status, 1)
        self.assertIn("\n    sudo sh -c 'apt-get update && apt-get install -y "
                      "--no-install-recommends meson pkg-config libjansson-dev libsqlite3-dev'\n", said)

    def test_no_rights(self):
        """who has no rights is told the one line that root has to run"""
        self.has(1000, ninja='', apt_get='exit 1')
        status, _, said = self.run_setup('build')
        self.assertEqual(status, 1)
        self.assertIn('\n    apt-get update && apt-get install -y --no-install-recommends '
                      'gcc libc6-dev meson pkg-config libjansson-dev libsqlite3-dev\n', said)

    def test_other_system(self):
        """a system without apt-get is told what is missing"""
        self.has(0, cc='exit 0')
        status, _, said = self.run_setup('build', 'test')
        self.assertEqual(status, 1)
        self.assertIn(': meson ninja-build pkg-config libjansson-dev libsqlite3-dev '
                      'libcmocka-dev python3', said)

    def test_install_fails(self):
        """what apt-get says is shown when it fails"""
        self.has(0, cc='exit 0', ninja='', pkg_config='', apt_get='echo no space left; exit 100')
        status, _, said = self.run_setup('build')
        self.assertEqual(status, 1)
        self.assertIn('no space left', said)
        self.assertIn('could not install: meson', said)

    def test_installed_and_not_found(self):
        """what was installed and is still not found is an error"""
        self.has(0, cc='exit 0', ninja='', pkg_config='', apt_get='exit 0')
        status, _, said = self.run_setup('build')
        self.assertEqual(status, 1)
        self.assertIn('still not found: meson', said)


tap.main()
