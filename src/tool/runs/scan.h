/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Bringing the index up to date with the folders of the records. */
#ifndef TOOL_RUNS_SCAN_H
#define TOOL_RUNS_SCAN_H

#include <sqlite3.h>

/* Reads what is new or was still running, and forgets what is gone.
 *   folder, fd  of the records; negative: there is none
 * Returns a code of SQLite. */
int tool_runs_scan(sqlite3 *db, const char *folder, int fd);
/* A column of a row as a text: "" for NULL. */
const char *tool_column_text(sqlite3_stmt *row, int column);

#endif
