/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The status and message that an object keeps of its last failure. */
#ifndef STG_BASE_ERROR_H
#define STG_BASE_ERROR_H

#include <stdarg.h>

#include <staged/status.h>

/* All zero: nothing went wrong yet. */
typedef struct stg_error {
    staged_status status; /* STAGED_OK: none */
    char *text;           /* NULL: the text of the status */
} stg_error;

void stg_error_free(stg_error *error);
void stg_error_clear(stg_error *error);
/* Keeps what went wrong and returns `status`.  Without memory for the message the status is kept
 * all the same. */
staged_status stg_error_set(stg_error *error, staged_status status, const char *format, ...)
    STAGED_PRINTF(3, 4);
staged_status stg_error_vset(stg_error *error, staged_status status, const char *format,
                             va_list arguments) STAGED_PRINTF(3, 0);
/* The message, never NULL; "" when nothing went wrong. */
const char *stg_error_text(const stg_error *error);

#endif
