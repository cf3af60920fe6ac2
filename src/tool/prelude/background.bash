# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash disable=SC2030,SC2031,SC2034,SC2154
#
# Background work of a function: named jobs, whose results the program keeps.

_staged_works=() # names and processes of this function's work
_staged_work=''  # the number of the work that is about to begin
_staged_pid=''

# Starts the work.
background() {
  _staged_request background "$@"
  _staged_words=("${@:2}")
  _staged_start_work
  _staged_works+=("$1" "$_staged_pid")
}

_staged_start_work() {
  local -
  set +eE
  # As in _staged_call: `set -e` must hold in the work, even where this is called by a condition.
  builtin mapfile -tn 1 -c 1 -C '_staged_begin_work #' -u 251 _staged_none 251<<<.
}

_staged_begin_work() {
  local -
  set +eEu
  {
    (
      exec 2>&250 250>&- 251<&-
      _staged_frame=$_staged_work _staged_works=() _staged_shared=()
      _staged_last_job=${!-} _staged_at_exit='' _staged_at_error=''
      _staged_request entered
      builtin trap _staged_leave EXIT
      builtin trap '_staged_failed "$?" "$BASH_COMMAND"' ERR
      set -Eeuo pipefail
      if builtin declare -F "${_staged_words[0]}" >/dev/null; then
        "${_staged_words[@]}"
      else
        run -- "${_staged_words[@]}"
      fi
    ) &
  } 250>&2 2>/dev/null
  _staged_pid=$!
}

# Waits for the end of work, and fails as it did.
await() {
  local _staged_name
  _staged_names=()
  _staged_request await "$@"
  for _staged_name in "${_staged_names[@]}"; do
    _staged_wait_for "$_staged_name"
    _staged_request awaited "$_staged_name" "$_staged_status" || return "$?"
  done
}

# Sets _staged_status to the status of the work's process.
_staged_wait_for() {
  local i others=()
  _staged_status=0
  for ((i = 0; i < ${#_staged_works[@]}; i += 2)); do
    if [[ ${_staged_works[i]} == "$1" ]]; then
      builtin wait "${_staged_works[i + 1]}" 2>/dev/null || _staged_status=$?
    else
      others+=("${_staged_works[@]:i:2}")
    fi
  done
  _staged_works=("${others[@]}")
}

running() { _staged_request running "$@"; }

# Called at the end of a function that succeeds: waits for its remaining work.  (Within a trap, a
# plain `return` would return the earlier status.)
_staged_await_rest() {
  local _staged_name
  while ((${#_staged_works[@]} > 0)); do
    _staged_name=${_staged_works[0]}
    _staged_wait_for "$_staged_name"
    _staged_request awaited "$_staged_name" "$_staged_status" || return "$?"
  done
}
