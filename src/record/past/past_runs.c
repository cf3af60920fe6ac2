/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Which run is meant. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/memory/arena.h"
#include "base/memory/grow.h"
#include "record/past/past.h"
#include "record/writing/folder.h"

/* "20261128T183112Z-x7k2q": the moment, a dash, letters by chance. */
enum { MOMENT_LENGTH = 16, ID_LENGTH = 22 };

/* A run in the folder of a script.
 *   wall_ns  when it began; that of its name is only exact to the second */
typedef struct run {
    const char *id;
    int64_t wall_ns;
} run;

typedef struct runs {
    const char *folder;
    run *items;
    size_t count;
    size_t capacity;
    stg_arena ids;
    bool failed;
} runs;

/* ---- All of a script ---- */

static bool is_id(const char *name)
{
    return strlen(name) == ID_LENGTH && name[8] == 'T' && name[MOMENT_LENGTH - 1] == 'Z' &&
           name[MOMENT_LENGTH] == '-' && strspn(name, "0123456789") == 8;
}

static void free_runs(runs *all)
{
    free(all->items);
    stg_arena_free(&all->ids);
}

/* Its first line; false if there is none that is whole. */
static bool read_first_line(const char *folder, const char *id, stg_buf *line)
{
    stg_buf path = {0};
    char *text = NULL;
    size_t size = 0;
    stg_buf_clear(line);
    stg_buf_addf(&path, "%s/%s", folder, id);
    FILE *file = stg_buf_status(&path) == STAGED_OK ? stg_past_open(path.data) : NULL;
    const ssize_t length = file == NULL ? -1 : getline(&text, &size, file);
    if (length > 0)
        stg_buf_add(line, text, (size_t)length);
    free(text);
    if (file != NULL)
        (void)fclose(file);
    stg_buf_free(&path);
    return length > 0 && stg_buf_status(line) == STAGED_OK &&
           stg_json_is_whole((stg_slice){line->data, line->data + line->length});
}

static stg_slice slice_of(const stg_buf *line)
{
    return (stg_slice){line->data, line->data + line->length};
}

/* The latest first. */
static int compare(const void *a, const void *b)
{
    const run *first = a;
    const run *second = b;
    const int by_name = strncmp(second->id, first->id, MOMENT_LENGTH);
    if (by_name != 0)
        return by_name;
    return (second->wall_ns > first->wall_ns) - (second->wall_ns < first->wall_ns);
}

static void add_run(runs *all, const char *id)
{
    const char *copy = stg_arena_text(&all->ids, id);
    if (copy == NULL || !stg_grow(&all->items, &all->capacity, all->count + 1, sizeof *all->items))
        all->failed = true;
    else
        all->items[all->count++] = (run){.id = copy};
}

/* Those that began within the same second are told apart by what they say themselves. */
static void sort(runs *all)
{
    if (all->count == 0)
        return;
    qsort(all->items, all->count, sizeof *all->items, compare);
    stg_buf line = {0};
    for (size_t i = 0; i < all->count; i++) {
        const bool as_before =
            i > 0 && strncmp(all->items[i - 1].id, all->items[i].id, MOMENT_LENGTH) == 0;
        const bool as_after = i + 1 < all->count &&
                              strncmp(all->items[i].id, all->items[i + 1].id, MOMENT_LENGTH) == 0;
        if ((as_before || as_after) && read_first_line(all->folder, all->items[i].id, &line))
            all->items[i].wall_ns =
                stg_json_read_number(stg_json_member(slice_of(&line), "wall_ns"));
    }
    stg_buf_free(&line);
    qsort(all->items, all->count, sizeof *all->items, compare);
}

static bool list(runs *all, const char *folder, stg_error *error)
{
    *all = (runs){.folder = folder};
    DIR *directory = opendir(folder);
    const struct dirent *entry;
    while (directory != NULL && (entry = readdir(directory)) != NULL) {
        if (is_id(entry->d_name))
            add_run(all, entry->d_name);
    }
    if (directory != NULL)
        (void)closedir(directory);
    sort(all);
    if (all->failed)
        stg_error_set(error, STAGED_NO_MEMORY, "out of memory");
    else if (all->count == 0)
        stg_error_set(error, STAGED_NOT_FOUND, "there is no record of a run in '%s'", folder);
    return !all->failed && all->count > 0;
}

/* ---- The latest that has not passed ---- */

/* How it ended stands at the end of its events. */
static bool has_passed(const char *folder, const char *id)
{
    enum { MOST = 65536 };
    stg_buf path = {0};
    stg_buf_addf(&path, "%s/%s", folder, id);
    FILE *file = stg_buf_status(&path) == STAGED_OK ? stg_past_open(path.data) : NULL;
    stg_buf_free(&path);
    char *text = malloc(MOST);
    size_t length = 0;
    if (file != NULL && text != NULL) {
        if (fseek(file, -(long)MOST, SEEK_END) != 0)
            rewind(file);
        length = fread(text, 1, MOST, file);
    }
    size_t begin = length > 0 ? length - 1 : 0;
    while (begin > 0 && text[begin - 1] != '\n')
        begin--;
    const stg_slice line = {text == NULL ? NULL : text + begin,
                            text == NULL ? NULL : text + length};
    const bool passed = length > 0 && stg_json_is_whole(line) &&
                        stg_json_is(stg_past_event(line), "\"script_end\"") &&
                        stg_json_is(stg_json_member(line, "outcome"), "\"passed\"");
    free(text);
    if (file != NULL)
        (void)fclose(file);
    return passed;
}

/* Whether a run that passed has resumed it, or one that has done so. */
typedef struct done {
    stg_buf ids; /* each ended by a newline */
    stg_buf line;
} done;

static bool is_done(const done *d, const char *id)
{
    return strstr(stg_buf_text(&d->ids), id) != NULL;
}

/* It is done, and with it what it resumes. */
static void add_resumed(done *d)
{
    if (stg_json_read_text(stg_json_member(slice_of(&d->line), "resumes"), &d->ids))
        stg_buf_add_char(&d->ids, '\n');
}

static const char *find_open(const runs *all)
{
    done d = {0};
    const char *found = NULL;
    for (size_t i = 0; found == NULL && i < all->count; i++) {
        const char *id = all->items[i].id;
        /* One whose first line is missing has done nothing. */
        if (!read_first_line(all->folder, id, &d.line) ||
            stg_json_is(stg_json_member(slice_of(&d.line), "dry_run"), "true"))
            continue;
        if (is_done(&d, id) || has_passed(all->folder, id))
            add_resumed(&d);
        else
            found = id;
    }
    stg_buf_free(&d.ids);
    stg_buf_free(&d.line);
    return found;
}

/* ---- By name ---- */

/* The one that begins with that; `error` says why there is none, or which there are. */
static const char *find_by_name(const runs *all, const char *name, stg_error *error)
{
    const char *found = NULL;
    const char *other = NULL;
    const size_t length = strlen(name);
    if (strcmp(name, "latest") == 0)
        return all->items[0].id;
    for (size_t i = 0; i < all->count; i++) {
        if (strncmp(all->items[i].id, name, length) == 0) {
            other = found;
            found = all->items[i].id;
        }
    }
    if (found == NULL || length == 0)
        stg_error_set(error, STAGED_NOT_FOUND, "there is no run '%s' in '%s'", name, all->folder);
    else if (other != NULL)
        stg_error_set(error, STAGED_BAD_INPUT,
                      "'%s' is the beginning of several runs, as of %s and %s; write more of it",
                      name, found, other);
    return length == 0 || other != NULL ? NULL : found;
}

/* A path leads to the folder, or to the events in it. */
static void add_path(stg_buf *folder, const char *path)
{
    static const char events[] = "/events.jsonl";
    stg_buf_add_text(folder, path);
    const size_t length = sizeof events - 1;
    if (folder->length > length && strcmp(folder->data + folder->length - length, events) == 0)
        stg_buf_truncate(folder, folder->length - length);
}

/* Adds the path of the folder of the run that is meant. */
static bool find(stg_buf *folder, const char *stem, const char *name, stg_error *error)
{
    size_t root_length;
    runs all;
    if (name != NULL && strchr(name, '/') != NULL) {
        add_path(folder, name);
        return true;
    }
    if (!stg_folder_add_path(folder, NULL, stem, &root_length, error))
        return false;
    if (stg_buf_status(folder) != STAGED_OK) {
        stg_error_set(error, STAGED_NO_MEMORY, "out of memory");
        return false;
    }
    const char *found = NULL;
    if (list(&all, folder->data, error)) {
        found = name == NULL ? find_open(&all) : find_by_name(&all, name, error);
        if (found == NULL && error->status == STAGED_OK)
            stg_error_set(error, STAGED_NOT_FOUND, "all runs in '%s' have passed", folder->data);
    }
    if (found != NULL)
        stg_buf_addf(folder, "/%s", found);
    free_runs(&all);
    return found != NULL;
}

const stg_past *stg_past_read(const char *stem, const char *name, stg_error *error)
{
    stg_buf folder = {0};
    stg_past *past = find(&folder, stem, name, error)
                         ? stg_past_read_folder(stg_buf_text(&folder), error)
                         : NULL;
    stg_buf_free(&folder);
    return past;
}
