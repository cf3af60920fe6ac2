/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Where the text of a script names places: `run --on NAME`. */
#ifndef TOOL_SOURCE_USES_H
#define TOOL_SOURCE_USES_H

#include <stdbool.h>
#include <stddef.h>

/* Told of a name that stands there as it is.
 *   verb  "run", "each" or "ask" */
typedef void sh_use_told(void *context, const char *verb, const char *place, int line);

/* Finds them in a text for bash, in the order of lines.  Not all of bash's syntax is known: a use
 * that is not found proves nothing.
 *   takes_word  whether an option of a verb takes a word of its own
 * Returns whether there was memory. */
bool sh_find_uses(const char *text, size_t length,
                  bool (*takes_word)(const char *verb, const char *option), sh_use_told *told,
                  void *context);

#endif
