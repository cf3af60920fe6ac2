# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash disable=SC2154
# (That line is left out, and a first line for env is put before what follows.)

# @NAME@: say here what it does.
#
#     ./@NAME@ --help
#     ./@NAME@ --target docs --stage build check
#
# shellcheck shell=bash disable=SC2154

description 'Say here what the script does.'
argument --target --default all --help 'What to build.'
stage build 'Building' --by-default
stage check 'Checking' --by-default --retry-attempts 2 --retry-delay 1
stage clean 'Cleaning up' --by-default --always # whatever happened before

# What each stage does.  A command that fails ends the script, and makes it fail.
stage_build() {
  log 'Building [bold]%s[/]' "$target"
  run touch result.txt
}

# A temporary failure asks for another attempt: --check-retry-attempts, --check-retry-delay.
stage_check() {
  [[ -e result.txt ]] || retry 'nothing is built yet'
}

stage_clean() {
  run rm -f result.txt
}
