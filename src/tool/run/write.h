/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Writes to readers that may be slow or gone. */
#ifndef TOOL_RUN_WRITE_H
#define TOOL_RUN_WRITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* As `until_ns`, a time on the monotonic clock: waits for a slow reader without a limit. */
#define TOOL_NEVER INT64_MAX

/* Writes everything, even to a non-blocking descriptor.  A signal that asks us to end, or the time
 * `until_ns`, ends the wait for a reader.
 * Returns 0, an errno, or EINTR or ETIMEDOUT for these two. */
int tool_write(int fd, const char *bytes, size_t length, int64_t until_ns);
/* Whether writing can only fail, as the reader has left. */
bool tool_reader_has_left(int fd);
/* A descriptor above the standard streams, where it is not in the way of a command's: the same one
 * or a copy, close-on-exec.  Negative: `fd` was, or none are left. */
int tool_above_streams(int fd);

#endif
