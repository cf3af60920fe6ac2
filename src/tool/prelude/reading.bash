# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash disable=SC2034,SC2154
#
# Reads the author's file, and waits for what to do with it.  The program has set _staged_file, the
# descriptors needed only for that, and _staged_own, a pattern for the names of the functions here.

_staged_names=()

# Writes the names of all functions, each on a line, leaving out our own if possible.
# (A bash without readline has no compgen.)
_staged_write_functions() {
  local extglob=-s
  builtin shopt -q extglob || extglob=-u
  builtin shopt -s extglob
  builtin compgen -A function -X "$_staged_own" 2>/dev/null || builtin declare -F
  builtin shopt "$extglob" extglob
} >&"$_staged_raw"

# Names all functions, with their places and, for an extended file, their source.
_staged_tell_functions() {
  local name
  _staged_take
  _staged_write_functions
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
_staged_tell_functions "$_staged_file"
# A signal from the terminal also reaches functions and commands: they end, and we continue.
builtin trap : INT TERM HUP QUIT
_staged_request ready
