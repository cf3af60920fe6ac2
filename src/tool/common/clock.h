/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What time it is, to measure and to wait by. */
#ifndef TOOL_COMMON_CLOCK_H
#define TOOL_COMMON_CLOCK_H

#include <stdint.h>

/* Now, by the monotonic clock. */
int64_t tool_now_ns(void);
/* The same in seconds. */
double tool_now_s(void);

#endif
