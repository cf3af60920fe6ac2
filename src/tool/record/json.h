/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The JSON of run records, whose texts may be any bytes.
 *
 * A byte that is no part of valid UTF-8 is written as `\udcXX`, which no JSON library reads.  Here
 * such texts are read as the bytes that they stand for, and written the same way. */
#ifndef TOOL_RECORD_JSON_H
#define TOOL_RECORD_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <jansson.h>

/* Reads a line; `length` without the line feed.  NULL: it is not a JSON object. */
json_t *tool_json_read(const char *line, size_t length);
/* Writes a value, as of json_dumps; the caller frees it. */
char *tool_json_write(const json_t *json, size_t flags);
/* A text of any bytes as a JSON value.  NULL becomes null. */
json_t *tool_json_of(const char *text);

/* The members of an object: `otherwise` where there is none of that kind, or no object. */
const char *tool_json_text(const json_t *object, const char *name, const char *otherwise);
int64_t tool_json_int(const json_t *object, const char *name, int64_t otherwise);
bool tool_json_bool(const json_t *object, const char *name, bool otherwise);
/* Whether the event of a line is of this kind. */
bool tool_json_is(const json_t *event, const char *kind);

#endif
