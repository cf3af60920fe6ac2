/* SPDX-License-Identifier: BSD-3-Clause */
#include "tool/show/tail.h"

#include <stdlib.h>

/* Of output as much is read for its last lines. */
enum { MOST = 64 * 1024 };

/* Where the last lines begin. */
static const char *last_lines(const char *bytes, size_t *length, int64_t count)
{
    const char *end = bytes + *length;
    const char *at = end > bytes && end[-1] == '\n' ? end - 1 : end;
    while (count > 0 && at > bytes) {
        count -= at[-1] == '\n';
        at -= count > 0;
    }
    *length = (size_t)(end - at);
    return at;
}

void tool_tail_add(staged_renderable *group, const tool_record *record, const json_t *end,
                   int64_t lines)
{
    size_t length;
    char *bytes = tool_record_output(record, end, MOST, &length);
    size_t shown = length;
    const char *at = bytes == NULL ? NULL : last_lines(bytes, &shown, lines);
    if (shown > 0) {
        while (shown > 0 && at[shown - 1] == '\n')
            shown--;
        (void)staged_render_group_add(group, staged_text_new(NULL, ""));
        (void)staged_render_group_add(
            group, staged_padding_new(
                       STAGED_OPTIONS(staged_padding_options, .pad = {.given = true, .left = 2}),
                       staged_ansi_new(at, shown)));
    }
    free(bytes);
}
