/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The time for measuring and waiting. */
#ifndef TOOL_COMMON_CLOCK_H
#define TOOL_COMMON_CLOCK_H

#include <stdint.h>

/* Now, on the monotonic clock. */
int64_t tool_now_ns(void);
/* The same in seconds. */
double tool_now_s(void);

#endif
