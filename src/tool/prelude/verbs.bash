# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash disable=SC2034,SC2154
#
# The verbs of a script.  The program parses their words.

log() { _staged_request log "$@"; }
log_dry_run() { _staged_request log_dry_run "$@"; }
heading() { _staged_request heading "$@"; }
panel() { _staged_request panel "$@"; }
table() { _staged_request table "$@"; }
section() { _staged_request section "$@"; }
retry() { _staged_tell_stack && _staged_request retry "$@"; }
fail() { _staged_tell_stack && _staged_request fail "$@"; }
fail_usage() { _staged_tell_stack && _staged_request fail_usage "$@"; }
finish() { _staged_tell_stack && _staged_request finish "$@"; }
super() { _staged_request super "$@"; }
general() { _staged_request general "$@"; }
super_general() { _staged_request super_general "$@"; }
call() { _staged_request call "$@"; }
poll() { _staged_request poll "$@"; }
pause() { _staged_request pause "$@"; }
confirm() { _staged_request confirm "$@"; }
prompt() { _staged_request prompt "$@"; }
select_stage() { _staged_request select_stage "$@"; }
unselect_stage() { _staged_request unselect_stage "$@"; }
selected() { _staged_request selected "$@"; }
skip_rest() { _staged_request skip_rest "$@"; }
run_script() { _staged_request run_script "$@"; }
run_stage() { _staged_request run_stage "$@"; }
time_limit() { _staged_request time_limit "$@"; }
deadline() { _staged_request deadline "$@"; }
unique_directory() { _staged_request unique_directory "$@"; }
unique_name() { _staged_request unique_name "$@"; }
set_argument() { _staged_request set_argument "$@"; }
success() { _staged_request success "$@"; }

# Shows the text given, or else standard input.
show_json() {
  local _staged_read=()
  (($# > 0)) || _staged_read_all
  _staged_request show_json "$@" "${_staged_read[@]}"
}
show_diff() {
  local _staged_read=()
  (($# > 0)) || _staged_read_all
  _staged_request show_diff "$@" "${_staged_read[@]}"
}
_staged_read_all() { IFS='' builtin read -rd '' '_staged_read[0]' || :; }

# Sends the values of variables that must not be shown.
secret() {
  local name words=()
  for name in "$@"; do
    words+=("$name" "${!name-}")
  done
  _staged_request secret "${words[@]}"
}

_staged_how='' _staged_skip=0
_staged_asker=''  # the process that asks for a command that runs apart
_staged_client=() # what runs in place of a command at a place
place_failure=''  # why the last command of `run` or `ask` could not run at its place

# Runs a command in this shell, or in a subshell if options affect more than the log.
run() {
  _staged_how='' _staged_skip=0 place_failure='' _staged_tells_where=$_staged_records
  _staged_request run "$@"
  if [[ $_staged_how == there ]]; then
    _staged_find_kind "${@:_staged_skip+1:1}"
    _staged_how='' _staged_tells_where=1
    _staged_request run_there "$_staged_kind" "$@" || return "$?"
  fi
  builtin shift "$_staged_skip"
  if [[ -z $_staged_how ]]; then
    "$@"
    # If that ends this shell, the trap for errors reports it.
    local status=$?
    # What is printed next is not the command's: a record must have read everything before that.
    if [[ -z $_staged_records ]]; then
      _staged_tell ran "$status"
    else
      _staged_request ran_recorded "$status"
    fi
    return "$status"
  fi
  [[ $_staged_how != shown ]] || return 0
  _staged_words=("$@")
  _staged_take_client
  _staged_run_apart
  _staged_request ran_apart "$_staged_status"
}

# Functions stay here, also those that the program does not know.
_staged_find_kind() {
  _staged_kind=program
  ! builtin declare -F -- "$1" >/dev/null || _staged_kind=function
}

# Sets what runs apart: the command, or its client if it runs at a place.
_staged_take_client() {
  _staged_asker=$BASHPID
  ((${#_staged_client[@]} == 0)) || _staged_words=(exec "${_staged_client[@]}")
  _staged_client=()
}

# Sets a variable to the output of a command.
ask() {
  (($# > 1)) || {
    _staged_request ask
    return
  }
  local _staged_name=$1
  builtin shift
  _staged_how='' _staged_skip=0 place_failure='' _staged_tells_where=$_staged_records
  _staged_request ask "$@"
  if [[ $_staged_how == there ]]; then
    _staged_find_kind "${@:_staged_skip+1:1}"
    _staged_how='' _staged_tells_where=1
    _staged_request ask_there "$_staged_kind" "$@" || return "$?"
  fi
  builtin shift "$_staged_skip"
  [[ $_staged_how != shown ]] || return 0
  local _staged_output status=0
  if ((${#_staged_client[@]} == 0)); then
    # This shell reports that it failed.
    _staged_output=$(builtin trap - ERR && "$@")
    status=$?
    _staged_tell ran "$status"
  else
    _staged_take_client
    _staged_status=0
    # The pipe of a substitution would be the error output that the author has closed.
    if builtin : >&2; then _staged_ask_apart; else _staged_ask_apart 2>/dev/null; fi
    _staged_request ran_apart "$_staged_status" || status=$?
  fi
  builtin printf -v "$_staged_name" %s "$_staged_output"
  return "$status"
}

_staged_ask_apart() {
  _staged_output=$(_staged_run_apart && builtin exit "$_staged_status") || _staged_status=$?
}

# Error output that the author has closed has to be open to be put aside.
_staged_run_apart() {
  local -
  set +eE
  if builtin : >&2; then
    builtin mapfile -tn 1 -c 1 -C '_staged_command_inside #' -u 251 _staged_none 251<<<.
  else
    builtin mapfile -tn 1 -c 1 -C '_staged_command_inside #' -u 251 _staged_none 251<<<. 2>/dev/null
  fi
}

_staged_command_inside() {
  local -
  set +eE
  {
    (
      exec 2>&250 250>&- 251<&-
      builtin trap - EXIT
      builtin trap '_staged_failed "$?" "$BASH_COMMAND"' ERR
      _staged_request started "$_staged_asker"
      set -Eeuo pipefail
      # What the options request: another directory, variables, no output.
      builtin eval "$_staged_how"
      "${_staged_words[@]}"
    )
  } 250>&2 2>/dev/null
  _staged_status=$?
}
