/* SPDX-License-Identifier: BSD-3-Clause */
#include "tool/runs/scan.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <staged/clock.h>

#include "tool/record/digest.h"
#include "tool/record/place.h"

/* A folder that changed so recently may change again without getting another time. */
static const int64_t coarsest_time_ns = 3000000000;

enum {
    STEMS,      /* all stems, with their times */
    RUNS,       /* the runs of a stem, in order */
    UNFINISHED, /* those of all stems that were still running */
    ADD_RUN,
    ADD_TEXT,
    ADD_STAGE,
    DROP_STAGES, /* of a run, with ... */
    DROP_TEXT,
    DROP_RUN,
    SET_STEM,
    DROP_STEM,
    STATEMENT_COUNT
};

static const char *const texts[STATEMENT_COUNT] = {
    [STEMS] = "SELECT stem, mtime_ns FROM stems ORDER BY stem",
    [RUNS] = "SELECT id FROM runs WHERE stem = ? ORDER BY id",
    [UNFINISHED] = "SELECT stem, id FROM runs WHERE outcome = 4",
    [ADD_RUN] = "INSERT INTO runs(stem, id, began_ns, duration_ns, outcome, exit_status, stage,"
                " command, message, pid, host, path, arguments, resumes, commands)"
                " VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
    [ADD_TEXT] = "INSERT INTO texts VALUES(?,?)",
    [ADD_STAGE] = "INSERT INTO stages VALUES(?,?,?,?,?,?,?)",
    [DROP_STAGES] =
        "DELETE FROM stages WHERE run = (SELECT run FROM runs WHERE stem = ? AND id = ?)",
    [DROP_TEXT] = "DELETE FROM texts WHERE run = (SELECT run FROM runs WHERE stem = ? AND id = ?)",
    [DROP_RUN] = "DELETE FROM runs WHERE stem = ? AND id = ?",
    [SET_STEM] = "INSERT OR REPLACE INTO stems VALUES(?,?)",
    [DROP_STEM] = "DELETE FROM stems WHERE stem = ?",
};

/* `code` is the first failure. */
typedef struct scan {
    sqlite3 *db;
    const char *folder;
    int fd;
    sqlite3_stmt *statements[STATEMENT_COUNT];
    int code;
} scan;

/* Names in order. */
typedef struct names {
    char **items;
    int64_t *times; /* of stems */
    size_t count;
} names;

static void add_name(names *list, const char *name, int64_t time)
{
    list->items = sh_grown(list->items, list->count, sizeof *list->items);
    list->times = sh_grown(list->times, list->count, sizeof *list->times);
    list->items[list->count] = sh_copy(name);
    list->times[list->count++] = time;
}

static void free_names(names *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->items[i]);
    free(list->items);
    free(list->times);
    *list = (names){0};
}

static int compare_names(const void *a, const void *b)
{
    const char *const *left = a, *const *right = b;
    return strcmp(*left, *right);
}

static void note(scan *s, int code)
{
    if (s->code == SQLITE_OK && code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW)
        s->code = code;
}

/* ---- Statements ---- */

/* A statement, to be bound anew. */
static sqlite3_stmt *fresh(scan *s, int which)
{
    if (s->statements[which] == NULL)
        note(s, sqlite3_prepare_v2(s->db, texts[which], -1, &s->statements[which], NULL));
    (void)sqlite3_reset(s->statements[which]);
    return s->statements[which];
}

static void bind_text(sqlite3_stmt *statement, int place, const char *text)
{
    (void)sqlite3_bind_text(statement, place, text, -1, SQLITE_STATIC);
}

static void execute(scan *s, sqlite3_stmt *statement)
{
    if (s->code == SQLITE_OK)
        note(s, sqlite3_step(statement));
    (void)sqlite3_reset(statement);
}

static void execute_for(scan *s, int which, const char *stem, const char *id)
{
    sqlite3_stmt *statement = fresh(s, which);
    bind_text(statement, 1, stem);
    if (id != NULL)
        bind_text(statement, 2, id);
    execute(s, statement);
}

/* The first column of a query, in the order of strcmp, with the second as the time. */
static names rows_of(scan *s, int which, const char *value)
{
    names list = {0};
    sqlite3_stmt *statement = fresh(s, which);
    if (value != NULL)
        bind_text(statement, 1, value);
    int code = s->code;
    while (s->code == SQLITE_OK && (code = sqlite3_step(statement)) == SQLITE_ROW)
        add_name(&list, tool_column_text(statement, 0),
                 sqlite3_column_count(statement) > 1 ? sqlite3_column_int64(statement, 1) : 0);
    note(s, code);
    (void)sqlite3_reset(statement);
    return list;
}

/* ---- One run ---- */

static void drop_run(scan *s, const char *stem, const char *id)
{
    execute_for(s, DROP_STAGES, stem, id);
    execute_for(s, DROP_TEXT, stem, id);
    execute_for(s, DROP_RUN, stem, id);
}

static void add_stages(scan *s, int64_t run, const tool_digest *digest)
{
    for (size_t i = 0; i < digest->stage_count; i++) {
        const tool_digest_stage *stage = &digest->stages[i];
        sqlite3_stmt *statement = fresh(s, ADD_STAGE);
        (void)sqlite3_bind_int64(statement, 1, run);
        (void)sqlite3_bind_int64(statement, 2, (int64_t)i);
        bind_text(statement, 3, stage->name);
        (void)sqlite3_bind_int64(statement, 4, stage->attempts);
        bind_text(statement, 5, stage->outcome);
        (void)sqlite3_bind_int64(statement, 6, stage->duration_ns);
        (void)sqlite3_bind_int(statement, 7, stage->is_earlier);
        execute(s, statement);
    }
}

static void add_digest(scan *s, const char *stem, const char *id, const tool_digest *d)
{
    sqlite3_stmt *statement = fresh(s, ADD_RUN);
    bind_text(statement, 1, stem);
    bind_text(statement, 2, id);
    (void)sqlite3_bind_int64(statement, 3, d->began_ns);
    (void)sqlite3_bind_int64(statement, 4, d->duration_ns);
    (void)sqlite3_bind_int(statement, 5, (int)d->outcome);
    (void)sqlite3_bind_int64(statement, 6, d->exit_status);
    bind_text(statement, 7, d->stage);
    bind_text(statement, 8, d->command);
    bind_text(statement, 9, d->message);
    (void)sqlite3_bind_int64(statement, 10, d->pid);
    bind_text(statement, 11, d->host);
    bind_text(statement, 12, d->path);
    bind_text(statement, 13, d->arguments);
    bind_text(statement, 14, d->resumes);
    (void)sqlite3_bind_int64(statement, 15, d->command_count);
    execute(s, statement);
    const int64_t run = sqlite3_last_insert_rowid(s->db);
    statement = fresh(s, ADD_TEXT);
    (void)sqlite3_bind_int64(statement, 1, run);
    bind_text(statement, 2, sh_text_of(&d->commands));
    execute(s, statement);
    add_stages(s, run, d);
}

/* Returns whether there is a record to be read. */
static bool add_run(scan *s, const char *stem, const char *id)
{
    sh_text folder = {0};
    tool_digest digest;
    if (s->code != SQLITE_OK)
        return false;
    sh_text_addf(&folder, "%s/%s/%s", s->folder, stem, id);
    const bool is_read = tool_digest_read(&digest, sh_text_of(&folder));
    if (is_read)
        add_digest(s, stem, id, &digest);
    tool_digest_free(&digest);
    sh_text_free(&folder);
    return is_read;
}

/* ---- One stem ---- */

/* The folders in a folder, in order.  Takes over the descriptor. */
static names folders_in(int fd)
{
    names list = {0};
    DIR *folder = fdopendir(fd);
    if (folder == NULL) {
        (void)close(fd);
        return list;
    }
    for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        bool is_folder = strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
#ifdef DT_DIR
        if (entry->d_type != DT_UNKNOWN)
            is_folder = is_folder && entry->d_type == DT_DIR;
        else
#endif
            is_folder = is_folder && tool_is_folder(dirfd(folder), entry->d_name);
        if (is_folder)
            add_name(&list, entry->d_name, 0);
    }
    (void)closedir(folder);
    if (list.count > 0)
        qsort(list.items, list.count, sizeof *list.items, compare_names);
    return list;
}

/* What is there and what is in the index, name by name in order. */
typedef struct both {
    names there, known;
    size_t there_done, known_done;
    const char *name;
    bool is_there, is_known;
    int64_t known_ns;
} both;

/* Goes on to the next name.  Returns whether there is one; otherwise the lists are freed. */
static bool next_of(both *b)
{
    const bool is_there_left = b->there_done < b->there.count;
    const bool is_known_left = b->known_done < b->known.count;
    if (!is_there_left && !is_known_left) {
        free_names(&b->there);
        free_names(&b->known);
        return false;
    }
    const int order = is_there_left && is_known_left
                          ? strcmp(b->there.items[b->there_done], b->known.items[b->known_done])
                          : is_known_left - is_there_left;
    b->is_there = order <= 0;
    b->is_known = order >= 0;
    b->name = b->is_there ? b->there.items[b->there_done] : b->known.items[b->known_done];
    b->known_ns = b->is_known ? b->known.times[b->known_done] : 0;
    b->there_done += b->is_there;
    b->known_done += b->is_known;
    return true;
}

/* Compares the runs that are there with those in the index.  Returns whether each of them is in
 * it. */
static bool compare_runs(scan *s, const char *stem, int fd)
{
    bool is_complete = true;
    both runs = {.there = folders_in(fd), .known = rows_of(s, RUNS, stem)};
    while (next_of(&runs)) {
        if (!runs.is_known)
            is_complete = add_run(s, stem, runs.name) && is_complete;
        else if (!runs.is_there)
            drop_run(s, stem, runs.name);
    }
    return is_complete;
}

/* Looks into a stem's folder, unless nothing came or went since. */
static void scan_stem(scan *s, const char *stem, int64_t known_ns)
{
    struct stat status;
    const int fd = openat(s->fd, stem, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
        return;
    if (fstat(fd, &status) != 0)
        status.st_mtim = (struct timespec){0};
    const int64_t mtime_ns = (int64_t)status.st_mtim.tv_sec * 1000000000 + status.st_mtim.tv_nsec;
    if (mtime_ns == known_ns && known_ns != 0) {
        (void)close(fd);
        return;
    }
    const staged_clock *clock = staged_clock_system();
    const bool is_settled = mtime_ns < clock->wall_ns(clock->context) - coarsest_time_ns;
    const bool is_complete = compare_runs(s, stem, fd);
    sqlite3_stmt *statement = fresh(s, SET_STEM);
    bind_text(statement, 1, stem);
    (void)sqlite3_bind_int64(statement, 2, is_settled && is_complete ? mtime_ns : 0);
    execute(s, statement);
}

static void drop_stem(scan *s, const char *stem)
{
    names known = rows_of(s, RUNS, stem);
    for (size_t i = 0; i < known.count; i++)
        drop_run(s, stem, known.items[i]);
    free_names(&known);
    execute_for(s, DROP_STEM, stem, NULL);
}

/* ---- All ---- */

static void scan_stems(scan *s)
{
    both stems = {.there = folders_in(openat(s->fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)),
                  .known = rows_of(s, STEMS, NULL)};
    while (next_of(&stems)) {
        if (stems.is_there)
            scan_stem(s, stems.name, stems.known_ns);
        else
            drop_stem(s, stems.name);
    }
}

/* What was still running may have ended. */
static void scan_unfinished(scan *s)
{
    names stems = {0};
    names ids = {0};
    sqlite3_stmt *statement = fresh(s, UNFINISHED);
    while (s->code == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW) {
        add_name(&stems, tool_column_text(statement, 0), 0);
        add_name(&ids, tool_column_text(statement, 1), 0);
    }
    (void)sqlite3_reset(statement);
    for (size_t i = 0; i < ids.count; i++) {
        drop_run(s, stems.items[i], ids.items[i]);
        (void)add_run(s, stems.items[i], ids.items[i]);
    }
    free_names(&stems);
    free_names(&ids);
}

int tool_runs_scan(sqlite3 *db, const char *folder, int fd)
{
    scan s = {.db = db, .folder = folder, .fd = fd};
    if (fd >= 0) {
        scan_unfinished(&s);
        scan_stems(&s);
    }
    for (size_t i = 0; i < STATEMENT_COUNT; i++)
        (void)sqlite3_finalize(s.statements[i]);
    return s.code;
}

const char *tool_column_text(sqlite3_stmt *row, int column)
{
    const unsigned char *text = sqlite3_column_text(row, column);
    return text == NULL ? "" : (const char *)text;
}
