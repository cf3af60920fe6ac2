/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdlib.h>

#include "base/memory/grow.h"
#include "base/text/format.h"
#include "console/framework.h"
#include "console/markup/markup.h"

void stg_formatted_free(stg_formatted *formatted)
{
    stg_buf_free(&formatted->text);
    free(formatted->data);
    *formatted = (stg_formatted){0};
}

static void add_data(void *context, stg_buf *out, const char *text, size_t length, char conversion,
                     const char *rest)
{
    stg_formatted *formatted = context;
    (void)conversion;
    (void)rest;
    if (!stg_grow(&formatted->data, &formatted->capacity, formatted->count + 1,
                  sizeof *formatted->data)) {
        formatted->failed = true;
        return;
    }
    const size_t start = out->length;
    stg_buf_add(out, text, length);
    formatted->data[formatted->count++] = (stg_range){start, out->length};
}

void stg_formatted_add(stg_formatted *formatted, const char *markup)
{
    stg_buf_add_text(&formatted->text, markup);
}

staged_status stg_formatted_add_v(stg_formatted *formatted, const char *format, va_list values)
{
    const staged_status status = stg_format(&formatted->text, add_data, formatted, format, values);
    return formatted->failed ? STAGED_NO_MEMORY : status;
}

void stg_formatted_clear(stg_formatted *formatted)
{
    stg_buf_clear(&formatted->text);
    formatted->count = 0;
    formatted->failed = false;
}

staged_status stg_formatted_add_list(stg_formatted *formatted, const char *format,
                                     const char *const *texts, size_t count)
{
    const staged_status status =
        stg_format_list(&formatted->text, add_data, formatted, format, texts, count);
    return formatted->failed ? STAGED_NO_MEMORY : status;
}

stg_markup stg_formatted_markup(const stg_formatted *formatted)
{
    return (stg_markup){.text = stg_buf_text(&formatted->text),
                        .length = formatted->text.length,
                        .data = formatted->data,
                        .data_count = formatted->count};
}
