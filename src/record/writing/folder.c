/* SPDX-License-Identifier: BSD-3-Clause */
#include "record/writing/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/system/file.h"
#include "base/system/folders.h"
#include "base/system/letters.h"

enum { RANDOM_LETTERS = 5, SALT_BYTES = 16, SALT_LENGTH = 2 * SALT_BYTES, MOST_TRIES = 100 };

/* ---- Paths ---- */

bool stg_record_is_wanted(bool is_wanted)
{
    const char *runs = getenv("STAGED_RUNS");
    return runs == NULL ? is_wanted : *runs != '\0';
}

static bool add_root(stg_buf *path, stg_error *error)
{
    const char *runs = getenv("STAGED_RUNS");
    char here[4096];
    if (runs != NULL && *runs != '\0') {
        /* The script may go elsewhere. */
        if (*runs != '/' && getcwd(here, sizeof here) != NULL)
            stg_buf_addf(path, "%s/", here);
        stg_buf_add_text(path, runs);
    } else if (!stg_add_state_folder(path, "runs")) {
        stg_error_set(error, STAGED_NOT_FOUND,
                      "there is no place for it; set STAGED_RUNS to a directory");
        return false;
    }
    return true;
}

/* Adds the name as one that is a folder's, and not that of another thing beside it. */
static void add_folder_name(stg_buf *path, const char *stem)
{
    static const char *const taken[] = {"salt", "index.db"};
    const size_t begin = path->length;
    for (; *stem != '\0'; stem++) {
        const unsigned char c = (unsigned char)*stem;
        const bool is_hidden = path->length == begin && c == '.';
        stg_buf_add_char(path, c == '/' || c < 0x20 || c == 0x7f || is_hidden ? '_' : *stem);
    }
    if (path->length == begin)
        stg_buf_add_text(path, "script");
    bool is_taken = false;
    for (size_t i = 0; i < sizeof taken / sizeof taken[0]; i++)
        is_taken = is_taken || strcmp(stg_buf_text(path) + begin, taken[i]) == 0;
    if (is_taken)
        stg_buf_add_char(path, '_');
}

/* Where the system has no random numbers, the time tells two runs apart that begin in one second.
 */
static void add_letters(stg_buf *path)
{
    char letters[RANDOM_LETTERS + 1];
    struct timespec now;
    if (stg_random_letters(letters, RANDOM_LETTERS)) {
        stg_buf_add_text(path, letters);
        return;
    }
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    stg_buf_addf(path, "%05lx", (unsigned long)(now.tv_nsec / 1000) & 0xfffff);
}

static void add_id(stg_buf *path, int64_t wall_ns)
{
    const time_t seconds = (time_t)(wall_ns / 1000000000);
    struct tm utc = {0};
    char moment[40];
    (void)gmtime_r(&seconds, &utc);
    (void)strftime(moment, sizeof moment, "%Y%m%dT%H%M%SZ-", &utc);
    stg_buf_add_text(path, moment);
    add_letters(path);
}

bool stg_folder_add_path(stg_buf *path, const char *root, const char *stem, size_t *root_length,
                         stg_error *error)
{
    if (root != NULL)
        stg_buf_add_text(path, root);
    else if (!add_root(path, error))
        return false;
    *root_length = path->length;
    stg_buf_add_char(path, '/');
    add_folder_name(path, stem);
    return true;
}

/* Makes a folder that is not there yet, and those that it lies in.  Returns 0, or an errno. */
static int make_new(char *path)
{
    if (mkdir(path, 0700) == 0)
        return 0;
    const int error = errno == ENOENT ? stg_make_parents(path, 0700) : errno;
    return error != 0 ? error : mkdir(path, 0700) == 0 ? 0 : errno;
}

bool stg_folder_make(stg_record *record, const char *root, const char *stem, int64_t wall_ns,
                     stg_error *error)
{
    stg_buf path = {0};
    size_t root_length;
    if (!stg_folder_add_path(&path, root, stem, &root_length, error)) {
        stg_buf_free(&path);
        return false;
    }
    stg_buf_add_char(&path, '/');
    const size_t length = path.length;
    int failed = EEXIST;
    for (int i = 0; i < MOST_TRIES && failed == EEXIST; i++) {
        stg_buf_truncate(&path, length);
        add_id(&path, wall_ns);
        failed = stg_buf_status(&path) == STAGED_OK ? make_new(path.data) : ENOMEM;
    }
    if (failed != 0)
        stg_error_set(error, STAGED_IO, "cannot make the directory '%s': %s", stg_buf_text(&path),
                      strerror(failed));
    else
        record->root = strndup(path.data, root_length);
    record->directory = stg_buf_take(&path);
    if (failed != 0)
        return false;
    record->id = record->directory + length;
    if (record->root == NULL)
        stg_error_set(error, STAGED_NO_MEMORY, "out of memory");
    return record->root != NULL;
}

void stg_folder_link(const stg_record *record)
{
    const int length = (int)(record->id - record->directory);
    stg_buf made = {0};
    stg_buf link = {0};
    stg_buf_addf(&made, "%.*s.latest-%s", length, record->directory, record->id);
    stg_buf_addf(&link, "%.*slatest", length, record->directory);
    if (stg_buf_status(&made) == STAGED_OK && stg_buf_status(&link) == STAGED_OK &&
        symlink(record->id, made.data) == 0 && rename(made.data, link.data) != 0)
        (void)unlink(made.data);
    stg_buf_free(&made);
    stg_buf_free(&link);
}

/* ---- The salt ---- */

/* Puts a new one in its place, unless there is one by then. */
static void make_salt(const stg_record *record, const char *path)
{
    unsigned char random[SALT_BYTES];
    if (getentropy(random, sizeof random) != 0)
        return;
    char text[SALT_LENGTH + 1];
    for (size_t i = 0; i < sizeof random; i++)
        (void)snprintf(text + 2 * i, 3, "%02x", random[i]);
    stg_buf own = {0};
    stg_buf_addf(&own, "%s/.salt-%s", record->root, record->id);
    if (stg_buf_status(&own) == STAGED_OK) {
        const int error = stg_file_make(own.data, O_EXCL, text, SALT_LENGTH);
        /* Not every file system has links; then the last one made is the one that stays. */
        if (error == 0 && link(own.data, path) != 0 && errno != EEXIST)
            (void)rename(own.data, path);
        if (error != EEXIST)
            (void)unlink(own.data);
    }
    stg_buf_free(&own);
}

void stg_folder_add_salt(const stg_record *record, stg_buf *out)
{
    stg_buf path = {0};
    stg_buf_addf(&path, "%s/salt", record->root);
    if (stg_buf_status(&path) == STAGED_OK) {
        const size_t before = out->length;
        (void)stg_file_read(path.data, SALT_LENGTH, out);
        if (out->length - before != SALT_LENGTH) {
            stg_buf_truncate(out, before);
            make_salt(record, path.data);
            (void)stg_file_read(path.data, SALT_LENGTH, out);
        }
    }
    stg_buf_free(&path);
}
