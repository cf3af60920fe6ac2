/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Where things are kept that outlive a run, and the folders that they lie in. */
#ifndef STG_BASE_SYSTEM_FOLDERS_H
#define STG_BASE_SYSTEM_FOLDERS_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/text/buf.h"

/* Adds "$XDG_STATE_HOME/staged/WHAT", by default "$HOME/.local/state/staged/WHAT": the same place
 * in a terminal, in cron and in CI.  Returns false where neither variable is an absolute path. */
bool stg_add_state_folder(stg_buf *path, const char *what);
/* The same of "$XDG_CONFIG_HOME/staged/WHAT", by default "$HOME/.config/staged/WHAT". */
bool stg_add_config_folder(stg_buf *path, const char *what);
/* Makes the folders that a path lies in.  Returns 0, or why the last of them is not there. */
int stg_make_parents(char *path, mode_t mode);
/* Removes a folder with all that is in it, as far as that can be. */
void stg_remove_folder(const char *path);

#endif
