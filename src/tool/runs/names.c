/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Which run a name means. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "tool/runs/rows.h"
#include "tool/runs/scan.h"

/* How many of the runs that a prefix fits are named in a message. */
enum { MOST_NAMED = 5 };

void tool_run_add_argument(staged_parser *parser, const char *name, const char *help, bool optional)
{
    staged_parser_add_argument(parser, name, .nargs = optional ? STAGED_NARGS_OPTIONAL : 0,
                               .default_text = optional ? "latest" : NULL,
                               .metavar = optional ? "RUN" : NULL, .help = help);
}

/* The folder of a run that is named by its path: that, or its events.jsonl.  NULL: it is none. */
static char *find_path(const char *name)
{
    static const char events[] = "/events.jsonl";
    sh_text path = {0};
    struct stat status;
    const size_t length = strlen(name);
    if (strchr(name, '/') == NULL)
        return NULL;
    if (length > sizeof events - 1 && strcmp(name + length - (sizeof events - 1), events) == 0)
        return strndup(name, length - (sizeof events - 1));
    sh_text_addf(&path, "%s%s", name, events);
    const bool is_there = stat(sh_text_of(&path), &status) == 0;
    sh_text_free(&path);
    return is_there ? sh_copy(name) : NULL;
}

/* Whether it is the beginning of an id, which several runs may have. */
static bool is_prefix(const char *name)
{
    return name[0] != '-' && strcmp(name, "latest") != 0 && strcmp(name, "failed") != 0;
}

/* Makes the query for a name without its script. */
static void ask(tool_query *query, sh_text *sql, const char *stem, const char *name)
{
    char *end = NULL;
    const long number = name[0] == '-' ? strtol(name, &end, 10) : 0;
    const bool is_number = number < 0 && *end == '\0';
    sh_text_addf(sql, "SELECT * FROM runs WHERE 1");
    if (stem != NULL) {
        sh_text_addf(sql, " AND stem = ?");
        query->values[query->value_count++] = (tool_query_value){.text = stem};
    }
    if (strcmp(name, "failed") == 0) {
        sh_text_addf(sql, " AND outcome IN (%d, %d, %d)", TOOL_RUN_FAILED, TOOL_RUN_INTERRUPTED,
                     TOOL_RUN_DIED);
    } else if (strcmp(name, "latest") != 0 && !is_number) {
        sh_text_addf(sql, " AND substr(id, 1, length(?%zu)) = ?%zu", query->value_count + 1,
                     query->value_count + 1);
        query->values[query->value_count++] = (tool_query_value){.text = name};
    }
    sh_text_addf(sql, " ORDER BY began_ns DESC, id DESC LIMIT %d",
                 is_prefix(name) ? MOST_NAMED + 1 : 1);
    if (is_number)
        sh_text_addf(sql, " OFFSET %ld", -number - 1);
    query->sql = sh_text_of(sql);
}

static bool read_named(tool_rows *rows, tool_index *index, const char *stem, const char *name)
{
    tool_query query = {0};
    sh_text sql = {0};
    ask(&query, &sql, stem, name);
    const bool is_read = tool_rows_read(rows, index, &query);
    sh_text_free(&sql);
    return is_read;
}

/* Finds the rows of a name; one for each run that it may mean. */
static bool find_rows(tool_rows *rows, tool_index *index, const char *name)
{
    const char *colon = strrchr(name, ':');
    char *stem = colon == NULL ? NULL : strndup(name, (size_t)(colon - name));
    const char *rest = colon == NULL ? name : colon + 1;
    bool is_read = read_named(rows, index, stem, *rest == '\0' ? "latest" : rest);
    /* The name of a script alone. */
    if (is_read && rows->count == 0 && stem == NULL && is_prefix(name))
        is_read = read_named(rows, index, name, "latest");
    free(stem);
    return is_read;
}

static void say_several(const char *name, const tool_rows *rows)
{
    fprintf(stderr, "staged: '%s' fits several runs:", name);
    for (size_t i = 0; i < rows->count && i < MOST_NAMED; i++)
        fprintf(stderr, " %s", rows->items[i].id);
    fprintf(stderr, "%s\n", rows->count > MOST_NAMED ? " ..." : "");
}

char *tool_run_find(const char *name)
{
    tool_index index;
    tool_rows rows = {0};
    char *folder = find_path(name);
    if (folder != NULL || !tool_index_open(&index))
        return folder;
    const bool is_read = find_rows(&rows, &index, name);
    if (is_read && rows.count == 1) {
        sh_text path = {0};
        sh_text_addf(&path, "%s/%s/%s", index.folder, rows.items[0].stem, rows.items[0].id);
        folder = path.bytes;
    } else if (is_read && rows.count > 1) {
        say_several(name, &rows);
    } else if (is_read) {
        fprintf(stderr,
                "staged: no run '%s' in '%s'; `staged runs` lists the runs, and a run is named by "
                "'latest', 'failed', '-2', the beginning of its id, SCRIPT:... or a path\n",
                name, index.folder);
    }
    tool_rows_free(&rows);
    tool_index_close(&index);
    return folder;
}

/* ---- All names, for completion ---- */

static void take_name(void *context, sqlite3_stmt *row)
{
    sh_text_addf(context, "%s\n", tool_column_text(row, 0));
}

static void forget_names(void *context)
{
    sh_text_clear(context);
}

static bool add_names(sh_text *names, tool_index *index, const char *sql)
{
    sh_text found = {0};
    const tool_query query = {
        .sql = sql, .take = take_name, .forget = forget_names, .context = &found};
    const bool is_read = tool_index_read(index, &query);
    sh_text_addf(names, "%s", sh_text_of(&found));
    sh_text_free(&found);
    return is_read;
}

bool tool_run_print_names(bool of_runs)
{
    tool_index index;
    sh_text names = {0};
    if (!tool_index_open(&index))
        return false;
    sh_text_addf(&names, "%s", of_runs ? "latest\nfailed\n" : "");
    bool is_read = add_names(&names, &index, "SELECT DISTINCT stem FROM runs ORDER BY stem");
    if (of_runs)
        is_read = is_read && add_names(&names, &index,
                                       "SELECT id FROM runs ORDER BY began_ns DESC, id DESC"
                                       " LIMIT 100");
    const bool is_shown = is_read && fputs(sh_text_of(&names), stdout) >= 0 && fflush(stdout) == 0;
    sh_text_free(&names);
    tool_index_close(&index);
    return is_shown;
}
