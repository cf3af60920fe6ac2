/* SPDX-License-Identifier: BSD-3-Clause */
#include "tool/runs/index.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tool/common/text.h"
#include "tool/record/place.h"
#include "tool/runs/scan.h"

/* Others may read many new records at once before we can. */
enum { PATIENCE_MS = 60000 };

/* Of the tables below: an index of another version is made again. */
#define INDEX_VERSION "1"

static const char tables[] =
    "CREATE TABLE stems(stem TEXT PRIMARY KEY, mtime_ns INTEGER) WITHOUT ROWID;"
    "CREATE TABLE runs(run INTEGER PRIMARY KEY, stem TEXT, id TEXT, began_ns INTEGER,"
    " duration_ns INTEGER, outcome INTEGER, exit_status INTEGER, stage TEXT, command TEXT,"
    " message TEXT, pid INTEGER, host TEXT, path TEXT, arguments TEXT, resumes TEXT,"
    " commands INTEGER, UNIQUE(stem, id));"
    "CREATE INDEX by_moment ON runs(began_ns DESC, id DESC);"
    "CREATE INDEX unfinished ON runs(stem) WHERE outcome = 4;"
    "CREATE TABLE texts(run INTEGER PRIMARY KEY, commands TEXT);"
    "CREATE TABLE stages(run INTEGER, place INTEGER, name TEXT, attempts INTEGER, outcome TEXT,"
    " duration_ns INTEGER, earlier INTEGER, PRIMARY KEY(run, place)) WITHOUT ROWID;"
    "CREATE INDEX by_name ON stages(name);"
    "PRAGMA user_version = " INDEX_VERSION ";";

static int execute(const tool_index *index, const char *sql)
{
    return sqlite3_exec(index->db, sql, NULL, NULL, NULL);
}

/* Whether the tables are there: in a new database they are made. */
static int make_tables(const tool_index *index)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(index->db, "PRAGMA user_version", -1, &statement, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(statement);
    const int version = code == SQLITE_ROW ? sqlite3_column_int(statement, 0) : 0;
    (void)sqlite3_finalize(statement);
    if (code != SQLITE_ROW || version == atoi(INDEX_VERSION))
        return code == SQLITE_ROW ? SQLITE_OK : code;
    return version != 0 ? SQLITE_CORRUPT : execute(index, tables);
}

/* Opens a database, makes its tables, and brings it up to date. */
static int begin(tool_index *index, const char *path)
{
    /* Commands are nobody else's business. */
    const mode_t mask = umask(077);
    int code = sqlite3_open_v2(path, &index->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_busy_timeout(index->db, PATIENCE_MS);
    if (code == SQLITE_OK)
        code = execute(index, "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;"
                              "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -32000;");
    if (code == SQLITE_OK)
        code = execute(index, "BEGIN IMMEDIATE");
    (void)umask(mask);
    if (code == SQLITE_OK)
        code = make_tables(index);
    if (code == SQLITE_OK)
        code = tool_runs_scan(index->db, index->folder, index->lock);
    if (code == SQLITE_OK)
        code = execute(index, "COMMIT");
    if (code != SQLITE_OK) {
        (void)sqlite3_close(index->db);
        index->db = NULL;
    }
    return code;
}

/* Removes the files of the database, while nobody else has it open. */
static void begin_anew(const tool_index *index, const char *path)
{
    static const char *const endings[] = {"", "-wal", "-shm", "-journal"};
    (void)flock(index->lock, LOCK_EX);
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        sh_text file = {0};
        sh_text_addf(&file, "%s%s", path, endings[i]);
        (void)unlink(sh_text_of(&file));
        sh_text_free(&file);
    }
    (void)flock(index->lock, LOCK_SH);
}

static bool is_damage(int code)
{
    return code == SQLITE_CORRUPT || code == SQLITE_NOTADB || code == SQLITE_ERROR ||
           code == SQLITE_SCHEMA || code == SQLITE_MISMATCH || code == SQLITE_CONSTRAINT;
}

/* A damaged index is made again. */
static int begin_by_all_means(tool_index *index, bool is_damaged)
{
    sh_text path = {0};
    sh_text_addf(&path, "%s/index.db", index->folder);
    int code = is_damaged ? SQLITE_CORRUPT : SQLITE_CANTOPEN;
    if (index->lock >= 0 && !is_damaged)
        code = begin(index, sh_text_of(&path));
    if (is_damage(code)) {
        begin_anew(index, sh_text_of(&path));
        code = begin(index, sh_text_of(&path));
    }
    if (code != SQLITE_OK)
        code = begin(index, ":memory:");
    sh_text_free(&path);
    return code;
}

bool tool_index_open(tool_index *index)
{
    *index = (tool_index){.folder = tool_runs_folder(), .lock = -1};
    if (index->folder == NULL) {
        fputs("staged: no runs are recorded: set $STAGED_RUNS or $HOME\n", stderr);
        return false;
    }
    index->lock = open(index->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (index->lock < 0 && errno != ENOENT) {
        fprintf(stderr, "staged: cannot read '%s': %s\n", index->folder, strerror(errno));
        tool_index_close(index);
        return false;
    }
    if (index->lock >= 0)
        (void)flock(index->lock, LOCK_SH);
    const int code = begin_by_all_means(index, false);
    if (code == SQLITE_OK)
        return true;
    fprintf(stderr, "staged: cannot make an index of the runs: %s\n", sqlite3_errstr(code));
    tool_index_close(index);
    return false;
}

void tool_index_close(tool_index *index)
{
    (void)sqlite3_close(index->db);
    if (index->lock >= 0)
        (void)close(index->lock);
    free(index->folder);
    *index = (tool_index){.lock = -1};
}

/* Reads the rows of a query.  Returns SQLITE_DONE, or why they cannot be read. */
static int read_rows(const tool_index *index, const tool_query *query)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(index->db, query->sql, -1, &statement, NULL);
    for (size_t i = 0; code == SQLITE_OK && i < query->value_count; i++) {
        const tool_query_value *value = &query->values[i];
        code = value->text == NULL
                   ? sqlite3_bind_int64(statement, (int)i + 1, value->number)
                   : sqlite3_bind_text(statement, (int)i + 1, value->text, -1, SQLITE_STATIC);
    }
    while (code == SQLITE_OK || code == SQLITE_ROW) {
        code = sqlite3_step(statement);
        if (code == SQLITE_ROW)
            query->take(query->context, statement);
    }
    (void)sqlite3_finalize(statement);
    return code;
}

bool tool_index_read(tool_index *index, const tool_query *query)
{
    int code = read_rows(index, query);
    if (code != SQLITE_DONE && is_damage(code)) {
        query->forget(query->context);
        (void)sqlite3_close(index->db);
        index->db = NULL;
        code = begin_by_all_means(index, true);
        if (code == SQLITE_OK)
            code = read_rows(index, query);
    }
    if (code != SQLITE_DONE)
        fprintf(stderr, "staged: cannot read the index of the runs: %s\n", sqlite3_errstr(code));
    return code == SQLITE_DONE;
}
