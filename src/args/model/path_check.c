/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What a path on the command line has to be, looked at before the program begins. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "args/model/convert.h"
#include "base/unicode/unicode.h"

static staged_status refuse(stg_buf *message, const char *before, const char *path,
                            const char *after)
{
    stg_buf_add_text(message, before);
    stg_add_repr(message, path, strlen(path));
    stg_buf_add_text(message, after);
    return stg_buf_status(message) == STAGED_OK ? STAGED_BAD_INPUT : STAGED_NO_MEMORY;
}

static staged_status refuse_errno(stg_buf *message, const char *before, const char *path)
{
    const int number = errno;
    STAGED_TRY(refuse(message, before, path, ": ") == STAGED_NO_MEMORY ? STAGED_NO_MEMORY
                                                                       : STAGED_OK);
    stg_buf_add_text(message, strerror(number));
    return stg_buf_status(message) == STAGED_OK ? STAGED_BAD_INPUT : STAGED_NO_MEMORY;
}

/* A file that is not there can be made where its directory can be written to. */
static staged_status check_place(const char *path, stg_buf *message)
{
    stg_buf directory = {0};
    const char *slash = strrchr(path, '/');
    if (slash == NULL)
        stg_buf_add_char(&directory, '.');
    else
        stg_buf_add(&directory, path, slash == path ? 1 : (size_t)(slash - path));
    staged_status status = stg_buf_status(&directory);
    if (status == STAGED_OK && access(stg_buf_text(&directory), W_OK | X_OK) != 0)
        status = refuse_errno(message, "can't write ", path);
    stg_buf_free(&directory);
    return status;
}

static staged_status check_path(uint32_t checks, const char *path, stg_buf *message)
{
    struct stat about;
    const uint32_t there =
        STAGED_PATH_EXISTS | STAGED_PATH_FILE | STAGED_PATH_DIRECTORY | STAGED_PATH_READABLE;
    if ((checks & STAGED_PATH_DASH) != 0 && strcmp(path, "-") == 0)
        return STAGED_OK;
    const bool exists = stat(path, &about) == 0;
    if (exists && (checks & STAGED_PATH_NEW) != 0)
        return refuse(message, "", path, " already exists");
    if (!exists && ((checks & there) != 0 || errno != ENOENT))
        return refuse_errno(message, "can't open ", path);
    if (!exists)
        return (checks & STAGED_PATH_WRITABLE) == 0 ? STAGED_OK : check_place(path, message);
    if ((checks & STAGED_PATH_FILE) != 0 && S_ISDIR(about.st_mode))
        return refuse(message, "", path, " is a directory");
    if ((checks & STAGED_PATH_DIRECTORY) != 0 && !S_ISDIR(about.st_mode))
        return refuse(message, "", path, " is not a directory");
    if ((checks & STAGED_PATH_READABLE) != 0 && access(path, R_OK) != 0)
        return refuse_errno(message, "can't open ", path);
    if ((checks & STAGED_PATH_WRITABLE) != 0 && access(path, W_OK) != 0)
        return refuse_errno(message, "can't write ", path);
    return STAGED_OK;
}

staged_status stg_check_path(const staged_argument *argument, const staged_value *value,
                             stg_buf *message)
{
    if (argument->path_checks == 0)
        return STAGED_OK;
    if (value->kind == STAGED_VALUE_PATH)
        return check_path(argument->path_checks, value->as.text, message);
    for (size_t i = 0; value->kind == STAGED_VALUE_LIST && i < value->count; i++) {
        if (value->as.items[i].kind == STAGED_VALUE_PATH)
            STAGED_TRY(check_path(argument->path_checks, value->as.items[i].as.text, message));
    }
    return STAGED_OK;
}
