/* SPDX-License-Identifier: BSD-3-Clause */
#include "tool/record/place.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "tool/common/text.h"

static const char *setting(const char *name)
{
    const char *value = getenv(name);
    return value == NULL || *value == '\0' ? NULL : value;
}

/* As whoever writes records wants it. */
static bool is_absolute(const char *name)
{
    const char *value = setting(name);
    return value != NULL && *value == '/';
}

char *tool_runs_folder(void)
{
    sh_text path = {0};
    if (setting("STAGED_RUNS") != NULL)
        sh_text_addf(&path, "%s", setting("STAGED_RUNS"));
    else if (is_absolute("XDG_STATE_HOME"))
        sh_text_addf(&path, "%s/staged/runs", setting("XDG_STATE_HOME"));
    else if (is_absolute("HOME"))
        sh_text_addf(&path, "%s/.local/state/staged/runs", setting("HOME"));
    return path.bytes;
}

bool tool_is_folder(int parent, const char *name)
{
    struct stat status;
    return strcmp(name, ".") != 0 && strcmp(name, "..") != 0 &&
           fstatat(parent, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(status.st_mode);
}
