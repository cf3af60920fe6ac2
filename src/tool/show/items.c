/* SPDX-License-Identifier: BSD-3-Clause */
#include "tool/show/items.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <staged/clock.h>
#include <staged/words.h>

#include "tool/record/json.h"
#include "tool/runs/page.h"
#include "tool/show/tail.h"

/* How many failed items of each are shown, and how many of each that passed and as many others. */
enum { MOST_ITEMS = 20, MOST_EACHES = 20 };

static void add_dim(staged_renderable *group, const sh_text *text)
{
    (void)staged_render_group_add(
        group,
        staged_text_new(STAGED_OPTIONS(staged_text_options, .style = "dim"), sh_text_of(text)));
}

/* Which one it is, and where. */
static void add_place(staged_renderable *group, const json_t *begin)
{
    const json_t *where = json_object_get(begin, "where");
    const char *stage = tool_json_text(begin, "stage", "");
    sh_text text = {0};
    sh_text_addf(&text, "# %s", tool_json_text(begin, "name", ""));
    if (*stage != '\0')
        sh_text_addf(&text, ", stage '%s', attempt %" PRId64, stage,
                     tool_json_int(begin, "attempt", 1));
    if (tool_json_text(begin, "place", NULL) != NULL)
        sh_text_addf(&text, ", on %s", tool_json_text(begin, "place", ""));
    if (tool_json_text(where, "file", NULL) != NULL)
        sh_text_addf(&text, ", %s:%" PRId64, tool_json_text(where, "file", ""),
                     tool_json_int(where, "line", 0));
    add_dim(group, &text);
    sh_text_free(&text);
}

/* What ran, and what came of it. */
static void add_totals(staged_renderable *group, const tool_each *each)
{
    char *pretty = staged_command_pretty(tool_json_text(each->begin, "command", ""), 4);
    sh_text text = {0};
    (void)staged_render_group_add(group, staged_text_new(NULL, pretty == NULL ? "" : pretty));
    free(pretty);
    tool_each_add_totals(&text, each);
    (void)staged_render_group_add(
        group, staged_text_new(STAGED_OPTIONS(staged_text_options,
                                              .style = each->failed > 0 ? "bold red" : NULL),
                               sh_text_of(&text)));
    sh_text_free(&text);
}

static void add_row(staged_renderable *table, const json_t *item)
{
    char duration[STAGED_DURATION_TEXT_SIZE];
    sh_text name = {0};
    char *result = tool_item_result(item);
    (void)staged_duration_text(tool_json_int(item, "duration_ns", 0), duration, sizeof duration);
    tool_item_add_name(&name, item);
    staged_renderable *cells[] = {staged_text_new(NULL, sh_text_of(&name)),
                                  staged_text_new(NULL, result),
                                  staged_markup_new("%" PRId64, tool_json_int(item, "attempts", 0)),
                                  staged_text_new(NULL, duration)};
    (void)staged_table_add_row(table, NULL, cells, sizeof cells / sizeof cells[0]);
    sh_text_free(&name);
    free(result);
}

/* The table that the run's own log had. */
static void add_failures(staged_renderable *group, const tool_each *each)
{
    static const char *const headers[] = {"Item", "Failure", "Attempts", "Duration"};
    staged_renderable *table =
        staged_table_new(STAGED_OPTIONS(staged_table_options, .box = STAGED_BOX_SIMPLE));
    size_t at = 0, shown = 0;
    for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++)
        (void)staged_table_add_column(
            table, STAGED_OPTIONS(staged_column_options, .header = headers[i],
                                  .justify = i == 2 ? STAGED_JUSTIFY_RIGHT : STAGED_JUSTIFY_DEFAULT,
                                  .overflow = STAGED_OVERFLOW_FOLD));
    for (const json_t *item;
         shown < MOST_ITEMS && (item = tool_each_next_failed(each, &at)) != NULL; shown++)
        add_row(table, item);
    (void)staged_render_group_add(group, table);
    if (each->failed > shown)
        (void)staged_render_group_add(group,
                                      staged_markup_new("... and %zu more.", each->failed - shown));
}

/* What the first failed item wrote. */
static void add_output(staged_renderable *group, const tool_record *record, const tool_each *each,
                       int64_t lines)
{
    size_t at = 0;
    const json_t *item = tool_each_next_failed(each, &at);
    sh_text text = {0};
    if (tool_json_int(json_object_get(item, "output"), "length", 0) <= 0 || lines <= 0)
        return;
    if (each->failed > MOST_ITEMS)
        (void)staged_render_group_add(group, staged_text_new(NULL, ""));
    sh_text_addf(&text, "# the output of ");
    tool_item_add_name(&text, item);
    add_dim(group, &text);
    tool_tail_add(group, record, item, lines);
    sh_text_free(&text);
}

static void add_each(staged_renderable *group, const tool_record *record, const tool_each *each,
                     int64_t lines)
{
    add_place(group, each->begin);
    add_totals(group, each);
    if (each->failed > 0) {
        add_failures(group, each);
        add_output(group, record, each, lines);
    }
}

staged_status tool_show_items(staged_console *console, const tool_record *record, int64_t lines)
{
    /* Of those that passed, and of those that did not. */
    size_t shown[2] = {0};
    if (record->eaches.count == 0)
        return STAGED_OK;
    staged_renderable *group = staged_render_group_new();
    for (size_t i = 0; i < record->eaches.count; i++) {
        const tool_each *each = &record->eaches.all[i];
        const bool is_bad = each->failed > 0 || each->end == NULL;
        if (shown[is_bad] == MOST_EACHES)
            continue;
        if (shown[0] + shown[1] > 0)
            (void)staged_render_group_add(group, staged_text_new(NULL, ""));
        shown[is_bad]++;
        add_each(group, record, each, lines);
    }
    const size_t left_out = record->eaches.count - shown[0] - shown[1];
    if (left_out > 0)
        (void)staged_render_group_add(group, staged_markup_new("\n... and %zu more.", left_out));
    staged_renderable *section = tool_page_section("Items", group);
    const staged_status status = staged_console_print_renderable(console, NULL, section);
    staged_renderable_free(section);
    return status;
}
