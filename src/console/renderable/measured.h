/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A cache of the measurements of one drawing.  Most containers measure their children to draw them,
 * and are measured themselves before that: without a cache each level would double the work of
 * those below. */
#ifndef STG_CONSOLE_RENDERABLE_MEASURED_H
#define STG_CONSOLE_RENDERABLE_MEASURED_H

#include <stdbool.h>
#include <stddef.h>

#include "console/renderable/item.h"
#include "console/text/draw.h"
#include "console/text/measure.h"

/* Finds the measurement of a renderable for a width and a choice of markup; false: not measured
 * yet. */
bool stg_measured_find(const stg_draw *draw, const staged_renderable *item,
                       const stg_draw_options *options, stg_measurement *measurement);
/* `item` must live until the drawing ends or the entry is forgotten. */
void stg_measured_keep(stg_draw *draw, const staged_renderable *item,
                       const stg_draw_options *options, stg_measurement measurement);

/* The number of entries; and a function that forgets all entries after the first `count`, because
 * the renderables measured since are about to be released. */
size_t stg_measured_count(const stg_draw *draw);
void stg_measured_forget(stg_draw *draw, size_t count);

#endif
