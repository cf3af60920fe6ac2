# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash disable=SC2154
#
# Talks with the program: docs/shell-protocol.md.  Only one process of the shell at a time does: the
# one that holds the token.  The program has set the numbers of descriptors, which no command
# inherits: _staged_up, _staged_down, _staged_take_from and _staged_give_to for the token,
# _staged_life, which ends with the program, and _staged_raw for what builtins write, which it reads
# together with the next request.
# They are opened for each use, so that no command inherits a descriptor.

_staged_frame=0 # the call of a function that this process belongs to
_staged_kind='' _staged_length='' _staged_text=''
_staged_busy=''
_staged_tells_where='' # not empty: the next request says where it is made

# Takes the token.
_staged_take() {
  if [[ $_staged_busy == "$BASHPID" ]]; then
    _staged_refuse
    return
  fi
  _staged_kind=''
  builtin read -rN1 -t 1 -u "$_staged_take_from" _staged_kind || _staged_await_token
  _staged_busy=$BASHPID
}

# The process that held it may have died with the program, and then nobody puts it back.  If the
# time is up just as the byte comes, bash says that it is up, and has read the byte all the same.
_staged_await_token() {
  while [[ -z $_staged_kind ]]; do
    # This pipe ends when the program does.
    builtin read -rN1 -t 0.01 -u "$_staged_life" _staged_kind || (($? > 128)) || builtin exit 1
    builtin read -rN1 -t 1 -u "$_staged_take_from" _staged_kind || :
  done
}

_staged_refuse() {
  builtin printf '%s\n' "staged: a trap cannot use a verb while another verb is at work" >&2
  return 1
}

# Puts it back.
_staged_give() {
  _staged_busy=''
  builtin printf . >&"$_staged_give_to"
}

# Writes a request: VERB WORDS...; the caller's caller's caller is the author's code.
_staged_write() {
  builtin printf '%s\0' "$#" "$BASHPID" "$_staged_frame" "$BASH_SUBSHELL" \
    "${BASH_LINENO[2]}" "${BASH_SOURCE[3]-}" "${FUNCNAME[3]-}" "$@" >&"$_staged_up"
}

# Sends something that needs no reply: takes the token, writes, and puts the token back.
_staged_tell() {
  if [[ $_staged_busy == "$BASHPID" ]]; then
    _staged_refuse
    return
  fi
  _staged_kind=''
  builtin read -rN1 -t 1 -u "$_staged_take_from" _staged_kind || _staged_await_token
  _staged_busy=$BASHPID
  builtin printf '%s\0' "$#" "$BASHPID" "$_staged_frame" "$BASH_SUBSHELL" \
    "${BASH_LINENO[1]}" "${BASH_SOURCE[2]-}" "${FUNCNAME[2]-}" "$@" >&"$_staged_up"
  _staged_busy=''
  builtin printf . >&"$_staged_give_to"
}

# Writes the directory and the variables that are exported, for the record of a command.
_staged_write_where() {
  _staged_tells_where=''
  builtin printf '\0\1\0%s\0' "$PWD"
  builtin declare -px
} >&"$_staged_raw"

# Sends a request, and does what the program says until it is done: mostly nothing, which is why all
# of it is in one function.
_staged_request() {
  if [[ $_staged_busy == "$BASHPID" ]]; then
    _staged_refuse
    return
  fi
  _staged_kind=''
  builtin read -rN1 -t 1 -u "$_staged_take_from" _staged_kind || _staged_await_token
  _staged_busy=$BASHPID
  [[ -z $_staged_tells_where ]] || _staged_write_where
  builtin printf '%s\0' "$#" "$BASHPID" "$_staged_frame" "$BASH_SUBSHELL" \
    "${BASH_LINENO[1]}" "${BASH_SOURCE[2]-}" "${FUNCNAME[2]-}" "$@" >&"$_staged_up"
  _staged_kind=''
  builtin read -rN1 -u "$_staged_down" _staged_kind
  if [[ $_staged_kind == . ]]; then
    _staged_busy=''
    builtin printf . >&"$_staged_give_to"
    return
  fi
  _staged_obey
}

# Reads the text of a reply: its length in five digits, or 00000 and a NUL at its end if it has
# multibyte characters, which bash reads one at a time.
_staged_hear_text() {
  builtin read -rN5 -u "$_staged_down" _staged_length
  if [[ $_staged_length == 00000 ]]; then
    IFS='' builtin read -rd '' -u "$_staged_down" _staged_text
  else
    builtin read -rN "$((10#$_staged_length))" -u "$_staged_down" _staged_text
  fi
}

# Does what the program says until that sends a status: `.` is 0.
_staged_hear() {
  _staged_kind=''
  builtin read -rN1 -u "$_staged_down" _staged_kind
  _staged_obey
}

# The same after the first letter was read; an empty one means that the program is gone.
_staged_obey() {
  while [[ -n $_staged_kind ]]; do
    [[ $_staged_kind == . ]] || _staged_hear_text
    case $_staged_kind in
      .) _staged_give && return 0 ;;
      r) _staged_give && return "$_staged_text" ;;
      x) _staged_give && builtin exit "$_staged_text" ;;
      e) builtin eval "$_staged_text" ;;
      c)
        _staged_give
        _staged_call
        _staged_take
        _staged_write returned "$_staged_status"
        ;;
    esac
    _staged_kind=''
    builtin read -rN1 -u "$_staged_down" _staged_kind
  done
  # The program is gone: lets processes that wait for the token find that out, too.
  builtin printf '.%.0s' {1..99} >&"$_staged_give_to"
  builtin exit 1
}
