/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The forms in which secrets may appear, found quickly in any spelling. */
#ifndef STG_PROCESS_SECRETS_FORMS_H
#define STG_PROCESS_SECRETS_FORMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a form's characters are, which decides how they may be spelled (escapes.h). */
typedef enum stg_form_kind {
    STG_FORM_TEXT,
    STG_FORM_BASE64, /* digits */
    STG_FORM_HEX,    /* bytes, spelled in hexadecimal digits */
    STG_FORM_KINDS
} stg_form_kind;

typedef struct stg_form {
    stg_form_kind kind;
    char *text;
    size_t length; /* 2 at least */
    size_t most;   /* the longest spelling, in bytes */
    size_t next;   /* the next one of its kind with the same first byte, plus 1; 0: none */
} stg_form;

/* All zero is an empty set. */
typedef struct stg_forms {
    stg_form *items; /* without duplicates */
    size_t count;
    size_t capacity;
    size_t longest;                    /* how many bytes may be needed to decide */
    size_t heads[STG_FORM_KINDS][256]; /* the last one with that first byte, plus 1; 0: none */
    uint64_t pairs[65536 / 64];        /* the first two bytes of all spellings */
    bool firsts[256];                  /* which byte */
} stg_forms;

/* Returns false when out of memory.  Ignores fewer than two bytes. */
bool stg_forms_add(stg_forms *forms, stg_form_kind kind, const char *text, size_t length);
/* Wipes and frees the texts. */
void stg_forms_free(stg_forms *forms);

/* The first place from `at` on where a form may begin; `end` if there is none.  Quick. */
size_t stg_forms_find(const stg_forms *forms, const char *bytes, size_t at, size_t end);
/* The length of the longest form at the beginning of the bytes, as spelled there; 0: none.
 *   is_wrapped   lines may be broken anywhere, and be indented
 *   longer       receives whether a still longer one could begin here, were there more bytes */
size_t stg_forms_match(const stg_forms *forms, const char *bytes, size_t length, bool is_wrapped,
                       bool *longer);
/* Where to cut a text near `at` so that no part of a form remains: before the form there or, with
 * `behind_it`, after it. */
size_t stg_forms_cut(const stg_forms *forms, const char *bytes, size_t length, size_t at,
                     bool behind_it);

#endif
