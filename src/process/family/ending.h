/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Ending a family of processes: SIGTERM to all, some time, SIGKILL to what is left. */
#ifndef STG_PROCESS_FAMILY_ENDING_H
#define STG_PROCESS_FAMILY_ENDING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "process/family/ended.h"
#include "process/family/family.h"

typedef enum stg_ending_step {
    STG_ENDING_NONE = 0,
    STG_ENDING_TERMINATES,
    STG_ENDING_KILLS,
    STG_ENDING_DONE
} stg_ending_step;

/* All zero: nothing is being ended. */
typedef struct stg_ending {
    stg_ending_step step;
    const stg_family *family; /* NULL: all of this process */
    pid_t spare_group;        /* the group that the terminal has signalled; 0: none */
    int64_t spare_until_ns;
    int64_t kill_ns;    /* when the grace time ends */
    int64_t give_up_ns; /* when to give up after SIGKILL */
    int looks;          /* since the first SIGKILL */
    int64_t next_ns;    /* when to look again */
    int64_t pause_ns;   /* how long to wait then */
    bool gave_up;
    stg_ended ended;
} stg_ending;

/* Starts ending a family, unless that has started already.
 *   family        borrowed; NULL: everything that commands of this process started
 *   spare_group   a process group which the terminal has already signalled: it is spared for half
 *                 of the grace time, because many programs abort their cleanup at a second signal;
 *                 0: none
 *   grace_ns      how long SIGTERM has; 0: SIGKILL at once; STG_NEVER: it alone is sent */
void stg_ending_begin(stg_ending *ending, const stg_family *family, pid_t spare_group,
                      int64_t grace_ns, int64_t now_ns);
/* Does what is due; `next_ns` says when to call it again. */
void stg_ending_advance(stg_ending *ending, int64_t now_ns);
void stg_ending_free(stg_ending *ending);

#endif
