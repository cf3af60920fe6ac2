/* SPDX-License-Identifier: BSD-3-Clause */
#include "tool/runs/page.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tool/common/text.h"
#include "tool/common/verb.h"
#include "tool/record/json.h"

staged_console *tool_page_console(void)
{
    staged_console *console = staged_console_new(
        STAGED_OPTIONS(staged_console_options, .trim = STAGED_YES, .highlight = STAGED_NO));
    if (console == NULL) {
        fputs("staged: out of memory\n", stderr);
        exit(TOOL_FAILED);
    }
    return console;
}

int tool_page_end(staged_console *console, staged_status status)
{
    int exit_status = TOOL_OK;
    if (status == STAGED_OK)
        status = staged_console_flush(console);
    /* A reader that has seen enough is none of our failures. */
    if (status != STAGED_OK && status != STAGED_CLOSED) {
        const char *error = staged_console_error(console);
        fprintf(stderr, "staged: cannot write to standard output: %s\n",
                *error == '\0' ? staged_status_text(status) : error);
        exit_status = TOOL_NO_OUTPUT;
    }
    staged_console_free(console);
    return exit_status;
}

int tool_page_write(const char *bytes, size_t length)
{
    if (fwrite(bytes, 1, length, stdout) == length && fflush(stdout) == 0)
        return TOOL_OK;
    fprintf(stderr, "staged: cannot write to standard output: %s\n", strerror(errno));
    return TOOL_NO_OUTPUT;
}

int tool_page_write_json(json_t *json)
{
    char *text = tool_json_write(json, JSON_INDENT(2));
    json_decref(json);
    sh_text line = {0};
    sh_text_addf(&line, "%s\n", text);
    const int exit_status = tool_page_write(sh_text_of(&line), line.length);
    sh_text_free(&line);
    free(text);
    return exit_status;
}

staged_renderable *tool_page_section(const char *heading, staged_renderable *content)
{
    staged_renderable *all = staged_render_group_new();
    (void)staged_render_group_add(all, staged_markup_new("➤ %s:", heading));
    (void)staged_render_group_add(
        all,
        staged_padding_new(STAGED_OPTIONS(staged_padding_options,
                                          .pad = {.given = true, .top = 1, .bottom = 1, .left = 4}),
                           content));
    return all;
}
