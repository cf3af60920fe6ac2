/* SPDX-License-Identifier: BSD-3-Clause
 *
 * cmocka, with the headers that it needs before it, and TEST_GROUP for what a file tests. */
#ifndef STAGED_TESTS_CMOCKA_ALL_H
#define STAGED_TESTS_CMOCKA_ALL_H

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "support/runner.h"

/* cmocka 1.1.5 tells TAP of it as of a failure: what cannot be tested says so, and returns. */
#undef skip

#endif
