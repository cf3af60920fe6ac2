/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Starting a program, with everything about it decided. */
#ifndef STG_PROCESS_RUN_SPAWN_H
#define STG_PROCESS_RUN_SPAWN_H

#include <sys/types.h>

#include <staged/process.h>

#include "process/family/family.h"
#include "process/run/identity.h"

typedef struct stg_launch {
    const char *program; /* a path, if it has a slash; otherwise a name to look up in `search` */
    const char *search;  /* folders with ':' between */
    char *scratch;       /* room for a folder of `search`, the program and two bytes more */
    char *const *arguments;
    char *const *environment;
    const char *directory;                 /* NULL: ours */
    int streams[3];                        /* what becomes 0, 1 and 2 */
    const staged_process_options *options; /* umask, limits, niceness, process group, descriptors
                                              to keep */
    const stg_identity *identity;          /* the user it runs as; NULL: ours */
    stg_family *family;
} stg_launch;

/* Why there is no process. */
typedef struct stg_spawn_failure {
    staged_start_step step;
    int error; /* errno */
} stg_spawn_failure;

/* Returns the process id, or -1 and why; STAGED_START_OK then means that a signal is ending this
 * process, which starts nothing any more. */
pid_t stg_spawn(const stg_launch *launch, stg_spawn_failure *failure);

#endif
