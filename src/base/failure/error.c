/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/failure/error.h"

#include <errno.h>
#include <stdlib.h>

#include "base/text/buf.h"

void stg_error_free(stg_error *error)
{
    stg_error_clear(error);
}

void stg_error_clear(stg_error *error)
{
    free(error->text);
    *error = (stg_error){0};
}

staged_status stg_error_set(stg_error *error, staged_status status, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    stg_error_vset(error, status, format, arguments);
    va_end(arguments);
    return status;
}

staged_status stg_error_vset(stg_error *error, staged_status status, const char *format,
                             va_list arguments)
{
    /* The new text may be formatted from the old one. */
    stg_buf text = {0};
    stg_buf_vaddf(&text, format, arguments);
    stg_error_clear(error);
    error->status = status;
    error->text = stg_buf_take(&text);
    return status;
}

const char *stg_error_text(const stg_error *error)
{
    if (error->text != NULL)
        return error->text;
    return error->status == STAGED_OK ? "" : staged_status_text(error->status);
}

staged_status stg_status_of_errno(int error)
{
    switch (error) {
    case ENOENT:
    case ENOTDIR:
        return STAGED_NOT_FOUND;
    case EACCES:
    case EPERM:
    case EISDIR:
    case ENOEXEC:
    case EROFS:
    case ETXTBSY:
        return STAGED_NOT_ALLOWED;
    case ENOMEM:
        return STAGED_NO_MEMORY;
    case E2BIG:
    case ELOOP:
    case ENAMETOOLONG:
        return STAGED_BAD_INPUT;
    default:
        return STAGED_IO;
    }
}
