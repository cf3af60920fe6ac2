#!/usr/bin/env staged
# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash disable=SC2154
# Questions to the cluster about an instance, asked with kubectl.

pod_table_now() {
  kubectl get pods --namespace "$instance"
}

# Prints the first pod of such a table that is not ready, if there is one; a pod is a line like
# "kafka-0   0/1   Running   0   5s".
waiting_pod() {
  awk 'NR > 1 && $3 != "Completed" {
    split($2, ready, "/")
    if ($3 != "Running" || ready[1] != ready[2]) { print $1; exit }
  }'
}

# ---- Logs ----

in_instance() {
  kubectl --namespace "$instance" "$@"
}

# Prints the names of all resources of a kind.
names_of() { # KIND [OPTION...]
  in_instance get "$@" --output custom-columns=NAME:.metadata.name --no-headers
}

save_pod_logs() { # POD
  local container
  in_instance describe pod "$1" >"$log_dir/$1.describe.txt"
  for container in $(in_instance get pods "$1" --output 'jsonpath={.spec.containers[*].name}'); do
    in_instance logs "$1" "$container" >"$log_dir/$1.$container.log.txt"
    in_instance logs "$1" "$container" --previous >"$log_dir/$1.$container.previous.log.txt" || true
  done 2>/dev/null
  # What kubectl cannot tell makes no file.
  find "$log_dir" -type f -name "$1.*" -empty -delete
}

save_logs_by_label() { # LABEL=VALUE
  local pod
  for pod in $(names_of pods --selector="$1"); do
    save_pod_logs "$pod"
  done
}

save_job_logs() { # JOB
  save_logs_by_label "job-name=$1"
}

save_all_logs() {
  local kind label name
  while read -r kind label; do
    for name in $(names_of "$kind"); do
      save_logs_by_label "$label=$name"
    done
  done <<'END'
deployment app
statefulset app.kubernetes.io/component
job job-name
END
}
