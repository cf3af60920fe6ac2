/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What could not be ended at the place of an each. */
#include <string.h>

#include "script/each/job.h"

/* Several items may leave the same, and a place that is away leaves all. */
void stg_each_note_left(stg_each *each, const char *left)
{
    enum { MOST = 1000 };
    static const char between[] = ", ", more[] = ", ...";
    const size_t length = strlen(left);
    const char *all = stg_buf_text(&each->left);
    if (length == 0)
        return;
    for (const char *at = strstr(all, left); at != NULL; at = strstr(at + 1, left)) {
        const bool begins = at == all || (at - all >= 2 && strncmp(at - 2, between, 2) == 0);
        if (begins && (at[length] == '\0' || strncmp(at + length, between, 2) == 0))
            return;
    }
    if (each->left.length < MOST)
        stg_buf_addf(&each->left, "%s%s", each->left.length > 0 ? between : "", left);
    else if (strcmp(all + each->left.length - strlen(more), more) != 0)
        stg_buf_add_text(&each->left, more);
}

void stg_each_tell_left(const stg_each *each)
{
    if (each->left.length > 0)
        (void)staged_log_at(each->script, &each->options->where,
                            "[yellow]Could not be ended on %s:[/]  %s", each->place_name,
                            stg_buf_text(&each->left));
}
