/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Values of the parser and its namespaces: copies, comparisons, and their texts in Python's
 * spelling. */
#ifndef STG_ARGS_VALUES_VALUE_H
#define STG_ARGS_VALUES_VALUE_H

#include <stdbool.h>

#include <staged/args.h>

#include "base/memory/arena.h"
#include "base/text/buf.h"

/* The one None and the one STAGED_ARG_SUPPRESS, told apart from other values by their addresses. */
extern const staged_value stg_none;
extern const staged_value stg_suppressed;

/* Copies a value, with everything it points to, into the arena; returns false when out of memory.
 * Nested lists are copied up to a depth of STG_VALUE_DEPTH; deeper ones become None. */
bool stg_value_copy(stg_arena *arena, staged_value *copy, const staged_value *value);
/* A list of texts; `texts` is ended with NULL. */
bool stg_value_copy_texts(stg_arena *arena, staged_value *copy, const char *const *texts);
enum { STG_VALUE_DEPTH = 8 };

/* Python's `==`: numbers of all kinds compare as numbers; a path differs from a text. */
bool stg_value_equal(const staged_value *a, const staged_value *b);
/* Python's `is`, for values that do not come from the same object: None, booleans, small integers
 * and texts of up to one character are shared. */
bool stg_value_is_shared(const staged_value *a, const staged_value *b);
/* float() of a number or boolean; returns false for others. */
bool stg_as_double(const staged_value *value, double *number);
/* Add str() and repr() of a value. */
void stg_add_str(stg_buf *out, const staged_value *value);
void stg_add_value_repr(stg_buf *out, const staged_value *value);
/* Adds the str() of each item, with `separator` between them. */
void stg_add_items(stg_buf *out, const staged_value *list, const char *separator);

/* Adds a path as pathlib writes it: "a//b/./" is "a/b", "" is ".". */
void stg_add_tidy_path(stg_buf *out, const char *path);

#endif
