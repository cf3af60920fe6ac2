/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The list of commands in the summary. */
#ifndef STG_SCRIPT_REPORT_COMMAND_LIST_H
#define STG_SCRIPT_REPORT_COMMAND_LIST_H

#include <staged/renderable.h>

#include "script/record/history.h"

/* The list as the summary shows it, which can be pasted into a shell: one command after another,
 * with what went wrong in a comment after it.  NULL: out of memory. */
staged_renderable *stg_history_list(const stg_history *history);

#endif
