/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Runs several tests of GMS, each against a temporary instance of its own.  Its stage:
 *   test  runs gms_system_test for each of them, some at a time, here or where --on says */
#ifndef GMS_TEST_ALL_H
#define GMS_TEST_ALL_H

#include <staged/staged.h>

extern const staged_class gms_test_all;

#endif
