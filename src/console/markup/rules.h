/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Styles for the matches of an author's patterns: ERROR in the output of a command, say. */
#ifndef STG_CONSOLE_MARKUP_RULES_H
#define STG_CONSOLE_MARKUP_RULES_H

#include "console/text/draw.h"
#include "console/text/text.h"

struct stg_rule;

/* All zero: none. */
struct stg_rules {
    struct stg_rule *items;
    size_t count, capacity;
};

void stg_rules_free(stg_rules *rules);
/* Adds a rule: see staged_console_add_highlight. */
staged_status stg_rules_add(stg_rules *rules, const stg_theme *theme, const char *pattern,
                            const char *style, stg_error *error);
/* Lays the styles over the spans of a text, if styles are shown. */
void stg_rules_apply(stg_draw *draw, stg_text *text);

#endif
