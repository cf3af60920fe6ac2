/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Reading back the lines of a record: enough JSON for what we have written ourselves. */
#ifndef STG_RECORD_FORMAT_JSON_READING_H
#define STG_RECORD_FORMAT_JSON_READING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text/buf.h"

/* A value as it stands in a line, which owns it; `begin` NULL: there is none. */
typedef struct stg_slice {
    const char *begin;
    const char *end;
} stg_slice;

/* Whether it is one value, and nothing else: a line that was cut off is not. */
bool stg_json_is_whole(stg_slice line);
/* The member of an object, which need not be whole behind it. */
stg_slice stg_json_member(stg_slice object, const char *name);
/* Takes the next item of a list.
 *   rest  at first the list
 * Returns false when there is none left. */
bool stg_json_next_item(stg_slice *rest, stg_slice *item);
/* The same of an object.
 *   name  receives the text that is its name */
bool stg_json_next_member(stg_slice *rest, stg_slice *name, stg_slice *value);
/* Adds the bytes of a text, as stg_json_add_text has written them; returns false if it is none. */
bool stg_json_read_text(stg_slice value, stg_buf *out);
/* Whether the value stands there like this: `true`, `"passed"`. */
bool stg_json_is(stg_slice value, const char *written);
/* A whole number; 0 if it is none. */
int64_t stg_json_read_number(stg_slice value);

#endif
