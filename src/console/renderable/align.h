/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A renderable moved to a side, or to the middle. */
#ifndef STG_CONSOLE_RENDERABLE_ALIGN_H
#define STG_CONSOLE_RENDERABLE_ALIGN_H

#include "console/renderable/item.h"

typedef struct stg_align {
    staged_renderable base;
    const staged_renderable *child;
    staged_align align; /* not DEFAULT */
    const char *style;  /* NULL: none */
    int width;          /* 0: that of the contents */
} stg_align;

/* An alignment that lasts as long as the drawing; `child` stays the caller's. */
stg_align stg_align_around(const staged_renderable *child, staged_align align);

#endif
