/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Places in an author's source, for the log's path column and for messages. */
#ifndef STAGED_LOCATION_H
#define STAGED_LOCATION_H

#include <staged/macros.h>

STAGED_BEGIN_DECLS

/* A place in a source file.
 *   file  its path, as given to the compiler; NULL: unknown
 *   line  from 1; 0: unknown */
typedef struct staged_location {
    const char *file;
    int line;
} staged_location;

/* The place where it is written, as a `const staged_location *`. */
#define STAGED_HERE STAGED_LITERAL_(staged_location, __FILE__, __LINE__)

STAGED_END_DECLS

#endif
