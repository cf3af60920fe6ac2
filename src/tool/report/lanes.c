/* SPDX-License-Identifier: BSD-3-Clause */
#include "tool/report/lanes.h"

int tool_lane_for(tool_lanes *lanes, const tool_report_item *item, int most)
{
    int lane = 0;
    while (lane + 1 < most && lane < lanes->count && lanes->ends_ns[lane] > item->began_ns)
        lane++;
    if (lane == lanes->count)
        lanes->count++;
    lanes->ends_ns[lane] = item->began_ns + item->duration_ns;
    return lane;
}
