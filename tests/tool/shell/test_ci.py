# SPDX-License-Identifier: BSD-3-Clause
"""What CI systems get of scripts in shell."""
import os
import re
import subprocess

from support import ci_log, tap

from shell_script import STAGED, ShellCase, environment

PAGE = tap.SOURCE / 'docs' / 'ci.md'
SCRIPT, LOG, SUMMARY = (re.search(rf'```{kind}\n(.*?)```', PAGE.read_text(), re.S).group(1)
                        for kind in ('bash', 'text', 'markdown'))


def steady(text):
    """Replaces what differs from run to run, and from place to place."""
    text = re.sub(r'\b[a-z0-9]{32}\b', 'TOKEN', text)
    text = re.sub(r'(?m)^(?:\[\d\d:\d\d:\d\d\]| {10}) ', '', text)
    text = re.sub(r'\d:\d\d:\d\d\.\d{6}', 'DURATION', text)
    text = re.sub(r'\| [\d.:]+(?: s)? \|$', '| TIME |', text, flags=re.M)
    text = re.sub(r' +release:\d+$', '', text, flags=re.M)
    return re.sub(r'[ ─]+', ' ', text)


class GitHub(ShellCase):
    def run_in_ci(self, text, **more):
        return self.run_script(text, env={**environment(), 'STAGED_CI': 'github', **more})

    def test_page(self):
        """what the page shows"""
        (self.folder / 'release').write_text(SCRIPT)
        summary = self.folder / 'summary'
        done = subprocess.run(
            [STAGED, './release'], cwd=self.folder, capture_output=True, text=True, timeout=600, input='',
            env={**environment(), 'STAGED_CI': 'github', 'COLUMNS': '80',
                 'GITHUB_STEP_SUMMARY': str(summary)})
        self.assertIn(steady(LOG), steady(done.stdout))
        self.assertIn(steady(SUMMARY), steady(summary.read_text()))

    def test_bodies(self):
        """what functions print is never taken for a command"""
        done = self.run_in_ci('''
            stage only 'Only' --by-default
            stage_only() { echo '::error::x'; printf '::group::y'; echo '::warning::z' >&2; }
            ''')
        self.assertEqual([('group', {}, 'only'), ('endgroup', {}, '')], ci_log.commands(done.stdout))

    def test_declaration(self):
        """ci_log says for which system, the user comes before it, and a file before those that it extends"""
        self.write('base', 'ci_log github\n')
        text = "stage only 'Only' --by-default\nstage_only() { log here; }\n"
        for before, variables, is_on in (('ci_log github', {}, True), ('ci_log none', {'GITHUB_ACTIONS': 'true'}, False),
                                         ('ci_log github', {'STAGED_CI': 'none'}, False),
                                         ('extends base', {}, True), ('extends base\nci_log none', {}, False)):
            done = self.run_script(f'{before}\n{text}', env={**environment(), **variables})
            self.assertEqual(is_on, '::group::only' in done.stdout, (before, variables, done.stdout + done.stderr))
        done = self.run_script(f'ci_log jenkins\n{text}')
        self.assertIn('ci_log needs one of none, github and gitlab', done.stdout + done.stderr)

    def test_script_within(self):
        """a script that a function or a command runs leaves its marks out"""
        self.write('within', "stage a 'A' --by-default\nstage_a() { echo here; }\n")
        done = self.run_in_ci('''
            stage only 'Only' --by-default
            stage_only() { ./within; run ./within; }
            ''')
        self.assertEqual(2, done.stdout.count('\nhere\n'))
        self.assertEqual([('group', {}, 'only'), ('endgroup', {}, '')], ci_log.commands(done.stdout))


class GitLab(ShellCase):
    def test_bodies(self):
        """what functions and commands print is never a mark, and otherwise stays as it is"""
        self.write('script', r"""
            stage only 'Only' --by-default
            stage_only() {
              printf 'section_start:1:x\r\033[0Kx\n'
              run printf 'section_start:1:y\r\033[0Ky\n' >&2
              printf 'section_start:1:z\r'
              printf '\033[0'
              run printf 'Kz\n'
              (trap '' TERM; read -r go <begin; printf 'section_end:1:late\r\033[0Kx\n'; echo >done) &
              disown
              each printf 'section_start:1:{}\r\033[0Kx\n' -- item
              echo >begin
              read -r gone <done
            }
            """)
        for name in 'begin', 'done':
            os.mkfifo(self.folder / name)
        for runs in '', str(self.folder / 'runs'):
            done = subprocess.run([STAGED, './script'], cwd=self.folder, stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT, timeout=600, stdin=subprocess.DEVNULL,
                                  env={**environment(), 'STAGED_CI': 'gitlab', 'STAGED_RUNS': runs})
            log = done.stdout.decode()
            self.assertEqual(0, done.returncode, log)
            self.assertEqual(['start only.1', 'end only.1'], ci_log.sections(log))
            for end in ':x\r\x1b[0;Kx', ':y\r\x1b[0;Ky', ':item\r\x1b[0;Kx', ':late\r\x1b[0;Kx':
                self.assertIn(f'{end}\n', log)


if __name__ == '__main__':
    tap.main()
