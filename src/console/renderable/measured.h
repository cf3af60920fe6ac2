/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What was measured in one drawing.  Most of what holds others measures them to draw them, and is
 * measured itself before: without a memory each level would double the work of those below. */
#ifndef STG_CONSOLE_RENDERABLE_MEASURED_H
#define STG_CONSOLE_RENDERABLE_MEASURED_H

#include <stdbool.h>
#include <stddef.h>

#include "console/renderable/item.h"
#include "console/text/draw.h"
#include "console/text/measure.h"

/* What was found for a renderable, a width and a choice of markup; false: nothing yet. */
bool stg_measured_find(const stg_draw *draw, const staged_renderable *item,
                       const stg_draw_options *options, stg_measurement *measurement);
/* `item` is to live as long as the drawing, or until it is forgotten. */
void stg_measured_keep(stg_draw *draw, const staged_renderable *item,
                       const stg_draw_options *options, stg_measurement measurement);

/* How much is kept; and forgets what was kept since there was so much, because the renderables that
 * were measured since are about to be released. */
size_t stg_measured_count(const stg_draw *draw);
void stg_measured_forget(stg_draw *draw, size_t count);

#endif
