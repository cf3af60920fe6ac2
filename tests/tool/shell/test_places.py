# SPDX-License-Identifier: BSD-3-Clause
"""What shell scripts declare about places, and what is wrong with that."""
import subprocess

from support import tap

from shell_script import STAGED, ShellCase, environment

BODY = "stage only 'Only' --by-default\nstage_only() { run true; }\n"


class Places(ShellCase):
    """Declarations, which reach out to nothing."""

    def check(self, text, *messages):
        """All mistakes are told, by a run and by `staged check`."""
        done = self.run_script(text)
        self.assertEqual(done.returncode, 70, done.stdout + done.stderr)
        self.assertEqual(done.stderr.splitlines(), list(messages))
        checked = subprocess.run([STAGED, 'check', './script'], cwd=self.folder, capture_output=True, text=True,
                                 env=environment())
        self.assertEqual((checked.returncode, checked.stderr), (70, done.stderr))

    def dry_run(self, text, *words):
        done = self.run_script(text, '--dry-run', *words, env={**environment(), 'HOME': str(self.folder)})
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout

    def test_mistakes(self):
        """wrong declarations are told at once, with file and line"""
        self.check("""\
            place box
            place box ssh
            place 'a b' slurm
            place here slurm
            place hpc slrm
            place hpc slurm
            place hpc slurm --partition main
            default_place
            default_place a b
            retry_on failure
            stage only 'Only' --by-default --retry-on plase
            stage_only() { :; }
            plase x ssh y
            """,
                   './script:2: place needs a name and a kind, as in: place box ssh HOST',
                   "./script:3: place 'box': ssh: name at least one 'HOST'",
                   "./script:4: the name of a place may have letters, digits, '-' and '_', not 'a b'",
                   "./script:5: 'here' is this machine; a place needs another name",
                   "./script:6: unknown kind of places 'slrm'; did you mean 'slurm'?",
                   "./script:8: place 'hpc' is declared twice",
                   './script:9: default_place needs the name of a place',
                   './script:10: default_place needs the name of a place',
                   './script:11: retry_on takes one word, as in: retry_on place',
                   "./script:12: stage: argument --retry-on: invalid choice: 'plase' (choose from place)",
                   "./script:14: plase: command not found; did you mean 'place'?")

    def test_unknown(self):
        """a place that nobody declares stops the script before anything runs"""
        for text, words in (("place box ssh x\nstage only 'Only' --by-default --on bxo\nstage_only() { touch ran; }\n", ()),
                            ('place box ssh x\ndefault_place bxo\n' + BODY, ()),
                            ('place box ssh x\n' + BODY, ('--on', 'only=bxo'))):
            done = self.run_script(text, *words, env={**environment(), 'HOME': str(self.folder)})
            self.assertEqual(done.returncode, 2, done.stdout + done.stderr)
            self.assertIn("unknown place 'bxo'; did you mean 'box'?", done.stderr)
            self.assertFalse((self.folder / 'ran').exists())
            # Not with the line of a stage that says nothing of it.
            if 'default_place' in text:
                self.assertIn("\n  place of all stages: unknown place 'bxo'", done.stderr)

    def test_verbs_in_functions(self):
        """declarations work while the file is read, and nowhere else"""
        for verb in ('place box ssh x', 'default_place box', 'retry_on place'):
            done = self.run_body(verb)
            self.assertEqual(done.returncode, 70, done.stdout)
            self.assertIn(f"'{verb.split()[0]}' works outside of functions", done.stdout)

    def test_bases(self):
        """a file has the places of the one that it extends, and may declare them anew"""
        self.write('base.sh', 'place box ssh one\nplace other slurm\ndefault_place other\n')
        shown = self.dry_run("extends base.sh\nplace box slurm\ndefault_place box\n" + BODY)
        self.assertIn('The command executed on box would be:', shown)
        self.assertIn('executed on other would be:', self.dry_run('extends base.sh\n' + BODY))
        self.assertIn('The command executed would be:', self.dry_run('extends base.sh\n' + BODY, '--on', 'only=here'))

    def test_files(self):
        """the operator's file of places counts, which the log says"""
        (self.folder / '.staged').mkdir()
        (self.folder / '.staged' / 'places').write_text("# ours\nbox slurm --partition 'a b'\nmine ssh somewhere\n")
        shown = self.dry_run('place box ssh x\n' + BODY, '--on', 'mine')
        self.assertIn('executed on mine would be:', shown)
        self.assertIn("The place 'box' is that of .staged/places, not the script's.", ' '.join(shown.split()))

    def test_inner_script(self):
        """a script within a script runs where the outer one does, or where it says itself"""
        self.write('inner', BODY)
        self.write('placed', 'place own slurm\ndefault_place own\n' + BODY)
        for inner, place in (('inner', 'box'), ('placed', 'own')):
            done = self.run_script(f"place box slurm\nstage outer 'Outer' --by-default --on box\n"
                                   f"stage_outer() {{ run_script {inner}; }}\n", '--dry-run',
                                   env={**environment(), 'HOME': str(self.folder)})
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            self.assertIn(f'executed on {place} would be:', done.stdout)

    def test_places_of_options(self):
        """options without a value"""
        for body, message in (('run --on', 'argument --on: expected one argument'),
                              ('ask x --on box', 'the following arguments are required: COMMAND'),
                              ('each --on -- a', 'argument --on: expected one argument')):
            done = self.run_body(body, 'place box slurm')
            self.assertEqual(done.returncode, 70, done.stdout)
            self.assertIn(message, ' '.join(done.stdout.replace('│', ' ').split()))


if __name__ == '__main__':
    tap.main()
