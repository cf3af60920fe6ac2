# SPDX-License-Identifier: BSD-3-Clause
"""Records of runs that never were, for tests of what reads them: docs/run-records.md describes the format."""
import datetime
import fcntl
import json
import pathlib

SECOND = 10**9
ENVIRONMENT = {'PATH': '/usr/bin:/bin', 'HOME': '/home-of-demo', 'LANG': 'C.UTF-8'}
# Made to break out of any report.
HOSTILE = ('</script></noscript><script>alert(1)</script><img src=x onerror=alert(2)>\'" onload="alert(3) ]]> & '
           '\x07\x1b]0;title\x07\x1b[31m`\u202e')
WHERE = {'file': 'deploy.c', 'line': 12}


class Record:
    """One run.  Its time goes on as its methods are told; times are seconds."""

    def __init__(self, runs, stem='deploy', began='20261128T183112Z', suffix='x7k2q', **fields):
        self.id = f'{began}-{suffix}'
        self.folder = pathlib.Path(runs) / stem / self.id
        (self.folder / 'output').mkdir(parents=True)
        moment = datetime.datetime.strptime(began, '%Y%m%dT%H%M%SZ').replace(
            tzinfo=datetime.timezone.utc)
        self.began_ns = int(moment.timestamp()) * SECOND
        self.elapsed_ns = 0
        self.file = (self.folder / 'events.jsonl').open('ab', buffering=0)
        self.stage, self.attempt, self.number = '', 0, 0
        self.event('run', **{
            'format': 1, 'id': self.id, 'script': stem, 'path': f'/srv/{stem}', 'hash': 'sha256:00',
            'staged': '0.1.0', 'arguments': [f'/srv/{stem}', '--target', 'production'],
            'directory': '/srv', 'host': 'somewhere', 'user': 'demo', 'uid': 1000, 'pid': 4242,
            'umask': '0022', 'limits': {'nofile': [1024, None]}, 'git': {'commit': '0123abc'},
            'environment': ENVIRONMENT, 'environment_hashes': {'TOKEN': '00ff'}, 'resumes': None,
            'lock': True, 'dry_run': False, **fields})

    def event(self, kind, **fields):
        """Adds any event; bytes that are no UTF-8 stand in texts as Python has them."""
        line = {'event': kind, 'wall_ns': self.began_ns + self.elapsed_ns, 'elapsed_ns': self.elapsed_ns}
        if kind != 'run':
            line.update(stage=self.stage, attempt=self.attempt)
        self.raw(json.dumps({**line, **fields}, separators=(',', ':')).encode() + b'\n')
        return self

    def raw(self, line):
        self.file.write(line)

    def after(self, seconds):
        self.elapsed_ns += int(seconds * SECOND)
        return self

    def begin(self, stages=('build', 'test')):
        return self.event('script_begin', effective=f'{self.folder.parent.name} \\\n    --target production',
                          stages=list(stages))

    def stage_begin(self, name):
        self.stage, self.attempt = name, 0
        return self.event('stage_begin', heading=f'The {name}', where=WHERE)

    def attempt_begin(self, number=1):
        self.attempt = number
        return self.event('attempt_begin')

    def command_begin(self, *words, command=None, **fields):
        self.number += 1
        return self.event('command_begin', **{
            'number': self.number, 'command': command or ' '.join(words), 'words': list(words) or None,
            'shell': None if words else '/bin/sh', 'directory': None, 'environment': {}, 'without': [],
            'clear_environment': False, 'timeout_s': 0, 'expected': [0], 'unlisted': False,
            'where': WHERE, **fields})

    def command_end(self, code=0, output=None, took=1.0, **fields):
        self.after(took)
        kept = None
        if output is not None:
            kept = {'file': f'output/{self.number:04}-{self.stage or "main"}.log', 'offset': 0,
                    'length': len(output)}
            (self.folder / kept['file']).write_bytes(output)
        return self.event('command_end', **{
            'number': self.number, 'exit_code': code, 'signal': 0, 'expected': code == 0,
            'timed_out': False, 'interrupted': False, 'duration_ns': int(took * SECOND), 'user_ns': 0,
            'system_ns': 0, 'max_rss_kib': 2048, 'pid': 5000 + self.number, 'ended': [],
            'message': f'exit code {code}' if code else '', 'output': kept, **fields})

    def run(self, *words, code=0, output=None, took=1.0, **fields):
        """A whole command."""
        return self.command_begin(*words, **fields).command_end(code, output, took)

    def each_begin(self, *words, total=None, name=None, **fields):
        """The listing that stands before each, and its beginning."""
        self.each, self.ended = getattr(self, 'each', 0) + 1, {'passed': 0, 'earlier': 0, 'failed': 0}
        command = ' '.join(words)
        self.command_begin(command=f'# For each item of {name or words[0]}:  {command}', shell=None, runs=False)
        return self.event('each_begin', **{
            'number': self.each, 'name': name or words[0], 'command': command, 'jobs': 2, 'total': total,
            'place': None, 'where': WHERE, **fields})

    def item(self, item, code=0, output=None, took=1.0, attempts=1, **fields):
        outcome = fields.get('outcome', 'failed' if code else 'passed')
        self.ended['failed' if outcome != 'passed' else 'earlier' if fields.get('earlier') else 'passed'] += 1
        kept = None
        if output is not None:
            path = self.folder / f'output/each-{self.each}.log'
            with path.open('ab') as file:
                kept = {'file': f'output/{path.name}', 'offset': file.tell(), 'length': len(output)}
                file.write(output)
        return self.event('item', **{
            'each': self.each, 'item': item, 'hidden': False, 'index': sum(self.ended.values()) - 1,
            'attempts': attempts, 'exit_code': code, 'signal': 0, 'timed_out': False, 'user_ns': 0, 'system_ns': 0,
            'max_rss_kib': 0, 'outcome': outcome, 'duration_ns': int(took * SECOND),
            'message': f'exit code {code}' if code else '', 'earlier': False, 'output': kept, **fields})

    def each_end(self, not_run=0, took=1.0, **fields):
        self.after(took)
        return self.event('each_end', **{
            'number': self.each, **self.ended, 'not_run': not_run, 'left': None,
            'outcome': 'failed' if self.ended['failed'] else 'passed', 'duration_ns': int(took * SECOND), 'message': '',
            **fields})

    def attempt_end(self, outcome='passed', took=1.0, message=''):
        return self.event('attempt_end', outcome=outcome, duration_ns=int(took * SECOND), message=message)

    def stage_end(self, outcome='passed', took=1.0, message='', **fields):
        self.attempt = 0
        self.event('stage_end', outcome=outcome, duration_ns=int(took * SECOND), message=message, **fields)
        self.stage = ''
        return self

    def whole_stage(self, name, *commands, outcome='passed', retries=0, took=1.0):
        """A stage that takes `retries` + 1 attempts, each of which runs all commands."""
        self.stage_begin(name)
        for attempt in range(1, retries + 2):
            last = attempt == retries + 1
            self.attempt_begin(attempt)
            for words in commands:
                self.run(*words, took=took, code=0 if last and outcome == 'passed' else 1,
                         output=b'working\n')
            self.attempt_end(outcome if last else 'retrying', took)
        return self.stage_end(outcome, took * (retries + 1))

    def end(self, outcome='passed', exit_status=None, message=''):
        """Ends the run: with no such call it died, or, with `lock`, goes on."""
        status = (0 if outcome == 'passed' else 1) if exit_status is None else exit_status
        self.event('script_end', exit_status=status, outcome=outcome, duration_ns=self.elapsed_ns,
                   message=message)
        return self.died()

    def lock(self):
        """From here on the run goes on, until it ends or dies."""
        fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return self

    def died(self):
        self.file.close()
        return self


def make_four(runs):
    """Runs that passed, failed, died and go on: returns the last, which is locked."""
    Record(runs, suffix='first').begin().whole_stage('build', ['make', 'all']).whole_stage(
        'test', ['make', 'check'], retries=1).end()
    failed = Record(runs, began='20261128T193112Z', suffix='bad00').begin()
    failed.whole_stage('build', ['make', 'all']).stage_begin('test').attempt_begin()
    failed.run('make', 'check', '--jobs', '2', code=2,
               output=b''.join(b'line %d\n' % number for number in range(1, 41)) + b'\x1b[31mred\x1b[m \xff\n')
    failed.attempt_end('failed').stage_end('failed').whole_stage('clean', ['rm', '-r', 'out'])
    failed.end('failed', message="stage 'test' failed")
    died = Record(runs, began='20261128T203112Z', suffix='died0').begin().whole_stage('build', ['make', 'all'])
    died.stage_begin('install').attempt_begin().command_begin('rsync', '-a', 'out/', 'h:\udcff/')
    died.raw(b'{"event":"log","wall_ns":1')
    died.died()
    running = Record(runs, 'backup', '20261128T213112Z', 'goes0').lock().begin()
    return running.stage_begin('dump').attempt_begin().after(5).command_begin('pg_dump', 'all')


def make_mixed_run(runs):
    """A run with an attempt that is retried, one that fails, and stages that are skipped or do not run."""
    record = Record(runs, suffix='mixed').begin(('build', 'fetch', 'test', 'deploy'))
    record.event('log', message='[b]x', text='Deploying to production')
    record.whole_stage('build', ['make', 'all'])
    record.whole_stage('fetch', ['curl', 'somewhere'], retries=1)
    record.stage_begin('lint').stage_end('skipped', 0, message='not selected')
    record.stage_begin('test')
    for attempt in (1, 2):
        record.attempt_begin(attempt).command_begin('make', 'check').command_end(
            2, b'\x1b[1;31mnot ok\x1b[m 13\nhalf\rdone\n', max_rss_kib=3072, user_ns=10**9)
        record.attempt_end('retrying' if attempt == 1 else 'abandoned', 1, 'exit code 2: make check')
    record.stage_end('abandoned', 2, message='exit code 2: make check')
    return record.end('failed', message="stage 'test' failed")


def make_each_run(runs, stage='failed', second=0, **fields):
    """A run with items that passed, were retried, had passed before, failed and were not run."""
    record = Record(runs, **{'suffix': 'each0', **fields}).begin(('pack',)).stage_begin('pack').attempt_begin()
    record.each_begin('gzip', '{}', total=7).item('a.txt', output=b'fine\n').item('b.txt', attempts=2)
    record.item('old.txt', attempts=0, earlier=True)
    record.item('c d.txt', 1, b'opening\nno space\n', took=2, attempts=3).item('e.txt', second, b'second\n')
    record.item('f.txt', outcome='interrupted', signal=15, message='ended, because all was')
    record.each_end(not_run=1)
    if stage == 'failed':
        record.attempt_end('failed', message='gzip:  3 of 7 items failed').stage_end('failed')
        return record.end('failed', message="stage 'pack' failed")
    return record.attempt_end().stage_end().end()


def make_hostile_run(runs):
    """A run whose texts are all made to break out."""
    bad = HOSTILE
    record = Record(runs, suffix='hosti', user=bad, host=bad, directory=bad, path=bad, staged=bad, hash=bad,
                    arguments=[bad, bad], git={'commit': bad}, environment={bad: bad}, resumes=bad)
    record.event('script_begin', effective=bad, stages=[bad])
    record.event('log', message=bad, text=bad)
    record.stage, record.attempt = bad, 0
    record.event('stage_begin', heading=bad, where={'file': bad, 'line': 1}).attempt_begin()
    record.command_begin(bad, directory=bad, environment={bad: bad}, without=[bad], program=bad, shell=bad,
                         where={'file': bad, 'line': 2})
    record.after(1)
    (record.folder / 'output/0001.log').write_bytes(HOSTILE.encode() + b'\x00\xff\x80\n')
    record.event('command_end', number=1, exit_code=1, signal=0, expected=False, duration_ns=10**9, message=bad,
                 output={'file': 'output/0001.log', 'offset': 0, 'length': 10**6})
    record.each_begin(bad, where={'file': bad, 'line': 3}).item(bad, 1, HOSTILE.encode() + b'\xff\n', message=bad)
    record.item(bad).each_end(message=bad, left=bad)
    record.attempt_end('failed', message=bad).stage_end('failed', message=bad)
    return record.end('failed', message=bad)
