/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/text/draw.h"

#include <stdarg.h>
#include <stdint.h>
#include <string.h>

void stg_draw_fail(stg_draw *draw, staged_status status, const char *format, ...)
{
    if (draw->status != STAGED_OK)
        return;
    va_list values;
    va_start(values, format);
    draw->status = stg_error_vset(draw->error, status, format, values);
    va_end(values);
}

static void fail_for_memory(stg_draw *draw)
{
    stg_draw_fail(draw, STAGED_NO_MEMORY, "%s", staged_status_text(STAGED_NO_MEMORY));
}

void *stg_draw_alloc(stg_draw *draw, size_t size)
{
    void *memory = draw->status != STAGED_OK ? NULL : stg_arena_alloc(draw->arena, size);
    if (memory == NULL)
        fail_for_memory(draw);
    return memory;
}

char *stg_draw_copy(stg_draw *draw, const char *bytes, size_t length)
{
    char *copy = length == SIZE_MAX ? NULL : stg_draw_alloc(draw, length + 1);
    if (copy != NULL && length > 0)
        memcpy(copy, bytes, length);
    return copy;
}

bool stg_draw_move(stg_draw *draw, void *items, size_t *capacity, size_t count, size_t needed,
                   size_t size)
{
    size_t wanted = *capacity < 4 ? 8 : *capacity * 2;
    if (wanted < needed)
        wanted = needed;
    char *grown = wanted > SIZE_MAX / size ? NULL : stg_draw_alloc(draw, wanted * size);
    if (grown == NULL) {
        fail_for_memory(draw);
        return false;
    }
    char *old;
    memcpy(&old, items, sizeof old);
    if (count > 0)
        memcpy(grown, old, count * size);
    memcpy(items, &grown, sizeof grown);
    *capacity = wanted;
    return true;
}

stg_style stg_draw_style(stg_draw *draw, const char *definition)
{
    stg_style style = {0};
    if (definition == NULL || draw->status != STAGED_OK)
        return style;
    const staged_status status =
        stg_theme_get(draw->theme, definition, strlen(definition), &style, draw->error);
    if (status != STAGED_OK) {
        draw->status = status;
        style = (stg_style){0};
    }
    return style;
}

stg_draw_options stg_draw_narrowed(const stg_draw_options *options, int width)
{
    stg_draw_options narrowed = *options;
    narrowed.width = width < 0 ? 0 : width;
    return narrowed;
}
