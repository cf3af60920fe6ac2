/* SPDX-License-Identifier: BSD-3-Clause */
#include "script/run/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "base/system/folders.h"
#include "base/text/buf.h"
#include "script/command/sleep.h"
#include "script/state/attributes.h"

enum { LONGEST_HOLDER = 512, LONGEST_HOST = 256 };
/* How often a waiting script tries the lock again. */
static const int64_t look_again_ns = 200000000;

static bool is_path(const char *name)
{
    return strchr(name, '/') != NULL;
}

static staged_status refuse(staged_script *script, const char *what, const char *name)
{
    (void)fprintf(stderr, "%s: cannot %s '%s': %s; nothing was run\n", script->title.name, what,
                  name, strerror(errno));
    return staged_exit(script, STG_EXIT_FAILURE);
}

/* A bare name is in the user's own folder; a path may be shared by several users. */
static staged_status add_path(staged_script *script, const char *name, stg_buf *path)
{
    if (is_path(name)) {
        stg_buf_add_text(path, name);
        return stg_buf_status(path);
    }
    if (!stg_add_state_folder(path, "locks")) {
        (void)fprintf(
            stderr,
            "%s: there is no place for the lock '%s': set HOME, or give its path; nothing "
            "was run\n",
            script->title.name, name);
        return staged_exit(script, STG_EXIT_FAILURE);
    }
    stg_buf_addf(path, "/%s.lock", name);
    STAGED_TRY(stg_buf_status(path));
    (void)stg_make_parents(path->data, 0700);
    return STAGED_OK;
}

/* Close-on-exec: processes that commands leave running must not hold it.  No links: one in its
 * place may lead anywhere. */
static int open_file(const char *path, bool is_shared)
{
    const int flags = O_CLOEXEC | O_NOFOLLOW;
    const int fd = open(path, O_RDWR | O_CREAT | flags, is_shared ? 0666 : 0600);
    /* A user who may not write to another user's lock can still hold it. */
    return fd < 0 && errno == EACCES ? open(path, O_RDONLY | flags) : fd;
}

static staged_status open_lock(staged_script *script, const char *name, int *fd)
{
    stg_buf path = {0};
    staged_status status = add_path(script, name, &path);
    if (status == STAGED_OK) {
        *fd = open_file(path.data, is_path(name));
        if (*fd < 0)
            status = refuse(script, "open the lock", path.data);
    }
    stg_buf_free(&path);
    return status;
}

static void find_host(char host[LONGEST_HOST])
{
    host[0] = host[LONGEST_HOST - 1] = '\0';
    (void)gethostname(host, LONGEST_HOST - 1);
}

/* Whether a process of this host wrote it that is gone: it was killed before it could remove its
 * text, and today's holder may not write. */
static bool is_stale(const char *holder)
{
    char host[LONGEST_HOST], ours[LONGEST_HOST];
    long pid;
    find_host(ours);
    return sscanf(holder, "process %ld on %255s since", &pid, host) == 2 &&
           strcmp(host, ours) == 0 && kill((pid_t)pid, 0) != 0 && errno == ESRCH;
}

/* Reads who holds it, as the holder has written: "process 12 on host since ...", or "". */
static void read_holder(int fd, char holder[LONGEST_HOLDER])
{
    const ssize_t length = pread(fd, holder, LONGEST_HOLDER - 1, 0);
    holder[length > 0 ? length : 0] = '\0';
    holder[strcspn(holder, "\n")] = '\0';
    if (is_stale(holder))
        holder[0] = '\0';
}

static void write_holder(int fd, const staged_script *script)
{
    char host[LONGEST_HOST];
    find_host(host);
    const time_t now = (time_t)(script->clock->wall_ns(script->clock->context) / 1000000000);
    struct tm parts;
    char since[64] = "";
    if (gmtime_r(&now, &parts) != NULL)
        (void)strftime(since, sizeof since, "%Y-%m-%d %H:%M:%S UTC", &parts);
    char text[LONGEST_HOLDER];
    const int length = snprintf(text, sizeof text, "process %ld on %s since %s\n", (long)getpid(),
                                *host == '\0' ? "this host" : host, since);
    /* Failing is harmless: the text is only used in a message. */
    if (ftruncate(fd, 0) == 0)
        (void)!pwrite(fd, text, (size_t)length, 0);
}

static bool try_lock(int fd)
{
    int failed;
    do
        failed = flock(fd, LOCK_EX | LOCK_NB);
    while (failed != 0 && errno == EINTR);
    return failed == 0;
}

/* A second run of the same script is not a failure, and has its own exit status. */
static staged_status leave_to_holder(staged_script *script, const char *name, const char *holder)
{
    (void)fprintf(stderr, "%s: '%s' is locked by %s; nothing was run\n", script->title.name, name,
                  *holder == '\0' ? "another process" : holder);
    return staged_exit(script, STG_EXIT_LOCKED);
}

static staged_status wait_for_lock(staged_script *script, const char *name, int fd)
{
    const double wait_s = script->lock.wait_s;
    const int64_t begin_ns = script->clock->monotonic_ns(script->clock->context);
    for (bool is_told = false;; is_told = true) {
        if (try_lock(fd))
            return STAGED_OK;
        if (errno != EWOULDBLOCK)
            return refuse(script, "take the lock", name);
        char holder[LONGEST_HOLDER];
        read_holder(fd, holder);
        const int64_t waited_ns = script->clock->monotonic_ns(script->clock->context) - begin_ns;
        if (wait_s >= 0 && (double)waited_ns >= wait_s * 1e9)
            return leave_to_holder(script, name, holder);
        if (!is_told)
            (void)staged_log_at(script, NULL, "[yellow]Waiting[/] for the lock '%s': %s", name,
                                *holder == '\0' ? "another process has it" : holder);
        STAGED_TRY(stg_sleep_ns(script, look_again_ns));
    }
}

staged_status stg_take_lock(staged_script *script)
{
    const char *name = script->lock.name;
    if (name == NULL || script->outer != NULL || stg_is_dry_run(script))
        return STAGED_OK;
    int fd = -1;
    STAGED_TRY(open_lock(script, name, &fd));
    const staged_status status = wait_for_lock(script, name, fd);
    if (status != STAGED_OK) {
        (void)close(fd);
        return status;
    }
    write_holder(fd, script);
    script->lock.fd = fd;
    script->lock.is_held = true;
    return STAGED_OK;
}

void stg_release_lock(staged_script *script)
{
    if (script->lock.is_held) {
        /* Who holds it next may not be able to say so. */
        (void)!ftruncate(script->lock.fd, 0);
        (void)close(script->lock.fd);
    }
    script->lock.is_held = false;
}
