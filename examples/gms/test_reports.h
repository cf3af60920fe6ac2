/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The service (MinIO) of an instance where tests leave their reports. */
#ifndef TEST_REPORTS_H
#define TEST_REPORTS_H

#include <staged/staged.h>

typedef struct test_reports {
    const char *access_key; /* NULL: the service was not installed by this script */
    const char *secret_key;
} test_reports;

/* Installs the service, with keys of its own.  STAGED_RETRY: it failed. */
staged_status test_reports_install(staged_script *script, test_reports *reports);

/* Gathers the reports of a test in a new directory.
 *   expected  how many there should be
 *   passed    receives whether they all say that it did */
staged_status test_reports_collect(staged_script *script, const test_reports *reports,
                                   const char *test, const char *directory, int expected,
                                   bool *passed);
/* Removes the reports of a test from the service. */
staged_status test_reports_remove(staged_script *script, const test_reports *reports,
                                  const char *test);

#endif
