/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef STG_PROCESS_SECRETS_SECRETS_H
#define STG_PROCESS_SECRETS_SECRETS_H

#include <staged/secrets.h>

#include "process/secrets/forms.h"

/* NULL: no secrets. */
const stg_forms *stg_secrets_forms(const staged_secrets *secrets);
/* Finds the next stretch of secrets that begins at or after `from`.
 *   start, end   receive where it is
 * Returns false if there is none. */
bool stg_secrets_find(const staged_secrets *secrets, const char *text, size_t length, size_t from,
                      size_t *start, size_t *end);
/* As staged_secrets_mask, for a text whose lines are already wrapped at any character. */
char *stg_secrets_mask_wrapped(const staged_secrets *secrets, const char *text, size_t length);

#endif
