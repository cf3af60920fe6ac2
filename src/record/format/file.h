/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Files of records, and small ones of others. */
#ifndef STG_RECORD_FORMAT_FILE_H
#define STG_RECORD_FORMAT_FILE_H

#include <stddef.h>

#include "base/text/buf.h"

/* Opens a file for nobody but its owner, on a descriptor that no command inherits and that is none
 * of 0, 1 and 2.
 *   flags  as for open(2)
 * Returns -1, with errno, on failure. */
int stg_file_open(const char *path, int flags);
/* Writes all bytes, with one call where the system takes them.  Returns 0, or an errno. */
int stg_file_write(int descriptor, const char *bytes, size_t length);
/* Reads a small file, up to `most` bytes.  Returns 0, or an errno. */
int stg_file_read(const char *path, size_t most, stg_buf *out);

#endif
