/* SPDX-License-Identifier: BSD-3-Clause
 *
 * printf for markup: remembers what the values brought in. */
#ifndef STG_CONSOLE_MARKUP_FORMAT_MARKUP_H
#define STG_CONSOLE_MARKUP_FORMAT_MARKUP_H

#include <stdarg.h>

#include "base/buf.h"
#include "console/markup/markup.h"

/* All zero: nothing yet.  Can be used again and again without new memory. */
typedef struct stg_formatted {
    stg_buf text;
    stg_range *data;
    size_t count, capacity;
    bool failed;
} stg_formatted;

void stg_formatted_free(stg_formatted *formatted);
/* Formats, in the place of what was there.  Returns STAGED_NO_MEMORY, or STAGED_BAD_USE for a
 * conversion that is none. */
staged_status stg_formatted_set(stg_formatted *formatted, const char *format, va_list values)
    STAGED_PRINTF(2, 0);
/* What was formatted; lives as long as it. */
stg_markup stg_formatted_markup(const stg_formatted *formatted);
/* A renderable that shows it; it is taken over, also on failure.
 *   status   of its making
 * NULL: out of memory. */
staged_renderable *stg_markup_item_of_formatted(stg_formatted *formatted, staged_status status);

#endif
