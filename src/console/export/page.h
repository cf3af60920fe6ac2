/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What pages and pictures have in common. */
#ifndef STG_CONSOLE_EXPORT_PAGE_H
#define STG_CONSOLE_EXPORT_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include <staged/export.h>

#include "base/memory/arena.h"
#include "base/memory/names.h"
#include "base/text/buf.h"
#include "console/markup/ansi.h"

/* Adds text as the contents or an attribute of an element; characters that XML cannot hold are left
 * out.  Blanks become no-break spaces if `keep_blanks`. */
void stg_export_escape(stg_buf *out, const char *text, size_t length, bool keep_blanks);
/* Adds "#rrggbb". */
void stg_export_color(stg_buf *out, staged_rgb rgb);

/* Releases a reader; if it failed, so did `whole`. */
void stg_export_end(stg_ansi *ansi, stg_buf *whole);
/* Empties a part for reuse; keeps its failure in `failure`. */
void stg_export_clear(stg_buf *part, staged_status *failure);
/* Releases a part; its failure, or else `failure`, becomes that of `whole`. */
void stg_export_free(stg_buf *part, staged_status failure, stg_buf *whole);

/* The rule sets in use, numbered from 1 in order of appearance. */
typedef struct stg_export_rule_set {
    const char *rules;
    size_t number;
} stg_export_rule_set;

typedef struct stg_export_classes {
    stg_arena memory; /* of the sets */
    stg_names by_rules;
    stg_export_rule_set **items;
    size_t count, capacity;
    bool failed; /* out of memory */
} stg_export_classes;

/* The number of a rule set, which is added if it is new. */
size_t stg_export_class(stg_export_classes *classes, const char *rules);
const char *stg_export_rules(const stg_export_classes *classes, size_t number);
/* Releases them; if they failed, so did `whole`. */
void stg_export_classes_free(stg_export_classes *classes, stg_buf *whole);

#endif
