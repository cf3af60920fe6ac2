/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The status and message of an object's last failure. */
#ifndef STG_BASE_FAILURE_ERROR_H
#define STG_BASE_FAILURE_ERROR_H

#include <stdarg.h>

#include <staged/status.h>

/* All zero: no failure yet. */
typedef struct stg_error {
    staged_status status; /* STAGED_OK: none */
    char *text;           /* NULL: the text of the status */
} stg_error;

void stg_error_free(stg_error *error);
void stg_error_clear(stg_error *error);
/* Records a failure and returns `status`, which is recorded even if there is no memory for the
 * message. */
staged_status stg_error_set(stg_error *error, staged_status status, const char *format, ...)
    STAGED_PRINTF(3, 4);
staged_status stg_error_vset(stg_error *error, staged_status status, const char *format,
                             va_list arguments) STAGED_PRINTF(3, 0);
/* The status that the errno of a call of the system stands for: STAGED_IO may pass, as a full disk;
 * STAGED_NOT_FOUND, STAGED_NOT_ALLOWED and STAGED_BAD_INPUT are the same the next time. */
staged_status stg_status_of_errno(int error);
/* The message; "" without a failure, never NULL. */
const char *stg_error_text(const stg_error *error);

#endif
