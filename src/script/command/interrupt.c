/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Signals that ask the script to end. */
#include <staged/signals.h>

#include "process/framework.h"
#include "script/command/interrupt.h"
#include "script/state/attributes.h"

staged_status stg_unless_interrupted(staged_script *script, staged_status status)
{
    stg_run *run = script->run;
    if (run->interrupt != 0)
        return run->tearing_down ? status : STAGED_INTERRUPTED;
    const int number = staged_signals_acknowledge();
    if (number == 0)
        return status;
    run->interrupt = number;
    const staged_location where = stg_stage_location(script);
    (void)staged_log_at(
        script, &where,
        "[bold red]Interrupted[/] (%s).  Ending the script; another signal exits immediately.",
        staged_signal_name(number));
    return STAGED_INTERRUPTED;
}

bool stg_notice_signal(staged_script *script)
{
    /* A signal caught for an earlier script does not concern this one. */
    return script->run->interrupt == 0 && stg_signals_installs() > 0 &&
           stg_unless_interrupted(script, STAGED_OK) != STAGED_OK;
}

int staged_script_signal(const staged_script *script)
{
    return script->run->interrupt;
}
