/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The texts that secrets may appear as, to be looked up quickly. */
#ifndef STG_PROCESS_FORMS_H
#define STG_PROCESS_FORMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct stg_form {
    char *text;
    size_t length; /* 2 at least */
} stg_form;

/* All zero is an empty set. */
typedef struct stg_forms {
    stg_form *items; /* in the order of their bytes, without duplicates */
    size_t count;
    size_t capacity;
    size_t longest;
    uint64_t pairs[65536 / 64]; /* which two bytes a form begins with */
    bool firsts[256];           /* which byte */
} stg_forms;

/* Answers false when there is no memory.  Fewer than two bytes are left out. */
bool stg_forms_add(stg_forms *forms, const char *text, size_t length);
/* Wipes and releases the texts. */
void stg_forms_free(stg_forms *forms);

/* Where, from `at` on, a form may begin at the earliest; `end` if nowhere.  Quick. */
size_t stg_forms_find(const stg_forms *forms, const char *bytes, size_t at, size_t end);
/* The longest form that the bytes begin with; 0: none.
 *   longer   receives whether a still longer one could begin here, were there more bytes */
size_t stg_forms_match(const stg_forms *forms, const char *bytes, size_t length, bool *longer);

/* Overwrites what must not stay in memory. */
void stg_wipe(void *memory, size_t size);

#endif
