/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Arrays of a run that was killed, which may still run.  They are ended, and what they have written
 * is read: so no item runs twice at the same time, and no result is lost. */
#include <dirent.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory/grow.h"
#include "base/system/file.h"
#include "base/system/folders.h"
#include "record/framework.h"
#include "script/each/arrays.h"
#include "script/place/places.h"
#include "script/recording/resume.h"
#include "script/state/events.h"
#include "script/state/fail.h"
#include "script/state/mask.h"

/* ---- Finding them ---- */

static bool begins_with(const char *text, const char *beginning)
{
    return strncmp(text, beginning, strlen(beginning)) == 0;
}

/* Whether it is "each.STAGE.ATTEMPT.NUMBER". */
static bool is_folder_of(const char *name, const char *beginning, int64_t number)
{
    char *end;
    if (!begins_with(name, beginning))
        return false;
    (void)strtoll(name + strlen(beginning), &end, 10);
    return *end == '.' && strtoll(end + 1, &end, 10) == number && *end == '\0';
}

static bool note(stg_each *each, const char *folder, const char *name)
{
    stg_buf path = {0};
    stg_buf_addf(&path, "%s/%s", folder, name);
    if (stg_buf_status(&path) == STAGED_OK &&
        stg_grow(&each->earlier, &each->earlier_capacity, each->earlier_count + 1,
                 sizeof *each->earlier))
        each->earlier[each->earlier_count++] = stg_buf_take(&path);
    const bool is_noted = path.data == NULL && stg_buf_status(&path) == STAGED_OK;
    stg_buf_free(&path);
    return is_noted;
}

/* Those of this each in a record. */
static bool find_in(stg_each *each, const char *record, const char *beginning)
{
    stg_buf folder = {0};
    stg_buf_addf(&folder, "%s/jobs", record);
    DIR *directory = stg_buf_status(&folder) == STAGED_OK ? opendir(folder.data) : NULL;
    bool is_good = stg_buf_status(&folder) == STAGED_OK;
    for (const struct dirent *entry;
         directory != NULL && is_good && (entry = readdir(directory)) != NULL;) {
        if (is_folder_of(entry->d_name, beginning, each->state.number))
            is_good = note(each, folder.data, entry->d_name);
    }
    if (directory != NULL)
        (void)closedir(directory);
    stg_buf_free(&folder);
    return is_good;
}

/* ---- One of them ---- */

/* The first line of a file; NULL: there is none. */
static char *read_line(const char *folder, const char *name)
{
    enum { LONGEST = 4096 };
    stg_buf path = {0}, line = {0};
    stg_buf_addf(&path, "%s/%s", folder, name);
    if (stg_buf_status(&path) == STAGED_OK)
        (void)stg_file_read(path.data, LONGEST, &line);
    stg_buf_truncate(&line, strcspn(stg_buf_text(&line), "\n"));
    char *text = line.length == 0 ? NULL : stg_buf_take(&line);
    stg_buf_free(&path);
    stg_buf_free(&line);
    return text;
}

/* What is left of an each: its arrays, in folders 1, 2, ...; those that end are removed, and some
 * numbers are missing then. */
typedef struct rest {
    stg_each *each;
    const char *folder;
    const char *stage;
    const char **jobs; /* ended with NULL */
    size_t count, capacity;
    bool runs;
    bool failed;
} rest;

static void each_array(rest *r, void (*visit)(rest *r, const char *folder))
{
    DIR *directory = opendir(r->folder);
    for (const struct dirent *entry; directory != NULL && (entry = readdir(directory)) != NULL;) {
        stg_buf path = {0};
        if (strspn(entry->d_name, "0123456789") != strlen(entry->d_name))
            continue;
        stg_buf_addf(&path, "%s/%s", r->folder, entry->d_name);
        if (stg_buf_status(&path) == STAGED_OK)
            visit(r, path.data);
        else
            r->failed = true;
        stg_buf_free(&path);
    }
    if (directory != NULL)
        (void)closedir(directory);
}

static void list_job(rest *r, const char *folder)
{
    char *job = read_line(folder, "job");
    if (job == NULL)
        return;
    if (stg_grow(&r->jobs, &r->capacity, r->count + 2, sizeof *r->jobs)) {
        r->jobs[r->count++] = job;
    } else {
        free(job);
        r->failed = true;
    }
}

static void take_item(void *context, const char *item, int code)
{
    rest *r = context;
    if (stg_arrays_expect(r->each, code))
        r->failed |= !stg_past_add_item(r->each->script->run->resumed->past, r->stage,
                                        r->each->state.number, item);
}

static void read_results(rest *r, const char *folder)
{
    for (size_t number = 1; stg_task_read_ended(folder, number, take_item, r); number++)
        ;
}

/* ---- Ending them ---- */

static void close_tasks(rest *r, const char *folder)
{
    (void)r;
    stg_task_close(folder);
}

static void take_told(void *context, const stg_array_task *task)
{
    rest *r = context;
    r->runs = r->runs || task->state != STAGED_PLACE_STATE_GONE;
}

/* Returns whether nothing of it runs any more. */
static bool end_arrays(rest *r, const stg_array_kind *kind, void *opened)
{
    enum { LOOKS = 600, LOOKS_BEFORE_KILL = 100, BETWEEN_MS = 100 };
    each_array(r, close_tasks);
    for (int i = 0; i < LOOKS; i++) {
        r->runs = false;
        const bool is_known = kind->look(opened, r->jobs, take_told, r) == STAGED_OK;
        if (is_known && !r->runs)
            return true;
        if (is_known && (i == 0 || i == LOOKS_BEFORE_KILL))
            (void)kind->cancel(opened, r->jobs, i > 0);
        if (poll(NULL, 0, BETWEEN_MS) != 0)
            break;
    }
    return false;
}

static staged_status fail(stg_each *each, const rest *r, const char *place)
{
    return staged_fail_at(each->script, &each->options->where,
                          "job %s of the resumed run may still run at '%s', and could not be "
                          "ended: end it there, then try again",
                          r->jobs[0], place);
}

static staged_status end_rest(rest *r)
{
    stg_each *each = r->each;
    char *name = read_line(r->folder, "place");
    stg_place *place = NULL;
    stg_error error = {0};
    void *opened = NULL;
    const stg_array_kind *kind = NULL;
    if (name != NULL && stg_find_place(each->script, name, &place, &error) == STAGED_OK &&
        place != NULL)
        kind = stg_place_arrays(place, &opened);
    staged_status status = STAGED_OK;
    if (r->count > 0 && (kind == NULL || !end_arrays(r, kind, opened)))
        status = fail(each, r, name == NULL ? "?" : name);
    stg_error_free(&error);
    free(name);
    return status;
}

static staged_status take_over(stg_each *each, const char *folder, const char *stage)
{
    rest r = {.each = each, .folder = folder, .stage = stage};
    each_array(&r, list_job);
    staged_status status = r.failed ? STAGED_NO_MEMORY : end_rest(&r);
    if (status == STAGED_OK)
        each_array(&r, read_results);
    for (size_t i = 0; i < r.count; i++)
        free((void *)(uintptr_t)r.jobs[i]);
    free(r.jobs);
    return status == STAGED_OK && r.failed ? STAGED_NO_MEMORY : status;
}

staged_status stg_each_take_over(stg_each *each)
{
    const stg_resumed *resumed = each->script->run->resumed;
    const stg_past *past = resumed == NULL ? NULL : resumed->past;
    if (past == NULL)
        return STAGED_OK;
    const char *stage = stg_frame_stage(stg_at_a_stage(each->script)->frame);
    stg_buf beginning = {0};
    stg_buf_addf(&beginning, "each.%s.", stage);
    bool is_good = stg_buf_status(&beginning) == STAGED_OK;
    const char *folder;
    for (size_t i = 0; is_good && (folder = stg_past_folder(past, i)) != NULL; i++)
        is_good = find_in(each, folder, beginning.data);
    stg_buf_free(&beginning);
    if (!is_good)
        return STAGED_NO_MEMORY;
    for (size_t i = 0; i < each->earlier_count; i++)
        STAGED_TRY(take_over(each, each->earlier[i], stage));
    return STAGED_OK;
}

void stg_each_forget_earlier(stg_each *each)
{
    for (size_t i = 0; i < each->earlier_count; i++) {
        char *target = realpath(each->earlier[i], NULL);
        if (target != NULL)
            stg_remove_folder(target);
        (void)unlink(each->earlier[i]);
        free(target);
    }
}
