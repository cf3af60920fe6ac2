/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Runs a piece of code again and again, the first time with its first allocation failing, then
 * with its second, and so on, until it gets through: whatever fails must be reported, and (under
 * the sanitizer build) nothing may leak. */
#ifndef STAGED_TESTS_TORTURE_H
#define STAGED_TESTS_TORTURE_H

#include <staged/status.h>

/* Calls `run(context)` until no allocation was made to fail.  A run during which one failed must
 * answer STAGED_NO_MEMORY; the last must answer STAGED_OK.  Answers how many allocations were made
 * to fail; a number below 1 means that nothing was tortured. */
int torture(staged_status (*run)(void *context), void *context);
/* The same, but a run may also get through although an allocation failed, where the code has a way
 * to do without. */
int torture_forgiving(staged_status (*run)(void *context), void *context);

#endif
