/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Tells threads apart: the one that runs the script, background work, and others. */
#include "script/state/owner.h"

void stg_lock(const staged_script *script)
{
    (void)pthread_mutex_lock(&script->run->lock);
}

void stg_unlock(const staged_script *script)
{
    (void)pthread_mutex_unlock(&script->run->lock);
}

void stg_become_owner(staged_script *script)
{
    stg_lock(script);
    script->run->owner = pthread_self();
    stg_unlock(script);
}

bool stg_is_owner(const staged_script *script)
{
    return pthread_equal(script->run->owner, pthread_self()) != 0;
}
