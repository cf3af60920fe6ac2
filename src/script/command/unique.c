/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Unique names and directories, so that a run does not mix up what it makes with what another run
 * made. */
#include <errno.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/system/folders.h"
#include "base/system/letters.h"
#include "script/state/bugs.h"
#include "script/state/fail.h"
#include "script/state/object.h"
#include "script/state/owner.h"

/* The random letters in a directory's name, beside its timestamp (36^5: sixty million), and the
 * most that can be asked for in a name. */
enum { DIRECTORY_LETTERS = 5, MOST_LETTERS = 64 };

const char *staged_unique_name(staged_script *script, const char *prefix, int length)
{
    if (stg_need_text(script, NULL, prefix, "the prefix of a unique name") != STAGED_OK)
        return NULL;
    char letters[MOST_LETTERS + 1];
    const size_t count = length < 1 ? 1 : length > MOST_LETTERS ? MOST_LETTERS : (size_t)length;
    const char *name = NULL;
    if (stg_random_letters(letters, count))
        name = staged_format(script, "%s%s", prefix, letters);
    if (name == NULL)
        stg_ignore(
            staged_fail_at(script, NULL, "cannot generate a unique name: %s", strerror(errno)));
    return name;
}

/* ---- Directories ---- */

static staged_status failed(staged_script *script, const char *what)
{
    return staged_fail_at(script, NULL, "cannot create the directory '%s': %s", what,
                          strerror(errno));
}

/* "PREFIX-20260102T030405-" as an absolute path; NULL: see errno. */
static char *make_beginning(staged_script *script, const char *prefix)
{
    char here[PATH_MAX];
    char timestamp[32];
    struct tm now;
    const time_t seconds = (time_t)(script->clock->wall_ns(script->clock->context) / 1000000000);
    if ((*prefix != '/' && getcwd(here, sizeof here) == NULL) ||
        localtime_r(&seconds, &now) == NULL)
        return NULL;
    (void)strftime(timestamp, sizeof timestamp, "%Y%m%dT%H%M%S", &now);
    stg_lock(script);
    char *beginning = *prefix == '/'
                          ? stg_arena_printf(&script->texts, "%s-%s-", prefix, timestamp)
                          : stg_arena_printf(&script->texts, "%s/%s-%s-", here, prefix, timestamp);
    stg_unlock(script);
    return beginning;
}

staged_status staged_unique_directory(staged_script *script, const char *prefix, const char **path)
{
    STAGED_TRY(stg_need_text(script, NULL, prefix, "the prefix of a unique directory"));
    STAGED_TRY(stg_need_text(script, NULL, path, "where the path of a unique directory goes"));
    *path = NULL;
    char *beginning = make_beginning(script, prefix);
    if (beginning == NULL)
        return failed(script, prefix);
    errno = script->dry_run ? 0 : stg_make_parents(beginning, 0777);
    if (errno != 0)
        return failed(script, beginning);
    for (;;) {
        const char *name = staged_unique_name(script, beginning, DIRECTORY_LETTERS);
        if (name == NULL)
            return STAGED_FAILED;
        *path = name;
        if (script->dry_run)
            return staged_log_dry_run(script, 0, "Would create the directory %s", name);
        if (mkdir(name, 0777) == 0)
            return STAGED_OK;
        *path = NULL;
        if (errno != EEXIST)
            return failed(script, name);
    }
}
