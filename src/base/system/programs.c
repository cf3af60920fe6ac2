/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/system/programs.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text/buf.h"

static bool is_program(const char *path)
{
    struct stat facts;
    return access(path, X_OK) == 0 && stat(path, &facts) == 0 && S_ISREG(facts.st_mode);
}

bool stg_find_program(const char *name, const char *folders, bool absolute, char **path)
{
    *path = NULL;
    while (folders != NULL) {
        const size_t length = strcspn(folders, ":");
        stg_buf candidate = {0};
        stg_buf_add(&candidate, length == 0 ? "." : folders, length == 0 ? 1 : length);
        stg_buf_addf(&candidate, "/%s", name);
        const bool is_good = stg_buf_status(&candidate) == STAGED_OK;
        if (is_good && (!absolute || *folders == '/') && is_program(candidate.data))
            *path = stg_buf_take(&candidate);
        stg_buf_free(&candidate);
        if (!is_good || *path != NULL)
            return is_good;
        folders = folders[length] == ':' ? folders + length + 1 : NULL;
    }
    return true;
}
