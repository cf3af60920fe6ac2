/* SPDX-License-Identifier: BSD-3-Clause
 *
 * How the verbs that read records write what they found. */
#ifndef TOOL_RUNS_PAGE_H
#define TOOL_RUNS_PAGE_H

#include <jansson.h>

#include <staged/console.h>

/* A console on standard output; never NULL. */
staged_console *tool_page_console(void);
/* Frees it.
 *   status  of the first call that failed, or STAGED_OK
 * Returns the exit status; says why something could not be written. */
int tool_page_end(staged_console *console, staged_status status);
/* Writes bytes to standard output.  Returns the exit status. */
int tool_page_write(const char *bytes, size_t length);
/* Writes a value, which it frees, to standard output.  Returns the exit status. */
int tool_page_write_json(json_t *json);
/* A section as a script's summary has them: a heading, and below it the content, which it takes
 * over. */
staged_renderable *tool_page_section(const char *heading, staged_renderable *content);

#endif
