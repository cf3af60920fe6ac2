/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/style/theme.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory/grow.h"
#include "base/memory/search.h"
#include "console/style/repr.h"

void stg_theme_free(stg_theme *theme)
{
    free(theme->entries);
    stg_arena_free(&theme->texts);
    *theme = (stg_theme){0};
}

static staged_status no_memory(stg_error *error)
{
    return stg_error_set(error, STAGED_NO_MEMORY, "%s", staged_status_text(STAGED_NO_MEMORY));
}

staged_status stg_theme_set(stg_theme *theme, const char *name, const char *definition,
                            stg_error *error)
{
    stg_style style;
    char *kept = stg_arena_text(&theme->texts, definition);
    if (kept == NULL)
        return no_memory(error);
    STAGED_TRY(stg_style_parse(kept, strlen(kept), &style, error));
    bool found;
    const size_t at = stg_search_name(theme->entries, theme->count, sizeof *theme->entries, name,
                                      strlen(name), &found);
    if (found) {
        theme->entries[at].style = style;
        return STAGED_OK;
    }
    const char *kept_name = stg_arena_text(&theme->texts, name);
    if (kept_name == NULL ||
        !stg_grow(&theme->entries, &theme->capacity, theme->count + 1, sizeof *theme->entries))
        return no_memory(error);
    memmove(theme->entries + at + 1, theme->entries + at,
            (theme->count - at) * sizeof *theme->entries);
    theme->entries[at] = (stg_theme_entry){kept_name, style};
    theme->count++;
    return STAGED_OK;
}

const stg_style *stg_theme_find(const stg_theme *theme, const char *name, size_t length)
{
    bool found;
    if (theme != NULL && theme->count > 0) {
        const size_t at = stg_search_name(theme->entries, theme->count, sizeof *theme->entries,
                                          name, length, &found);
        if (found)
            return &theme->entries[at].style;
    }
    const size_t at = stg_search_name(stg_default_theme, stg_default_theme_count,
                                      sizeof *stg_default_theme, name, length, &found);
    return found ? &stg_default_theme[at].style : NULL;
}

/* Turns the reason in `error` into the full message. */
static staged_status explain(const char *text, size_t length, stg_error *error)
{
    stg_buf reason = {0};
    stg_buf_addf(&reason, "; %s", stg_error_text(error));
    const staged_status status =
        reason.failure != STAGED_OK
            ? no_memory(error)
            : stg_repr_error(error, "Failed to get style ", text, length, stg_buf_text(&reason));
    stg_buf_free(&reason);
    return status;
}

staged_status stg_theme_get(const stg_theme *theme, const char *text, size_t length,
                            stg_style *style, stg_error *error)
{
    const stg_style *named = stg_theme_find(theme, text, length);
    if (named != NULL) {
        *style = *named;
        return STAGED_OK;
    }
    const staged_status status = stg_style_parse(text, length, style, error);
    return status == STAGED_BAD_MARKUP && error != NULL ? explain(text, length, error) : status;
}
