# SPDX-License-Identifier: BSD-3-Clause
"""`staged runs` and `staged show`: what the records of runs say, and the index that finds them."""
import json
import os
import pathlib
import random
import shlex
import shutil
import subprocess
import unittest

from support import tap

from program import STAGED, staged
from records import Record
from runs_case import RunsCase


class Listing(RunsCase):
    def test_list(self):
        """each run, the latest first: how it ended, or where it failed, died or is"""
        self.make_four()
        self.assert_shown(self.staged('runs'), """
            Run                     Script   Took  Outcome  Where
            ────────────────────────────────────────────────────────────────────────────────
            20261128T213112Z-goes0  backup  5.0 s  running  process 4242, since 2026-11-28
                                                            21:31:12; stage 'dump': pg_dump
                                                            all
            20261128T203112Z-died0  deploy  1.0 s  died     stage 'install': rsync -a out/
                                                            h:�/
            20261128T193112Z-bad00  deploy  3.0 s  failed   stage 'test': make check --jobs
                                                            2
            20261128T183112Z-first  deploy  3.0 s  passed
            """)

    def test_nothing(self):
        """no run, and no folder"""
        self.assertEqual(self.staged('runs').strip(), "No such run is recorded in 'runs'.")
        self.assertEqual(json.loads(self.staged('runs', '--json')), [])
        self.assertIn('set $STAGED_RUNS or $HOME', self.staged(
            'runs', status=1, STAGED_RUNS='', XDG_STATE_HOME='', HOME=''))

    def test_places(self):
        """$XDG_STATE_HOME, or the home"""
        Record(self.runs / 'state/staged/runs').end()
        Record(self.runs / '.local/state/staged/runs', suffix='home0').end()
        shown = json.loads(self.staged('runs', '--json', STAGED_RUNS='', XDG_STATE_HOME=f'{self.runs}/state'))
        self.assertEqual([run['id'][-5:] for run in shown], ['x7k2q'])
        shown = json.loads(self.staged('runs', '--json', STAGED_RUNS='', XDG_STATE_HOME='', HOME=str(self.runs)))
        self.assertEqual([run['id'][-5:] for run in shown], ['home0'])

    def test_filters(self):
        """by script, outcome, stage, date and text in commands, one by one and together"""
        self.make_four()
        for words, expected in [
                ([], ['goes0', 'died0', 'bad00', 'first']), (['deploy'], ['died0', 'bad00', 'first']),
                (['backup', 'deploy'], ['goes0', 'died0', 'bad00', 'first']), (['other'], []),
                (['--outcome', 'passed'], ['first']), (['--outcome', 'failed'], ['bad00']),
                (['--outcome', 'died', '--outcome', 'running'], ['goes0', 'died0']),
                (['--stage', 'test'], ['bad00', 'first']), (['--command', 'h:\udcff'], ['died0']),
                (['--command', 'make check'], ['bad00', 'first']), (['--command', 'MAKE'], []),
                (['--since', '2026-11-28 19:31:12'], ['goes0', 'died0', 'bad00']),
                (['--before', '2026-11-28T19:31:12'], ['first']), (['--since', '2026-11-29'], []),
                (['--stage', 'test', '--outcome', 'passed', 'deploy'], ['first']),
                (['--limit', '1'], ['goes0']), (['-n', '0'], ['goes0', 'died0', 'bad00', 'first'])]:
            with self.subTest(words=ascii(' '.join(words))):
                self.assertEqual(self.ids(*words), expected)
        self.assertIn("must be a date such as", self.staged('runs', '--since', 'noon', status=2))
        self.assertIn('2 more; --limit 0 shows all', self.staged('runs', '--limit', '2'))

    def test_json(self):
        """what programs read"""
        self.make_four()
        run = json.loads(self.staged('runs', '--json', '--outcome', 'died'))[0]
        self.assertEqual(run['command'], 'rsync -a out/ h:\udcff/')
        self.assertEqual((run['stage'], run['exit_status'], run['commands']), ('install', None, 2))
        self.assertEqual(run['folder'], f'runs/deploy/{run["id"]}')


class Index(RunsCase):
    def check(self, expected):
        """The index as it is, and one that is made anew, say the same."""
        shown = self.staged('runs', '--json', '-n', '0')
        (self.runs / 'index.db').unlink(missing_ok=True)
        self.assertEqual(shown, self.staged('runs', '--json', '-n', '0'))
        self.assertEqual([run['id'][-5:] for run in json.loads(shown)], expected)

    def test_changes(self):
        """runs that come, end and go"""
        running = self.make_four()
        self.check(['goes0', 'died0', 'bad00', 'first'])
        self.assertEqual(self.ids('--outcome', 'running'), ['goes0'])
        running.command_end().attempt_end().stage_end().end()
        self.assertEqual(self.ids('--outcome', 'running'), [])
        self.assertEqual(self.ids('--outcome', 'passed'), ['goes0', 'first'])
        Record(self.runs, 'other', '20261128T223112Z', 'late0').begin()
        shutil.rmtree(next(self.runs.glob('deploy/*bad00')))
        self.check(['late0', 'goes0', 'died0', 'first'])
        shutil.rmtree(self.runs / 'deploy')
        self.check(['late0', 'goes0'])

    def test_settled_folder(self):
        """a folder that did not change is not read again, one that did is"""
        self.make_four()
        os.utime(self.runs / 'deploy', (10**9, 10**9))
        self.assertEqual(len(self.ids()), 4)
        hidden = next(self.runs.glob('deploy/*bad00'))
        shutil.rmtree(hidden)
        os.utime(self.runs / 'deploy', (10**9, 10**9))
        self.assertEqual(len(self.ids()), 4)
        os.utime(self.runs / 'deploy', (10**9 + 1, 10**9 + 1))
        self.assertEqual(len(self.ids()), 3)

    def test_spellings(self):
        """a line is the same however its JSON is spelled, and none where it is damaged"""
        words = ['/srv/odd', "it's", 'two  words', 'back\\slash "quoted"', 'tab\tand\x7f', 'gr\u00fcn', '']
        record = Record(self.runs, 'odd', arguments=words, resumes='x')
        record.begin(['build']).stage_begin('build').attempt_begin(3)
        record.run('make', 'x/\u00fc').run('make', '"\\/\b\f\n\r\t', code=2, number=2**40)
        # What of these is JSON is of no kind that is known; the others are damaged.
        for line in (b'{}', b'{"event":7}', b'{"event":"stage_begin","stage":"a\x01"}', b'{"event":"stage_begin"',
                     b'{"event":"stage_begin","stage":"no","x":}', b'{"event":"stage_begin","stage":"no","x":[}',
                     b'{"event":"stage_end","stage":"build","duration_ns":01}',
                     b'{"event":"stage_end","stage":"build","duration_ns":99999999999999999999}'):
            record.raw(line + b'\n')
        record.attempt_end('failed').stage_end('failed').end('failed', 5)
        run, = json.loads(self.staged('runs', '--json'))
        self.assertEqual(shlex.split(run['arguments']), words[1:])
        self.assertEqual(run['command'], 'make "\\/\b\f\n\r\t')
        lines = [line for line in (record.folder / 'events.jsonl').read_bytes().split(b'\n') if line]
        spelled = {'with blanks': {'ensure_ascii': True}, 'in UTF-8': {'ensure_ascii': False},
                   'the other way round': {'sort_keys': True, 'separators': (',', ':')}}
        first = self.staged('runs', '--json')
        for name, how in spelled.items():
            with self.subTest(name), open(record.folder / 'events.jsonl', 'wb') as file:
                for line in lines:
                    try:
                        line = json.dumps(json.loads(line), **how).encode()
                    except ValueError:
                        pass
                    file.write(line + b'\n')
                file.flush()
                (self.runs / 'index.db').unlink()
                self.assertEqual(self.staged('runs', '--json'), first)

    def test_not_begun(self):
        """a folder whose record has no line yet is looked into again"""
        late = Record(self.runs)
        path = late.folder / 'events.jsonl'
        line = path.read_bytes()
        path.write_bytes(b'')
        os.utime(self.runs / 'deploy', (10**9, 10**9))
        self.assertEqual(self.ids(), [])
        path.write_bytes(line)
        os.utime(self.runs / 'deploy', (10**9, 10**9))
        self.assertEqual(self.ids(), ['x7k2q'])

    def test_damage(self):
        """an index that is damaged in any way is made again"""
        seed = int(os.environ.get('runs_seed', random.randrange(2**32)))
        print(f'# runs_seed={seed}')
        chance = random.Random(seed)
        self.make_four()
        for number in range(60):
            Record(self.runs, 'many', f'20261127T18{number:02}12Z').begin().whole_stage(
                'stage', ['command', f'{number}']).end()
        expected = self.staged('runs', '--json', '-n', '0')
        index = self.runs / 'index.db'
        whole = index.read_bytes()
        self.assertGreater(len(whole), 4096)

        def zeroed():
            at = chance.randrange(len(whole) // 4096) * 4096
            return whole[:at] + bytes(4096) + whole[at + 4096:]
        damages = [b'', b'no database', bytes(len(whole)), whole[:100], whole[:4096], whole[:-4096],
                   whole[:5000], whole[4096:]] + [zeroed() for _ in range(10)]
        for damage in damages:
            for ending in ('-wal', '-shm'):
                pathlib.Path(f'{index}{ending}').unlink(missing_ok=True)
            index.write_bytes(damage)
            self.assertEqual(self.staged('runs', '--json', '-n', '0'), expected)
        index.unlink()
        index.mkdir()
        self.assertEqual(self.staged('runs', '--json', '-n', '0'), expected)

    def test_other_version(self):
        """an index of another version is made again"""
        self.make_four()
        expected = self.staged('runs')
        index = bytearray((self.runs / 'index.db').read_bytes())
        index[60:64] = (99).to_bytes(4, 'big')  # PRAGMA user_version
        (self.runs / 'index.db').write_bytes(index)
        self.assertEqual(self.staged('runs'), expected)

    def test_private(self):
        """nobody else can read the index"""
        self.make_four()
        self.ids()
        self.assertEqual((self.runs / 'index.db').stat().st_mode & 0o777, 0o600)

    @unittest.skipIf(os.geteuid() == 0, 'root may write everywhere')
    def test_read_only(self):
        """records that cannot be written beside can be read"""
        self.make_four()
        self.runs.chmod(0o500)
        self.addCleanup(self.runs.chmod, 0o700)
        self.assertEqual(len(self.ids()), 4)

    def test_twenty_at_once(self):
        """20 runs that end at once, and as many readers"""
        records = [Record(self.runs, f'script{number % 5}', suffix=f'run{number:02}').lock().begin()
                   for number in range(20)]
        command = [STAGED, 'runs', '--json', '-n', '0']
        environment = {**os.environ, 'STAGED_RUNS': str(self.runs)}
        readers = []
        for record in records:
            record.whole_stage('stage', ['command'])
            readers.append(subprocess.Popen(command, env=environment, stdout=subprocess.PIPE,
                                            stderr=subprocess.STDOUT))
            record.end()
        for reader in readers:
            shown, _ = reader.communicate()
            self.assertEqual(reader.returncode, 0, shown)
            self.assertEqual(len(json.loads(shown)), 20)
        self.assertEqual({run['outcome'] for run in json.loads(self.staged('runs', '--json'))}, {'passed'})


class Show(RunsCase):
    def test_waits(self):
        """what a command at a place waits for; for items, which place that is"""
        record = Record(self.runs).begin().stage_begin('build').attempt_begin()
        record.command_begin('make', place='hpc')
        record.event('place', number=record.number, each=None, place='hpc', state='waits', job='4711', node=None,
                     reason='for nodes', queue_ns=0, folder=None)
        record.each_begin('gzip', total=2, place='hpc')
        self.addCleanup(record.died)
        shown = self.staged('show')
        self.assertIn('make  # on hpc, job 4711, waiting for nodes\n', shown)
        self.assertIn('# gzip, stage \'build\', attempt 1, on hpc, ', shown)

    def test_failed(self):
        """a failed run: first the command that failed, with the end of its output"""
        self.make_four()
        self.assert_shown(self.staged('show', 'deploy:-2', '--lines', '3'), """
            ──────────────────────────────── deploy: failed ────────────────────────────────
            Run        20261128T193112Z-bad00
            Script     /srv/deploy
            Began      2026-11-28 19:31:12 +0000
            Took       3.0 s
            Directory  /srv
            By         demo on somewhere, process 4242
            Commit     0123abc
            Record     runs/deploy/20261128T193112Z-bad00

            ➤ Failed command:

                # command 2, stage 'test', attempt 1, deploy.c:12
                make \\
                    check \\
                    --jobs 2  # exit code 2

                  line 39
                  line 40
                  red �

            ➤ Ran the following:

                deploy \\
                    --target production

            ➤ Timing results:

                ┏━━━━━━━┳━━━━━━━━━━┳━━━━━━━━┓
                ┃ Stage ┃ Duration ┃ Result ┃
                ┡━━━━━━━╇━━━━━━━━━━╇━━━━━━━━┩
                │ build │ 0:00:01  │ passed │
                │ test  │ 0:00:01  │ failed │
                │ clean │ 0:00:01  │ passed │
                ├───────┼──────────┼────────┤
                │ Total │ 0:00:03  │        │
                └───────┴──────────┴────────┘

            ➤ Script result:

                Failure, exit status 1
                stage 'test' failed

            """)

    def test_died(self):
        """a run that died: in which stage, during which command"""
        self.make_four()
        shown = self.staged('show', 'failed')
        self.assertIn('➤ Died during:\n\n    # command 2, stage \'install\', attempt 1, deploy.c:12\n'
                      '    rsync \\\n', shown)
        self.assertIn('│ install │ 0:00:00  │ died   │', shown)
        self.assertIn('Died: the process ended without a last word', shown)

    def test_running(self):
        """a run that goes on, until its process has left"""
        running = self.make_four()
        self.assertIn('➤ Running:\n', self.staged('show'))
        running.died()
        self.assertIn('➤ Died during:\n', self.staged('show'))

    def test_without_locks(self):
        """where there are no locks, the process tells"""
        Record(self.runs, host=os.uname().nodename, pid=os.getpid(), lock=False).died()
        self.assertIn(': running ', self.staged('show'))
        gone = subprocess.Popen(['true'])
        gone.wait()
        Record(self.runs, suffix='gone0', host=os.uname().nodename, pid=gone.pid, lock=False).died()
        self.assertIn(': died ', self.staged('show', '20261128T183112Z-g'))
        Record(self.runs, suffix='away0', host='elsewhere', pid=gone.pid, lock=False).died()
        self.assertIn(': running ', self.staged('show', '20261128T183112Z-a'))

    def test_commands_and_log(self):
        """all commands, and the log"""
        record = Record(self.runs).begin().event('log', text='Said [bold]plainly', message='Said \\[bold]plainly')
        record.whole_stage('build', ['make', 'all'], ['make', 'doc']).end()
        shown = self.staged('show', '--commands', '--log')
        self.assertIn('2026-11-28 18:31:12  Said [bold]plainly\n', shown)
        self.assertIn('➤ Commands executed:\n\n    make \\\n        all\n    make \\\n        doc\n', shown)

    def test_failed_without_command(self):
        """a stage that failed by its own words: what it said"""
        record = Record(self.runs).begin().stage_begin('test').attempt_begin()
        record.attempt_end('failed').stage_end('failed', message='no [bold]pods[/] in 5%').end('failed')
        self.assertIn("➤ Failed stage:\n\n    # stage 'test'\n    no [bold]pods[/] in 5%\n", self.staged('show'))

    def test_output(self):
        """what a command wrote, byte for byte"""
        self.make_four()
        done = staged('show', 'deploy:-2', '--output', '2', text=False,
                      env={**os.environ, 'STAGED_RUNS': str(self.runs)})
        self.assertTrue(done.stdout.startswith(b'line 1\nline 2\n'))
        self.assertTrue(done.stdout.endswith(b'\x1b[31mred\x1b[m \xff\n'))
        self.assertIn('there is no command 9; the run has 3 commands', self.staged('show', 'deploy:-2', '--output', '9', status=2))
        self.assertIn('no output of command 2 was kept', self.staged('show', 'failed', '--output', '2', status=1))

    def test_output_elsewhere(self):
        """a record that names a file outside of it gets nothing"""
        record = Record(self.runs)
        (self.runs / 'secret').write_text('secret\n', 'utf-8')
        record.event('command_begin', number=1, command='make', words=['make'])
        record.event('command_end', number=1, output={'file': '../../secret', 'offset': 0, 'length': 7}).end()
        self.assertNotIn('secret', self.staged('show', '--output', '1', status=1))

    def test_json(self):
        """the events as JSON, with bytes that are no UTF-8"""
        self.make_four()
        events = json.loads(self.staged('show', '--json', 'failed'))
        self.assertEqual([event['event'] for event in events][:2], ['run', 'script_begin'])
        self.assertEqual(events[-1]['words'], ['rsync', '-a', 'out/', 'h:\udcff/'])

    def test_odd_texts(self):
        """any text comes back as it was"""
        texts = ['\x01', '\x01ff', '\\udc80', '\udc80\udcff', '\U0001f600', '"\\', '\x1b[31m', 'é\udce9',
                 '\\\\udcff']
        Record(self.runs).run(*texts).end()
        self.assertEqual(json.loads(self.staged('show', '--json'))[1]['words'], texts)

    def test_cut_lines(self):
        """lines that were cut off are passed over, what follows in them is not"""
        record = Record(self.runs).begin()
        record.raw(b'{"event":"log","text":"cut o')
        record.whole_stage('build', ['make'])
        record.raw(b'\n\0\0\0\n[1]\n{"no":"event"}\n\xff\n')
        record.whole_stage('test', ['make']).end()
        shown = self.staged('show')
        self.assertIn('│ build │', shown)
        self.assertIn('│ test  │', shown)

    def test_names(self):
        """a run is named by its place, outcome, id, script or path"""
        self.make_four()
        folder = f'runs/deploy/{next(self.runs.glob("deploy/*first")).name}'
        for name, expected in [
                ('latest', 'goes0'), ('-1', 'goes0'), ('-2', 'died0'), ('-4', 'first'), ('failed', 'died0'),
                ('20261128T19', 'bad00'), ('deploy', 'died0'), ('deploy:', 'died0'), ('deploy:latest', 'died0'),
                ('deploy:-3', 'first'), ('deploy:20261128T1931', 'bad00'), ('backup:latest', 'goes0'),
                (folder, 'first'), (f'{folder}/events.jsonl', 'first')]:
            with self.subTest(name=name):
                shown = json.loads(self.staged('show', '--json', name))
                self.assertEqual(shown[0]['id'][-5:], expected)
        for name in ('-5', 'backup:failed', 'other', 'deploy:x', 'runs/none'):
            with self.subTest(name=name):
                self.assertIn(f"no run '{name}'", self.staged('show', name, status=2))
        self.assertIn("'2026' fits several runs: 20261128T213112Z-goes0 ",
                      self.staged('show', '2026', status=2))

    def test_no_record(self):
        """a file that is no record"""
        self.runs.mkdir()
        (self.runs / 'events.jsonl').write_text('nothing\n', 'utf-8')
        self.assertIn('has no record of a run', self.staged('show', 'runs/', status=2))

    def test_colours(self):
        """on a terminal it has colours, in ASCII where the output is that"""
        self.make_four()
        shown = self.staged('show', 'failed', FORCE_COLOR='1', TERM='xterm')
        self.assertIn('\x1b[1;35m', shown)


if __name__ == '__main__':
    tap.main()
