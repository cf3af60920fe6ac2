/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Writing to where somebody may not read. */
#ifndef TOOL_RUN_WRITE_H
#define TOOL_RUN_WRITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* When not to wait for a slow reader any longer: a moment of the monotonic clock. */
#define TOOL_NEVER INT64_MAX

/* Writes all of it, also to a descriptor that does not block.  A signal that asks us to end, and
 * the moment `until_ns`, end the wait for a reader.
 * Returns 0, an errno, or EINTR and ETIMEDOUT for these two. */
int tool_write(int fd, const char *bytes, size_t length, int64_t until_ns);
/* Whether writing there can only fail, as its reader has left. */
bool tool_reader_has_left(int fd);
/* The same descriptor, or a copy where the streams of a command would be in its way; closed when a
 * program is run.  Negative: `fd` was, or there are none left. */
int tool_above_streams(int fd);

#endif
