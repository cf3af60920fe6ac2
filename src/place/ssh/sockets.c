/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A process that is killed cannot remove its folder.  While it lives it holds a lock on it, so the
 * next one can tell. */
#include "place/ssh/sockets.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/system/folders.h"

static const char beginning[] = "staged-ssh-";
static const char letters[] = "XXXXXX";

/* Sockets have short names: 104 bytes where they are shortest, 17 of which ssh adds itself.  In
 * their names it replaces `%h` and `${NAME}`. */
static bool can_have_sockets(const char *folder)
{
    enum { LONGEST = 104 - 17 - 32 };
    return folder != NULL && folder[0] == '/' && strlen(folder) <= LONGEST &&
           strpbrk(folder, "%$") == NULL;
}

/* ---- What others have left ---- */

static bool is_name(const char *name)
{
    return strncmp(name, beginning, sizeof beginning - 1) == 0 &&
           strlen(name) == sizeof beginning - 1 + sizeof letters - 1;
}

/* Opens a folder and locks it.  Returns -1 if somebody else has the lock; where there are none, it
 * is open without. */
static int open_locked(const char *path, bool *is_locked)
{
    const int file = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    *is_locked = file >= 0 && flock(file, LOCK_EX | LOCK_NB) == 0;
    if (file < 0 || *is_locked || errno != EWOULDBLOCK)
        return file;
    (void)close(file);
    return -1;
}

static void remove_if_left(const char *path)
{
    struct stat facts;
    bool is_locked;
    /* Root can open those of others, too. */
    if (lstat(path, &facts) != 0 || !S_ISDIR(facts.st_mode) || facts.st_uid != geteuid())
        return;
    const int file = open_locked(path, &is_locked);
    if (is_locked)
        stg_remove_folder(path);
    if (file >= 0)
        (void)close(file);
}

static void remove_left(const char *parent)
{
    DIR *directory = opendir(parent);
    for (const struct dirent *entry; directory != NULL && (entry = readdir(directory)) != NULL;) {
        stg_buf path = {0};
        if (!is_name(entry->d_name))
            continue;
        stg_buf_addf(&path, "%s/%s", parent, entry->d_name);
        if (stg_buf_status(&path) == STAGED_OK)
            remove_if_left(path.data);
        stg_buf_free(&path);
    }
    if (directory != NULL)
        (void)closedir(directory);
}

/* ---- Ours ---- */

/* Somebody who removes what is left may have taken it between its making and its lock. */
static bool is_ours(const char *path, int file)
{
    struct stat named, open;
    return file >= 0 && lstat(path, &named) == 0 && fstat(file, &open) == 0 &&
           named.st_dev == open.st_dev && named.st_ino == open.st_ino;
}

static bool make_in(stg_ssh_pool *pool, char *path)
{
    bool is_locked;
    if (mkdtemp(path) == NULL)
        return false;
    const int file = open_locked(path, &is_locked);
    if (is_ours(path, file)) {
        pool->folder = path;
        pool->folder_lock = file;
        return true;
    }
    const int error = file < 0 ? errno : EAGAIN;
    if (file >= 0)
        (void)close(file);
    else
        (void)rmdir(path);
    errno = error;
    return false;
}

staged_status stg_ssh_make_folder(stg_ssh_pool *pool, stg_buf *message)
{
    enum { MOST_ATTEMPTS = 5 };
    const char *const candidates[] = {getenv("XDG_RUNTIME_DIR"), getenv("TMPDIR"), "/tmp"};
    const size_t count = sizeof candidates / sizeof candidates[0];
    for (size_t i = 0; i < count * MOST_ATTEMPTS && pool->folder == NULL; i++) {
        const char *parent = candidates[i / MOST_ATTEMPTS];
        if (!can_have_sockets(parent))
            continue;
        stg_buf path = {0};
        stg_buf_addf(&path, "%s/%s%s", parent, beginning, letters);
        char *made = stg_buf_take(&path);
        if (made == NULL)
            return STAGED_NO_MEMORY;
        if (make_in(pool, made))
            remove_left(parent);
        else
            free(made);
    }
    if (pool->folder != NULL)
        return STAGED_OK;
    stg_buf_addf(message, "cannot make a folder for connections in /tmp: %s", strerror(errno));
    return STAGED_FAILED;
}

void stg_ssh_remove_folder(stg_ssh_pool *pool)
{
    if (pool->folder == NULL)
        return;
    (void)rmdir(pool->folder);
    (void)close(pool->folder_lock);
    free(pool->folder);
    pool->folder = NULL;
}
