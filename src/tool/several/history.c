/* SPDX-License-Identifier: BSD-3-Clause */
#include "tool/several/history.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <staged/words.h>

#include "tool/common/verb.h"
#include "tool/runs/scan.h"

/* ---- Marks ---- */

/* The symbols are in all fonts that systems have for texts, and none is an emoji. */
static const tool_mark marks[] = {
    {"passed", "✓", "good"},
    {"passed after a retry", "↻", "late"},
    {"failed", "✗", "bad"},
    {"abandoned", "✗", "bad"},
    {"interrupted", "■", "bad"},
    {"died", "†", "odd"},
    {"running", "▸", "busy"},
    {"skipped", "–", "none"},
    {"passed in an earlier run", "«", "good"},
    {"did not run", "·", "none"},
    {NULL, NULL, NULL},
};

const tool_mark *tool_marks(void)
{
    return marks;
}

static tool_mark mark_of(const char *word)
{
    size_t i = 0;
    while (marks[i + 1].word != NULL && strcmp(marks[i].word, word) != 0)
        i++;
    return marks[i];
}

tool_mark tool_mark_of_run(const tool_row *run)
{
    return mark_of(tool_run_outcome_name(run->outcome));
}

static tool_stage_row row_of(const char *name, const tool_cell *cell)
{
    return (tool_stage_row){.name = name,
                            .outcome = cell->outcome,
                            .attempts = cell->attempts,
                            .duration_ns = cell->duration_ns,
                            .is_earlier = cell->is_earlier};
}

bool tool_cell_is_flaky(const tool_cell *cell)
{
    const tool_stage_row row = row_of("", cell);
    return cell->outcome != NULL && tool_stage_is_flaky(&row);
}

tool_mark tool_mark_of_cell(const tool_row *run, const tool_cell *cell)
{
    return cell->outcome == NULL      ? mark_of("did not run")
           : cell->is_earlier         ? mark_of("passed in an earlier run")
           : tool_cell_is_flaky(cell) ? mark_of("passed after a retry")
           : *cell->outcome == '\0'   ? tool_mark_of_run(run)
                                      : mark_of(cell->outcome);
}

/* ---- Reading ---- */

/* A row of a stage, before its run and its name have their places. */
typedef struct entry {
    int64_t run;
    char *name;
    tool_cell cell;
} entry;

typedef struct entries {
    entry *items;
    size_t count;
} entries;

static void take_entry(void *context, sqlite3_stmt *row)
{
    entries *all = context;
    const tool_stage_row stage = tool_stage_read(row);
    all->items = sh_grown(all->items, all->count, sizeof *all->items);
    all->items[all->count++] = (entry){.run = sqlite3_column_int64(row, 5),
                                       .name = sh_copy(stage.name),
                                       .cell = {.outcome = sh_copy(stage.outcome),
                                                .attempts = stage.attempts,
                                                .duration_ns = stage.duration_ns,
                                                .is_earlier = stage.is_earlier}};
}

static void forget_entries(void *context)
{
    entries *all = context;
    for (size_t i = 0; i < all->count; i++) {
        free(all->items[i].name);
        free(all->items[i].cell.outcome);
    }
    free(all->items);
    *all = (entries){0};
}

/* The place of a name, which is added where it is new.  The latest runs come first: their order
 * is the script's of today. */
static size_t place_of(tool_history *history, const char *name)
{
    for (size_t i = 0; i < history->name_count; i++) {
        if (strcmp(history->names[i], name) == 0)
            return i;
    }
    history->names = sh_grown(history->names, history->name_count, sizeof *history->names);
    history->names[history->name_count] = sh_copy(name);
    return history->name_count++;
}

/* Gives the entries their places, and takes what they have. */
static void make_cells(tool_history *history, entries *all)
{
    size_t run = 0;
    for (size_t i = 0; i < all->count; i++)
        (void)place_of(history, all->items[i].name);
    history->cells =
        sh_alloc((history->runs.count * history->name_count + 1) * sizeof *history->cells);
    for (size_t i = 0; i < all->count; i++) {
        entry *item = &all->items[i];
        while (run < history->runs.count && history->runs.items[run].run != item->run)
            run++;
        if (run == history->runs.count)
            return;
        tool_cell *cell =
            &history->cells[run * history->name_count + place_of(history, item->name)];
        free(cell->outcome);
        *cell = item->cell;
        item->cell.outcome = NULL;
    }
}

static void make_figures(tool_history *history)
{
    for (size_t run = history->runs.count; run > 0; run--) {
        tool_figures_add_run(&history->whole, &history->runs.items[run - 1]);
        for (size_t name = 0; name < history->name_count; name++) {
            const tool_cell *cell = tool_history_cell(history, run - 1, name);
            const tool_stage_row row = row_of(history->names[name], cell);
            if (cell->outcome != NULL)
                tool_figures_add_stage(&history->stages, history->script, &row);
        }
    }
}

static void take_total(void *context, sqlite3_stmt *row)
{
    *(int64_t *)context = sqlite3_column_int64(row, 0);
}

static void forget_total(void *context)
{
    *(int64_t *)context = 0;
}

static bool read_runs(tool_history *history, tool_index *index, int64_t most)
{
    const tool_query_value values[] = {{.text = history->script}, {.number = most}};
    tool_query total = {.sql = "SELECT count(*) FROM runs WHERE stem = ?",
                        .values = {values[0]},
                        .value_count = 1,
                        .take = take_total,
                        .forget = forget_total,
                        .context = &history->total};
    tool_query runs = {.sql = "SELECT * FROM runs WHERE stem = ? ORDER BY began_ns DESC, id DESC "
                              "LIMIT ?",
                       .values = {values[0], values[1]},
                       .value_count = 2};
    entries all = {0};
    tool_query stages = {
        .sql = "SELECT " TOOL_STAGE_COLUMNS ", run FROM (SELECT run, began_ns, id FROM runs WHERE "
               "stem = ? ORDER BY began_ns DESC, id DESC LIMIT ?) JOIN stages USING (run) "
               "ORDER BY began_ns DESC, id DESC, place",
        .values = {values[0], values[1]},
        .value_count = 2,
        .take = take_entry,
        .forget = forget_entries,
        .context = &all};
    const bool is_read = tool_index_read(index, &total) &&
                         tool_rows_read(&history->runs, index, &runs) &&
                         tool_index_read(index, &stages);
    if (is_read)
        make_cells(history, &all);
    forget_entries(&all);
    return is_read;
}

/* ---- What is not there ---- */

typedef struct stems {
    char **items; /* ended with NULL */
    size_t count;
} stems;

static void take_stem(void *context, sqlite3_stmt *row)
{
    stems *all = context;
    all->items = sh_grown(all->items, all->count, sizeof *all->items);
    all->items[all->count++] = sh_copy(tool_column_text(row, 0));
}

static void forget_stems(void *context)
{
    stems *all = context;
    for (size_t i = 0; i < all->count; i++)
        free(all->items[i]);
    free(all->items);
    *all = (stems){0};
}

static void say_nothing_there(const tool_history *history, tool_index *index)
{
    stems all = {0};
    const tool_query query = {.sql = "SELECT DISTINCT stem FROM runs ORDER BY stem",
                              .take = take_stem,
                              .forget = forget_stems,
                              .context = &all};
    if (!tool_index_read(index, &query))
        return;
    const char **names = sh_alloc((all.count + 1) * sizeof *names);
    for (size_t i = 0; i < all.count; i++)
        names[i] = all.items[i];
    const char *meant = staged_word_closest(history->script, names);
    if (all.count == 0)
        fprintf(stderr, "staged report: no run is recorded in '%s'\n", history->folder);
    else
        fprintf(stderr, "staged report: no run of '%s' is recorded in '%s'; %s%s%s\n",
                history->script, history->folder, meant == NULL ? "" : "did you mean '",
                meant == NULL ? "`staged stats` lists the scripts" : meant,
                meant == NULL ? "" : "'?");
    free(names);
    forget_stems(&all);
}

int tool_history_read(tool_history *history, const char *script, int64_t most)
{
    tool_index index;
    *history = (tool_history){.script = sh_copy(script)};
    if (!tool_index_open(&index))
        return TOOL_FAILED;
    history->folder = sh_copy(index.folder);
    int exit_status = read_runs(history, &index, most) ? TOOL_OK : TOOL_FAILED;
    if (exit_status == TOOL_OK && history->runs.count == 0) {
        say_nothing_there(history, &index);
        exit_status = TOOL_BAD_USAGE;
    }
    tool_index_close(&index);
    make_figures(history);
    return exit_status;
}

void tool_history_free(tool_history *history)
{
    for (size_t i = 0; history->cells != NULL && i < history->runs.count * history->name_count; i++)
        free(history->cells[i].outcome);
    for (size_t i = 0; i < history->name_count; i++)
        free(history->names[i]);
    free(history->cells);
    free(history->names);
    free(history->folder);
    free(history->script);
    tool_rows_free(&history->runs);
    tool_figures_free(&history->whole);
    tool_figures_free(&history->stages);
    *history = (tool_history){0};
}

/* ---- Asking ---- */

const tool_cell *tool_history_cell(const tool_history *history, size_t run, size_t name)
{
    return &history->cells[run * history->name_count + name];
}

const tool_figures *tool_history_figures(const tool_history *history, size_t name)
{
    for (size_t i = 0; i < history->stages.count; i++) {
        if (strcmp(history->stages.items[i].stage, history->names[name]) == 0)
            return &history->stages.items[i];
    }
    return NULL;
}
