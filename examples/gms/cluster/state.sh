# SPDX-License-Identifier: BSD-3-Clause
#
# What the stand-ins for gmskube and kubectl share.  Several of them may run at once: files that are
# counted up are only ever appended to, and everything else is written by one command.
# Scripts look at them again and again: what is asked often is answered by the shell alone.
set -u

state=${GMS_CLUSTER:?is not set: run this below examples/gms/cluster/run}
program=${0##*/}

fail() # MESSAGE
{
    printf '%s: %s\n' "$program" "$1" >&2
    exit 1
}

# Counts something up; sets `times` to how often that was done so far.
count() # FILE
{
    echo >>"$1"
    times=0
    while read -r _; do
        times=$((times + 1))
    done <"$1"
}

# Sleeps as long as a setting says.
take() # SECONDS
{
    [ "$1" = 0 ] || sleep "$1"
}

# Whether something that is to happen the Nth time (or never) happens now.
reached() # N TIMES
{
    [ "$1" != never ] && [ "$2" -ge "$1" ]
}

find_instance() # NAME
{
    [ -n "$1" ] || fail "no instance is named"
    instance=$state/instances/$1
    [ -d "$instance" ] || fail "Error from server (NotFound): namespaces \"$1\" not found"
}
