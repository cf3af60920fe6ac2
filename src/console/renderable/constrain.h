/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Something that is given no more than so many columns. */
#ifndef STG_CONSOLE_RENDERABLE_CONSTRAIN_H
#define STG_CONSOLE_RENDERABLE_CONSTRAIN_H

#include "console/renderable/item.h"

typedef struct stg_constrain {
    staged_renderable base;
    const staged_renderable *child;
    int width;
} stg_constrain;

/* One for the length of a drawing; `child` stays the caller's. */
stg_constrain stg_constrain_around(const staged_renderable *child, int width);

#endif
