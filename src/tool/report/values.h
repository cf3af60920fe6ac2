/* SPDX-License-Identifier: BSD-3-Clause
 *
 * JSON for programs that take nothing but valid UTF-8. */
#ifndef TOOL_REPORT_VALUES_H
#define TOOL_REPORT_VALUES_H

#include <jansson.h>

#include "tool/report/model.h"

/* A text whose bytes that are not UTF-8, and control characters, were replaced by visible ones. */
json_t *tool_value_of(const char *text);
/* Sets a member that is such a text; none for NULL and an empty one. */
void tool_value_set(json_t *object, const char *name, const char *text);
/* Adds a value, which it frees, as one line. */
void tool_value_write(sh_text *out, json_t *json);
/* How a command ended in a word: "passed", "failed", "unfinished" or "not run". */
const char *tool_command_word(tool_command_state state);

#endif
