/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Blanks around a renderable. */
#ifndef STG_CONSOLE_RENDERABLE_PADDING_H
#define STG_CONSOLE_RENDERABLE_PADDING_H

#include <stdbool.h>

#include "console/renderable/item.h"

typedef struct stg_padding {
    staged_renderable base;
    const staged_renderable *child;
    staged_pad pad;
    const char *style; /* NULL: none */
    bool expand;       /* over the whole width */
} stg_padding;

/* A padding that lasts as long as the drawing, over the whole width; `child` stays the caller's. */
stg_padding stg_padding_around(const staged_renderable *child, staged_pad pad);
bool stg_pad_is_none(const staged_pad *pad);

#endif
