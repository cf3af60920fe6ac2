# SPDX-License-Identifier: BSD-3-Clause
"""A headless Chromium, where there is one, by the pipe of its DevTools protocol."""
import json
import os
import select
import shutil
import signal
import subprocess
import tempfile

PROGRAM = next((path for path in map(shutil.which, ('chromium', 'chromium-browser', 'google-chrome')) if path), None)
LIMIT_S = 300


class Browser:
    """One page at a time; `errors` are what its console said, and what was fetched from elsewhere."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        to_browser, self.output = os.pipe()
        self.input, from_browser = os.pipe()
        shell = f'exec "$@" 3<&{to_browser} 4>&{from_browser}'
        words = [PROGRAM, '--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage',
                 '--no-first-run', '--disable-background-networking', '--remote-debugging-pipe',
                 f'--user-data-dir={self.folder.name}', 'about:blank']
        self.process = subprocess.Popen(['bash', '-c', shell, 'browser', *words], stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                        pass_fds=(to_browser, from_browser), start_new_session=True,
                                        env={**os.environ, 'HOME': self.folder.name})
        os.close(to_browser)
        os.close(from_browser)
        self.number, self.buffer, self.events, self.errors, self.session = 0, b'', [], [], None
        target = self.call('Target.createTarget', url='about:blank')['targetId']
        self.session = self.call('Target.attachToTarget', targetId=target, flatten=True)['sessionId']
        for domain in ('Page', 'Runtime', 'Log'):
            self.call(domain + '.enable')

    def close(self):
        os.close(self.output)
        os.close(self.input)
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()
        self.folder.cleanup()

    def receive(self):
        while b'\0' not in self.buffer:
            if not select.select([self.input], [], [], LIMIT_S)[0]:
                raise TimeoutError('the browser says nothing')
            piece = os.read(self.input, 1 << 16)
            if not piece:
                raise EOFError('the browser has left')
            self.buffer += piece
        line, self.buffer = self.buffer.split(b'\0', 1)
        message = json.loads(line)
        if 'method' in message:
            self.events.append(message['method'])
            if message['method'] in ('Runtime.exceptionThrown', 'Log.entryAdded', 'Runtime.consoleAPICalled'):
                self.errors.append(message['params'])
        return message

    def call(self, method, **parameters):
        self.number += 1
        message = {'id': self.number, 'method': method, 'params': parameters}
        if self.session is not None:
            message['sessionId'] = self.session
        data = json.dumps(message).encode() + b'\0'
        while data:
            data = data[os.write(self.output, data):]
        while True:
            answer = self.receive()
            if answer.get('id') == self.number:
                if 'error' in answer:
                    raise RuntimeError(f'{method}: {answer["error"]}')
                return answer['result']

    def open(self, url, width=1280, scheme='light', scripts=True, media='screen'):
        self.call('Emulation.setDeviceMetricsOverride', width=width, height=900, deviceScaleFactor=1, mobile=False)
        self.call('Emulation.setEmulatedMedia', media=media, features=[{'name': 'prefers-color-scheme', 'value': scheme}])
        self.call('Emulation.setScriptExecutionDisabled', value=not scripts)
        self.events.clear()
        self.errors.clear()
        self.call('Page.navigate', url=url)
        while 'Page.loadEventFired' not in self.events:
            self.receive()

    def value(self, expression):
        """What an expression of JavaScript is; a promise is waited for."""
        done = self.call('Runtime.evaluate', expression=expression, returnByValue=True, awaitPromise=True)
        if 'exceptionDetails' in done:
            raise RuntimeError(f'{expression}: {done["exceptionDetails"]}')
        return done['result'].get('value')

    def press(self, key):
        text = {'text': key} if len(key) == 1 else {}
        self.call('Input.dispatchKeyEvent', type='keyDown', key=key, **text)
        self.call('Input.dispatchKeyEvent', type='keyUp', key=key)
