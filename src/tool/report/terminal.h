/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What a terminal would show of bytes that were written to it. */
#ifndef TOOL_REPORT_TERMINAL_H
#define TOOL_REPORT_TERMINAL_H

#include "tool/common/text.h"

typedef enum tool_terminal_form {
    TOOL_TERMINAL_COLOURS, /* HTML, with spans of the classes that page.css names */
    TOOL_TERMINAL_ESCAPED, /* HTML or XML without colours */
    TOOL_TERMINAL_TEXT     /* text, in which nothing is special */
} tool_terminal_form;

/* Adds output: a line that was written over is there as it was in the end, and sequences for the
 * terminal are gone. */
void tool_terminal_add(sh_text *out, const char *bytes, size_t length, tool_terminal_form form);

#endif
