#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""Log lines a second to /dev/null with Rich, for comparison with console_log."""
import resource
import sys
import time

from rich.console import Console


def measure(name, lines, **options):
    """Logs the same lines as console_log.c."""
    with open('/dev/null', 'w', encoding='utf-8') as null:
        console = Console(file=null, width=100, height=25, **options)
        processor_start = time.process_time()
        start = time.monotonic()
        for number in range(lines):
            console.log(f'[green]Processing[/green] /var/lib/data/file.txt: '
                        f'{number} of {1000000}, ok=True')
        seconds = time.monotonic() - start
    each_us = (time.process_time() - processor_start) / lines * 1e6
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f'{name:10} {lines:9} lines  {lines / seconds:10.0f} lines/s  {each_us:8.2f} us each  peak {peak} KiB')


def main():
    """[LINES]"""
    lines = int(sys.argv[1]) if len(sys.argv) > 1 else 10000
    measure('plain', lines, force_terminal=False, color_system=None)
    measure('truecolor', lines, force_terminal=True, color_system='truecolor')


if __name__ == '__main__':
    main()
