/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Texts without the values that must not be shown. */
#include <stdlib.h>
#include <string.h>

#include "process/framework.h"
#include "script/state/mask.h"

char *stg_masked(const staged_script *script, const char *text)
{
    if (text == NULL || script->run->secrets == NULL)
        return text == NULL ? NULL : strdup(text);
    return staged_secrets_mask(script->run->secrets, text, strlen(text), NULL);
}

char *stg_masked_wrapped(const staged_script *script, const char *text)
{
    if (script->run->secrets == NULL)
        return strdup(text);
    return stg_secrets_mask_wrapped(script->run->secrets, text, strlen(text));
}
