/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Files of ours: opened, written and read. */
#ifndef STG_BASE_SYSTEM_FILE_H
#define STG_BASE_SYSTEM_FILE_H

#include <stddef.h>

#include "base/text/buf.h"

/* Opens a file for nobody but its owner, on a descriptor that no command inherits and that is none
 * of 0, 1 and 2.
 *   flags  as for open(2)
 * Returns -1, with errno, on failure. */
int stg_file_open(const char *path, int flags);
/* Writes all bytes, with one call where the system takes them.  Returns 0, or an errno. */
int stg_file_write(int descriptor, const char *bytes, size_t length);
/* Makes a file with these contents; after a failure it may have a part of them.
 *   flags  O_EXCL: fails if there is one; O_TRUNC: takes its place
 * Returns 0, or an errno. */
int stg_file_make(const char *path, int flags, const char *bytes, size_t length);
/* Appends the contents of a file to `out`: its first `most` bytes.  Returns 0, or an errno. */
int stg_file_read(const char *path, size_t most, stg_buf *out);

#endif
