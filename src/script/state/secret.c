/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Secret values: masked wherever the script writes or records something. */
#include <stdlib.h>
#include <string.h>

#include "process/framework.h"
#include "script/state/bugs.h"
#include "script/state/object.h"
#include "script/state/work.h"

static staged_status add(staged_script *script, staged_status status, const char *what)
{
    if (status == STAGED_OK || status == STAGED_NO_MEMORY)
        return status;
    return staged_fail_at(script, NULL, "cannot keep %s secret: %s", what,
                          staged_secrets_error(script->run->secrets));
}

static bool make_set(staged_script *script)
{
    if (script->run->secrets == NULL)
        script->run->secrets = staged_secrets_new();
    return script->run->secrets != NULL;
}

/* The set must not change while background work may be masking. */
static staged_status unless_work_goes_on(staged_script *script)
{
    STAGED_TRY(stg_only_owner(script, "staged_script_add_secret"));
    return stg_work_goes_on(script) ? staged_fail_at(script, NULL,
                                                     "add secrets before starting background work, "
                                                     "which could print them meanwhile")
                                    : STAGED_OK;
}

staged_status staged_script_add_secret(staged_script *script, const char *value)
{
    if (value == NULL)
        return staged_fail_at(script, NULL, "cannot keep a value secret: it is NULL");
    STAGED_TRY(unless_work_goes_on(script));
    if (!make_set(script))
        return STAGED_NO_MEMORY;
    return add(script, staged_secrets_add(script->run->secrets, value, strlen(value)), "a value");
}

staged_status staged_script_add_secret_variable(staged_script *script, const char *name)
{
    STAGED_TRY(stg_need_text(script, NULL, name, "the name of a secret variable"));
    STAGED_TRY(unless_work_goes_on(script));
    if (!make_set(script))
        return STAGED_NO_MEMORY;
    return add(script, staged_secrets_add_variable(script->run->secrets, name), name);
}
