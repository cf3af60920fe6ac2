/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A line across the whole width. */
#ifndef STG_CONSOLE_RENDERABLE_RULE_H
#define STG_CONSOLE_RENDERABLE_RULE_H

#include "console/renderable/item.h"

typedef struct stg_rule {
    staged_renderable base;
    stg_markup title;
    const char *characters; /* NULL: "─" */
    const char *style;      /* NULL: "rule.line" */
    staged_align align;
} stg_rule;

/* A rule that lasts as long as the drawing.
 *   options  NULL: all defaults */
stg_rule stg_rule_of(const staged_rule_options *options, const stg_markup *title);

#endif
