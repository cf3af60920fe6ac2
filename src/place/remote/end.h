/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What the program of a command tells of its end. */
#ifndef STG_PLACE_REMOTE_END_H
#define STG_PLACE_REMOTE_END_H

#include <stdbool.h>
#include <stdint.h>

typedef enum stg_remote_end_kind {
    STG_REMOTE_NOT_ENDED = 0,
    STG_REMOTE_ENDED,
    STG_REMOTE_NO_DIRECTORY, /* it could not be entered: the command did not run */
    STG_REMOTE_NO_PROGRAM    /* not found, or not executable: the command did not run */
} stg_remote_end_kind;

typedef struct stg_remote_end {
    stg_remote_end_kind kind;
    int exit_code;              /* -N: ended by signal N */
    int64_t user_ns, system_ns; /* CPU time of it and what it waited for; 0: not known */
} stg_remote_end;

/* Reads a line of the program, with or without its newline.  Returns false if it is none. */
bool stg_remote_end_read(const char *line, stg_remote_end *end);

#endif
