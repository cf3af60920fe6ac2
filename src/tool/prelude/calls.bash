# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash disable=SC2030,SC2031,SC2034,SC2154
#
# Calls a function of the author: in a subshell, so that `set -e`, `exit`, `cd` and traps mean what an
# author expects, and nothing outlives the function by accident.

_staged_function='' _staged_status=0
_staged_words=()    # its arguments
_staged_records=''  # not empty: the run is recorded
_staged_shared=()   # the names of the variables that outlive a function
_staged_at_exit=''  # the author's commands for its end,
_staged_at_error='' # and for a command that fails
_staged_last_job='' # what $! was when it began
_staged_jobs=()
_staged_outside=1   # how deep the call stack was before the stage; one entry is bash's own
_staged_stack=()
_staged_traced=''   # `x` if the author's file uses `set -x`

# Runs the function that `_staged_text`, which the program has sent, sets up.
_staged_call() {
  local -
  set +eE
  if [[ $_staged_frame == 0 ]]; then
    _staged_inside
  else
    # If a condition has called us (`if super`), bash would ignore `set -e` in everything called from
    # here, but not in what mapfile calls.
    builtin mapfile -tn 1 -c 1 -C '_staged_inside #' -u 251 _staged_none 251<<<.
  fi
}

_staged_inside() {
  local -
  # (Bash 4.4 treats `${!-}` as an unset variable.)
  set +eEu
  # The program reports that a function was killed; bash should not.
  {
    (
      exec 2>&250 250>&- 251<&-
      builtin trap - INT TERM HUP QUIT
      builtin eval "$_staged_text"
      _staged_last_job=${!-} _staged_at_exit='' _staged_at_error='' _staged_works=()
      _staged_request entered
      builtin trap _staged_leave EXIT
      builtin trap '_staged_failed "$?" "$BASH_COMMAND"' ERR
      shopt -s inherit_errexit
      set -Eeuo pipefail
      [[ -z $_staged_traced ]] || set -x
      "$_staged_function" "${_staged_words[@]}"
    )
  } 250>&2 2>/dev/null
  _staged_status=$?
}

# The call stack of the author's functions: name, line and file of each.
_staged_find_stack() {
  local i
  _staged_stack=()
  for ((i = 1; i < ${#FUNCNAME[@]} - _staged_outside; i++)); do
    [[ ${BASH_SOURCE[i]} == "$_staged_prelude" && ${FUNCNAME[i]} != _staged_of_* ]] ||
      _staged_stack+=("${FUNCNAME[i]}" "${BASH_LINENO[i - 1]}" "${BASH_SOURCE[i]}")
  done
}

# For a verb that ends the function: bash reports it on its way up, like a command that failed.
_staged_tell_stack() {
  [[ $_staged_frame != 0 && $_staged_busy != "$BASHPID" ]] || return 0
  _staged_find_stack
  _staged_tell stack "${_staged_stack[@]}"
}

# Reports a command that failed, and with it the function.
_staged_failed() {
  # shellcheck disable=SC2016
  [[ $2 != _staged_return_status* && $2 != *'"${_staged_words['* ]] || return 0
  [[ $_staged_busy != "$BASHPID" ]] || return 0
  _staged_find_stack
  _staged_tell failed "$1" "$2" "${_staged_stack[@]}"
  [[ -z $_staged_at_error ]] || builtin eval "$_staged_at_error"
}

# The output of a function of the author for a word of the command line is the value of that word.
_staged_convert() {
  local _staged_output
  # Rejecting a word is not a failure to report.
  builtin trap - ERR
  _staged_output=$("$1" "$2")
  _staged_tell converted "$_staged_output"
}

_staged_return_status() {
  return "$1"
}

# The end of a function's subshell, however it ends.
_staged_leave() {
  local status=$? at_work=0
  builtin trap - ERR
  if ((${#_staged_works[@]} > 0)) && [[ $_staged_busy != "$BASHPID" ]]; then
    set +e
    ((status != 0)) || _staged_await_rest || at_work=$?
    ((status + at_work == 0)) || _staged_request cancel_works
    _staged_works=()
  fi
  if [[ -n $_staged_at_exit ]]; then
    set +e
    _staged_return_status "$status"
    builtin eval "$_staged_at_exit"
  fi
  set +eux
  # A signal now would cut a request short.
  builtin trap '' TERM INT HUP QUIT
  # A process that was killed while it waited for a reply holds the token, and the reply is on its
  # way: the program deals with both.
  if [[ $_staged_busy == "$BASHPID" ]]; then
    ((${#_staged_shared[@]} == 0)) || _staged_write_shared
    return
  fi
  ((${#_staged_shared[@]} == 0)) || _staged_tell_shared
  # Ignores what a failed function has left running.
  ((status + at_work != 0)) || [[ ${!-} == "$_staged_last_job" ]] || _staged_tell_jobs
  [[ -z $_staged_item ]] || _staged_tell item_left
  ((at_work == 0)) || builtin exit "$at_work"
}

# Waits until the program has read it: what another process writes next would follow in the pipe.
_staged_tell_shared() {
  _staged_take || return
  _staged_write_shared
  _staged_hear
}

# Writes the shared variables: the name and the declaration of each, which is empty if it is unset.
_staged_write_shared() {
  local name
  {
    builtin printf '\0\1\0'
    for name in "${_staged_shared[@]}"; do
      builtin printf '%s\0' "$name"
      builtin declare -p "$name" 2>/dev/null
      builtin printf '\0'
    done
  } >&"$_staged_raw"
  _staged_write shared
}

# Lists the jobs, or those that have ended: a command substitution would not know all of them.
#   $1  `ended` for only those that have ended
_staged_list_jobs() {
  _staged_jobs=()
  _staged_take || return
  {
    builtin printf '\0\1\0'
    builtin jobs -l
  } >&"$_staged_raw"
  _staged_write jobs "$1"
  _staged_hear
  ((${#_staged_works[@]} == 0)) || _staged_leave_works_out
}

# Named work is awaited by its name.
_staged_leave_works_out() {
  local IFS=' ' job others=()
  for job in "${_staged_jobs[@]}"; do
    [[ " ${_staged_works[*]} " == *" $job "* ]] || others+=("$job")
  done
  _staged_jobs=("${others[@]}")
}

# Reports failed jobs that ended before anybody waited for them.
_staged_tell_jobs() {
  local job status
  _staged_list_jobs ended
  for job in "${_staged_jobs[@]}"; do
    status=0
    builtin wait "$job" || status=$?
    ((status == 0)) || _staged_tell job "$status" "$job"
  done
}

# Like the builtin, but remembers jobs that fail.
wait() {
  local job status=0 last=0
  if (($# > 0)); then
    builtin wait "$@"
    return
  fi
  _staged_list_jobs all
  for job in "${_staged_jobs[@]}"; do
    status=0
    builtin wait "$job" || status=$?
    ((status == 0)) || last=$status
    ((status == 0)) ||
      _staged_tell job "$status" "$job" "${FUNCNAME[1]}" "${BASH_LINENO[0]}" "${BASH_SOURCE[1]}"
  done
  # It would forget the results of named work.
  ((${#_staged_works[@]} > 0)) || builtin wait
  return "$last"
}

# Like the builtin; the author's commands for the end of a function run before ours.
trap() {
  local action=${1-} name others=()
  if [[ $_staged_frame == 0 || $# -lt 2 || $action == -?* ]]; then
    # shellcheck disable=SC2064
    builtin trap "$@"
    return
  fi
  [[ $action != - ]] || action=''
  for name in "${@:2}"; do
    case $name in
      EXIT | 0) _staged_at_exit=$action ;;
      ERR) _staged_at_error=$action ;;
      *) others+=("$name") ;;
    esac
  done
  ((${#others[@]} == 0)) || builtin trap -- "$1" "${others[@]}"
}

# What bash calls for a command that is not there, in a process of its own.  It names the author's line:
# without it the line would be one of ours where `run` has called the command.
command_not_found_handle() {
  set +eEu
  builtin trap - ERR EXIT
  local _staged_meant='' _staged_told='' i=1
  # Who holds the token waits for this process.
  [[ -n $_staged_busy ]] || _staged_request missing "$@"
  [[ -z $_staged_told ]] || return 127
  while [[ ${BASH_SOURCE[i]-} == "$_staged_prelude" ]]; do
    i=$((i + 1))
  done
  [[ -z $_staged_meant ]] || _staged_meant="; did you mean '$_staged_meant'?"
  builtin printf '%s: line %s: %s: command not found%s\n' \
    "${BASH_SOURCE[i]-$0}" "${BASH_LINENO[i - 1]}" "$1" "$_staged_meant" >&2
  return 127
}
