/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Masks the secrets in texts. */
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

/* Masked before it is cut: half a secret would be none. */
void stg_add_masked_name(const staged_script *script, stg_buf *out, const char *name)
{
    enum { LONGEST = 160 };
    char *masked = stg_masked(script, name);
    const size_t length = masked == NULL ? 0 : strlen(masked);
    size_t end = length < LONGEST ? length : LONGEST;
    /* Not within a character. */
    while (end > 0 && end < length && ((unsigned char)masked[end] & 0xC0) == 0x80)
        end--;
    if (masked == NULL)
        stg_buf_add_text(out, "?");
    else
        stg_buf_addf(out, "%.*s%s", (int)end, masked, end < length ? "..." : "");
    free(masked);
}
