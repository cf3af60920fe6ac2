/* SPDX-License-Identifier: BSD-3-Clause */
#include "script/each/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/system/system.h"
#include "base/text/buf.h"

/* What an item leaves running must not write over what is there. */
static void append_only(int fd)
{
    (void)fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_APPEND);
    (void)fcntl(fd, F_SETFD, FD_CLOEXEC);
}

static int open_one(int *file, char **path)
{
    const char *folder = getenv("TMPDIR");
    stg_buf name = {0};
    stg_buf_addf(&name, "%s/staged-XXXXXX", folder == NULL || *folder == '\0' ? "/tmp" : folder);
    *path = stg_buf_take(&name);
    if (*path == NULL)
        return ENOMEM;
    *file = mkstemp(*path);
    if (*file >= 0) {
        append_only(*file);
        return 0;
    }
    const int error = errno;
    free(*path);
    *path = NULL;
    return error;
}

/* Where others can open a file that we have open, it needs no name that SIGKILL would leave behind.
 */
static void name_by_descriptor(int file, char **path)
{
    stg_buf name = {0};
    stg_buf_addf(&name, "/proc/%lld/fd/%d", (long long)getpid(), file);
    if (STG_ON_LINUX && stg_buf_status(&name) == STAGED_OK && access(name.data, W_OK) == 0) {
        (void)unlink(*path);
        free(*path);
        *path = stg_buf_take(&name);
    }
    stg_buf_free(&name);
}

int stg_spool_open(stg_spool *spool, bool joins, bool named)
{
    *spool = (stg_spool){.files = {-1, -1}};
    int error = 0;
    for (int i = 0; i < (joins ? 1 : 2) && error == 0; i++)
        error = open_one(&spool->files[i], &spool->paths[i]);
    if (error != 0)
        stg_spool_close(spool);
    else if (!named)
        stg_spool_hide(spool);
    for (int i = 0; i < 2; i++) {
        if (spool->paths[i] != NULL)
            name_by_descriptor(spool->files[i], &spool->paths[i]);
    }
    return error;
}

void stg_spool_hide(stg_spool *spool)
{
    for (int i = 0; i < 2; i++) {
        if (spool->paths[i] != NULL)
            (void)unlink(spool->paths[i]); /* does nothing in /proc */
        free(spool->paths[i]);
        spool->paths[i] = NULL;
    }
}

void stg_spool_close(stg_spool *spool)
{
    stg_spool_hide(spool);
    for (int i = 0; i < 2; i++) {
        if (spool->files[i] >= 0)
            (void)close(spool->files[i]);
        spool->files[i] = -1;
    }
}

uint64_t stg_spool_length(const stg_spool *spool)
{
    uint64_t length = 0;
    for (int i = 0; i < 2; i++) {
        struct stat facts;
        if (spool->files[i] >= 0 && fstat(spool->files[i], &facts) == 0)
            length += (uint64_t)facts.st_size;
    }
    return length;
}
