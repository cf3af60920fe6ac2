# SPDX-License-Identifier: BSD-3-Clause
"""What CI systems take from a log.  Sources: actions/runner, ActionCommand.cs and
ActionCommandManager.cs; gitlab, lib/gitlab/regex.rb, build_trace_section_regex."""
import re

KNOWN = {'error', 'warning', 'notice', 'debug', 'group', 'endgroup', 'add-mask', 'stop-commands',
         'set-output', 'set-env', 'save-state', 'add-path', 'echo', 'add-matcher', 'remove-matcher'}
# It ends lines at each of these.
LINE = re.compile(r'\r\n|\r|\n')
NEW = re.compile(r'\s*::([^ :]*)(?: ([^:]*))?::(.*)', re.DOTALL)
# It is looked for anywhere in a line.
SECTION = re.compile(r'section_(start|end):(\d+):([a-zA-Z0-9_.-]+)(\[\w+=\w+(?:, ?\w+=\w+)*\])?\r\x1b\[0K')
OLD = re.compile(r'.*?##\[([^ \]]*)(?: ([^\]]*))?\](.*)', re.DOTALL)


def unescape(text, more=()):
    for code, character in (*more, ('%0D', '\r'), ('%0A', '\n'), ('%25', '%')):
        text = text.replace(code, character)
    return text


def commands(log):
    """The commands that are carried out: [(name, {property: value}, value)]."""
    found, token = [], None
    for line in LINE.split(log):
        match = NEW.fullmatch(line) or OLD.fullmatch(line)
        if match is None or match.group(1) not in KNOWN | {token}:
            continue
        name, properties, value = match.groups()
        if token is not None:
            token = None if name == token else token
        elif name == 'stop-commands':
            token = value
        else:
            pairs = [pair.partition('=') for pair in (properties or '').split(',') if pair]
            found.append((name, {key: unescape(text, (('%3A', ':'), ('%2C', ',')))
                                 for key, _, text in pairs}, unescape(value)))
    if token is not None:
        found.append(('stopped', {}, 'for ever'))
    return found


def sections(log):
    """The marks that GitLab takes: ['start NAME', 'end NAME'], without what makes our names unique."""
    return [f'{kind} {re.sub(r"[.][a-z0-9]{8}$", "", name)}' for kind, _, name, _ in SECTION.findall(log)]
