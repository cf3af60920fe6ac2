/* SPDX-License-Identifier: BSD-3-Clause */
#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <staged/clock.h>

#include "tool/record/json.h"
#include "tool/record/moment.h"
#include "tool/report/escape.h"
#include "tool/report/formats.h"
#include "tool/report/terminal.h"

/* A step's summary may have a MiB; what fails most often is told best. */
enum { MOST_ROWS = 5000, MOST_FAILURES = 20, MOST_OF_REASON = 4096, MOST_OF_OUTPUT = 16 * 1024 };

/* How many commands for many items there are, how many failed items of each, and how much of the
 * output of one. */
enum { MOST_EACHES = 20, MOST_ITEMS = 20, MOST_OF_ITEM = 4 * 1024 };

/* "2.05 s", or "0:02:03" from a minute on. */
static void add_duration(sh_text *out, int64_t duration_ns)
{
    char text[STAGED_DURATION_TEXT_SIZE];
    const int64_t hundredths = duration_ns < 0 ? 0 : duration_ns / 10000000;
    if (hundredths < 6000) {
        sh_text_addf(out, "%d.%02d s", (int)(hundredths / 100), (int)(hundredths % 100));
        return;
    }
    (void)staged_duration_text(duration_ns, text, sizeof text);
    text[strcspn(text, ".")] = '\0';
    sh_text_addf(out, "%s", text);
}

/* Adds a block of output: its fence is longer than any in it. */
static void add_block(sh_text *out, const char *bytes, size_t length)
{
    size_t fence = 3, ticks = 0;
    sh_text text = {0};
    tool_terminal_add(&text, bytes, length, TOOL_TERMINAL_TEXT);
    for (size_t i = 0; i < text.length; i++) {
        ticks = text.bytes[i] == '`' ? ticks + 1 : 0;
        fence = ticks >= fence ? ticks + 1 : fence;
    }
    sh_text line = {0};
    for (size_t i = 0; i < fence; i++)
        sh_text_add(&line, "`", 1);
    const bool is_ended = text.length > 0 && text.bytes[text.length - 1] == '\n';
    sh_text_addf(out, "%stext\n", sh_text_of(&line));
    sh_text_add(out, sh_text_of(&text), text.length);
    sh_text_addf(out, "%s%s\n", is_ended ? "" : "\n", sh_text_of(&line));
    sh_text_free(&line);
    sh_text_free(&text);
}

static void add_rows(sh_text *out, const tool_report *report)
{
    size_t rows = 0, left_out = 0;
    for (size_t i = 0; i < report->stage_count; i++) {
        const tool_report_stage *stage = &report->stages[i];
        const char *mark = tool_outcome_is_bad(stage->outcome) ? "**" : "";
        if (*stage->name == '\0')
            continue;
        if (++rows > MOST_ROWS) {
            left_out++;
            continue;
        }
        sh_text_addf(out, "| ");
        tool_escape_markdown(out, stage->name);
        sh_text_addf(out, " | %s", mark);
        tool_escape_markdown(out, tool_outcome_word(stage->outcome));
        sh_text_addf(out, "%s | ", mark);
        if (stage->attempts > 0)
            sh_text_addf(out, "%" PRId64, stage->attempts);
        sh_text_addf(out, "%s| ", stage->attempts > 0 ? " " : "");
        add_duration(out, stage->duration_ns);
        sh_text_addf(out, " |\n");
    }
    if (left_out > 0)
        sh_text_addf(out, "| %zu more stages | | | |\n", left_out);
}

static void add_place(sh_text *out, const json_t *where)
{
    const char *file = tool_json_text(where, "file", NULL);
    if (file == NULL)
        return;
    sh_text_addf(out, ", ");
    tool_escape_markdown(out, file);
    sh_text_addf(out, " line %" PRId64, tool_json_int(where, "line", 0));
}

static size_t cut(const char *text, size_t most)
{
    size_t length = strlen(text);
    if (length > most)
        length = most;
    while (length > 0 && ((unsigned char)text[length] & 0xc0) == 0x80)
        length--;
    return length;
}

static void add_reasons(sh_text *out, const tool_report *report)
{
    size_t failures = 0;
    for (size_t i = 0; i < report->stage_count; i++) {
        const tool_report_stage *stage = &report->stages[i];
        if (!tool_outcome_is_bad(stage->outcome) || *stage->message == '\0' ||
            ++failures > MOST_FAILURES)
            continue;
        sh_text_addf(out, "\n**");
        tool_escape_markdown(out, stage->name);
        sh_text_addf(out, "**");
        add_place(out, stage->where);
        sh_text_addf(out, "\n\n");
        add_block(out, stage->message, cut(stage->message, MOST_OF_REASON));
    }
    if (failures > MOST_FAILURES)
        sh_text_addf(out, "\n%zu more failures are in the record.\n", failures - MOST_FAILURES);
}

static void add_failed(sh_text *out, const tool_report *report)
{
    size_t length, total;
    if (report->failed == TOOL_NONE)
        return;
    const tool_report_item *item = &report->items[report->failed];
    const tool_report_stage *stage = &report->stages[report->attempts[item->attempt].stage];
    char *result = tool_command_comment(item->command);
    sh_text text = {0};
    sh_text_addf(out, "\n%s",
                 report->record->digest.outcome == TOOL_RUN_DIED      ? "Died during"
                 : report->record->digest.outcome == TOOL_RUN_RUNNING ? "Running"
                                                                      : "Failed command");
    if (*stage->name != '\0') {
        sh_text_addf(out, " in **");
        tool_escape_markdown(out, stage->name);
        sh_text_addf(out, "**");
    }
    add_place(out, json_object_get(item->event, "where"));
    sh_text_addf(out, "\n\n");
    sh_text_addf(&text, "$ %s%s%s\n", tool_json_text(item->event, "command", ""),
                 *result == '\0' ? "" : "  # ", result);
    char *bytes = tool_report_output(report, item, MOST_OF_OUTPUT, &length, &total);
    if (bytes != NULL && length < total)
        sh_text_addf(&text, "[the last %zu of %zu bytes]\n", length, total);
    if (bytes != NULL)
        sh_text_add(&text, bytes, length);
    add_block(out, sh_text_of(&text), text.length);
    sh_text_free(&text);
    free(bytes);
    free(result);
}

/* ---- Items ---- */

static void add_item_name(sh_text *out, const json_t *item)
{
    sh_text name = {0};
    tool_item_add_name(&name, item);
    tool_escape_markdown(out, sh_text_of(&name));
    sh_text_free(&name);
}

static void add_item_row(sh_text *out, const json_t *item)
{
    char *result = tool_item_result(item);
    sh_text_addf(out, "| ");
    add_item_name(out, item);
    sh_text_addf(out, " | ");
    tool_escape_markdown(out, result);
    sh_text_addf(out, " | %" PRId64 " | ", tool_json_int(item, "attempts", 0));
    add_duration(out, tool_json_int(item, "duration_ns", 0));
    sh_text_addf(out, " |\n");
    free(result);
}

/* Adds the first items that failed, and what the first of them wrote. */
static void add_failed_items(sh_text *out, const tool_report *report, const tool_each *each)
{
    size_t at = 0, rows = 0, length;
    const json_t *first = NULL;
    sh_text_addf(out, "\n| Item | Failure | Attempts | Duration |\n"
                      "| --- | --- | ---: | ---: |\n");
    for (const json_t *item; rows < MOST_ITEMS && (item = tool_each_next_failed(each, &at)) != NULL;
         rows++) {
        first = first == NULL ? item : first;
        add_item_row(out, item);
    }
    if (each->failed > rows)
        sh_text_addf(out, "| %zu more items | | | |\n", each->failed - rows);
    char *bytes = tool_record_output(report->record, first, MOST_OF_ITEM, &length);
    if (length > 0) {
        sh_text_addf(out, "\nThe end of the output of **");
        add_item_name(out, first);
        sh_text_addf(out, "**\n\n");
        add_block(out, bytes, length);
    }
    free(bytes);
}

static void add_each(sh_text *out, const tool_report *report, const tool_each *each)
{
    const char *stage = tool_json_text(each->begin, "stage", "");
    sh_text totals = {0};
    tool_each_add_totals(&totals, each);
    sh_text_addf(out, "\nItems of **");
    tool_escape_markdown(out, tool_json_text(each->begin, "name", ""));
    sh_text_addf(out, "**");
    if (*stage != '\0') {
        sh_text_addf(out, " in **");
        tool_escape_markdown(out, stage);
        sh_text_addf(out, "**");
    }
    add_place(out, json_object_get(each->begin, "where"));
    sh_text_addf(out, ": %s\n", sh_text_of(&totals));
    if (each->failed > 0)
        add_failed_items(out, report, each);
    sh_text_free(&totals);
}

/* Those that did not pass come first, as there may be too many. */
static void add_eaches(sh_text *out, const tool_report *report)
{
    const tool_eaches *eaches = &report->record->eaches;
    size_t shown = 0;
    for (int bad = 1; bad >= 0; bad--) {
        for (size_t i = 0; i < eaches->count && shown < MOST_EACHES; i++) {
            const tool_each *each = &eaches->all[i];
            if ((each->failed > 0 || each->end == NULL) != (bad == 1))
                continue;
            add_each(out, report, each);
            shown++;
        }
    }
    if (eaches->count > shown)
        sh_text_addf(out, "\n%zu more commands for many items are in the record.\n",
                     eaches->count - shown);
}

void tool_report_markdown(sh_text *out, const tool_report *report)
{
    const tool_digest *digest = &report->record->digest;
    char *result = tool_report_result(report);
    sh_text_addf(out, "### ");
    tool_escape_markdown(out, digest->script == NULL ? "" : digest->script);
    sh_text_addf(out, ": %s\n\n| Stage | Result | Attempts | Duration |\n", result);
    sh_text_addf(out, "| --- | --- | ---: | ---: |\n");
    add_rows(out, report);
    sh_text_addf(out, "| **Total** | | | ");
    add_duration(out, digest->duration_ns);
    sh_text_addf(out, " |\n");
    add_reasons(out, report);
    add_failed(out, report);
    add_eaches(out, report);
    free(result);
}
