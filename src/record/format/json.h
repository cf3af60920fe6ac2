/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Writing JSON. */
#ifndef STG_RECORD_FORMAT_JSON_H
#define STG_RECORD_FORMAT_JSON_H

#include <stddef.h>

#include "base/text/buf.h"

/* Adds a text as JSON writes it.  A byte that is no UTF-8 becomes one half of a surrogate pair,
 * \udc80 to \udcff, so that readers can tell it from any character.  Source: CPython,
 * surrogateescape. */
void stg_json_add_text(stg_buf *out, const char *bytes, size_t length);
/* Adds what stands before a member, or before an item where `name` is NULL: a comma unless it is
 * the first one, and the name. */
void stg_json_add_name(stg_buf *out, const char *name);

#endif
