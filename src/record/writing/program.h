/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What a script's file was when it ran. */
#ifndef STG_RECORD_WRITING_PROGRAM_H
#define STG_RECORD_WRITING_PROGRAM_H

#include "base/text/buf.h"

/* Adds the absolute path of a script's file, or of the running program.
 *   file  NULL: the program, that was called as `called`
 *   called  NULL: not known */
void stg_program_add_path(stg_buf *out, const char *file, const char *called);
/* Adds what tells its contents from all others: "sha256:...", or "build-id:..." of the running
 * program, where it has one; nothing if it cannot be read.
 *   is_file  whether the path is that of a script's file */
void stg_program_add_hash(stg_buf *out, const char *path, bool is_file);

#endif
