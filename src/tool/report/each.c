/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Each on the page: its items. */
#include <inttypes.h>
#include <stdlib.h>

#include <staged/words.h>

#include "tool/record/json.h"
#include "tool/report/escape.h"
#include "tool/report/page.h"

/* How many items are on the page, of those that failed and of the others; and of the output of each
 * that failed. */
enum { MOST_FAILED = 1000, MOST_PASSED = 1000, MOST_OF_ITEM = 16 * 1024 };

static void add_output(tool_page_state *page, const json_t *event)
{
    const tool_command command = {.end = event};
    const tool_report_item item = {.kind = TOOL_ITEM_EACH, .command = &command};
    if (tool_json_int(json_object_get(event, "output"), "length", 0) <= 0)
        return;
    sh_text_addf(page->out, "<tr><td colspan=\"4\">");
    tool_page_add_output(page, &item, MOST_OF_ITEM);
    sh_text_addf(page->out, "</td></tr>\n");
}

static void add_item(tool_page_state *page, const json_t *event, bool has_failed)
{
    sh_text *out = page->out;
    const bool is_earlier = !has_failed && tool_json_bool(event, "earlier", false);
    char *result = tool_item_result(event);
    sh_text name = {0};
    tool_item_add_name(&name, event);
    sh_text_addf(out, "<tr><td><code>");
    tool_escape_text(out, sh_text_of(&name));
    sh_text_addf(out, "</code></td><td>");
    tool_page_add_duration(out, tool_json_int(event, "duration_ns", 0));
    sh_text_addf(out, "</td><td>%" PRId64 "</td><td class=\"%s\">",
                 tool_json_int(event, "attempts", 0), has_failed ? "bad" : "good");
    tool_escape_text(out, is_earlier ? "earlier" : result);
    sh_text_addf(out, "</td></tr>\n");
    if (has_failed)
        add_output(page, event);
    sh_text_free(&name);
    free(result);
}

/* Adds those that failed, or the others.  Returns how many were left out. */
static size_t add_items(tool_page_state *page, const tool_each *each, bool failed, size_t most)
{
    size_t shown = 0, left_out = 0;
    for (size_t i = 0; i < each->item_count; i++) {
        if (tool_item_has_failed(each->items[i]) != failed)
            continue;
        if (shown == most) {
            left_out++;
            continue;
        }
        shown++;
        add_item(page, each->items[i], failed);
    }
    return left_out;
}

/* What may still run at its place. */
static void add_left(sh_text *out, const tool_each *each)
{
    const char *left = tool_json_text(each->end, "left", NULL);
    if (left == NULL)
        return;
    sh_text_addf(out, "<p class=\"bad\">Could not be ended on ");
    tool_escape_text(out, tool_json_text(each->begin, "place", "its place"));
    sh_text_addf(out, ": ");
    tool_escape_text(out, left);
    sh_text_addf(out, "</p>\n");
}

void tool_page_add_each(tool_page_state *page, const tool_report_item *item)
{
    sh_text *out = page->out;
    const char *shown = tool_json_text(item->event, "command", "");
    char *pretty = staged_command_pretty(shown, 4);
    sh_text_addf(out, "<pre class=\"words\">");
    tool_escape_text(out, pretty == NULL ? shown : pretty);
    sh_text_addf(out, "</pre>\n");
    free(pretty);
    add_left(out, item->each);
    if (item->each->item_count == 0)
        return;
    sh_text_addf(out,
                 "<table>\n<thead><tr><th scope=\"col\">Item</th><th scope=\"col\">Duration</th>"
                 "<th scope=\"col\">Attempts</th><th scope=\"col\">Result</th></tr></thead>\n"
                 "<tbody>\n");
    const size_t failed = add_items(page, item->each, true, MOST_FAILED);
    const size_t passed = add_items(page, item->each, false, MOST_PASSED);
    sh_text_addf(out, "</tbody>\n</table>\n");
    if (failed > 0)
        sh_text_addf(out, "<p class=\"note\">%zu more failed.</p>\n", failed);
    if (passed > 0)
        sh_text_addf(out, "<p class=\"note\">%zu more passed.</p>\n", passed);
}
