/* SPDX-License-Identifier: BSD-3-Clause */
#include "record/past/past_jobs.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory/grow.h"

static void clear(stg_past_open_job *open)
{
    free(open->job.stage);
    free(open->job.place);
    free(open->job.command);
    free(open->job.directory);
    free(open->job.changes);
    free(open->job.id);
    free(open->job.folder);
    *open = (stg_past_open_job){0};
}

static void take_out(stg_past_jobs *jobs, size_t index)
{
    clear(&jobs->items[index]);
    memmove(&jobs->items[index], &jobs->items[index + 1],
            (jobs->count - index - 1) * sizeof *jobs->items);
    jobs->count--;
}

/* Its index; `count`: there is none. */
static size_t find(const stg_past_jobs *jobs, int64_t number)
{
    size_t i = 0;
    while (i < jobs->count && jobs->items[i].number != number)
        i++;
    return i;
}

/* Reads a text into memory that the caller frees; NULL stays what is none.  Returns false when out
 * of memory. */
static bool read_text(stg_slice line, const char *name, char **text)
{
    stg_buf read = {0};
    *text = NULL;
    if (!stg_json_read_text(stg_json_member(line, name), &read)) {
        stg_buf_free(&read);
        return true;
    }
    *text = stg_buf_take(&read);
    return *text != NULL;
}

/* What a command changes in the environment: "NAME=value", and then "NAME" of those that it
 * removes, a line each. */
static bool read_changes(stg_slice line, char **changes)
{
    stg_buf text = {0};
    stg_slice rest = stg_json_member(line, "environment");
    stg_slice name, value;
    stg_buf_add_text(&text, "");
    while (stg_json_next_member(&rest, &name, &value)) {
        (void)stg_json_read_text(name, &text);
        stg_buf_add_char(&text, '=');
        (void)stg_json_read_text(value, &text);
        stg_buf_add_char(&text, '\n');
    }
    rest = stg_json_member(line, "without");
    while (stg_json_next_item(&rest, &name)) {
        (void)stg_json_read_text(name, &text);
        stg_buf_add_char(&text, '\n');
    }
    *changes = stg_buf_take(&text);
    return *changes != NULL;
}

void stg_past_jobs_begin_record(stg_past_jobs *jobs, const char *folder)
{
    jobs->folder = folder;
    for (size_t i = 0; i < jobs->count; i++)
        jobs->items[i].number = 0;
}

bool stg_past_jobs_begin(stg_past_jobs *jobs, stg_slice line)
{
    stg_past_open_job open = {.number = stg_json_read_number(stg_json_member(line, "number"))};
    if (!read_text(line, "place", &open.job.place))
        return false;
    if (open.job.place == NULL)
        return true;
    const bool good = read_text(line, "stage", &open.job.stage) &&
                      read_text(line, "command", &open.job.command) &&
                      read_text(line, "directory", &open.job.directory) &&
                      read_changes(line, &open.job.changes) &&
                      stg_grow(&jobs->items, &jobs->capacity, jobs->count + 1, sizeof open);
    if (good)
        jobs->items[jobs->count++] = open;
    else
        clear(&open);
    return good;
}

/* One of an older record, which this command takes over. */
static void forget_older(stg_past_jobs *jobs, const stg_past_open_job *taken)
{
    for (size_t i = 0; i < jobs->count; i++) {
        const stg_past_open_job *older = &jobs->items[i];
        if (older->number == 0 && older->job.id != NULL &&
            strcmp(older->job.id, taken->job.id) == 0 &&
            strcmp(older->job.place, taken->job.place) == 0) {
            take_out(jobs, i);
            return;
        }
    }
}

/* The path of a folder, which is one below the record's unless it is absolute. */
static bool read_folder(const stg_past_jobs *jobs, stg_slice line, char **folder)
{
    stg_buf path = {0};
    char here[4096];
    if (!read_text(line, "folder", folder))
        return false;
    if (*folder == NULL || **folder == '/')
        return true;
    if (*jobs->folder != '/' && getcwd(here, sizeof here) != NULL)
        stg_buf_addf(&path, "%s/", here);
    stg_buf_addf(&path, "%s/%s", jobs->folder, *folder);
    free(*folder);
    *folder = stg_buf_take(&path);
    return *folder != NULL;
}

bool stg_past_jobs_note(stg_past_jobs *jobs, stg_slice line)
{
    const size_t i = find(jobs, stg_json_read_number(stg_json_member(line, "number")));
    char *id = NULL;
    if (i == jobs->count || jobs->items[i].job.id != NULL)
        return true;
    if (!read_text(line, "job", &id))
        return false;
    if (id == NULL)
        return true;
    stg_past_open_job *open = &jobs->items[i];
    open->job.id = id;
    if (!read_folder(jobs, line, &open->job.folder))
        return false;
    forget_older(jobs, open);
    return true;
}

bool stg_past_jobs_end(stg_past_jobs *jobs, stg_slice line)
{
    const size_t i = find(jobs, stg_json_read_number(stg_json_member(line, "number")));
    if (i < jobs->count)
        take_out(jobs, i);
    return true;
}

void stg_past_jobs_free(stg_past_jobs *jobs)
{
    for (size_t i = 0; i < jobs->count; i++)
        clear(&jobs->items[i]);
    free(jobs->items);
    *jobs = (stg_past_jobs){0};
}
