/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Values that a script keeps for a run that resumes this one, in a file each. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/system/file.h"
#include "record/writing/record.h"

bool stg_record_can_keep(const char *name)
{
    enum { LONGEST = 200 };
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                  "_.-";
    const size_t length = strspn(name, allowed);
    return length > 0 && length <= LONGEST && name[length] == '\0' && *name != '.';
}

/* The file is whole at any moment: another takes its place. */
static int replace(stg_buf *path, const char *name, const char *value)
{
    stg_buf made = {0};
    stg_buf_addf(&made, "%s/.%s", stg_buf_text(path), name);
    stg_buf_addf(path, "/%s", name);
    int error = ENOMEM;
    if (stg_buf_status(path) == STAGED_OK && stg_buf_status(&made) == STAGED_OK)
        error = stg_file_make(made.data, O_TRUNC, value, strlen(value));
    if (error == 0 && rename(made.data, path->data) != 0)
        error = errno;
    stg_buf_free(&made);
    return error;
}

void stg_record_keep(stg_record *record, const char *name, const char *value)
{
    if (record->problem.status != STAGED_OK)
        return;
    stg_buf path = {0};
    stg_buf_addf(&path, "%s/kept", record->directory);
    int error = stg_buf_status(&path) == STAGED_OK ? 0 : ENOMEM;
    if (error == 0 && value == NULL) {
        stg_buf_addf(&path, "/%s", name);
        (void)unlink(stg_buf_text(&path));
    } else if (error == 0) {
        error = mkdir(path.data, 0700) == 0 || errno == EEXIST ? 0 : errno;
        if (error == 0)
            error = replace(&path, name, value);
    }
    if (error != 0)
        stg_record_give_up(record, "cannot write to", error);
    stg_buf_free(&path);
}
