/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Texts that live as long as the script. */
#include "script/state/texts.h"

#include "base/text/buf.h"
#include "script/state/bugs.h"
#include "script/state/fail.h"
#include "script/state/owner.h"

const char *stg_keep_text(staged_script *script, const char *text)
{
    stg_lock(script);
    const char *kept = stg_arena_text(&script->texts, text);
    stg_unlock(script);
    return kept;
}

const char *staged_format_text(staged_script *script, const char *text)
{
    if (stg_need_text(script, NULL, text, "the text to keep") != STAGED_OK)
        return NULL;
    const char *kept = stg_keep_text(script, text);
    if (kept == NULL)
        stg_ignore(staged_fail_at(script, NULL, "out of memory"));
    return kept;
}

const char *staged_format_v(staged_script *script, const char *format, va_list values)
{
    if (stg_need_text(script, NULL, format, "the format of a text") != STAGED_OK)
        return NULL;
    stg_buf text = {0};
    stg_buf_vaddf(&text, format, values);
    const char *kept = NULL;
    if (stg_buf_status(&text) == STAGED_OK)
        kept = staged_format_text(script, stg_buf_text(&text));
    else
        stg_ignore(staged_fail_at(script, NULL, "out of memory"));
    stg_buf_free(&text);
    return kept;
}

const char *staged_format(staged_script *script, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    const char *kept = staged_format_v(script, format, values);
    va_end(values);
    return kept;
}
