# SPDX-License-Identifier: BSD-3-Clause
"""tools/build, tools/install and tools/uninstall, and make above them, with stand-ins for what builds."""
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from support import tap

# What ninja says of a build in which two commands fail.
FAILED_BUILD = r'''
case " $* " in *" -n "*) echo '[1/190] CC a'; exit ;; esac
i=0
while [ $i -lt 100 ]; do i=$((i + 1)); echo "[$i/190] Compiling C object lib.p/f$i.c.o"; done
echo 'FAILED: lib.p/bad.c.o'
echo 'cc -o lib.p/bad.c.o -c bad.c'
echo 'bad.c:7:1: error: no such thing'
echo '[101/190] Compiling C object lib.p/good.c.o'
echo 'ninja: build stopped: subcommand failed.'
exit 1'''
# Each says how it was called, a word in brackets after the other, and where.
SAYS_WORDS = 'printf "[%s]" "$(basename "$0")" "$@" >>"$SAID"; echo >>"$SAID"'
MESON = SAYS_WORDS + r'''
case $1 in
setup) mkdir -p "$2"; : >"$2/build.ninja" ;;
install) mkdir -p "$3/meson-logs"; cp "$LOG" "$3/meson-logs/install-log.txt" ;;
esac'''
NINJA = 'case " $* " in *" -n "*) echo "[1/2] CC"; exit ;; esac;' + SAYS_WORDS


class Build(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix='staged tools ')
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.bin = self.folder / 'bin'
        self.bin.mkdir()
        self.said = self.folder / 'said'
        self.log = self.folder / 'log'
        self.said.touch()
        self.log.write_text('# what was installed\n', encoding='utf-8')
        self.build = self.folder / 'a build'
        # Never the system's own, whoever runs this.
        self.has(id='echo 0', ldconfig='', meson=MESON, ninja=NINJA, pkg_config='', cc='',
                 apt_get='echo "apt-get was called"; exit 1')

    def has(self, **programs):
        for name, script in programs.items():
            path = self.bin / name.replace('_', '-')
            path.write_text(f'#!{shutil.which("sh")}\n{script}\n', encoding='utf-8')
            path.chmod(0o755)

    def run_in_source(self, *words, **variables):
        """(exit status, all that was said, how the stand-ins were called)"""
        done = subprocess.run(
            words, cwd=tap.SOURCE, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, check=False,
            env={'PATH': f'{self.bin}:{os.environ["PATH"]}', 'SAID': str(self.said),
                 'LOG': str(self.log), **variables})
        return done.returncode, done.stdout, self.said.read_text(encoding='utf-8').splitlines()

    def make(self, target, **variables):
        settings = [f'{name}={value}' for name, value in {'BUILD': self.build, **variables}.items()]
        return self.run_in_source('make', '--no-print-directory', target, *settings)

    def test_what_failed_comes_first(self):
        """of a failed build the command that failed is shown first, without progress"""
        self.has(ninja=FAILED_BUILD)
        status, said, _ = self.run_in_source('tools/build', str(self.build))
        self.assertNotEqual(status, 0)
        lines = said.splitlines()
        self.assertEqual(lines[2:5], ['FAILED: lib.p/bad.c.o', 'cc -o lib.p/bad.c.o -c bad.c',
                                      'bad.c:7:1: error: no such thing'])
        self.assertEqual([line for line in lines if line.startswith('[')], [])

    def test_other_failures(self):
        """what fails without saying so in ninja's way is shown as it is"""
        self.has(meson='echo "meson.build:1:0: ERROR: no compiler"; exit 1')
        status, said, _ = self.run_in_source('tools/build', str(self.build))
        self.assertNotEqual(status, 0)
        self.assertIn('\nmeson.build:1:0: ERROR: no compiler\n', said)

    def test_install(self):
        """make install builds what it installs, with blanks in every path"""
        prefix = self.folder / 'a prefix'
        status, said, called = self.make('install', PREFIX=prefix)
        self.assertEqual(status, 0, said)
        self.assertEqual(called, [
            f'[meson][setup][{self.build}]', f'[ninja][-C][{self.build}][build.ninja]',
            f'[meson][configure][{self.build}][-Dprefix={prefix}]',
            f'[ninja][-C][{self.build}][installed]',
            f'[meson][install][-C][{self.build}][--no-rebuild][--quiet]'])

    def test_relative_prefix(self):
        """a relative prefix is below the folder where make was called"""
        _, _, called = self.make('install', PREFIX='stage')
        self.assertIn(f'[meson][configure][{self.build}][-Dprefix={tap.SOURCE}/stage]', called)

    def test_install_installs_no_packages(self):
        """make install says which packages are missing, and installs none, whoever runs it"""
        self.has(pkg_config='exit 127', cc='exit 1')
        status, said, called = self.make('install')
        self.assertNotEqual(status, 0)
        self.assertIn('apt-get install -y --no-install-recommends libc6-dev', said)
        self.assertNotIn('apt-get was called', said)
        self.assertEqual(called, [])

    def test_uninstall(self):
        """make uninstall removes the files, the links, and the folders that were made for them"""
        root = self.folder / 'a root'
        kept, made = root / 'lib', root / 'lib/made for it'
        made.mkdir(parents=True)
        (kept / 'libother.so').touch()
        (made / 'a file').touch()
        (kept / 'link').symlink_to('nowhere')
        self.log.write_text(f'# Installed\n{made}/a file\n{kept}/link\n{kept}/gone\n{made}\n{kept}\n',
                            encoding='utf-8')
        self.make('install')
        status, said, _ = self.make('uninstall')
        self.assertEqual(status, 0, said)
        self.assertEqual([path.name for path in root.rglob('*')], ['lib', 'libother.so'])

    def test_nothing_to_uninstall(self):
        """make uninstall says when nothing was installed"""
        status, said, _ = self.make('uninstall')
        self.assertNotEqual(status, 0)
        self.assertIn('nothing has been installed', said)

    def test_help(self):
        """make help names every target"""
        _, said, _ = self.make('help')
        targets = (tap.SOURCE / 'Makefile').read_text(encoding='utf-8').partition('.PHONY:')[2]
        for target in targets.split()[1:]:
            self.assertIn(f'make {target} ', said)

    def test_what_is_installed_is_built(self):
        """what `make install` builds is what meson installs, and no example or test"""
        inputs = subprocess.run(['ninja', '-C', tap.BUILD, '-t', 'query', 'installed'], text=True,
                                stdout=subprocess.PIPE, check=True).stdout
        paths = [pathlib.Path(line.split()[-1]) for line in inputs.splitlines()
                 if line.startswith('    ')]
        self.assertEqual(sorted(path.name.partition('.')[0] for path in paths
                                if path.parent.name != 'about'),
                         ['libstaged', 'libstaged', 'staged'], inputs)


tap.main()
