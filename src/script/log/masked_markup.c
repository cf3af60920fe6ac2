/* SPDX-License-Identifier: BSD-3-Clause */
#include "script/log/masked_markup.h"

#include "process/framework.h"

static bool find(const void *secrets, const char *text, size_t length, size_t from, size_t *start,
                 size_t *end)
{
    return stg_secrets_find(secrets, text, length, from, start, end);
}

staged_renderable *stg_masked_item(const staged_secrets *secrets, stg_formatted *markup,
                                   staged_status status)
{
    if (status == STAGED_OK && secrets != NULL)
        status = stg_formatted_hide(markup, find, secrets, STAGED_SECRET_MASK);
    return stg_markup_item_of_formatted(markup, status);
}

staged_renderable *stg_log_markup_v(const staged_script *script, const char *before,
                                    const char *format, va_list values)
{
    stg_formatted markup = {0};
    stg_formatted_add(&markup, before);
    const staged_status status = stg_formatted_add_v(&markup, format, values);
    return stg_masked_item(script->run->secrets, &markup, status);
}

staged_renderable *stg_log_markup_list(const staged_script *script, const char *before,
                                       const char *format, const char *const *texts, size_t count)
{
    stg_formatted markup = {0};
    stg_formatted_add(&markup, before);
    const staged_status status = stg_formatted_add_list(&markup, format, texts, count);
    return stg_masked_item(script->run->secrets, &markup, status);
}

staged_renderable *stg_log_text(const staged_script *script, const char *before, const char *text)
{
    return stg_log_markup_list(script, before, "%s", &text, 1);
}

staged_renderable *stg_log_markup(const staged_script *script, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    staged_renderable *renderable = stg_log_markup_v(script, "", format, values);
    va_end(values);
    return renderable;
}
