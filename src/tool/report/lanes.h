/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Commands at the same time, each on a lane of its own. */
#ifndef TOOL_REPORT_LANES_H
#define TOOL_REPORT_LANES_H

#include "tool/report/model.h"

/* More lanes than this there are never: the last one takes what is left. */
enum { TOOL_MOST_LANES = 64 };

typedef struct tool_lanes {
    int64_t ends_ns[TOOL_MOST_LANES];
    int count; /* how many were used */
} tool_lanes;

/* The lane for the next command, from 0 on: the first that is free by then.
 *   most  how many lanes there may be */
int tool_lane_for(tool_lanes *lanes, const tool_report_item *item, int most);

#endif
