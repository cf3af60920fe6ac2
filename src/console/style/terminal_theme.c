/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The colours of terminals in exports: Rich's own themes. */
#include <string.h>

#include <staged/export.h>

static const struct {
    const char *name;
    staged_terminal_theme theme;
} themes[] = {
#include "rich_terminals.h"
};

const staged_terminal_theme *staged_terminal_theme_find(const char *name)
{
    for (size_t i = 0; i < sizeof themes / sizeof *themes; i++)
        if (strcmp(themes[i].name, name) == 0)
            return &themes[i].theme;
    return NULL;
}
