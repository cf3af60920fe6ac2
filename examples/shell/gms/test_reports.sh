#!/usr/bin/env staged
# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash disable=SC2016,SC2034,SC2154
# For scripts that are a GMSKubeWrapper, too: the service (MinIO) of an instance where tests leave
# their reports.

share minio_access_key minio_secret_key
minio_access_key='' # none: the service was not installed by this script
minio_secret_key=''

install_test_reports() {
  if [[ -z $minio_access_key ]]; then
    unique_name minio_access_key '' 32
    unique_name minio_secret_key '' 32
    secret minio_secret_key
  fi
  run --pretty gmskube augment apply --tag "$tag" --name minio-test-reports \
    --set minioReportBucket=reports --set "minioAccessKey=$minio_access_key" \
    --set "minioSecretKey=$minio_secret_key" "$instance" || retry
}

# Does something with an object of the bucket.
request_report() { # METHOD OBJECT FILE
  local url
  url=$(address_of minio-test-reports)
  [[ -n $url ]] || fail 'Failed to locate the `minio-test-reports` endpoint.'
  "${request[@]}" "$1" --aws-sigv4 aws:amz:us-east-1:s3 \
    --user "$minio_access_key:$minio_secret_key" --output "$3" "$url/reports/$2"
}

# Prints the names of all reports of a test: the list is XML with the names between <Key> and </Key>.
reports_of() { # TEST
  [[ -n $minio_access_key ]] ||
    fail "No results can be retrieved:  the keys of 'minio-test-reports' are only known to the script that installed the instance."
  request_report GET '?list-type=2' - | sed 's/<Key>/\n&/g' | sed -n "s/^<Key>\([^<]*$1[^<]*\).*/\1/p"
}

# Gathers the reports of a test in a new directory, and sets `passed`.
collect_reports() { # TEST DIRECTORY EXPECTED
  local list names name log
  mkdir "$2"
  list=$(reports_of "$1")
  read -ra names <<<"${list//$'\n'/ }"
  passed=true
  for name in "${names[@]}"; do
    request_report GET "$name" "$2/$name"
    tar -xzf "$2/$name" -C "$2"
    rm "$2/$name"
    log=$2/${name%%.*}/testrun.txt
    grep -q 'TEST AUGMENTATION POD RESULT:' "$log" ||
      fail "Didn't find 'TEST AUGMENTATION POD RESULT' in '%s'." "$log"
    grep -q 'TEST AUGMENTATION POD RESULT:  SUCCESS' "$log" || passed=false
  done
  ((${#names[@]} >= $3)) ||
    fail "Expecting %d results objects in the 'reports' MinIO bucket; only found %d." \
      "$3" "${#names[@]}"
}

remove_reports() { # TEST
  local name
  for name in $(reports_of "$1"); do
    request_report DELETE "$name" -
  done
}
