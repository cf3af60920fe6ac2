# SPDX-License-Identifier: BSD-3-Clause
"""The scripts in docs/shell-scripts.md and docs/each.md run, those in docs/places.md have no mistakes, and ShellCheck
has nothing to say of them."""
import re
import shutil
import subprocess

from support import tap

from shell_script import STAGED, ShellCase, environment

PAGE = tap.SOURCE / 'docs' / 'shell-scripts.md'
# What the last one extends.
COMMON = "stage build 'Building' --by-default\nstage_build() { log 'what all have in common'; }\n"


class Docs(ShellCase):
    """The user's guide."""

    def test_scripts(self):
        """each script of the pages runs"""
        (self.folder / 'common.sh').write_text(COMMON)
        text = PAGE.read_text() + (PAGE.parent / 'each.md').read_text()
        scripts = re.findall(r'```bash\n(#!.*?)```', text, re.S)
        self.assertGreater(len(scripts), 4)
        for number, script in enumerate(scripts):
            with self.subTest(script=number):
                path = self.folder / f'script-{number}'
                path.write_text(script)
                path.chmod(0o755)
                done = subprocess.run([path], cwd=self.folder, capture_output=True, text=True,
                                      env=environment(), stdin=subprocess.DEVNULL)
                self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
                if shutil.which('shellcheck') is not None:
                    checked = subprocess.run(['shellcheck', '--norc', path], capture_output=True, text=True)
                    self.assertEqual(checked.returncode, 0, checked.stdout)

    def test_scripts_elsewhere(self):
        """each script of the page about places has no mistakes"""
        scripts = re.findall(r'```bash\n(#!.*?)```', (PAGE.parent / 'places.md').read_text(), re.S)
        self.assertGreater(len(scripts), 2)
        for number, script in enumerate(scripts):
            with self.subTest(script=number):
                path = self.folder / f'script-{number}'
                path.write_text(script)
                done = subprocess.run([STAGED, 'check', path], capture_output=True, text=True, env=environment())
                self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
                if shutil.which('shellcheck') is not None:
                    checked = subprocess.run(['shellcheck', '--norc', path], capture_output=True, text=True)
                    self.assertEqual(checked.returncode, 0, checked.stdout)

    def test_verbs(self):
        """each verb of the prelude is on the page"""
        page = PAGE.read_text()
        for name in ('verbs', 'background', 'each', 'declarations'):
            prelude = (tap.SOURCE / 'src' / 'tool' / 'prelude' / f'{name}.bash').read_text()
            for verb in re.findall(r'^([a-z]\w*)\(\)', prelude, re.M):
                self.assertIn(f'`{verb}', page)


if __name__ == '__main__':
    tap.main()
