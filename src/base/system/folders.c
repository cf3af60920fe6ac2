/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/system/folders.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

bool stg_add_state_folder(stg_buf *path, const char *what)
{
    const char *state = getenv("XDG_STATE_HOME");
    const char *home = getenv("HOME");
    if (state != NULL && *state == '/')
        stg_buf_addf(path, "%s/staged/%s", state, what);
    else if (home != NULL && *home == '/')
        stg_buf_addf(path, "%s/.local/state/staged/%s", home, what);
    else
        return false;
    return true;
}

int stg_make_parents(char *path, mode_t mode)
{
    int first = 0;
    int last = 0;
    for (char *slash = strchr(path + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        last = mkdir(path, mode) == 0 || errno == EEXIST ? 0 : errno;
        *slash = '/';
        /* It may be there, where we may not look into the one before it; then we can go on. */
        if (first == 0)
            first = last;
    }
    return last == 0 ? 0 : first;
}
