# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash disable=SC2034,SC2154
#
# What a script says of itself while it is read.

class() { _staged_request class "$@"; }
description() { _staged_request description "$@"; }
epilog() { _staged_request epilog "$@"; }
stage() { _staged_request stage "$@"; }
method() { _staged_request method "$@"; }
argument() { _staged_request argument "$@"; }
group() { _staged_request group "$@"; }
exclusive() { _staged_request exclusive "$@"; }
command_group() { _staged_request command_group "$@"; }
command_of() { _staged_request command_of "$@"; }
hide_retry_arguments() { _staged_request hide_retry_arguments "$@"; }
time_limit_arguments() { _staged_request time_limit_arguments "$@"; }
env_file() { _staged_request env_file "$@"; }

# Names the variables that outlive the function that sets them.
share() {
  _staged_request share "$@" && _staged_shared+=("$@")
}

# Reads the files that this one extends, the nearest first.
extends() {
  local _staged_name
  for _staged_name in "$@"; do
    _staged_file=''
    _staged_request extends "$_staged_name"
    if [[ -n $_staged_file ]]; then
      # shellcheck source=/dev/null
      builtin source "$_staged_file"
      _staged_tell_functions "$_staged_file"
    fi
  done
}
