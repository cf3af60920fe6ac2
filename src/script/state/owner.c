/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Which thread is which: the one that runs the script, work beside its stages, and others. */
#include "script/state/object.h"
#include "script/state/work.h"

void stg_lock(const staged_script *script)
{
    (void)pthread_mutex_lock(&script->top->lock);
}

void stg_unlock(const staged_script *script)
{
    (void)pthread_mutex_unlock(&script->top->lock);
}

void stg_become_owner(staged_script *script)
{
    stg_lock(script);
    script->top->owner = pthread_self();
    stg_unlock(script);
}

stg_failure *stg_failure_here(const staged_script *script)
{
    staged_script *top = script->top;
    stg_lock(top);
    staged_background *work = stg_work_here(top);
    const bool is_owner = pthread_equal(top->owner, pthread_self()) != 0;
    stg_unlock(top);
    return work != NULL ? &work->failure : is_owner ? &top->failure : &top->elsewhere;
}
