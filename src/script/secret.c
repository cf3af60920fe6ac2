/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Values that must not be shown: masked wherever the script writes or records something. */
#include <stdlib.h>
#include <string.h>

#include "process/secrets/secrets.h"
#include "script/background.h"
#include "script/masked_markup.h"
#include "script/object.h"

static staged_status add(staged_script *script, staged_status status, const char *what)
{
    if (status == STAGED_OK || status == STAGED_NO_MEMORY)
        return status;
    return staged_fail_at(script, NULL, "cannot keep %s secret: %s", what,
                          staged_secrets_error(script->top->secrets));
}

static bool make_set(staged_script *script)
{
    if (script->top->secrets == NULL)
        script->top->secrets = staged_secrets_new();
    return script->top->secrets != NULL;
}

/* What masks at this moment must not see the set change. */
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
    return add(script, staged_secrets_add(script->top->secrets, value, strlen(value)), "a value");
}

staged_status staged_script_add_secret_variable(staged_script *script, const char *name)
{
    STAGED_TRY(stg_need_text(script, NULL, name, "the name of a secret variable"));
    STAGED_TRY(unless_work_goes_on(script));
    if (!make_set(script))
        return STAGED_NO_MEMORY;
    return add(script, staged_secrets_add_variable(script->top->secrets, name), name);
}

char *stg_masked(const staged_script *script, const char *text)
{
    if (text == NULL || script->top->secrets == NULL)
        return text == NULL ? NULL : strdup(text);
    return staged_secrets_mask(script->top->secrets, text, strlen(text), NULL);
}

char *stg_masked_wrapped(const staged_script *script, const char *text)
{
    if (script->top->secrets == NULL)
        return strdup(text);
    return stg_secrets_mask_wrapped(script->top->secrets, text, strlen(text));
}

/* ---- Markup ---- */

staged_renderable *stg_vmarkup(const staged_script *script, const char *format, va_list values)
{
    return script->top->secrets == NULL ? staged_markup_new_v(format, values)
                                        : stg_masked_markup(script->top->secrets, format, values);
}

staged_renderable *stg_markup(const staged_script *script, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    staged_renderable *renderable = stg_vmarkup(script, format, values);
    va_end(values);
    return renderable;
}
