/* SPDX-License-Identifier: BSD-3-Clause */
#include "script/face/gitlab.h"

#include <inttypes.h>
#include <string.h>

#include "base/system/letters.h"
#include "base/text/buf.h"
#include "console/framework.h"

/* Surround what GitLab removes from the log; elsewhere they clear the line again.  The one at the
 * beginning must not complete a mark that a command has begun. */
static const char clear_line[] = "\x1b[K";
static const char end_of_mark[] = "\r\x1b[0K";

bool stg_gitlab_begin(stg_gitlab *gitlab, staged_console *console)
{
    gitlab->console = console;
    return stg_random_letters(gitlab->letters, STG_SECTION_LETTERS);
}

/* Adds a text with all characters replaced that a section's name must not have: [a-z0-9_.-]. */
static void add_name(stg_buf *out, const char *text)
{
    for (; *text != '\0'; text++) {
        const char lower = (char)(*text >= 'A' && *text <= 'Z' ? *text - 'A' + 'a' : *text);
        const bool is_allowed = (lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9') ||
                                lower == '_' || lower == '.' || lower == '-';
        stg_buf_add_char(out, is_allowed ? lower : '_');
    }
}

static void write_mark(const stg_gitlab *gitlab, const char *kind, const staged_event *event,
                       size_t number, const char *header)
{
    stg_buf text = {0};
    stg_buf_addf(&text, "%ssection_%s:%" PRId64 ":", clear_line, kind,
                 event->wall_ns / INT64_C(1000000000));
    add_name(&text, event->stage);
    stg_buf_addf(&text, ".%zu.%s%s", number, gitlab->letters, end_of_mark);
    for (; *header != '\0'; header++) {
        if ((unsigned char)*header >= 0x20)
            stg_buf_add_char(&text, *header);
    }
    stg_buf_add_char(&text, '\n');
    if (stg_buf_status(&text) == STAGED_OK)
        (void)stg_console_write(gitlab->console, stg_buf_text(&text), text.length);
    stg_buf_free(&text);
}

/* Not collapsed: GitLab must know at the beginning, and failures must stay visible. */
void stg_gitlab_begin_section(const stg_gitlab *gitlab, const staged_event *event, size_t number)
{
    write_mark(gitlab, "start", event, number, event->stage);
}

void stg_gitlab_end_section(const stg_gitlab *gitlab, const staged_event *event, size_t number)
{
    write_mark(gitlab, "end", event, number, "");
}
