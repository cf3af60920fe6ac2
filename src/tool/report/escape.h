/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Text of any bytes for a place in which some characters are special. */
#ifndef TOOL_REPORT_ESCAPE_H
#define TOOL_REPORT_ESCAPE_H

#include <stdint.h>

#include "tool/common/text.h"

/* Reads a character of UTF-8.
 *   at, end  where it begins, and where the text ends; there is at least one byte
 *   code     receives it; U+FFFD for a byte that is part of none
 * Returns how many bytes it has. */
size_t tool_character(const char *at, const char *end, uint32_t *code);

/* Adds text as HTML or XML has it, both between tags and in an attribute with quotes.  Characters
 * that would change a terminal or the direction of text, and those that XML cannot have, become
 * visible ones. */
void tool_escape(sh_text *out, const char *text, size_t length);
/* Only the latter, for text in which nothing else is special. */
void tool_escape_controls(sh_text *out, const char *text, size_t length);
void tool_escape_text(sh_text *out, const char *text);
/* The same for an attribute, in which the ends of lines and tabs are kept. */
void tool_escape_attribute(sh_text *out, const char *text);
/* Adds text in a paragraph or a table of GitHub's Markdown, in one line. */
void tool_escape_markdown(sh_text *out, const char *text);
/* Adds a path as a URL has it. */
void tool_escape_path(sh_text *out, const char *path);

#endif
