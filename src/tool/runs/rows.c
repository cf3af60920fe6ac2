/* SPDX-License-Identifier: BSD-3-Clause */
#include "tool/runs/rows.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tool/record/moment.h"
#include "tool/runs/scan.h"

/* ---- Rows ---- */

static char *copy_column(sqlite3_stmt *row, int column)
{
    return sh_copy(tool_column_text(row, column));
}

static void take_row(void *context, sqlite3_stmt *row)
{
    tool_rows *rows = context;
    const int outcome = sqlite3_column_int(row, 5);
    rows->items = sh_grown(rows->items, rows->count, sizeof *rows->items);
    rows->items[rows->count++] = (tool_row){
        .run = sqlite3_column_int64(row, 0),
        .stem = copy_column(row, 1),
        .id = copy_column(row, 2),
        .began_ns = sqlite3_column_int64(row, 3),
        .duration_ns = sqlite3_column_int64(row, 4),
        .outcome = outcome < 0 || outcome >= TOOL_RUN_OUTCOME_COUNT ? TOOL_RUN_DIED
                                                                    : (tool_run_outcome)outcome,
        .exit_status = sqlite3_column_int64(row, 6),
        .stage = copy_column(row, 7),
        .command = copy_column(row, 8),
        .message = copy_column(row, 9),
        .pid = sqlite3_column_int64(row, 10),
        .host = copy_column(row, 11),
        .path = copy_column(row, 12),
        .arguments = copy_column(row, 13),
        .resumes = copy_column(row, 14),
        .commands = sqlite3_column_int64(row, 15),
    };
}

static void forget_rows(void *context)
{
    tool_rows_free(context);
}

void tool_rows_free(tool_rows *rows)
{
    for (size_t i = 0; i < rows->count; i++) {
        tool_row *row = &rows->items[i];
        char *const texts[] = {row->stem, row->id,   row->stage,     row->command, row->message,
                               row->host, row->path, row->arguments, row->resumes};
        for (size_t j = 0; j < sizeof texts / sizeof texts[0]; j++)
            free(texts[j]);
    }
    free(rows->items);
    *rows = (tool_rows){0};
}

bool tool_rows_read(tool_rows *rows, tool_index *index, tool_query *query)
{
    *rows = (tool_rows){0};
    query->take = take_row;
    query->forget = forget_rows;
    query->context = rows;
    return tool_index_read(index, query);
}

sh_text tool_row_place(const tool_row *row)
{
    char moment[TOOL_MOMENT_SIZE];
    sh_text text = {0};
    if (row->outcome == TOOL_RUN_RUNNING)
        sh_text_addf(&text, "process %" PRId64 ", since %s", row->pid,
                     tool_moment_text(row->began_ns, false, moment));
    if (row->outcome == TOOL_RUN_FAILED && row->exit_status != 1)
        sh_text_addf(&text, "exit status %" PRId64, row->exit_status);
    if (*row->stage != '\0')
        sh_text_addf(&text, "%sstage '%s'", text.length > 0 ? "; " : "", row->stage);
    if (*row->command != '\0')
        sh_text_addf(&text, "%s%s", text.length > 0 ? ": " : "", row->command);
    return text;
}

/* ---- Filters ---- */

static staged_status convert_moment(staged_conversion *conversion, const char *text, void *context)
{
    int64_t moment_ns;
    (void)context;
    if (tool_moment_read(text, &moment_ns))
        return staged_conversion_set(conversion, staged_value_int(moment_ns));
    return staged_conversion_refuse(
        conversion,
        "must be a date such as 2026-11-28, '2026-11-28 18:30', today or yesterday, or a time ago "
        "such as 12h or 30d: '%s'",
        text);
}

void tool_filter_add_arguments(staged_parser *parser)
{
    staged_parser_add_argument(parser, "scripts", .nargs = STAGED_NARGS_ZERO_OR_MORE,
                               .metavar = "SCRIPT", .help = "only runs of these scripts");
    staged_argument_group *group = staged_parser_add_group(parser, "which runs", NULL);
    staged_argument_group_add_argument(
        group, "--outcome", .action = STAGED_ARG_APPEND,
        .choices = STAGED_TEXTS("passed", "failed", "interrupted", "died", "running"),
        .metavar = "OUTCOME",
        .help = "only those that ended so: passed, failed, interrupted, died (killed, or the "
                "machine went down), or running; may be repeated");
    staged_argument_group_add_argument(group, "--stage", .metavar = "STAGE",
                                       .help = "only those in which this stage ran");
    staged_argument_group_add_argument(group, "--command", .metavar = "TEXT",
                                       .help = "only those with this text in a command");
    staged_argument_group_add_argument(
        group, "--since", .convert = convert_moment, .metavar = "WHEN",
        .help = "only those that began at this time or later: 2026-11-28, '2026-11-28 18:30', "
                "today, yesterday, or a time ago such as 12h or 30d");
    staged_argument_group_add_argument(group, "--before", .convert = convert_moment,
                                       .metavar = "WHEN",
                                       .help = "only those that began before this time");
}

static void add_value(tool_query *query, const char *text, int64_t number)
{
    if (query->value_count < TOOL_QUERY_VALUES)
        query->values[query->value_count++] = (tool_query_value){text, number};
}

/* Adds " AND COLUMN IN (?, ...)", and its values. */
static void add_list(sh_text *where, tool_query *query, const char *column,
                     const char *const *values, bool are_outcomes)
{
    if (*values == NULL)
        return;
    sh_text_addf(where, " AND %s IN (", column);
    for (size_t i = 0; values[i] != NULL && query->value_count + 8 < TOOL_QUERY_VALUES; i++) {
        int64_t outcome = 0;
        while (are_outcomes && outcome < TOOL_RUN_OUTCOME_COUNT - 1 &&
               strcmp(values[i], tool_run_outcome_name((tool_run_outcome)outcome)) != 0)
            outcome++;
        sh_text_addf(where, "%s?", i > 0 ? "," : "");
        add_value(query, are_outcomes ? NULL : values[i], outcome);
    }
    sh_text_addf(where, ")");
}

sh_text tool_filter_condition(tool_query *query, staged_namespace *arguments)
{
    sh_text where = {0};
    sh_text_addf(&where, "WHERE 1");
    add_list(&where, query, "stem", staged_namespace_list(arguments, "scripts"), false);
    add_list(&where, query, "outcome", staged_namespace_list(arguments, "outcome"), true);
    if (staged_namespace_is_set(arguments, "stage")) {
        sh_text_addf(&where, " AND run IN (SELECT run FROM stages WHERE name = ?)");
        add_value(query, staged_namespace_text(arguments, "stage"), 0);
    }
    if (staged_namespace_is_set(arguments, "since")) {
        sh_text_addf(&where, " AND began_ns >= ?");
        add_value(query, NULL, staged_namespace_int(arguments, "since"));
    }
    if (staged_namespace_is_set(arguments, "before")) {
        sh_text_addf(&where, " AND began_ns < ?");
        add_value(query, NULL, staged_namespace_int(arguments, "before"));
    }
    if (staged_namespace_is_set(arguments, "command")) {
        sh_text_addf(&where,
                     " AND run IN (SELECT run FROM texts WHERE instr(commands, CAST(? AS TEXT)))");
        add_value(query, staged_namespace_text(arguments, "command"), 0);
    }
    return where;
}

static void take_count(void *context, sqlite3_stmt *row)
{
    *(int64_t *)context = sqlite3_column_int64(row, 0);
}

static void forget_count(void *context)
{
    *(int64_t *)context = 0;
}

bool tool_rows_filter(tool_rows *rows, tool_index *index, staged_namespace *arguments, int64_t most,
                      int64_t *total)
{
    tool_query query = {0};
    sh_text where = tool_filter_condition(&query, arguments);
    sh_text sql = {0};
    bool is_read = true;
    *rows = (tool_rows){0};
    if (total != NULL) {
        sh_text_addf(&sql, "SELECT count(*) FROM runs %s", sh_text_of(&where));
        query.sql = sh_text_of(&sql);
        query.take = take_count;
        query.forget = forget_count;
        query.context = total;
        is_read = tool_index_read(index, &query);
        sh_text_clear(&sql);
    }
    sh_text_addf(&sql, "SELECT * FROM runs %s ORDER BY began_ns DESC, id DESC LIMIT %lld",
                 sh_text_of(&where), (long long)most);
    query.sql = sh_text_of(&sql);
    is_read = is_read && tool_rows_read(rows, index, &query);
    sh_text_free(&sql);
    sh_text_free(&where);
    return is_read;
}
