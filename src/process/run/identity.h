/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The user and groups that a command runs as. */
#ifndef STG_PROCESS_RUN_IDENTITY_H
#define STG_PROCESS_RUN_IDENTITY_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include <staged/process.h>

#include "base/failure/error.h"

/* All zero: ours. */
typedef struct stg_identity {
    bool has_user, has_group, has_groups; /* what is to be changed */
    uid_t user;
    gid_t group;
    gid_t *groups;
    size_t group_count;
} stg_identity;

/* Whether the options ask for any but ours. */
bool stg_identity_is_asked_for(const staged_process_options *options);
/* Looks up the names in the options; free it even after a failure.  Returns STAGED_NOT_FOUND for an
 * unknown user or group, STAGED_IO if the lookup failed. */
staged_status stg_identity_find(const staged_process_options *options, stg_identity *identity,
                                stg_error *error);
/* Assumes it; returns 0 or an errno.  Not in a process that shares our memory: the C library
 * changes all threads that it sees there. */
int stg_identity_assume(const stg_identity *identity);
void stg_identity_free(stg_identity *identity);

#endif
