/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The pages about several runs, and their parts. */
#ifndef TOOL_SEVERAL_PAGES_H
#define TOOL_SEVERAL_PAGES_H

#include "tool/compare/comparison.h"
#include "tool/several/history.h"

/* Adds the page of the last runs of a script. */
void tool_history_html(sh_text *out, const tool_history *history);
/* Adds its section of how long the runs and their stages took: a drawing each. */
void tool_history_add_charts(sh_text *out, const tool_history *history);
/* Adds its section of what became of each stage in each run. */
void tool_history_add_grid(sh_text *out, const tool_history *history);

/* Adds the page of two runs that are compared. */
void tool_comparison_html(sh_text *out, const tool_comparison *comparison);
/* Add what a section of it has inside, nothing if both are the same in it.  Return how many
 * differences there are. */
size_t tool_comparison_add_commands(sh_text *out, const tool_comparison *comparison);
size_t tool_comparison_add_outputs(sh_text *out, const tool_comparison *comparison);
size_t tool_comparison_add_durations(sh_text *out, const tool_comparison *comparison);

/* Adds a duration, as `staged stats` and `staged diff` write it. */
void tool_several_add_duration(sh_text *out, int64_t duration_ns);
/* Adds so many hundredths of a per cent, whatever the language. */
void tool_several_add_percent(sh_text *out, int64_t hundredths);

#endif
