#!/usr/bin/env staged
# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash disable=SC2154
# For scripts that are a GMSKubeWrapper, too: how an IAN instance is installed with its simulator.

# What there is to choose, unless arguments say something else.
keycloak=true
node_env=production
istio=true
timeout=15 # minutes
sets=()
set_strings=()

install_ian() {
  local command=(gmskube install --augment bridged-data-source-simulator --augment oracle)
  if [[ $istio == true ]]; then
    command+=(--istio)
  else
    command+=(--no-istio)
  fi
  command+=(--set "interactive-analysis-ui.env.NODE_ENV=$node_env")
  if [[ $keycloak == false ]]; then
    command+=(--set interactive-analysis-ui.env.GMS_DISABLE_KEYCLOAK_AUTH=true)
  fi
  add_options --set "${sets[@]}"
  add_options --set-string "${set_strings[@]}"
  command+=(--tag "$tag" --timeout "$timeout" --type ian)
  command+=(--values deploy/custom-values/ORG/simulator.yaml)
  add_options --values "${values[@]}"
  run --pretty "${command[@]}" "$instance" || retry
}
