# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash disable=SC2034,SC2154
#
# Reads the author's file, and waits for what to do with it.  The program has set _staged_file and the
# descriptors needed only for that.

_staged_names=()

# Names all functions, of which the program knows ours, and the author's with their places and, for an
# extended file, their source.
_staged_tell_functions() {
  local name
  _staged_take
  builtin declare -F >&"$_staged_raw"
  _staged_write functions
  _staged_hear
  _staged_take
  builtin shopt -s extdebug
  {
    ((${#_staged_names[@]} == 0)) || builtin declare -F "${_staged_names[@]}"
    builtin printf '\0'
    for name in "${_staged_names[@]}"; do
      [[ $1 == "$_staged_main_file" ]] || builtin declare -f "$name"
      builtin printf '\0'
    done
  } >&"$_staged_raw"
  builtin shopt -u extdebug
  _staged_write places
  _staged_hear
}

# Whether bash can parse the file, which is checked before any of it runs.
_staged_parses() {
  local text status=0 extglob=-s
  builtin shopt -q extglob || extglob=-u
  # The file may set it itself.
  builtin shopt -s extglob
  builtin mapfile -d '' -n 1 text <"$_staged_file"
  builtin eval "_staged_parsed() {
${text-}
}" 2>/dev/null || status=$?
  builtin shopt "$extglob" extglob
  return "$status"
}

if ((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] < 404)); then
  _staged_request too_old "$BASH_VERSION"
fi
_staged_main_file=$_staged_file
if ! _staged_parses; then
  _staged_request unparsed
fi
builtin unset -f _staged_parsed
_staged_at_line=0
set -E
builtin trap '_staged_at_line=$LINENO' ERR
builtin trap '_staged_tell left "$?" "$_staged_at_line"' EXIT
# shellcheck source=/dev/null
builtin source "$_staged_file" "$@" <&"$_staged_probe" >&"$_staged_printed"
builtin trap - ERR EXIT
builtin exec {_staged_probe}<&- {_staged_printed}<&- {_staged_prelude_from}<&- {_staged_launch_from}<&-
[[ $- != *x* ]] || _staged_traced=x
set +Eeux +o pipefail
_staged_declares=_staged_request
_staged_tell_functions "$_staged_file"
# A signal from the terminal also reaches functions and commands: they end, and we continue.
builtin trap : INT TERM HUP QUIT
_staged_request ready
