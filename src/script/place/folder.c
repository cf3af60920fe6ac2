/* SPDX-License-Identifier: BSD-3-Clause */
#include "script/place/folder.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/system/folders.h"
#include "script/recording/recorder.h"
#include "script/state/events.h"
#include "script/state/frame.h"
#include "script/state/owner.h"

static bool fail(stg_buf *path, int error, stg_error *failure)
{
    stg_error_set(failure, stg_status_of_errno(error), "cannot make the directory '%s': %s",
                  stg_buf_text(path), strerror(error));
    stg_buf_free(path);
    return false;
}

/* Makes one, and the folders before it if they are missing.  Returns 0, or an errno. */
static int make_new(char *path)
{
    if (mkdir(path, 0700) == 0)
        return 0;
    if (errno != ENOENT)
        return errno;
    const int error = stg_make_parents(path, 0700);
    return error != 0 ? error : mkdir(path, 0700) == 0 ? 0 : errno;
}

/* Makes a folder in one that may be missing, too. */
static bool make_recorded(stg_buf *path, size_t record_length, stg_job_folder *folder,
                          stg_error *error)
{
    if (stg_buf_status(path) != STAGED_OK)
        return fail(path, ENOMEM, error);
    const int failed = make_new(path->data);
    if (failed != 0)
        return fail(path, failed, error);
    folder->path = stg_buf_take(path);
    folder->recorded = folder->path + record_length + 1;
    return true;
}

/* The same of one whose name ends with random letters. */
static int make_unique(stg_buf *path)
{
    static const char letters[] = "XXXXXX";
    const size_t length = path->length;
    stg_buf_add_text(path, letters);
    if (stg_buf_status(path) != STAGED_OK)
        return ENOMEM;
    if (mkdtemp(path->data) != NULL)
        return 0;
    if (errno != ENOENT)
        return errno;
    stg_buf_truncate(path, length);
    stg_buf_add_text(path, letters);
    const int error = stg_make_parents(path->data, 0700);
    return error != 0 ? error : mkdtemp(path->data) != NULL ? 0 : errno;
}

static bool make_temporary(stg_job_folder *folder, stg_error *error)
{
    stg_buf path = {0};
    if (!stg_add_state_folder(&path, "jobs/")) {
        stg_error_set(error, STAGED_NOT_FOUND,
                      "no directory for the files of commands at places: set HOME or "
                      "XDG_STATE_HOME to one");
        return false;
    }
    const int failed = make_unique(&path);
    if (failed != 0)
        return fail(&path, failed, error);
    folder->path = stg_buf_take(&path);
    return true;
}

bool stg_job_folder_make(const staged_script *script, int64_t number, stg_job_folder *folder,
                         stg_error *error)
{
    stg_buf path = {0};
    size_t record_length = 0;
    *folder = (stg_job_folder){0};
    stg_lock(script);
    const char *record = stg_recorder_folder(script);
    if (record != NULL) {
        record_length = strlen(record);
        stg_buf_addf(&path, "%s/jobs/%04" PRId64, record, number);
    }
    stg_unlock(script);
    return record_length > 0 ? make_recorded(&path, record_length, folder, error)
                             : make_temporary(folder, error);
}

/* "jobs/each.STAGE.ATTEMPT.NUMBER", of which no stage has two. */
static size_t add_name_of_each(const staged_script *script, int64_t number, stg_buf *path)
{
    stg_lock(script);
    const char *record = stg_recorder_folder(script);
    const size_t length = record == NULL ? 0 : strlen(record);
    const stg_frame *frame = stg_at_a_stage(script)->frame;
    if (record != NULL)
        stg_buf_addf(path, "%s/jobs/each.%s.%" PRId64 ".%" PRId64, record, stg_frame_stage(frame),
                     frame->attempt.number, number);
    stg_unlock(script);
    return length;
}

/* Makes one where it has to be, to which the record has a link. */
static bool make_linked(const char *wanted, stg_buf *link, stg_job_folder *folder, stg_error *error)
{
    stg_buf path = {0};
    stg_buf_addf(&path, "%s/staged-XXXXXX", wanted);
    if (stg_buf_status(&path) != STAGED_OK)
        return fail(&path, ENOMEM, error);
    if (mkdtemp(path.data) == NULL)
        return fail(&path, errno, error);
    folder->path = stg_buf_take(&path);
    if (link->length > 0 && stg_make_parents(link->data, 0700) == 0 &&
        symlink(folder->path, link->data) == 0)
        folder->link = stg_buf_take(link);
    return true;
}

bool stg_job_folder_make_for(const staged_script *script, const char *wanted, int64_t number,
                             stg_job_folder *folder, stg_error *error)
{
    stg_buf name = {0};
    *folder = (stg_job_folder){0};
    const size_t record_length = add_name_of_each(script, number, &name);
    const bool is_made = wanted != NULL       ? make_linked(wanted, &name, folder, error)
                         : record_length == 0 ? make_temporary(folder, error)
                                              : make_recorded(&name, record_length, folder, error);
    stg_buf_free(&name);
    return is_made;
}

bool stg_job_folder_take_over(const char *path, stg_job_folder *folder, stg_error *error)
{
    *folder = (stg_job_folder){.path = strdup(path)};
    folder->recorded = folder->path;
    if (folder->path == NULL)
        stg_error_set(error, STAGED_NO_MEMORY, "out of memory");
    return folder->path != NULL;
}

void stg_job_folder_leave(stg_job_folder *folder)
{
    /* Most are empty. */
    if (folder->path != NULL && rmdir(folder->path) != 0 && folder->recorded == NULL)
        stg_remove_folder(folder->path);
    if (folder->link != NULL)
        (void)unlink(folder->link);
    free(folder->link);
    free(folder->path);
    *folder = (stg_job_folder){0};
}
