#!/usr/bin/env staged
# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash disable=SC2016,SC2034,SC2154
# For scripts that are a GMSKubeWrapper, too: what there is to do with the simulator of an instance,
# which makes up the data that tests need.

class SimulatorMixin
stage init 'Initializing the simulator...'
stage start 'Starting the simulator...'
stage stop 'Stopping the simulator...'
stage clean 'Cleaning up the simulator...'
stage status 'Checking the simulator status...' --may-fail

# What a simulation is about, unless arguments say something else.
seed_start_time=2019-01-05T16:00:00Z
seed_end_time=2019-01-05T22:00:00Z
sim_start_time='' # eight hours ago
op_time_period=PT24H
calib_update_freq=PT6H
state_timeout=5 # how long to wait for a state, in minutes

share simulator_url simulator_state
simulator_url=''
simulator_state=''

pre_stage_init() { check_instance; }
pre_stage_start() { check_instance; }
pre_stage_stop() { check_instance; }
pre_stage_clean() { check_instance; }
pre_stage_status() { check_instance; }

# Prints the time of eight hours ago, at the top of the hour.
default_sim_start_time() {
  local now
  printf -v now '%(%s)T' -1
  TZ=UTC0 printf '%(%Y-%m-%dT%H:00:00Z)T' $((now - 8 * 60 * 60))
}

# ---- Talking to it ----

find_simulator() {
  [[ -z $simulator_url ]] || return 0
  if [[ $dry_run == true ]]; then
    log_dry_run 'Assuming a dummy ingress URL.'
    simulator_url=https://dry-run.dummy.url/bridged-data-source-simulator
    return
  fi
  log 'Getting the ingress URL for the simulator.'
  simulator_url=$(address_of bridged-data-source-simulator)
  [[ -n $simulator_url ]] || fail "Unable to determine the simulator URL for instance '%s'." "$instance"
}

post() { # REQUEST JSON
  find_simulator
  run --pretty "${request[@]}" POST --header 'Content-Type: application/json' --data "$2" \
    "$simulator_url/$1" >/dev/null
}

get_state() {
  find_simulator
  simulator_state=$("${request[@]}" GET "$simulator_url/status" | tr -d '"')
}

# ---- Its states ----

ensure_state() { # STATE...
  local states
  printf -v states ", '%s'" "$@"
  states=${states:2}
  if (($# == 1)); then
    log 'Ensuring the simulator is in the %s state.' "$states"
  else
    log 'Ensuring the simulator is in one of the following states:  %s' "$states"
  fi
  if [[ $dry_run == true ]]; then
    log_dry_run 'Assuming the simulator is in the correct state.'
    return
  fi
  get_state
  [[ " $* " != *" $simulator_state "* ]] || return 0
  (($# > 1)) || fail "The simulator is in the '%s' state instead of the %s state." \
    "$simulator_state" "$states"
  fail "The simulator is currently in the '%s' state instead of one of the following:  %s" \
    "$simulator_state" "$states"
}

is_in_state() { # STATE
  get_state
  [[ $simulator_state != ERROR ]] ||
    fail 'The simulator wound up in the `ERROR` state.  Consider using `--stage clean` to return it to the `UNINITIALIZED` state before proceeding.'
  [[ $simulator_state == "$1" ]]
}

wait_for_state() { # STATE
  poll "the simulator to reach the '$1' state" --interval "$poll_interval" \
    --timeout $((60 * state_timeout)) is_in_state "$1" ||
    fail "The simulator never reached the '%s' state.  Current state:  '%s'" "$1" "$simulator_state"
}

# ---- The stages ----

stage_init() {
  local json
  printf -v json '{"seedDataStartTime": "%s", "seedDataEndTime": "%s", "simulationStartTime": "%s", "operationalTimePeriod": "%s", "calibUpdateFrequency": "%s"}' \
    "$seed_start_time" "$seed_end_time" "${sim_start_time:-$(default_sim_start_time)}" \
    "$op_time_period" "$calib_update_freq"
  ensure_state UNINITIALIZED
  post initialize "$json"
  wait_for_state INITIALIZED
}

stage_start() {
  ensure_state INITIALIZED STOPPED
  post start '""'
  wait_for_state STARTED
}

stage_stop() {
  ensure_state STARTED
  post stop '""'
  wait_for_state STOPPED
}

stage_clean() {
  ensure_state ERROR INITIALIZED STOPPED UNINITIALIZED
  post cleanup '""'
  wait_for_state UNINITIALIZED
}

stage_status() {
  local answer
  find_simulator
  # This time the command is what the user wants to see.
  answer=$(run --pretty "${request[@]}" GET "$simulator_url/status")
  [[ $dry_run == false ]] || return 0
  simulator_state=${answer//\"/}
  log "The simulator is currently in the '%s' state." "$simulator_state"
}
