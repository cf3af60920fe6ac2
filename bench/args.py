# SPDX-License-Identifier: BSD-3-Clause
"""What bench/args.c measures, with Python's argparse: run one after the other."""
import argparse
import statistics
import time

ROUNDS = 5


class Formatter(argparse.ArgumentDefaultsHelpFormatter, argparse.RawDescriptionHelpFormatter):
    """The formatter of staged scripts."""


def name_of(number):
    """Lower case letters, as stages have them."""
    letters = 'stage'
    while True:
        letters += chr(ord('a') + number % 26)
        number //= 26
        if number == 0:
            return letters


def make_parser(names):
    """A script's parser."""
    parser = argparse.ArgumentParser(prog='bench', description='A script.',
                                     formatter_class=Formatter)
    parser.add_argument('--stage', nargs='+', choices=names, help='Which stages to run.')
    parser.add_argument('--dry-run', action='store_true', help='If specified, run nothing.')
    group = parser.add_argument_group('retry', 'Additional options for retrying stages.')
    for name in names:
        group.add_argument(f'--{name}-retry-attempts', type=int, default=0,
                           help=f'How many times to retry the {name!r} stage.')
        group.add_argument(f'--{name}-retry-delay', type=float, default=0,
                           help=f'How long to wait before retrying the {name!r} stage.')
        group.add_argument(f'--{name}-retry-timeout', type=int, default=60,
                           help=f'How long to wait before giving up on the {name!r} stage.')
    return parser


def run_round(names):
    """Milliseconds of each step."""
    words = ['--stage', names[0]]
    for name in names[:-1]:
        words += [f'--{name}-retry-attempts', '5']
    moments = [time.perf_counter()]
    parser = make_parser(names)
    moments.append(time.perf_counter())
    parser.parse_args(words)
    moments.append(time.perf_counter())
    parser.format_help()
    moments.append(time.perf_counter())
    parser.format_usage()
    moments.append(time.perf_counter())
    return [(b - a) * 1e3 for a, b in zip(moments, moments[1:])]


print(f'{"stages":>7} {"make ms":>9} {"parse ms":>9} {"help ms":>9} {"usage ms":>9}')
for stages in (10, 100, 1000):
    stage_names = [name_of(i) for i in range(stages)]
    rounds = [run_round(stage_names) for _ in range(ROUNDS)]
    medians = [statistics.median(column) for column in zip(*rounds)]
    print(f'{stages:7}' + ''.join(f' {median:9.3f}' for median in medians))
