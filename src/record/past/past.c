/* SPDX-License-Identifier: BSD-3-Clause */
#include "record/past/past.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory/arena.h"
#include "base/memory/grow.h"
#include "base/system/file.h"
#include "record/past/past_items.h"
#include "record/past/past_jobs.h"
#include "record/writing/program.h"

/* The most that is read of a kept value. */
enum { LONGEST_VALUE = 1 << 30 };

/* What is read, with what only reading needs.  `past` comes first: it is what the caller gets.
 *   folders  of the record and of those that it resumes
 *   depth    of stages within stages
 *   has_run  its first line was read
 *   failed   out of memory */
typedef struct reading {
    stg_past past;
    stg_arena arena;
    stg_past_stage *stages;
    size_t stage_capacity;
    stg_past_value *values;
    size_t value_capacity;
    stg_past_items items;
    stg_past_jobs jobs;
    const char **folders;
    size_t folder_count, folder_capacity;
    bool has_older; /* the record that is read resumes another one, which was read */
    unsigned depth;
    bool has_run;
    bool has_lock;
    int64_t pid;
    bool has_ended;
    bool failed;
} reading;

/* ---- Its lines ---- */

FILE *stg_past_open(const char *folder)
{
    stg_buf path = {0};
    stg_buf_addf(&path, "%s/events.jsonl", folder);
    const int descriptor =
        stg_buf_status(&path) == STAGED_OK ? stg_file_open(path.data, O_RDONLY | O_NONBLOCK) : -1;
    stg_buf_free(&path);
    FILE *file = descriptor < 0 ? NULL : fdopen(descriptor, "r");
    if (descriptor >= 0 && file == NULL)
        (void)close(descriptor);
    return file;
}

stg_slice stg_past_event(stg_slice line)
{
    return stg_json_member(line, "event");
}

static const char *text_of(reading *r, stg_slice value)
{
    stg_buf text = {0};
    const bool is_text = stg_json_read_text(value, &text);
    const char *copy = is_text ? stg_arena_copy(&r->arena, stg_buf_text(&text), text.length) : NULL;
    r->failed = r->failed || stg_buf_status(&text) != STAGED_OK || (is_text && copy == NULL);
    stg_buf_free(&text);
    return copy;
}

static void read_arguments(reading *r, stg_slice list)
{
    size_t count = 0;
    stg_slice item;
    for (stg_slice rest = list; stg_json_next_item(&rest, &item);)
        count++;
    const char **words = stg_arena_alloc(&r->arena, (count + 1) * sizeof *words);
    r->failed = r->failed || words == NULL;
    if (words == NULL)
        return;
    for (stg_slice rest = list; stg_json_next_item(&rest, &item);) {
        const char *word = text_of(r, item);
        words[r->past.argument_count++] = word == NULL ? "" : word;
    }
    r->past.arguments = words;
}

static void read_run(reading *r, stg_slice line)
{
    stg_past *past = &r->past;
    if (r->has_run)
        return;
    r->has_run = true;
    past->id = text_of(r, stg_json_member(line, "id"));
    past->script = text_of(r, stg_json_member(line, "script"));
    past->hash = text_of(r, stg_json_member(line, "hash"));
    past->directory = text_of(r, stg_json_member(line, "directory"));
    past->host = text_of(r, stg_json_member(line, "host"));
    past->is_dry_run = stg_json_is(stg_json_member(line, "dry_run"), "true");
    r->has_lock = stg_json_is(stg_json_member(line, "lock"), "true");
    r->pid = stg_json_read_number(stg_json_member(line, "pid"));
    read_arguments(r, stg_json_member(line, "arguments"));
}

/* Made with its first line. */
static stg_past_stage *stage_of(reading *r, stg_slice line)
{
    const char *name = text_of(r, stg_json_member(line, "stage"));
    for (size_t i = 0; name != NULL && i < r->past.stage_count; i++) {
        if (strcmp(r->stages[i].name, name) == 0)
            return &r->stages[i];
    }
    if (name == NULL ||
        !stg_grow(&r->stages, &r->stage_capacity, r->past.stage_count + 1, sizeof *r->stages)) {
        r->failed = true;
        return NULL;
    }
    stg_past_stage *stage = &r->stages[r->past.stage_count++];
    stage->name = name;
    return stage;
}

/* A stage within another one, of an inner script say, is part of that. */
static void begin_stage(reading *r, stg_slice line)
{
    stg_past_stage *stage = r->depth++ == 0 ? stage_of(r, line) : NULL;
    if (stage != NULL)
        stage->is_passed = false;
}

static void end_stage(reading *r, stg_slice line)
{
    if (r->depth == 0 || --r->depth > 0)
        return;
    stg_past_stage *stage = stage_of(r, line);
    if (stage == NULL)
        return;
    stage->is_passed = stg_json_is(stg_json_member(line, "outcome"), "\"passed\"");
    stage->duration_ns = stg_json_read_number(stg_json_member(line, "duration_ns"));
}

/* An attempt does everything anew, but for the first one of a run that resumes another. */
static void begin_attempt(reading *r, stg_slice line)
{
    if (r->has_older && stg_json_read_number(stg_json_member(line, "attempt")) <= 1)
        return;
    stg_buf stage = {0};
    (void)stg_json_read_text(stg_json_member(line, "stage"), &stage);
    stg_past_items_forget(&r->items, stg_buf_text(&stage));
    r->failed = r->failed || stg_buf_status(&stage) != STAGED_OK;
    stg_buf_free(&stage);
}

static void note_item(reading *r, stg_slice line)
{
    if (!stg_json_is(stg_json_member(line, "outcome"), "\"passed\"") ||
        !stg_json_is(stg_json_member(line, "hidden"), "false"))
        return;
    stg_buf stage = {0}, item = {0};
    (void)stg_json_read_text(stg_json_member(line, "stage"), &stage);
    (void)stg_json_read_text(stg_json_member(line, "item"), &item);
    const bool good = stg_buf_status(&stage) == STAGED_OK && stg_buf_status(&item) == STAGED_OK &&
                      stg_past_items_add(&r->items, stg_buf_text(&stage),
                                         stg_json_read_number(stg_json_member(line, "each")),
                                         stg_buf_text(&item));
    r->failed = r->failed || !good;
    stg_buf_free(&stage);
    stg_buf_free(&item);
}

/* Which value there is; what it is stands in a file of its own. */
static void note_value(reading *r, stg_slice line)
{
    const char *name = text_of(r, stg_json_member(line, "name"));
    if (name == NULL || !stg_record_can_keep(name))
        return;
    for (size_t i = 0; i < r->past.value_count; i++) {
        if (strcmp(r->values[i].name, name) == 0)
            return;
    }
    if (!stg_grow(&r->values, &r->value_capacity, r->past.value_count + 1, sizeof *r->values)) {
        r->failed = true;
        return;
    }
    r->values[r->past.value_count++] = (stg_past_value){.name = name};
}

static void begin_command(reading *r, stg_slice line)
{
    r->failed = r->failed || !stg_past_jobs_begin(&r->jobs, line);
}

static void note_job(reading *r, stg_slice line)
{
    r->failed = r->failed || !stg_past_jobs_note(&r->jobs, line);
}

static void end_command(reading *r, stg_slice line)
{
    r->failed = r->failed || !stg_past_jobs_end(&r->jobs, line);
}

static void end_script(reading *r, stg_slice line)
{
    r->has_ended = true;
    r->past.has_passed = stg_json_is(stg_json_member(line, "outcome"), "\"passed\"");
}

/* What is read of an event. */
typedef struct line_kind {
    const char *event;
    void (*read)(reading *, stg_slice);
} line_kind;

static void read_as(reading *r, stg_slice line, const line_kind *kinds, size_t count)
{
    const stg_slice event = stg_past_event(line);
    for (size_t i = 0; i < count; i++) {
        if (stg_json_is(event, kinds[i].event) && stg_json_is_whole(line))
            kinds[i].read(r, line);
    }
}

static void read_line(reading *r, stg_slice line)
{
    static const line_kind kinds[] = {
        {"\"run\"", read_run},
        {"\"stage_begin\"", begin_stage},
        {"\"stage_end\"", end_stage},
        {"\"kept\"", note_value},
        {"\"script_end\"", end_script},
        {"\"item\"", note_item},
        {"\"attempt_begin\"", begin_attempt},
        {"\"command_begin\"", begin_command},
        {"\"place\"", note_job},
        {"\"command_end\"", end_command},
    };
    read_as(r, line, kinds, sizeof kinds / sizeof *kinds);
}

/* Of a record that a later one resumes. */
static void read_older_line(reading *r, stg_slice line)
{
    static const line_kind kinds[] = {
        {"\"item\"", note_item},
        {"\"attempt_begin\"", begin_attempt},
        {"\"command_begin\"", begin_command},
        {"\"place\"", note_job},
        {"\"command_end\"", end_command},
    };
    read_as(r, line, kinds, sizeof kinds / sizeof *kinds);
}

/* ---- The values ---- */

static const char *read_value(reading *r, const char *path)
{
    struct stat facts;
    stg_buf value = {0};
    const char *copy = NULL;
    if (stat(path, &facts) == 0 && S_ISREG(facts.st_mode) && facts.st_size < LONGEST_VALUE &&
        stg_file_read(path, (size_t)facts.st_size + 1, &value) == 0)
        copy = stg_arena_copy(&r->arena, stg_buf_text(&value), value.length);
    stg_buf_free(&value);
    return copy;
}

/* One that was removed, or cannot be read, is none. */
static void read_values(reading *r, const char *folder)
{
    size_t count = 0;
    for (size_t i = 0; i < r->past.value_count; i++) {
        const char *path = stg_arena_printf(&r->arena, "%s/kept/%s", folder, r->values[i].name);
        r->failed = r->failed || path == NULL;
        const char *value = path == NULL ? NULL : read_value(r, path);
        if (value != NULL)
            r->values[count++] = (stg_past_value){r->values[i].name, value};
    }
    r->past.value_count = count;
}

/* ---- The whole ---- */

/* Where the file system has no locks, the process says it. */
static bool goes_on(const reading *r, int descriptor)
{
    char host[256] = "";
    if (flock(descriptor, LOCK_SH | LOCK_NB) != 0)
        return errno == EWOULDBLOCK;
    (void)flock(descriptor, LOCK_UN);
    (void)gethostname(host, sizeof host - 1);
    return r->has_run && !r->has_lock && !r->has_ended && r->pid > 0 && r->past.host != NULL &&
           strcmp(r->past.host, host) == 0 && kill((pid_t)r->pid, 0) == 0;
}

static void read_lines(reading *r, FILE *file, void (*read)(reading *, stg_slice))
{
    char *line = NULL;
    size_t size = 0;
    ssize_t length;
    while ((length = getline(&line, &size, file)) > 0)
        read(r, (stg_slice){line, line + length});
    free(line);
}

/* The folder of the record that another one resumes; NULL: none, or it is gone. */
static char *older_folder(const char *folder)
{
    FILE *file = stg_past_open(folder);
    char *line = NULL;
    size_t size = 0;
    stg_buf id = {0}, path = {0};
    const ssize_t length = file == NULL ? -1 : getline(&line, &size, file);
    const stg_slice first = {line, line + (length > 0 ? length : 0)};
    const char *slash = strrchr(folder, '/');
    if (length > 0 && stg_json_is(stg_past_event(first), "\"run\"") &&
        stg_json_read_text(stg_json_member(first, "resumes"), &id) && id.length > 0 &&
        strchr(id.data, '/') == NULL && id.data[0] != '.')
        stg_buf_addf(&path, "%.*s/%s", (int)(slash == NULL ? 1 : slash - folder),
                     slash == NULL ? "." : folder, id.data);
    stg_buf_free(&id);
    free(line);
    if (file != NULL)
        (void)fclose(file);
    return path.length == 0 ? NULL : stg_buf_take(&path);
}

static void note_folder(reading *r, const char *folder)
{
    const char *copy = stg_arena_text(&r->arena, folder);
    if (copy != NULL &&
        stg_grow(&r->folders, &r->folder_capacity, r->folder_count + 1, sizeof *r->folders))
        r->folders[r->folder_count++] = copy;
    else
        r->failed = true;
}

/* What had passed in the runs before, the oldest first: a run that was killed has not said all of
 * it again. */
static void read_older(reading *r, const char *folder)
{
    enum { MOST = 100 };
    char *folders[MOST];
    size_t count = 0;
    for (const char *at = folder; count < MOST && (folders[count] = older_folder(at)) != NULL;)
        at = folders[count++];
    note_folder(r, folder);
    for (size_t i = 0; i < count; i++)
        note_folder(r, folders[i]);
    for (size_t i = count; i-- > 0;) {
        FILE *file = stg_past_open(folders[i]);
        if (file != NULL) {
            stg_past_jobs_begin_record(&r->jobs, folders[i]);
            read_lines(r, file, read_older_line);
            (void)fclose(file);
        }
        r->has_older = true;
        r->items.record++;
        free(folders[i]);
    }
}

static void read_file(reading *r, FILE *file)
{
    read_lines(r, file, read_line);
    struct stat facts;
    r->past.is_foreign = fstat(fileno(file), &facts) != 0 || facts.st_uid != geteuid();
    r->past.goes_on = goes_on(r, fileno(file));
}

stg_past *stg_past_read_folder(const char *folder, stg_error *error)
{
    reading *r = calloc(1, sizeof *r);
    FILE *file = stg_past_open(folder);
    if (r == NULL || file == NULL) {
        stg_error_set(error, STAGED_IO, "cannot read '%s/events.jsonl': %s", folder,
                      strerror(r == NULL ? ENOMEM : errno));
        if (file != NULL)
            (void)fclose(file);
        free(r);
        return NULL;
    }
    read_older(r, folder);
    stg_past_jobs_begin_record(&r->jobs, folder);
    read_file(r, file);
    (void)fclose(file);
    read_values(r, folder);
    r->past.stages = r->stages;
    r->past.values = r->values;
    if (!r->failed && r->past.id != NULL)
        return &r->past;
    if (r->failed)
        stg_error_set(error, STAGED_NO_MEMORY, "out of memory");
    else
        stg_error_set(error, STAGED_BAD_INPUT, "'%s' is no record of a run", folder);
    stg_past_free(&r->past);
    return NULL;
}

bool stg_past_take_item(const stg_past *past, const char *stage, int64_t number, const char *item)
{
    reading *r = (reading *)(uintptr_t)past;
    return stg_past_items_take(&r->items, stage, number, item);
}

bool stg_past_add_item(const stg_past *past, const char *stage, int64_t number, const char *item)
{
    reading *r = (reading *)(uintptr_t)past;
    return stg_past_items_add_late(&r->items, stage, number, item);
}

const char *stg_past_folder(const stg_past *past, size_t index)
{
    const reading *r = (const reading *)(uintptr_t)past;
    return index < r->folder_count ? r->folders[index] : NULL;
}

static bool is_same(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

const stg_past_job *stg_past_take_job(const stg_past *past, const stg_past_job *wanted)
{
    const stg_past_jobs *jobs = &((const reading *)past)->jobs;
    for (size_t i = 0; i < jobs->count; i++) {
        stg_past_open_job *open = &jobs->items[i];
        const stg_past_job *job = &open->job;
        if (open->is_taken || job->id == NULL || !is_same(job->place, wanted->place) ||
            !is_same(job->stage, wanted->stage) || !is_same(job->command, wanted->command) ||
            !is_same(job->directory, wanted->directory) || !is_same(job->changes, wanted->changes))
            continue;
        open->is_taken = true;
        return job;
    }
    return NULL;
}

const stg_past_job *stg_past_job_left(const stg_past *past, size_t index)
{
    const stg_past_jobs *jobs = &((const reading *)past)->jobs;
    for (size_t i = 0; i < jobs->count; i++) {
        if (!jobs->items[i].is_taken && jobs->items[i].job.id != NULL && index-- == 0)
            return &jobs->items[i].job;
    }
    return NULL;
}

void stg_past_free(const stg_past *past)
{
    if (past == NULL)
        return;
    reading *r = (reading *)(uintptr_t)past;
    free(r->stages);
    free(r->folders);
    free(r->values);
    stg_past_items_free(&r->items);
    stg_past_jobs_free(&r->jobs);
    stg_arena_free(&r->arena);
    free(r);
}

void stg_record_add_hash(stg_buf *out, const char *file, const char *called)
{
    stg_buf path = {0};
    stg_program_add_path(&path, file, called);
    stg_program_add_hash(out, stg_buf_text(&path), file != NULL);
    stg_buf_free(&path);
}
