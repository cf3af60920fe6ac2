/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The end of what something wrote. */
#ifndef TOOL_SHOW_TAIL_H
#define TOOL_SHOW_TAIL_H

#include <staged/console.h>

#include "tool/record/record.h"

/* Adds the last lines of what was kept of it, with an empty line before them, if there is any.
 *   end  the event of a command, or of an item, that says where its output is */
void tool_tail_add(staged_renderable *group, const tool_record *record, const json_t *end,
                   int64_t lines);

#endif
