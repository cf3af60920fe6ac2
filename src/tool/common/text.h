/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Growing texts. */
#ifndef TOOL_COMMON_TEXT_H
#define TOOL_COMMON_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include <staged/macros.h>

/* All zero is empty.  Running out of memory ends the program: a half-understood script must not
 * run. */
typedef struct sh_text {
    char *bytes; /* terminated with NUL; NULL: nothing added yet */
    size_t length;
    size_t capacity;
} sh_text;

void sh_text_add(sh_text *text, const void *bytes, size_t length);
void sh_text_addf(sh_text *text, const char *format, ...) STAGED_PRINTF(2, 3);
/* The same for a format made at run time. */
void sh_text_print(sh_text *text, const char *format, ...);
/* Adds a word quoted so that bash reads it back. */
void sh_text_add_word(sh_text *text, const char *word);
/* Whether a word is a valid variable name. */
bool sh_is_name(const char *word);
/* Never NULL. */
const char *sh_text_of(const sh_text *text);
void sh_text_clear(sh_text *text);
void sh_text_free(sh_text *text);

/* Memory that callers need not check: running out ends the program. */
void *sh_alloc(size_t size);
char *sh_copy(const char *text);
/* Makes room for one more item in an array. */
void *sh_grown(void *items, size_t count, size_t item_size);

#endif
