# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash disable=SC2034,SC2154
#
# What a script declares while it is read.

# While the file is read, mistakes are reported at the end; later, at once, by a reply.
_staged_declares=_staged_tell

class() { "$_staged_declares" class "$@"; }
description() { "$_staged_declares" description "$@"; }
epilog() { "$_staged_declares" epilog "$@"; }
stage() { "$_staged_declares" stage "$@"; }
lock() { "$_staged_declares" lock "$@"; }
stages() { "$_staged_declares" stages "$@"; }
method() { "$_staged_declares" method "$@"; }
argument() { "$_staged_declares" argument "$@"; }
default() { "$_staged_declares" default "$@"; }
group() { "$_staged_declares" group "$@"; }
exclusive() { "$_staged_declares" exclusive "$@"; }
command_group() { "$_staged_declares" command_group "$@"; }
command_of() { "$_staged_declares" command_of "$@"; }
hide_retry_arguments() { "$_staged_declares" hide_retry_arguments "$@"; }
run_arguments() { "$_staged_declares" run_arguments "$@"; }
time_limit_arguments() { "$_staged_declares" time_limit_arguments "$@"; }
question_arguments() { "$_staged_declares" question_arguments "$@"; }
ci_log() { "$_staged_declares" ci_log "$@"; }
window_title() { "$_staged_declares" window_title "$@"; }
notify_after() { "$_staged_declares" notify_after "$@"; }
highlight() { "$_staged_declares" highlight "$@"; }
hide_places() { "$_staged_declares" hide_places "$@"; }
place() { "$_staged_declares" place "$@"; }
default_place() { "$_staged_declares" default_place "$@"; }
retry_on() { "$_staged_declares" retry_on "$@"; }
observe() { "$_staged_declares" observe "$@"; }
env_file() { _staged_request env_file "$@"; }

# Names the variables that outlive the function that sets them.
share() {
  "$_staged_declares" share "$@"
  _staged_shared+=("$@")
}

# Reads the files that this one extends, the nearest first.
extends() {
  local _staged_name
  for _staged_name in "$@"; do
    _staged_file=''
    _staged_extend
    if [[ -n $_staged_file ]]; then
      # shellcheck source=/dev/null
      builtin source "$_staged_file"
      _staged_take || return
      {
        builtin local
        # Before bash 5.1, `local` leaves out variables without a value.
        ((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] > 500)) || {
          builtin printf '\0'
          builtin declare -p
        }
      } >&"$_staged_raw"
      _staged_write locals
      _staged_hear
      ((${#_staged_names[@]} == 0)) || _staged_make_global
      _staged_tell_functions "$_staged_file"
    fi
  done
}

# Tells the program which functions exist before that.
_staged_extend() {
  _staged_take || return
  builtin declare -F >&"$_staged_raw"
  _staged_write extends "$_staged_name"
  _staged_hear
}

# What an extended file has declared is local to `extends`, which its author did not mean.
_staged_make_global() {
  local _staged_name
  _staged_take || return
  for _staged_name in "${_staged_names[@]}"; do
    builtin declare -p "$_staged_name" 2>/dev/null
    builtin printf '\0'
  done >&"$_staged_raw"
  _staged_write globals
  _staged_hear
}
