/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Values in a text for a shell, quoted for the places where they stand. */
#ifndef STG_PROCESS_WORDS_SHELL_VALUE_H
#define STG_PROCESS_WORDS_SHELL_VALUE_H

#include <stdarg.h>

#include <staged/status.h>

#include "base/buf.h"
#include "process/words/shell_text.h"

/* Problems with the values of a format. */
typedef struct stg_shell_values {
    int refused; /* the first that cannot be quoted where it stands, counted from 1; 0: none */
    stg_place refused_at;
    bool is_missing; /* one is NULL */
    bool is_cut;     /* one has a NUL, which would end the text */
} stg_shell_values;

/* Adds a text for a shell, made as with printf, in which each value is quoted for the place where
 * it stands, so that a shell passes on exactly its bytes.  Numbers are not special to a shell and
 * can stand anywhere.  Do not run the text if `found` reports a problem. Returns as stg_format. */
staged_status stg_shell_format(stg_buf *out, stg_shell_values *found, const char *format,
                               va_list values) STAGED_PRINTF(3, 0);

/* For people: where that is, and what to write instead: "stands in a comment: leave it out".  NULL:
 * the place is fine. */
const char *stg_place_advice(stg_place place);

#endif
