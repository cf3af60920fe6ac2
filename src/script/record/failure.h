/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Why something failed. */
#ifndef STG_SCRIPT_RECORD_FAILURE_H
#define STG_SCRIPT_RECORD_FAILURE_H

#include <stdarg.h>
#include <stdbool.h>

#include <staged/location.h>
#include <staged/secrets.h>
#include <staged/status.h>

#include "base/failure/error.h"

/* The words, the place, and whether it was logged.  All zero is none. */
typedef struct stg_failure {
    stg_error error;
    staged_location where;
    bool told; /* it has been logged */
    bool late; /* a time limit was exceeded */
    /* It is a command's, and nobody has checked it so far. */
    bool unheeded;
    /* The failed command, a part of the error's message; no length: there is none. */
    size_t command_at, command_length;
} stg_failure;

/* Replaces the failure.
 *   secrets  to mask in its words; NULL: none
 *   where    NULL: unknown */
void stg_failure_set_v(stg_failure *failure, const staged_secrets *secrets,
                       const staged_location *where, const char *format, va_list values)
    STAGED_PRINTF(4, 0);
static inline bool stg_failure_is_set(const stg_failure *failure)
{
    return failure->error.status != STAGED_OK;
}
/* Clears it, releasing all memory. */
void stg_failure_clear(stg_failure *failure);
/* Marks `command` in the message, if it stands after `before` bytes and ": ". */
void stg_failure_set_command(stg_failure *failure, size_t before, const char *command);
/* The words without the failed command.
 *   command  receives it, or NULL
 * The caller frees both; NULL: out of memory. */
char *stg_failure_without_command(const stg_failure *failure, char **command);

#endif
