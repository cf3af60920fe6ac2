# SPDX-License-Identifier: BSD-3-Clause
"""What holds for every file of the repository."""
import json
import os
import re
import subprocess
import unittest
from collections import Counter

from support import tap

# Recorded from elsewhere, byte for byte.
RECORDED = ('tests/reference/', 'tests/transcripts/')
MACHINE_PATH = re.compile(r'(?<![\w.~$}])/(?:home|root|Users|work)/\w')
COMMENT = re.compile(r'/\*.*?\*/', re.DOTALL)


def files_of_repository():
    """Paths, relative to the top, of what is or could be committed."""
    git = subprocess.run(['git', 'ls-files', '-co', '--exclude-standard', '-z'], cwd=tap.SOURCE,
                         stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False)
    if git.returncode == 0:
        names = git.stdout.split('\0')
    else:
        # Without git; build folders say that they are.
        built = [path.parent for path in tap.SOURCE.glob('*/build.ninja')]
        built += [path.parent for path in tap.SOURCE.glob('*/*/build.ninja')]
        names = [os.path.relpath(path, tap.SOURCE) for path in tap.SOURCE.rglob('*')
                 if not any(path.is_relative_to(folder) for folder in built)]
        names = [name for name in names if not name.startswith('.git/')]
    return [name for name in sorted(set(names)) if name and (tap.SOURCE / name).is_file()]


def texts_of_repository():
    """[(path, text)] of all files that are text and ours."""
    found = []
    for name in files_of_repository():
        if name.startswith(RECORDED):
            continue
        try:
            found.append((name, (tap.SOURCE / name).read_text(encoding='utf-8')))
        except UnicodeDecodeError:
            pass
    return found


class Files(unittest.TestCase):
    def fail_if_any(self, problems):
        if problems:
            self.fail('\n'.join(problems))

    def lines_that_match(self, pattern):
        return [f'{name}:{number}: {line.strip()}' for name, text in texts_of_repository()
                for number, line in enumerate(text.split('\n'), 1) if pattern.search(line)]

    def test_files_are_found(self):
        """the files of the repository are found"""
        self.assertIn('src/base/text/buf.c', files_of_repository())

    def test_machine_paths(self):
        """no file names a path of somebody's machine"""
        self.fail_if_any(self.lines_that_match(MACHINE_PATH))

    def test_trailing_blanks(self):
        """no line ends with blanks"""
        self.fail_if_any(self.lines_that_match(re.compile(r'[ \t\r]$')))

    def test_final_newline(self):
        """every file ends with one newline"""
        self.fail_if_any([name for name, text in texts_of_repository()
                          if text and (not text.endswith('\n') or text.endswith('\n\n'))])

    def test_licence(self):
        """every program of more than one line names its licence in its first lines"""
        self.fail_if_any([name for name, text in texts_of_repository()
                          if name.endswith(('.c', '.h', '.py')) or text.startswith('#!')
                          if text.count('\n') > 1
                          if not any('SPDX-License-Identifier: BSD-3-Clause' in line
                                     for line in text.split('\n')[:4])])


class Sources(unittest.TestCase):
    def sources_of_tests(self):
        """The source files of all programs that `meson test` runs."""
        info = tap.BUILD / 'meson-info'
        targets = json.loads((info / 'intro-targets.json').read_text(encoding='utf-8'))
        tests = json.loads((info / 'intro-tests.json').read_text(encoding='utf-8'))
        programs = {test['cmd'][0] for test in tests}
        return {os.path.relpath(source, tap.SOURCE)
                for target in targets if programs.intersection(target['filename'])
                for group in target['target_sources'] for source in group.get('sources', ())}

    def test_nothing_is_there_for_tests_alone(self):
        """every function that files of the library share is used by the library"""
        sources = '\n'.join(COMMENT.sub('', path.read_text(encoding='utf-8'))
                            for path in sorted((tap.SOURCE / 'src').rglob('*.[ch]')))
        # Once where it is declared, once where it is defined.
        uses = Counter(re.findall(r'\bstg_\w+', sources))
        shared = set(re.findall(r'^(?!static|typedef)\w[\w\s*]*?\b(stg_\w+)\([^;{]*\)(?:\s*STAGED_\w+\([^)]*\))?;',
                                sources, re.MULTILINE))
        self.assertIn('stg_buf_add', shared)
        unused = sorted(name for name in shared if uses[name] <= 2)
        self.assertFalse(unused, f'no file of src/ uses {", ".join(unused)}')

    def test_every_test_is_run(self):
        """every test_NAME.c below tests/ is in a program that runs as a test"""
        tests = {os.path.relpath(path, tap.SOURCE) for path in
                 (tap.SOURCE / 'tests').rglob('test_*.c')}
        left_out = sorted(tests - self.sources_of_tests())
        self.assertFalse(left_out, f'not in any meson.build: {", ".join(left_out)}')

    def test_every_source_is_built(self):
        """every source below src/ is in its part's library, or in the program"""
        targets = json.loads((tap.BUILD / 'meson-info' / 'intro-targets.json').read_text(
            encoding='utf-8'))
        built = {os.path.relpath(source, tap.SOURCE) for target in targets
                 for group in target['target_sources'] for source in group.get('sources', ())}
        names = {os.path.relpath(path, tap.SOURCE) for path in
                 (tap.SOURCE / 'src').rglob('*.c')}
        left_out = sorted(names - built)
        self.assertFalse(left_out, f'not in any meson.build: {", ".join(left_out)}')


tap.main()
