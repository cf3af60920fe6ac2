/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/system/folders.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Adds "$VARIABLE/staged/WHAT", by default "$HOME/USUAL/staged/WHAT". */
static bool add_folder(stg_buf *path, const char *variable, const char *usual, const char *what)
{
    const char *folder = getenv(variable);
    const char *home = getenv("HOME");
    if (folder != NULL && *folder == '/')
        stg_buf_addf(path, "%s/staged/%s", folder, what);
    else if (home != NULL && *home == '/')
        stg_buf_addf(path, "%s/%s/staged/%s", home, usual, what);
    else
        return false;
    return true;
}

bool stg_add_state_folder(stg_buf *path, const char *what)
{
    return add_folder(path, "XDG_STATE_HOME", ".local/state", what);
}

bool stg_add_config_folder(stg_buf *path, const char *what)
{
    return add_folder(path, "XDG_CONFIG_HOME", ".config", what);
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

static int remove_one(const char *path, const struct stat *facts, int kind, struct FTW *where)
{
    (void)facts;
    (void)kind;
    (void)where;
    (void)remove(path);
    return 0;
}

void stg_remove_folder(const char *path)
{
    enum { DESCRIPTORS = 8 };
    (void)nftw(path, remove_one, DESCRIPTORS, FTW_DEPTH | FTW_PHYS);
}
