/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Counts what is done with texts, in place of the time that it takes. */
#ifndef STAGED_TESTS_CONSOLE_WORK_H
#define STAGED_TESTS_CONSOLE_WORK_H

#include <stddef.h>

/* Characters decoded, bytes measured, texts compared, and bytes of memory taken since the program began. */
size_t work_done(void);

#endif
