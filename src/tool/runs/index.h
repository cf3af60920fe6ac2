/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The index of all runs, an SQLite database beside their records.
 *
 * Whoever opens it brings it up to date, reading only what is new or was still running.  It holds
 * nothing that the records do not, and is made again whenever it is missing, damaged or of another
 * version; where it cannot be written it is made in memory. */
#ifndef TOOL_RUNS_INDEX_H
#define TOOL_RUNS_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sqlite3.h>

typedef struct tool_index {
    char *folder; /* of the records */
    int lock;     /* the folder, which is locked while the index is in use */
    sqlite3 *db;
} tool_index;

/* Opens the index of the records in tool_runs_folder(), and brings it up to date.  Says why it
 * cannot.  Returns whether it is open. */
bool tool_index_open(tool_index *index);
void tool_index_close(tool_index *index);

/* A value of a query: a text, or without one a number. */
typedef struct tool_query_value {
    const char *text;
    int64_t number;
} tool_query_value;

enum { TOOL_QUERY_VALUES = 64 };

/* A query.
 *   values   for each `?`, borrowed
 *   take     is called with each row
 *   forget   frees what was taken: the index was damaged, and all rows come again
 *   context  for these functions */
typedef struct tool_query {
    const char *sql;
    tool_query_value values[TOOL_QUERY_VALUES];
    size_t value_count;
    void (*take)(void *context, sqlite3_stmt *row);
    void (*forget)(void *context);
    void *context;
} tool_query;

/* Reads the rows of a query.  Returns false if it cannot, and says why. */
bool tool_index_read(tool_index *index, const tool_query *query);
#endif
