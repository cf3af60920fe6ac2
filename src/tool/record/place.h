/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Where runs are recorded. */
#ifndef TOOL_RECORD_PLACE_H
#define TOOL_RECORD_PLACE_H

#include <stdbool.h>

/* $STAGED_RUNS, or $XDG_STATE_HOME/staged/runs, or ~/.local/state/staged/runs.  The caller frees
 * it; NULL: there is no home either. */
char *tool_runs_folder(void);
/* Whether an entry of a folder is a folder itself, neither a link nor the way up. */
bool tool_is_folder(int parent, const char *name);

#endif
