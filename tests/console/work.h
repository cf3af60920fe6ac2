/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Counts what is done with texts, in place of the time that it takes. */
#ifndef STAGED_TESTS_CONSOLE_WORK_H
#define STAGED_TESTS_CONSOLE_WORK_H

#include <stddef.h>

/* Characters decoded, bytes measured, looked through and moved, texts compared, and bytes of memory
 * taken since the program began. */
size_t work_done(void);

/* Checks that `run(n, context)` does no more than twice the work for twice the n, within a quarter
 * for what grows in steps; and n at least, as it otherwise works unseen. */
void assert_linear(void (*run)(size_t n, void *context), size_t n, void *context);

#endif
