/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdlib.h>

#include "script/log/command_text.h"
#include "script/report/command_list.h"

/* Where it ran, if not here, and what went wrong. */
static void add_comment(stg_buf *comment, const staged_command_record *record)
{
    if (record->place != NULL)
        stg_buf_addf(comment, "on %s%s", record->place, *record->failure == '\0' ? "" : ": ");
    stg_buf_add_text(comment, record->failure);
}

static staged_status add_command(staged_renderable *list, const staged_command_record *record)
{
    stg_buf comment = {0};
    char *before = record->directory == NULL ? NULL : stg_text_of_change(record->directory);
    if (before == NULL && record->directory != NULL)
        return STAGED_NO_MEMORY;
    add_comment(&comment, record);
    const staged_status status = staged_render_group_add(
        list, stg_command_text_new(&(stg_command_text_options){.command = record->command,
                                                               .before = before,
                                                               .apart = true,
                                                               .comment = stg_buf_text(&comment)}));
    stg_buf_free(&comment);
    free(before);
    return status;
}

static staged_status fill(const stg_history *history, staged_renderable *list)
{
    for (size_t i = 0; i < history->count; i++)
        STAGED_TRY(add_command(list, &history->records[i]));
    if (history->failed)
        return staged_render_group_add(
            list, staged_text_new(NULL, "# Some commands are missing: out of memory."));
    /* A section must not be empty. */
    return history->count > 0 ? STAGED_OK
                              : staged_render_group_add(list, staged_text_new(NULL, ""));
}

staged_renderable *stg_history_list(const stg_history *history)
{
    staged_renderable *list = staged_render_group_new();
    if (fill(history, list) == STAGED_OK)
        return list;
    staged_renderable_free(list);
    return NULL;
}
