/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Names for styles: Rich's default theme, and authors' themes on top of it. */
#ifndef STG_CONSOLE_STYLE_THEME_H
#define STG_CONSOLE_STYLE_THEME_H

#include <stdbool.h>
#include <stddef.h>

#include <staged/status.h>

#include "base/failure/error.h"
#include "base/memory/arena.h"
#include "console/style/style.h"

typedef struct stg_theme_entry {
    const char *name;
    stg_style style;
} stg_theme_entry;

/* Rich's names, sorted. */
extern const stg_theme_entry stg_default_theme[];
extern const size_t stg_default_theme_count;

/* All zero is the default theme as it is. */
typedef struct stg_theme {
    stg_theme_entry *entries; /* the theme's own names, sorted */
    size_t count;
    size_t capacity;
    stg_arena texts;
} stg_theme;

void stg_theme_free(stg_theme *theme);
/* Defines or redefines `name`.  Returns as stg_style_parse does, or STAGED_NO_MEMORY. */
staged_status stg_theme_set(stg_theme *theme, const char *name, const char *definition,
                            stg_error *error);
/* The style of a name; NULL if it has none.  `theme` NULL: the default theme. */
const stg_style *stg_theme_find(const stg_theme *theme, const char *name, size_t length);
/* Finds the style of a name, or else reads a definition (Console.get_style); a link points into
 * `text`, or lives as long as the theme.  Otherwise returns STAGED_BAD_MARKUP: "Failed to get style
 * ...". */
staged_status stg_theme_get(const stg_theme *theme, const char *text, size_t length,
                            stg_style *style, stg_error *error);

#endif
