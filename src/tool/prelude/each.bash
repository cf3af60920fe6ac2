# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash disable=SC2030,SC2031,SC2034,SC2154
#
# Runs a function or command for each of many items.  The program runs commands itself; functions run
# in subshells of the process that uses `each`, which starts them and waits for them on request.

_staged_each=''      # what `each` is doing; empty: it is over
_staged_item=''      # not empty: this process is an item
_staged_outputs=()   # where the next item writes
_staged_ended=()     # processes of items to wait for,
_staged_waited=()    # and the results

each() {
  local _staged_each='' _staged_pid=0 _staged_ended=() _staged_waited=() _staged_outputs=() _staged_command=''
  _staged_tells_where=1
  _staged_request each "$@" || return "$?"
  [[ -n $_staged_each ]] || return 0
  if builtin declare -F "$_staged_command" >/dev/null; then
    _staged_request each_run function || return "$?"
  else
    _staged_request each_run program || return "$?"
  fi
  # The program reports that an item was killed; bash should not.
  { _staged_do_items; } 2>/dev/null
}

_staged_do_items() {
  while [[ -n $_staged_each ]]; do
    ((${#_staged_waited[@]} > 0)) || _staged_await_wake
    _staged_work='' _staged_ended=()
    _staged_request each_next "$_staged_pid" "${_staged_waited[@]}" || return "$?"
    _staged_waited=()
    [[ -z $_staged_work ]] || _staged_start_item
    _staged_wait_for_items
  done
}

# Waits without holding the token, which items and other work need.  Bash loses a byte that arrives as
# the time runs out, as it does after a stop, so what there is to do is asked for once a second.
_staged_await_wake() {
  builtin read -rN1 -t 1 -u "$_staged_wake" _staged_kind && return
  # This pipe ends when the program does.
  builtin read -rN1 -t 0.01 -u "$_staged_life" _staged_kind || (($? > 128)) || builtin exit 1
}

_staged_wait_for_items() {
  local pid status
  for pid in "${_staged_ended[@]}"; do
    status=0
    builtin wait "$pid" 2>/dev/null || status=$?
    _staged_waited+=("$pid" "$status")
  done
}

_staged_start_item() {
  local -
  set +eE
  _staged_pid=0
  # As in _staged_call: `set -e` must hold in the item, even where this is called by a condition.
  builtin mapfile -tn 1 -c 1 -C '_staged_begin_item #' -u 251 _staged_none 251<<<.
}

_staged_begin_item() {
  local -
  set +eEu
  {
    (
      exec 2>&250 250>&- 251<&-
      exec </dev/null >>"${_staged_outputs[0]}" 2>>"${_staged_outputs[1]}"
      _staged_frame=$_staged_work _staged_works=() _staged_shared=() _staged_item=1
      _staged_last_job=${!-} _staged_at_exit='' _staged_at_error=''
      _staged_request entered
      builtin trap _staged_leave EXIT
      builtin trap '_staged_failed "$?" "$BASH_COMMAND"' ERR
      set -Eeuo pipefail
      "${_staged_words[@]}"
    ) &
  } 250>&2 2>/dev/null
  _staged_pid=$!
}
