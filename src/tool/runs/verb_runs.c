/* SPDX-License-Identifier: BSD-3-Clause
 *
 * `staged runs`: the runs that were recorded. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <staged/console.h>

#include "tool/common/verb.h"
#include "tool/record/json.h"
#include "tool/record/moment.h"
#include "tool/runs/page.h"
#include "tool/runs/rows.h"

static void add_arguments(staged_parser *parser)
{
    tool_filter_add_arguments(parser);
    staged_argument_group *output = staged_parser_add_group(parser, "output", NULL);
    staged_argument_group_add_argument(output, "-n --limit", .type = STAGED_ARG_INT,
                                       .default_text = "20", .metavar = "N",
                                       .help = "show the latest N (default: 20); 0: all");
    staged_argument_group_add_argument(output, "--json", .action = STAGED_ARG_STORE_TRUE,
                                       .help = "write them as JSON, an array of objects");
    staged_argument_group_add_argument(output, "--print-names",
                                       .choices = STAGED_TEXTS("runs", "scripts"),
                                       .help = STAGED_ARG_SUPPRESS);
}

/* ---- As JSON ---- */

static json_t *json_of_row(const tool_row *row, const char *folder)
{
    sh_text path = {0};
    sh_text_addf(&path, "%s/%s/%s", folder, row->stem, row->id);
    json_t *json = json_object();
    (void)json_object_set_new(json, "id", tool_json_of(row->id));
    (void)json_object_set_new(json, "script", tool_json_of(row->stem));
    (void)json_object_set_new(json, "folder", tool_json_of(sh_text_of(&path)));
    (void)json_object_set_new(json, "path", tool_json_of(row->path));
    (void)json_object_set_new(json, "arguments", tool_json_of(row->arguments));
    (void)json_object_set_new(json, "outcome", tool_json_of(tool_run_outcome_name(row->outcome)));
    (void)json_object_set_new(json, "exit_status",
                              row->outcome <= TOOL_RUN_INTERRUPTED ? json_integer(row->exit_status)
                                                                   : json_null());
    (void)json_object_set_new(json, "began_ns", json_integer(row->began_ns));
    (void)json_object_set_new(json, "duration_ns", json_integer(row->duration_ns));
    (void)json_object_set_new(json, "stage", tool_json_of(*row->stage == '\0' ? NULL : row->stage));
    (void)json_object_set_new(json, "command",
                              tool_json_of(*row->command == '\0' ? NULL : row->command));
    (void)json_object_set_new(json, "commands", json_integer(row->commands));
    (void)json_object_set_new(json, "host", tool_json_of(row->host));
    (void)json_object_set_new(json, "pid", json_integer(row->pid));
    (void)json_object_set_new(json, "resumes",
                              tool_json_of(*row->resumes == '\0' ? NULL : row->resumes));
    sh_text_free(&path);
    return json;
}

static int write_json(const tool_rows *rows, const char *folder)
{
    json_t *all = json_array();
    for (size_t i = 0; i < rows->count; i++)
        (void)json_array_append_new(all, json_of_row(&rows->items[i], folder));
    return tool_page_write_json(all);
}

/* ---- As a table ---- */

static staged_renderable *place_of(const tool_row *row)
{
    sh_text text = tool_row_place(row);
    staged_renderable *cell = staged_text_new(NULL, sh_text_of(&text));
    sh_text_free(&text);
    return cell;
}

static staged_renderable *styled(const char *style, const char *text)
{
    return staged_text_new(STAGED_OPTIONS(staged_text_options, .style = style), text);
}

static staged_status fill(staged_renderable *table, const tool_rows *rows)
{
    static const char *const headers[] = {"Run", "Script", "Took", "Outcome", "Where"};
    for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++)
        STAGED_TRY(staged_table_add_column(
            table, STAGED_OPTIONS(staged_column_options, .header = headers[i],
                                  .justify = i == 2 ? STAGED_JUSTIFY_RIGHT : STAGED_JUSTIFY_LEFT,
                                  .overflow = STAGED_OVERFLOW_FOLD, .no_wrap = i == 0 || i == 2,
                                  .width = i == 0 ? 22 : 0)));
    for (size_t i = 0; i < rows->count; i++) {
        const tool_row *row = &rows->items[i];
        char took[TOOL_MOMENT_SIZE];
        staged_renderable *cells[] = {
            staged_text_new(NULL, row->id), staged_text_new(NULL, row->stem),
            staged_text_new(NULL, tool_duration_text(row->duration_ns, took)),
            styled(tool_run_outcome_style(row->outcome), tool_run_outcome_name(row->outcome)),
            place_of(row)};
        STAGED_TRY(staged_table_add_row(table, NULL, cells, sizeof cells / sizeof cells[0]));
    }
    return STAGED_OK;
}

static int show_table(const tool_rows *rows, int64_t total, const char *folder)
{
    staged_console *console = tool_page_console();
    if (rows->count == 0) {
        (void)staged_console_print(console, "%s '%s'.",
                                   total == 0 ? "No such run is recorded in" : "None of", folder);
        return tool_page_end(console, STAGED_OK);
    }
    staged_renderable *table = staged_table_new(
        STAGED_OPTIONS(staged_table_options, .box = STAGED_BOX_SIMPLE_HEAD, .show_edge = STAGED_NO,
                       .pad_edge = STAGED_NO, .padding = {.given = true, .right = 1}));
    staged_status status = fill(table, rows);
    if (status == STAGED_OK)
        status = staged_console_print_renderable(console, NULL, table);
    staged_renderable_free(table);
    if (status == STAGED_OK && (int64_t)rows->count < total)
        status = staged_console_print(console, "[dim]%" PRId64 " more; --limit 0 shows all[/]",
                                      total - (int64_t)rows->count);
    return tool_page_end(console, status);
}

static int run(staged_parser *parser, staged_namespace *arguments)
{
    tool_index index;
    tool_rows rows;
    int64_t total = 0;
    int exit_status = TOOL_FAILED;
    const int64_t limit = staged_namespace_int(arguments, "limit");
    const char *names = staged_namespace_text(arguments, "print_names");
    (void)parser;
    if (names != NULL)
        return tool_run_print_names(strcmp(names, "runs") == 0) ? 0 : TOOL_FAILED;
    if (!tool_index_open(&index))
        return TOOL_FAILED;
    if (tool_rows_filter(&rows, &index, arguments, limit <= 0 ? -1 : limit, &total))
        exit_status = staged_namespace_bool(arguments, "json")
                          ? write_json(&rows, index.folder)
                          : show_table(&rows, total, index.folder);
    tool_rows_free(&rows);
    tool_index_close(&index);
    return exit_status;
}

const tool_verb tool_verb_runs = {
    .name = "runs",
    .help = "list the runs of scripts that were recorded",
    .parser = {.description = "Lists the runs that were recorded, the latest first: how each "
                              "ended, and where it failed, died or is.",
               .usage = "%(prog)s [options] [SCRIPT ...]",
               .epilog = "`staged show RUN` describes one of them."},
    .add_arguments = add_arguments,
    .run = run,
};
