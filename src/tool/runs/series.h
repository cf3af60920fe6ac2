/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Durations in the order in which they came. */
#ifndef TOOL_RUNS_SERIES_H
#define TOOL_RUNS_SERIES_H

#include <stdbool.h>
#include <stdint.h>

#include "tool/common/text.h"

/* All zero: none. */
typedef struct tool_series {
    int64_t *items;
    size_t count;
} tool_series;

void tool_series_add(tool_series *series, int64_t duration_ns);
/* Adds those that the file `durations` beside the records of a script has of a stage, if any. */
void tool_series_read(tool_series *series, const char *path, const char *stage);
/* The duration that this part of all are not above: 0.5 for the median.  There must be some. */
int64_t tool_series_quantile(const tool_series *series, double part);
/* By how much the median of the later half is above that of the earlier one, as a part of it.
 * Returns false where there are too few to tell. */
bool tool_series_trend(const tool_series *series, double *trend);
/* The last of them as a line of blocks, from the shortest to the longest. */
sh_text tool_series_sparkline(const tool_series *series);
void tool_series_free(tool_series *series);

#endif
