# SPDX-License-Identifier: BSD-3-Clause
"""Files that extend others, and methods of their own."""
from support import tap

from shell_script import ShellCase

BASE = """\
    class Base
    stage build 'Building' --by-default
    stage test 'Testing' --by-default
    method greet
    argument --from-base --default 'the base' --help 'Of the base.'
    greet() { log 'base greets %s' "$1"; }
    stage_build() { log 'base builds'; }
    stage_test() { log 'base tests'; }
    end_stage() { super; log 'base ends %s' "$stage"; }
    """


class Classes(ShellCase):
    """Classes in shell."""

    def said(self, text, *words, status=0):
        """The words of the log that begin with the name of a file."""
        done = self.run_script(text, *words)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        lines = (line[11:].strip() for line in done.stdout.splitlines())
        self.output = done.stdout
        return [' '.join(line.split()) for line in lines if line.startswith(('base', 'left', 'right', 'own'))]

    def test_declarations(self):
        """what `declare` declares in a file that is extended is there in functions"""
        self.write('first.sh', "declare -A of_first=([a]='one\\ntwo' ['b c']=$'x\\ny')\ndeclare -r fixed=yes\n")
        self.write('base.sh', "extends first.sh\n" + BASE + "declare -A known=([a]=1)\ndeclare -A filled\nfilled[x]=later\n"
                                     "declare -i number=3\ndeclare plain=$'a\\ndeclare -x b'\ndeclare -a list=(1 '2 3')\n"
                                     "declare -A empty\ntypeset seen=${of_first[a]}\n")
        said = self.said("""\
            extends base.sh
            number+=4
            stage_build() {
              empty[a b]=set
              log 'own %s %s %s %s %s' "${known[a]}" "${filled[x]}" "$number" "${list[1]}" "${empty[a b]}"
              log 'own %s %s' "$fixed" "${of_first[b c]@Q}"
              [[ $plain == $'a\\ndeclare -x b' && $seen == 'one\\ntwo' ]]
            }
            """, '--stage', 'build')
        self.assertEqual(said[:2], ['own 1 later 7 2 3 set script:6', "own yes $'x\\ny' script:7"])

    def test_one_base(self):
        """a file overrides what another one has, and calls it by super"""
        self.write('base.sh', BASE)
        said = self.said("""\
            extends base.sh
            stage_build() { super; log 'own builds with %s' "$from_base"; call greet 'you all'; }
            greet() { super; log 'own greets %s' "$1"; }
            end_stage_test() { super_general; log 'own ends test'; }
            """)
        self.assertEqual(said, ['base builds base.sh:8', 'own builds with the base script:3',
                                'base greets you all base.sh:7', 'own greets you all script:4',
                                'base ends build base.sh:10', 'base tests base.sh:9',
                                'base ends test base.sh:10', 'own ends test script:5'])

    def test_a_diamond(self):
        """several bases are put in one line, and each file is read once"""
        self.write('base.sh', BASE)
        self.write('left.sh', "extends base.sh\nend_stage() { super; log 'left ends %s' \"$stage\"; }\n")
        self.write('right.sh', "extends base.sh\nend_stage() { super; log 'right ends %s' \"$stage\"; }\n"
                               "stage_test() { super; log 'right tests'; }\n")
        said = self.said("extends left.sh right.sh\n", '--stage', 'test')
        self.assertEqual([line.rpartition(' ')[0] for line in said if 'build' not in line],
                         ['base tests', 'right tests', 'base ends test', 'right ends test', 'left ends test'])

    def test_a_failure_in_a_base(self):
        """a failure in a function that is overridden tells where that is"""
        self.write('base.sh', BASE + '    stage_build() { false; }\n')
        self.said('extends base.sh\nstage_build() { super; log "own goes on"; }\n', status=1)
        self.assertIn('in stage_build, ./base.sh:11', self.output)
        self.assertIn('called by stage_build, ./script:3', self.output)
        self.assertNotIn('own goes on', self.output)

    def test_statuses_through_super(self):
        """what a base asks for is handed on"""
        self.write('base.sh', "stage only 'Only' --by-default --retry-attempts 1\nshare n\nn=0\n"
                              "stage_only() { n=$((n + 1)); ((n > 1)) || retry 'not yet'; finish 7; }\n")
        self.said('extends base.sh\nstage_only() { super; log "own goes on"; }\n', status=7)
        self.assertIn('not yet', self.output)
        self.assertNotIn('own goes on', self.output)

    def test_mistakes(self):
        """files that are not there, or extend themselves"""
        self.write('circle.sh', 'extends circle.sh\n')
        for name, message in (('nothing.sh', "./script:2: cannot read './nothing.sh'"),
                              ('circle.sh', "./circle.sh:2: './circle.sh' extends itself")):
            done = self.run_script(f'extends {name}\n')
            self.assertEqual(done.returncode, 70)
            self.assertIn(message, done.stderr)


if __name__ == '__main__':
    tap.main()
