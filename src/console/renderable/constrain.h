/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A renderable limited to a number of columns. */
#ifndef STG_CONSOLE_RENDERABLE_CONSTRAIN_H
#define STG_CONSOLE_RENDERABLE_CONSTRAIN_H

#include "console/renderable/item.h"

typedef struct stg_constrain {
    staged_renderable base;
    const staged_renderable *child;
    int width;
} stg_constrain;

/* A constraint that lasts as long as the drawing; `child` stays the caller's. */
stg_constrain stg_constrain_around(const staged_renderable *child, int width);

#endif
