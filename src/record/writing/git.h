/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The commit that is checked out around a file, as git keeps it in files: nothing is run. */
#ifndef STG_RECORD_WRITING_GIT_H
#define STG_RECORD_WRITING_GIT_H

#include <stdbool.h>

#include "base/text/buf.h"

/* Finds the work tree that a path is in, and its commit.
 *   path          absolute
 *   commit, tree  receive them; empty buffers
 * Returns whether both are known. */
bool stg_git_find(const char *path, stg_buf *commit, stg_buf *tree);

#endif
