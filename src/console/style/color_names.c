/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The names of the 256 colours, as in Rich and xterm. */
#include "console/style/color_names.h"

#include "base/memory/search.h"

static const struct {
    const char *name;
    uint8_t number;
} names[] = {
#include "rich_colors.h"
};

bool stg_color_number(const char *name, size_t length, uint8_t *number)
{
    bool found;
    const size_t at =
        stg_search_name(names, sizeof names / sizeof *names, sizeof *names, name, length, &found);
    if (found)
        *number = names[at].number;
    return found;
}
