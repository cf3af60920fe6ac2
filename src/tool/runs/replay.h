/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The commands of a run as a shell script. */
#ifndef TOOL_RUNS_REPLAY_H
#define TOOL_RUNS_REPLAY_H

#include "tool/common/text.h"
#include "tool/record/record.h"

/* Which commands, and how.
 *   stage      only of this one; NULL: all
 *   goes_on    after a command that ends differently from how it did */
typedef struct tool_replay_options {
    const char *stage;
    bool goes_on;
} tool_replay_options;

/* A script for sh, or for bash where sh has no words for it: bytes that are no text, or a command
 * with another name than its program's. */
sh_text tool_replay_script(const tool_record *record, const tool_replay_options *options);

#endif
