/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What every function that can fail returns: success, or the kind of failure.  The message is on
 * the object that failed (`staged_console_error`, `staged_parser_error`, ...). */
#ifndef STAGED_STATUS_H
#define STAGED_STATUS_H

#include <staged/macros.h>

STAGED_BEGIN_DECLS

/* Failures are 1000 and above, so that neither an exit code nor a negative signal number that is
 * returned by mistake looks like one. */
typedef enum staged_status {
    STAGED_OK = 0,       /* success; a stage or hook: continue */
    STAGED_RETRY = 1000, /* a stage: another attempt, if its retry settings allow */
    STAGED_FAILED,       /* a stage or hook: failure; `main` ends, the script exits with 1 */
    STAGED_EXIT, /* a stage or hook: `main` ends, the script exits with the requested status */
    STAGED_INTERRUPTED, /* a signal asked the script to end */
    STAGED_NO_MEMORY,   /* out of memory */
    STAGED_BAD_USE,     /* a bug in the calling program: wrong type, unknown name, bad table */
    STAGED_BAD_INPUT,   /* invalid input from a user: a command line, a value */
    STAGED_BAD_MARKUP,  /* invalid markup, or an invalid style definition */
    STAGED_IO,          /* reading or writing failed; errno's text is in the message */
    STAGED_CLOSED,      /* the reader of the output is gone */
    STAGED_NOT_FOUND,   /* no such program, file or directory */
    STAGED_NOT_ALLOWED, /* not executable, permission denied */
    STAGED_TIMED_OUT,   /* a time limit was exceeded */
    STAGED_UNKNOWN      /* unknown, because a dry run does not ask */
} staged_status;

/* The name of a status in lower case ("out of memory"), for messages and logs.  Never NULL: an
 * unknown value is "unknown status". */
STAGED_API const char *staged_status_text(staged_status status);

/* Leaves the calling function with the status of `call` unless it is STAGED_OK. */
#define STAGED_TRY(call)                                                                           \
    do {                                                                                           \
        const staged_status staged_try_status_ = (call);                                           \
        if (staged_try_status_ != STAGED_OK)                                                       \
            return staged_try_status_;                                                             \
    } while (0)

STAGED_END_DECLS

#endif
