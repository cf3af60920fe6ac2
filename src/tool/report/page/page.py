# SPDX-License-Identifier: BSD-3-Clause
"""Makes C of a page of reports: page.py page_NAME.h BEGIN.html PAGE.html FILE.css... FILE.js...

What all pages begin with takes the place of {{begin}}, the styles and the scripts those of {{style}} and
{{script}}, without their comments, and {{policy}} lets these scripts run, and no other.  Other names in braces
are left to the program."""
import base64
import hashlib
import pathlib
import re
import sys


def without_comments(text):
    text = re.sub(r'/\*.*?\*/\n?', '', text, flags=re.DOTALL)
    return re.sub(r'^[ \t]+|\n(?=\n)', '', text, flags=re.MULTILINE).strip() + '\n'


def joined(ending):
    return ''.join(without_comments(path.read_text('utf-8')) for path in files if path.suffix == ending)


output, begin, page, *files = map(pathlib.Path, sys.argv[1:])
parts = {'style': joined('.css'), 'script': joined('.js')}
digest = base64.b64encode(hashlib.sha256(parts['script'].encode()).digest()).decode()
parts['policy'] = f"script-src 'sha256-{digest}'; " if parts['script'] else ''
text = page.read_text('utf-8').replace('{{begin}}', begin.read_text('utf-8'))
text = re.sub(r'\{\{(style|script|policy)\}\}', lambda name: parts[name[1]], text)
data = text.encode() + b'\0'
rows = [', '.join(str(byte) for byte in data[at:at + 20]) for at in range(0, len(data), 20)]
output.write_text('/* Made by page.py. */\nstatic const unsigned char tool_' + output.stem + '[] = {\n    ' + ',\n    '.join(rows) +
                  '};\n', 'utf-8')
