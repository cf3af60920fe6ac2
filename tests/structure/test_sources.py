# SPDX-License-Identifier: BSD-3-Clause
"""What holds for every file of the repository."""
import json
import os
import re
import subprocess
import unittest

from support import tap

# Recorded from elsewhere, byte for byte.
RECORDED = ('tests/reference/', 'tests/transcripts/')
# A program, which tests run as users do.
PROGRAM = 'tool'
MACHINE_PATH = re.compile(r'(?<![\w.~$}])/(?:home|root|Users|work)/\w')
# The body of a function, as clang-format lays it out: a brace alone at the beginning of a line.
FUNCTION_BODY = re.compile(r'^\{$', re.MULTILINE)


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
        self.assertIn('src/base/buf.c', files_of_repository())

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

    def test_every_source_has_a_test(self):
        """every src/FOLDER/NAME.c with a function in it has its tests/FOLDER/test_NAME.c, which is run"""
        run = self.sources_of_tests()
        for source in sorted((tap.SOURCE / 'src').rglob('*.c')):
            if not FUNCTION_BODY.search(source.read_text(encoding='utf-8')):
                continue
            folder = source.parent.relative_to(tap.SOURCE / 'src')
            if folder.parts[0] == PROGRAM:
                continue
            with self.subTest(source=f'{folder}/{source.name}'):
                test = f'tests/{folder}/test_{source.name}'
                self.assertTrue((tap.SOURCE / test).exists(), f'there is no {test}')
                self.assertIn(test, run, f'no test runs {test}: is it in tests/{folder.parts[0]}/meson.build?')

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
