/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Which thread is which: the one that runs the script, work beside its stages, and others. */
#include "script/background.h"
#include "script/object.h"

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
    return work != NULL ? stg_work_failure(work) : is_owner ? &top->failure : &top->elsewhere;
}

staged_status stg_only_owner(staged_script *script, const char *what)
{
    stg_lock(script);
    const bool is_work = stg_work_here(script) != NULL;
    stg_unlock(script);
    return is_work
               ? staged_fail_at(
                     script, NULL,
                     "only the thread that runs the script may call %s, not background work", what)
               : STAGED_OK;
}
