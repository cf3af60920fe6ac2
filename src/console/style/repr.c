/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/style/repr.h"

#include "base/unicode/unicode.h"

staged_status stg_repr_error(stg_error *error, const char *before, const char *text, size_t length,
                             const char *after)
{
    if (error == NULL)
        return STAGED_BAD_MARKUP;
    stg_buf message = {0};
    stg_buf_add_text(&message, before);
    stg_add_repr(&message, text, length);
    stg_buf_add_text(&message, after);
    const staged_status status = stg_buf_status(&message);
    if (status == STAGED_OK)
        stg_error_set(error, STAGED_BAD_MARKUP, "%s", stg_buf_text(&message));
    else
        stg_error_set(error, status, "%s", staged_status_text(status));
    stg_buf_free(&message);
    return status == STAGED_OK ? STAGED_BAD_MARKUP : status;
}
