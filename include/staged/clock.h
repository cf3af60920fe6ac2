/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Clocks: whatever waits or measures takes one, so that a test or a simulation can pass a virtual
 * one. */
#ifndef STAGED_CLOCK_H
#define STAGED_CLOCK_H

#include <stddef.h>
#include <stdint.h>

#include <staged/status.h>

STAGED_BEGIN_DECLS

/* A source of time.  Every function is required and receives `context`.
 *   monotonic_ns  nanoseconds since some fixed moment; never goes back
 *   wall_ns       nanoseconds since 1970-01-01 00:00:00 UTC
 *   sleep_ns      waits for so many nanoseconds (0 or less: not at all); returns STAGED_OK, or
 *                 STAGED_INTERRUPTED if a signal ended the wait early */
typedef struct staged_clock {
    int64_t (*monotonic_ns)(void *context);
    int64_t (*wall_ns)(void *context);
    staged_status (*sleep_ns)(void *context, int64_t nanoseconds);
    void *context;
} staged_clock;

/* The system's clock.  Never NULL; do not free it. */
STAGED_API const staged_clock *staged_clock_system(void);

/* Enough for every text of `staged_duration_text`, including its NUL. */
#define STAGED_DURATION_TEXT_SIZE 40

/* Writes a duration as "1 day, 2:03:04.000005": days if there are any, and six digits after the
 * point if there is a fraction; anything below a microsecond is cut off.
 *   nanoseconds  any value; negative ones as in Python ("-1 day, 23:59:59")
 *   text, size   the buffer and its size in bytes; the text is truncated to fit and ended with NUL
 * Returns `text`.  Source: CPython, str(datetime.timedelta). */
STAGED_API char *staged_duration_text(int64_t nanoseconds, char *text, size_t size);

STAGED_END_DECLS

#endif
