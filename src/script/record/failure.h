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

/* The words, the place, and what became of it.  All zero is none. */
typedef struct stg_failure {
    stg_error error;
    staged_location where;
    bool told; /* the log has told of it */
    bool late; /* it is that the time was up */
    /* It is that of a command, and nothing shows yet that somebody has looked at it. */
    bool unheeded;
    /* The command that it is about, a part of the error's message; no length: it is about none. */
    size_t command_at, command_length;
} stg_failure;

/* Keeps a failure in the place of an earlier one.
 *   secrets  are masked in its words; NULL: none
 *   where    NULL: nobody knows */
void stg_failure_set_v(stg_failure *failure, const staged_secrets *secrets,
                       const staged_location *where, const char *format, va_list values)
    STAGED_PRINTF(4, 0);
/* Whether there is one. */
static inline bool stg_failure_is_set(const stg_failure *failure)
{
    return failure->error.status != STAGED_OK;
}
/* None from now on; nor does it own anything. */
void stg_failure_clear(stg_failure *failure);
/* The words are about this command, if they have it behind so many bytes and ": ". */
void stg_failure_set_command(stg_failure *failure, size_t before, const char *command);
/* The words but for the command that they are about.
 *   command  becomes that, or NULL
 * The caller frees both; NULL: out of memory. */
char *stg_failure_without_command(const stg_failure *failure, char **command);

#endif
