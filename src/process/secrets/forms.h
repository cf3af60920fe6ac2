/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The texts that secrets may appear as, to be found quickly in whatever way they are written. */
#ifndef STG_PROCESS_SECRETS_FORMS_H
#define STG_PROCESS_SECRETS_FORMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What the characters of a form are, which decides how each may be written (escapes.h). */
typedef enum stg_form_kind {
    STG_FORM_TEXT,
    STG_FORM_BASE64, /* digits */
    STG_FORM_HEX,    /* bytes that stand there in hexadecimal digits */
    STG_FORM_KINDS
} stg_form_kind;

typedef struct stg_form {
    stg_form_kind kind;
    char *text;
    size_t length; /* 2 at least */
    size_t most;   /* how many bytes it may be written with */
    size_t next;   /* the next one of its kind that begins with the same byte, and 1; 0: none */
} stg_form;

/* All zero is an empty set. */
typedef struct stg_forms {
    stg_form *items; /* without duplicates */
    size_t count;
    size_t capacity;
    size_t longest;                    /* how many bytes may have to be seen to decide */
    size_t heads[STG_FORM_KINDS][256]; /* the last one that begins with a byte, and 1; 0: none */
    uint64_t pairs[65536 / 64];        /* which two bytes one begins with, as it is written */
    bool firsts[256];                  /* which byte */
} stg_forms;

/* Returns false when out of memory.  Fewer than two bytes are left out. */
bool stg_forms_add(stg_forms *forms, stg_form_kind kind, const char *text, size_t length);
/* Wipes and releases the texts. */
void stg_forms_free(stg_forms *forms);

/* Where, from `at` on, a form may begin at the earliest; `end` if nowhere.  Quick. */
size_t stg_forms_find(const stg_forms *forms, const char *bytes, size_t at, size_t end);
/* The longest form that the bytes begin with, as it is written there; 0: none.
 *   is_wrapped   lines may be broken anywhere, and be indented
 *   longer       receives whether a still longer one could begin here, were there more bytes */
size_t stg_forms_match(const stg_forms *forms, const char *bytes, size_t length, bool is_wrapped,
                       bool *longer);
/* Where a text is to be cut that is cut at `at`, so that no part of a form stays: before the form
 * that stands there, or with `behind_it` where that ends. */
size_t stg_forms_cut(const stg_forms *forms, const char *bytes, size_t length, size_t at,
                     bool behind_it);

/* Overwrites what must not stay in memory. */
void stg_wipe(void *memory, size_t size);

#endif
