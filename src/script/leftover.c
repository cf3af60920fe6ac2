/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What commands left running when the script ends. */
#include <signal.h>

#include "script/object.h"

static void add_process(stg_buf *list, const staged_ended_process *process)
{
    stg_buf_addf(list, "\n%lld: %s%s", (long long)process->pid,
                 process->name == NULL ? "?" : process->name,
                 !process->gone               ? "  (would not end)"
                 : process->signal == SIGKILL ? "  (killed)"
                                              : "");
}

void stg_end_leftovers(staged_script *script)
{
    if (script->command_count == 0)
        return;
    staged_ended_process *ended = NULL;
    size_t count = 0;
    (void)staged_processes_end_all(0, &ended, &count);
    if (count > 0) {
        stg_buf list = {0};
        for (size_t i = 0; i < count; i++)
            add_process(&list, &ended[i]);
        const staged_location where = stg_script_location(script);
        (void)staged_log_at(script, &where, "[yellow]Ended what commands had left running:[/]%s",
                            stg_buf_text(&list));
        stg_buf_free(&list);
    }
    staged_ended_processes_free(ended, count);
}
