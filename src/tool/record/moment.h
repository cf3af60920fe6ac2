/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Dates and durations, as they are typed and shown. */
#ifndef TOOL_RECORD_MOMENT_H
#define TOOL_RECORD_MOMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TOOL_MOMENT_SIZE = 40, TOOL_SECOND_NS = 1000000000 };

/* Reads "30d", "12h" and the like.  Returns whether it is one. */
bool tool_duration_read(const char *text, int64_t *duration_ns);
/* Reads a moment: "2026-11-28", "2026-11-28 18:30" (also with a T, and with seconds), "today",
 * "yesterday", by the local time, or a duration, so long before now.
 * Returns whether it is one. */
bool tool_moment_read(const char *text, int64_t *moment_ns);
/* Writes "2026-11-28 18:31:12", by the local time, and with `zone` " +0100" after it. */
const char *tool_moment_text(int64_t moment_ns, bool zone, char text[TOOL_MOMENT_SIZE]);
/* Writes a duration with three digits or so: "12.3 ms", "1:02:03". */
const char *tool_duration_text(int64_t duration_ns, char text[TOOL_MOMENT_SIZE]);

#endif
