/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A command on the page. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <staged/signals.h>
#include <staged/words.h>

#include "tool/record/json.h"
#include "tool/record/moment.h"
#include "tool/report/escape.h"
#include "tool/report/page.h"
#include "tool/report/terminal.h"

/* ---- Facts ---- */

/* Adds a fact that is made of a text, which is emptied. */
static void add_text(sh_text *out, const char *name, sh_text *text)
{
    tool_page_add_fact(out, name, sh_text_of(text));
    sh_text_clear(text);
}

static void say_end(sh_text *text, const tool_report_item *item)
{
    const json_t *end = item->command->end;
    const int64_t signal = tool_json_int(end, "signal", 0);
    if (item->state == TOOL_COMMAND_LISTED)
        sh_text_addf(text, "was not run");
    else if (end == NULL)
        sh_text_addf(text, "did not end");
    else if (tool_command_place_failure(item->command) != NULL)
        sh_text_addf(text, "its place failed: %s", tool_command_place_failure(item->command));
    else if (!tool_json_bool(end, "started", true))
        sh_text_addf(text, "could not be started");
    else if (signal > 0)
        sh_text_addf(text, "killed by %s", staged_signal_name((int)signal));
    else
        sh_text_addf(text, "exit code %" PRId64, tool_json_int(end, "exit_code", 0));
    sh_text_addf(text, "%s%s", tool_json_bool(end, "timed_out", false) ? ", timed out" : "",
                 tool_json_bool(end, "interrupted", false) ? ", interrupted" : "");
}

static void add_times(sh_text *out, sh_text *text, const tool_report_item *item)
{
    char moment[TOOL_MOMENT_SIZE];
    const json_t *end = item->command->end;
    const int64_t memory_kib = tool_json_int(end, "max_rss_kib", 0);
    tool_page_add_duration(text, item->began_ns);
    sh_text_addf(text, " into the run, at %s",
                 tool_moment_text(tool_json_int(item->event, "wall_ns", 0), false, moment));
    add_text(out, "Began", text);
    if (item->state != TOOL_COMMAND_LISTED)
        tool_page_add_duration(text, item->duration_ns);
    add_text(out, "Took", text);
    if (end != NULL) {
        tool_page_add_duration(text, tool_json_int(end, "user_ns", 0));
        sh_text_addf(text, " user, ");
        tool_page_add_duration(text, tool_json_int(end, "system_ns", 0));
        sh_text_addf(text, " system");
    }
    add_text(out, "CPU", text);
    if (memory_kib > 0)
        sh_text_addf(text, "%" PRId64 ".%d MiB", memory_kib / 1024,
                     (int)(memory_kib % 1024 * 10 / 1024));
    add_text(out, "Peak memory", text);
}

static void say_numbers(sh_text *text, const json_t *numbers)
{
    for (size_t i = 0; i < json_array_size(numbers); i++)
        sh_text_addf(text, "%s%lld", i > 0 ? ", " : "",
                     (long long)json_integer_value(json_array_get(numbers, i)));
}

static void add_environment(sh_text *out, sh_text *text, const json_t *begin)
{
    const json_t *changes = json_object_get(begin, "environment");
    const json_t *without = json_object_get(begin, "without");
    const char *name;
    json_t *value;
    union {
        const json_t *given;
        json_t *wanted;
    } object = {.given = changes};
    json_object_foreach(object.wanted, name, value)
    {
        char *word =
            staged_word_quote(json_string_value(value) == NULL ? "" : json_string_value(value));
        sh_text_addf(text, "%s%s=%s", text->length > 0 ? " " : "", name, word == NULL ? "" : word);
        free(word);
    }
    for (size_t i = 0; i < json_array_size(without); i++) {
        const char *left_out = json_string_value(json_array_get(without, i));
        sh_text_addf(text, "%swithout %s", text->length > 0 ? ", " : "",
                     left_out == NULL ? "" : left_out);
    }
    if (tool_json_bool(begin, "clear_environment", false))
        sh_text_addf(text, "%sand nothing else", text->length > 0 ? " " : "");
    add_text(out, "Environment", text);
}

static void add_settings(sh_text *out, sh_text *text, const json_t *begin)
{
    const json_t *where = json_object_get(begin, "where");
    const json_t *expected = json_object_get(begin, "expected");
    const json_t *limit = json_object_get(begin, "timeout_s");
    if (json_array_size(expected) > 1 || json_integer_value(json_array_get(expected, 0)) != 0)
        say_numbers(text, expected);
    add_text(out, "Expected", text);
    if (json_number_value(limit) > 0)
        sh_text_addf(text, "%g s", json_number_value(limit));
    add_text(out, "Time limit", text);
    if (tool_json_text(where, "file", NULL) != NULL)
        sh_text_addf(text, "%s:%" PRId64, tool_json_text(where, "file", ""),
                     tool_json_int(where, "line", 0));
    add_text(out, "Place", text);
}

static void add_place(sh_text *out, const tool_command *command)
{
    char *place = tool_command_place(command);
    tool_page_add_fact(out, "Ran on", place);
    tool_page_add_fact(out, "Not ended",
                       tool_json_text(json_object_get(command->end, "place"), "left", NULL));
    free(place);
}

static void add_facts(tool_page_state *page, const tool_report_item *item)
{
    const json_t *begin = item->event;
    sh_text *out = page->out;
    sh_text text = {0};
    sh_text_addf(out, "<pre class=\"facts\">");
    say_end(&text, item);
    char *said = sh_copy(sh_text_of(&text));
    add_text(out, "Ended", &text);
    const char *message = tool_json_text(item->command->end, "message", "");
    tool_page_add_fact(out, "Message", strcmp(message, said) == 0 ? "" : message);
    add_place(out, item->command);
    add_times(out, &text, item);
    tool_page_add_fact(
        out, "Directory",
        tool_json_text(begin, "directory",
                       tool_json_text(page->report->record->run, "directory", NULL)));
    tool_page_add_fact(out, "Program", tool_json_text(begin, "program", NULL));
    tool_page_add_fact(out, "Shell", tool_json_text(begin, "shell", NULL));
    add_environment(out, &text, begin);
    add_settings(out, &text, begin);
    sh_text_addf(out, "</pre>\n");
    sh_text_free(&text);
    free(said);
}

/* ---- Output ---- */

void tool_page_add_output(tool_page_state *page, const tool_report_item *item, size_t most)
{
    enum { ALWAYS = 1024 };
    size_t length, total;
    const char *file = tool_report_output_file(item);
    if (most > page->room)
        most = page->room < ALWAYS ? ALWAYS : page->room;
    char *bytes = tool_report_output(page->report, item, most, &length, &total);
    page->room -= length < page->room ? length : page->room;
    if (bytes != NULL && length < total) {
        sh_text_addf(page->out, "<p class=\"note\">The last %zu of %zu bytes; all of them are in ",
                     length, total);
        tool_page_add_link(page->out, page->report->record->folder, file, file);
        sh_text_addf(page->out, "</p>\n");
    }
    if (length > 0) {
        sh_text_addf(page->out, "<pre class=\"out\" tabindex=\"0\">");
        /* A line feed at the beginning of a pre is not part of it. */
        sh_text_addf(page->out, "%s", bytes[0] == '\n' ? "\n" : "");
        tool_terminal_add(page->out, bytes, bytes[length - 1] == '\n' ? length - 1 : length,
                          TOOL_TERMINAL_COLOURS);
        sh_text_addf(page->out, "</pre>\n");
    } else if (bytes == NULL && file != NULL) {
        sh_text_addf(page->out, "<p class=\"note\">Its output was kept in ");
        tool_page_add_link(page->out, page->report->record->folder, file, file);
        sh_text_addf(page->out, ", which cannot be read.</p>\n");
    }
    free(bytes);
}

void tool_page_add_command(tool_page_state *page, const tool_report_item *item, size_t most)
{
    const char *shown = tool_json_text(item->event, "command", "");
    char *pretty = staged_command_pretty(shown, 4);
    sh_text_addf(page->out, "<pre class=\"words\">");
    tool_escape_text(page->out, pretty == NULL ? shown : pretty);
    sh_text_addf(page->out, "</pre>\n");
    free(pretty);
    add_facts(page, item);
    tool_page_add_output(page, item, most);
}
