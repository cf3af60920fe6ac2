/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A run, as its own summary would show it. */
#ifndef TOOL_SHOW_SHOW_H
#define TOOL_SHOW_SHOW_H

#include <staged/console.h>

#include "tool/record/record.h"

typedef struct tool_show_options {
    bool has_commands; /* all of them */
    bool has_log;
    int64_t lines; /* the last ones of the failed command's output */
} tool_show_options;

/* Shows who ran what, where and when: what is known before it ends. */
staged_status tool_show_head(staged_console *console, const tool_record *record);
/* Shows what failed, or where it died or is, the timing of the stages, and the result.
 *   lines  the last ones of the failed command's output */
staged_status tool_show_end(staged_console *console, const tool_record *record, int64_t lines);
/* Shows all of it. */
staged_status tool_show(staged_console *console, const tool_record *record,
                        const tool_show_options *options);

#endif
