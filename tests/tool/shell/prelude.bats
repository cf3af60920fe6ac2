#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-3-Clause
# The functions of the prelude by themselves: this file plays the program.

setup() {
  local name
  for name in up down token raw; do
    mkfifo "$BATS_TEST_TMPDIR/$name"
  done
  exec 20<>"$BATS_TEST_TMPDIR/up" 21<>"$BATS_TEST_TMPDIR/down"
  exec 22<>"$BATS_TEST_TMPDIR/token" 23<>"$BATS_TEST_TMPDIR/raw"
  for name in channel calls background verbs declarations; do
    # shellcheck source=/dev/null
    source "$BATS_TEST_DIRNAME/../../../src/tool/prelude/$name.bash"
  done
  _staged_up=20 _staged_down=21 _staged_take_from=22 _staged_give_to=22 _staged_raw=23
  printf . >&22
}

# What bash has said, a field a line, from the verb on.
said() {
  local count field fields=()
  IFS='' read -rd '' -u 20 count
  count=$((count + 6))
  while ((count-- > 0)); do
    IFS='' read -rd '' -u 20 field
    fields+=("$field")
  done
  printf '%s\n' "${fields[@]:6}"
}

# Whether the token is there.
token_is_back() {
  read -rN1 -t 1 -u 22 _ && ! read -rN1 -t 0.1 -u 22 _
}

@test "a request is fields, and the token is put back" {
  _staged_tell hello 'a b' '' $'c\nd'
  [ "$(said)" = $'hello\na b\n\nc\nd' ]
  token_is_back
}

# Bash says that the time is up, though it has read something.
late() {
  builtin() {
    command builtin "$@" || return
    [ "$1 $3 $4" != 'read -t 1' ]
  }
  exec 24</dev/null # the program is gone
  _staged_life=24
}

@test "a token that comes as the time is up is not lost" {
  printf .. >&21
  for verb in _staged_request _staged_tell; do
    (late && "$verb" hello)
    [ "$(said)" = hello ]
    token_is_back
    printf . >&22
  done
  (late && _staged_take && _staged_give)
  token_is_back
}

@test "a status ends the replies" {
  printf .r000017 >&21
  _staged_request first
  status=0
  _staged_request second || status=$?
  [ "$status" -eq 7 ]
  token_is_back
}

@test "a text is evaluated, also one of characters of several bytes" {
  printf 'e00008value=ab' >&21
  printf "e00000other='\\xc3\\xa9 x'\\0." >&21
  _staged_request anything
  [ "$value" = ab ]
  [ "$other" = $'\xc3\xa9 x' ]
}

@test "a process exits when it is told so" {
  printf x0000279 >&21
  status=0
  (_staged_request anything) || status=$?
  [ "$status" -eq 79 ]
  token_is_back
}

@test "verbs hand on their words" {
  printf .... >&21
  log 'format %s' 'a b'
  heading --color red x
  [ "$(said)" = $'log\nformat %s\na b' ]
  [ "$(said)" = $'heading\n--color\nred\nx' ]
}

@test "a secret is told with its value" {
  printf . >&21
  password='a b'
  secret password nothing
  [ "$(said)" = $'secret\npassword\na b\nnothing' ]
}

@test "run hands on the status of its command" {
  printf . >&21
  fails() { return 5; }
  status=0
  run fails || status=$?
  [ "$status" -eq 5 ]
  [ "$(said)" = $'run\nfails' ]
  [ "$(said)" = $'ran\n5' ]
}

@test "a recorded command says where it runs before its request, and no other request does" {
  local field fields=()
  printf .. >&21
  _staged_records=1
  export known=value
  run true
  [ "$(said)" = $'run\ntrue' ]
  [ "$(said)" = $'ran_recorded\n0' ]
  printf 'end\0' >&23
  for ((i = 0; i < 4; i++)); do
    IFS='' read -rd '' -u 23 field
    fields+=("$field")
  done
  [ "${fields[*]:0:3}" = " "$'\1'" $PWD" ]
  [[ ${fields[3]} == *$'\ndeclare -x known="value"\n'*end ]]
}
