/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Processes that had to be ended. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "process/framework.h"
#include "script/command/leftover.h"
#include "script/state/attributes.h"
#include "script/state/mask.h"

static void add_process(const staged_script *script, stg_buf *list,
                        const staged_ended_process *process)
{
    stg_buf_addf(list, "\n%lld: ", (long long)process->pid);
    stg_add_masked_name(script, list, process->name);
    stg_buf_addf(list, "%s",
                 !process->gone               ? "  (did not end)"
                 : process->signal == SIGKILL ? "  (killed)"
                                              : "");
}

static void log_list(staged_script *script, const staged_location *where, const char *heading,
                     const stg_buf *list)
{
    if (list->length > 0)
        (void)staged_log_at(script, where, "[yellow]%s[/]%s", heading, stg_buf_text(list));
}

void stg_log_killed(staged_script *script, const staged_location *where,
                    staged_ended_process *const *ended, size_t count)
{
    stg_buf list = {0};
    for (size_t i = 0; i < count; i++) {
        if (ended[i]->signal == SIGKILL || !ended[i]->gone)
            add_process(script, &list, ended[i]);
    }
    log_list(script, where, "Did not end after SIGTERM:", &list);
    stg_buf_free(&list);
}

void stg_end_leftovers(staged_script *script)
{
    /* Searching takes longer than a small script runs. */
    if (!stg_gate_was_entered())
        return;
    staged_ended_process *const *ended = NULL;
    size_t count = 0;
    (void)staged_processes_end_all(STAGED_GRACE_S, &ended, &count);
    stg_buf list = {0};
    for (size_t i = 0; i < count; i++)
        add_process(script, &list, ended[i]);
    const staged_location where = stg_script_location(script);
    log_list(script, &where, "Ended processes that commands left running:", &list);
    if (!stg_families_are_found())
        (void)staged_log_at(script, &where,
                            "[yellow]Cannot find processes that commands left running[/] while "
                            "both RLIMIT_LOCKS and RLIMIT_RTTIME are limited (see ulimit -a).");
    stg_buf_free(&list);
    staged_ended_processes_free(ended, count);
}
