# SPDX-License-Identifier: BSD-3-Clause
"""`staged check`: all mistakes of a script are told, and none of its functions runs."""
import pathlib
import re
import shutil
import tempfile
import textwrap
import unittest

from support import tap

from program import staged


@unittest.skipUnless(shutil.which('bash'), 'bash is not installed')
class Check(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def check(self, text, *more):
        (self.folder / 'script').write_text(textwrap.dedent(text), 'utf-8')
        return staged('check', 'script', *more, cwd=self.folder)

    def test_no_mistake(self):
        """a script without a mistake: silence, and none of its functions runs"""
        run = self.check("""\
            stage hello 'Greeting' --by-default
            argument --some-file --required
            init() { touch was-run; super; }
            build_parser() { touch was-run; super; }
            clean_up() { touch was-run; }
            stage_hello() { touch was-run; }
            """)
        self.assertEqual((run.returncode, run.stdout, run.stderr), (0, '', ''))
        self.assertFalse((self.folder / 'was-run').exists())

    def test_mistakes_of_declarations(self):
        """what is wrong with declarations, and functions that belong to none"""
        run = self.check("""\
            stage hello 'Greeting' --by-defalt
            stage other 'Other'
            begin_stge() { :; }
            """)
        self.assertEqual((run.returncode, run.stdout), (70, ''))
        self.assertEqual(run.stderr.splitlines(), [
            "./script:1: stage: unrecognized arguments: --by-defalt; did you mean '--by-default'?",
            "./script:2: stage 'other' has no function 'stage_other'",
            "./script:3: function 'begin_stge' is not a hook; did you mean 'begin_stage'?"])

    def test_mistakes_of_arguments(self):
        """what only the parser finds: two arguments with one flag"""
        run = self.check("""\
            stage hello 'Greeting'
            argument --file
            argument --file
            stage_hello() { :; }
            """)
        self.assertEqual((run.returncode, run.stdout), (70, ''))
        self.assertRegex(run.stderr, r'(?m)^\./script:3: .*--file')

    def hints(self, run):
        """The lines of hints and what they are about, without the words of the library."""
        return [re.fullmatch(r"\./(.*?): hint: (.*?): unknown place '(.*?)'.*", line).groups()
                for line in run.stderr.splitlines()]

    def test_places(self):
        """names of places that nothing declares are hints, with the line on which each stands"""
        run = self.check("""\
            place hpc slurm
            default_place hcp
            stage one 'One' --on hpc
            stage two 'Two' --on moon
            stage_one() {
              run --timeout 5 --on hpc --quiet true
              run --on here true
              run --quiet \\
                --on box true
              if ! kernel="$(run --on=nowhere uname -r)"; then :; fi
              X=1 run --on 'other' true | each --jobs 2 --on far true -- a b
              ask name --on away uname
              background work run --on back true
              for i in 1; do run --on loop true; done
            }
            stage_two() { case $1 in a) run --on case true;; esac; ((i << 2)); run --on last true >&2; }
            """)
        self.assertEqual(self.hints(run), [
            ('script:2', 'default_place', 'hcp'), ('script:4', "stage 'two'", 'moon'),
            ('script:9', 'run --on', 'box'), ('script:10', 'run --on', 'nowhere'),
            ('script:11', 'run --on', 'other'), ('script:11', 'each --on', 'far'),
            ('script:12', 'ask --on', 'away'), ('script:13', 'run --on', 'back'),
            ('script:14', 'run --on', 'loop'), ('script:16', 'run --on', 'case'),
            ('script:16', 'run --on', 'last')])
        self.assertIn("did you mean 'hpc'?", run.stderr.splitlines()[0])
        self.assertEqual((run.returncode, run.stdout), (0, ''))
        self.assertEqual(staged('check', '--strict', 'script', cwd=self.folder).returncode, 70)

    def test_order(self):
        """hints come in the order of lines, whatever they are about"""
        run = self.check("""\
            stage one 'One' --on first
            stage_one() { run --on second true; }
            default_place third
            stage_two() { run --on fourth true; }
            stage two 'Two' --on fifth
            """)
        self.assertEqual(self.hints(run), [
            ('script:1', "stage 'one'", 'first'), ('script:2', 'run --on', 'second'),
            ('script:3', 'default_place', 'third'), ('script:4', 'run --on', 'fourth'),
            ('script:5', "stage 'two'", 'fifth')])

    def test_no_places(self):
        """what is no name of a place, or is not known before it runs"""
        run = self.check("""\
            place hpc slurm
            stage one 'One'
            stage_one() {
              run grep --on none file
              run -- --on none
              run --on "$1" true
              run "${options[@]}" --on none
              run --cwd --on true  # run --on none
              echo run --on none 'run --on none' "run --on none"
              log 'run --on %s' none
              cat <<EOF
            run --on none true
            $(run --on none true)
            EOF
              cat <<-'END' | run --on hpc cat
            	run --on none true
            	END
              echo "${1:-"}"}" ${x#"'"} $'it\\'s' `echo \\`run --on none\\`` >2
              each --name --on --on hpc true -- a
              run --on {a,b} true; run --on=a* true; run --on ~/x true; run --on [ab] true
              for run in --on none; do :; done
            }
            """)
        self.assertEqual((run.returncode, run.stdout, run.stderr), (0, '', ''))
        self.assertEqual(staged('check', '--strict', 'script', cwd=self.folder).returncode, 0)

    def test_places_behind_difficult_words(self):
        """what bash's syntax has in store hides none of the names behind it, and makes none of its own"""
        run = self.check("""\
            place hpc slurm
            stage one 'One'
            stage_one() {
              words=(case $1 run --on none) # it's (
              more+=(esac 'it) is')
              run "${1#'}'}" "${1:-$'it\\'s'}" $[1 << 2]; run --on a true
              [[ $1 == @(case|b) ]] || run --on b true
              case $1 in (case) run --on c true;; esac
              cat <<A <<\\B >/dev/null
            '
            A
            run --on none `"
            B
              run --on d <(run --on e true) true &>/dev/null
              x=$(cat <<A
            it's )
            A
              ); run --on f true
              echo "`run --on g true # it's`" $((x); (run --on h true))
              run --quiet 2>/dev/null --on i true
            }
            function two { run --on j true; }
            if [[ -n ${1:-} ]]; then time -p run {fd}>/dev/null --on k true; fi""")
        self.assertEqual(self.hints(run), [
            (f'script:{line}', 'run --on', name)
            for line, name in ((6, 'a'), (7, 'b'), (8, 'c'), (14, 'd'), (14, 'e'), (18, 'f'), (19, 'g'), (19, 'h'),
                               (20, 'i'), (22, 'j'), (23, 'k'))])

    def test_places_in_other_bytes(self):
        """ends of lines of other systems, and NULs, which bash passes over"""
        (self.folder / 'script').write_bytes(b"""place hpc slurm
stage one 'One'
stage_one() { run --on hp\0c true; run --on m\0oon true; run --on hpc\r
true; run --on 'no
where' true; }
""")
        run = staged('check', 'script', cwd=self.folder)
        # What reads the output here takes a carriage return for the end of a line.
        self.assertEqual(run.stderr.splitlines(), [
            "./script:3: hint: run --on: unknown place 'moon'; known are 'hpc', and 'here'",
            "./script:3: hint: run --on: unknown place 'hpc", "'; did you mean 'hpc'?",
            "./script:4: hint: run --on: unknown place 'no", "where'; known are 'hpc', and 'here'"])

    def test_places_of_files(self):
        """a file of places, and a file that the script extends, declare names; mistakes are told, too"""
        (self.folder / 'base').write_text('place ours ssh box\nbase() { run --on none true; }\n', 'utf-8')
        (self.folder / '.staged').mkdir()
        places = self.folder / '.staged/places'
        places.write_text('theirs ssh box\n', 'utf-8')
        places.chmod(0o600)
        script = """\
            extends base
            stage one 'One' --on theirs
            begin_stge() { run --on ours true; run --on theirs true; run --on nobodys true; }
            """
        run = self.check(script)
        self.assertEqual(run.returncode, 70)
        lines = run.stderr.splitlines()
        self.assertEqual([line.split(':')[:2] for line in lines],
                         [['./script', '2'], ['./script', '3'], ['./base', '2'], ['./script', '3']])
        self.assertIn("stage 'one' has no function", lines[0])
        self.assertIn("unknown place 'nobodys'", lines[3])

    def test_several(self):
        """several files, one of which has a mistake"""
        (self.folder / 'good').write_text("stage hello 'Greeting'\nstage_hello() { :; }\n", 'utf-8')
        self.assertEqual(self.check('stage bad "Bad"\n', 'good').returncode, 70)
        self.assertEqual(staged('check', 'good', 'good', cwd=self.folder).returncode, 0)

    def test_no_file(self):
        """a file that cannot be read"""
        run = staged('check', 'none', cwd=self.folder)
        self.assertEqual((run.returncode, run.stdout), (2, ''))
        self.assertIn("cannot read 'none'", run.stderr)


tap.main()
