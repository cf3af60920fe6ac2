/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Tests a temporary instance of GMS.  Its stages, besides those of its bases:
 *   sleep  gives the applications in the pods some time
 *   test   runs a test augmentation against the instance, and collects its reports */
#ifndef GMS_SYSTEM_TEST_H
#define GMS_SYSTEM_TEST_H

#include <staged/staged.h>

extern const staged_class gms_system_test;

#endif
