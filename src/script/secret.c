/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Values that must not be shown: masked wherever the script writes or records something. */
#include <stdlib.h>
#include <string.h>

#include "base/format.h"
#include "script/background.h"
#include "script/object.h"

static staged_status add(staged_script *script, staged_status status, const char *what)
{
    if (status == STAGED_OK || status == STAGED_NO_MEMORY)
        return status;
    return staged_fail_at(script, NULL, "%s cannot be kept secret: %s", what,
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
    STAGED_TRY(stg_only_owner(script, "staged_add_secret"));
    return stg_work_goes_on(script)
               ? staged_fail_at(script, NULL,
                                "a secret is added before work is begun beside the stage: it could "
                                "be shown meanwhile")
               : STAGED_OK;
}

staged_status staged_add_secret(staged_script *script, const char *value)
{
    if (value == NULL)
        return staged_fail_at(script, NULL, "a value cannot be kept secret: it is NULL");
    STAGED_TRY(unless_work_goes_on(script));
    if (!make_set(script))
        return STAGED_NO_MEMORY;
    return add(script, staged_secrets_add(script->top->secrets, value, strlen(value)), "a value");
}

staged_status staged_add_secret_variable(staged_script *script, const char *name)
{
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

/* ---- Markup ---- */

typedef struct masking {
    const staged_script *script;
    bool failed;
} masking;

/* A value becomes markup that shows it as it is, but for the secrets. */
static void add_masked_value(void *context, stg_buf *out, const char *text, size_t length,
                             char conversion, const char *rest)
{
    (void)conversion;
    (void)rest;
    masking *m = context;
    char *masked = staged_secrets_mask(m->script->top->secrets, text, length, NULL);
    char *escaped = masked == NULL ? NULL : staged_markup_escape(masked);
    if (escaped == NULL)
        m->failed = true;
    else
        stg_buf_add_text(out, escaped);
    free(masked);
    free(escaped);
}

/* Markup as a format: what is to be shown as a percent sign is written as two. */
static void add_as_format(stg_buf *out, const char *markup)
{
    for (;;) {
        const size_t length = strcspn(markup, "%");
        stg_buf_add(out, markup, length);
        markup += length;
        if (*markup == '\0')
            return;
        stg_buf_add_text(out, "%%");
        markup++;
    }
}

static staged_renderable *masked_markup(const staged_script *script, const char *format,
                                        va_list values)
{
    masking m = {.script = script};
    stg_buf markup = {0};
    const staged_status formatted = stg_format(&markup, add_masked_value, &m, format, values);
    char *masked =
        formatted == STAGED_OK && !m.failed ? stg_masked(script, stg_buf_text(&markup)) : NULL;
    stg_buf_clear(&markup);
    if (masked != NULL)
        add_as_format(&markup, masked);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-security"
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    staged_renderable *renderable = masked != NULL && stg_buf_status(&markup) == STAGED_OK
                                        ? staged_markup_new(stg_buf_text(&markup))
                                        : NULL;
#pragma GCC diagnostic pop
    free(masked);
    stg_buf_free(&markup);
    return renderable;
}

staged_renderable *stg_vmarkup(const staged_script *script, const char *format, va_list values)
{
    return script->top->secrets == NULL ? staged_markup_vnew(format, values)
                                        : masked_markup(script, format, values);
}

staged_renderable *stg_markup(const staged_script *script, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    staged_renderable *renderable = stg_vmarkup(script, format, values);
    va_end(values);
    return renderable;
}
