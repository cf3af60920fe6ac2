/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Lists of texts, which end with NULL. */
#ifndef STG_BASE_TEXT_TEXTS_H
#define STG_BASE_TEXT_TEXTS_H

#include <stdbool.h>

/* Whether two lists have the same texts, in the same order. */
bool stg_same_texts(const char *const *a, const char *const *b);

#endif
