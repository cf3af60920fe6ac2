/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What became of the items of each, as `staged show` has it. */
#ifndef TOOL_SHOW_ITEMS_H
#define TOOL_SHOW_ITEMS_H

#include <staged/console.h>

#include "tool/record/record.h"

/* Shows what ran, how many items passed and failed, which failed, and what the first of those
 * wrote; nothing if there was no each. lines  the last ones of that output */
staged_status tool_show_items(staged_console *console, const tool_record *record, int64_t lines);

#endif
