/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Running a command to its end. */
#include <math.h>
#include <poll.h>
#include <stdlib.h>

#include "base/system/duration.h"
#include "process/framework.h"
#include "process/run/process.h"
#include "process/run/pump.h"
#include "process/signals/signals.h"
#include "process/system/active_time.h"

static void wait_for_all(staged_process *p)
{
    while (!stg_process_is_settled(p)) {
        stg_process_pump(p, STG_NEVER, p->interrupted == 0);
        if (p->interrupted == 0 && stg_signals_due() != 0)
            stg_process_begin_ending(p, stg_signals_due());
    }
}

staged_status staged_process_run(const staged_process_options *options,
                                 staged_completed_process **result)
{
    if (result != NULL)
        *result = NULL;
    staged_completed_process *done = calloc(1, sizeof *done);
    if (done == NULL)
        return STAGED_NO_MEMORY;
    staged_process process = {0};
    staged_status status = stg_process_start(&process, options, false);
    if (status == STAGED_OK)
        wait_for_all(&process);
    stg_process_report(&process, done);
    if (status == STAGED_OK)
        status = stg_process_outcome(&process);
    stg_process_clear(&process);
    if (result != NULL)
        *result = done;
    else
        staged_completed_process_free(done);
    return status;
}

/* Waits until it is done, even after a signal: a second signal ends us at once. */
static void wait_for_ending(stg_ending *ending)
{
    while (ending->step != STG_ENDING_DONE) {
        const int64_t now_ns = stg_active_ns();
        stg_ending_advance(ending, now_ns);
        if (ending->step != STG_ENDING_DONE)
            (void)poll(NULL, 0, (int)((ending->next_ns - now_ns + 999999) / 1000000));
    }
}

staged_status staged_processes_end_all(double grace_s, staged_ended_process *const **ended,
                                       size_t *count)
{
    if (ended != NULL && count != NULL) {
        *ended = NULL;
        *count = 0;
    }
    if (isnan(grace_s))
        return STAGED_BAD_USE;
    stg_ending ending = {0};
    const int64_t grace_ns = grace_s < 0 ? STG_NEVER : stg_seconds_ns(grace_s);
    stg_ending_begin(&ending, NULL, 0, grace_ns, stg_active_ns());
    wait_for_ending(&ending);
    stg_families_reap();
    stg_ended_settle(&ending.ended, stg_process_is_dead);
    const staged_status status = ending.ended.failed ? STAGED_NO_MEMORY : STAGED_OK;
    if (ended != NULL && count != NULL) {
        *ended = ending.ended.items;
        *count = ending.ended.count;
        ending.ended = (stg_ended){0};
    }
    stg_ending_free(&ending);
    return status;
}
