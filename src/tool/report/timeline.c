/* SPDX-License-Identifier: BSD-3-Clause
 *
 * When stages, attempts and commands ran: a row a stage. */
#include <inttypes.h>
#include <string.h>

#include "tool/record/json.h"
#include "tool/record/moment.h"
#include "tool/report/escape.h"
#include "tool/report/lanes.h"
#include "tool/report/page.h"

/* Commands at the same time are drawn on lanes of their own, up to so many. */
enum { MOST_ROWS = 2000, MOST_LANES = 6, ATTEMPT_HEIGHT = 6, LANE_HEIGHT = 12, TICKS = 4 };

/* Adds where something is, in hundredths of a per cent; never too narrow to be seen. */
static void add_span(sh_text *out, const tool_page_state *page, int64_t began_ns, int64_t took_ns)
{
    const double total = (double)page->report->record->digest.duration_ns;
    double left = total <= 0 ? 0 : 100 * (double)began_ns / total;
    double width = total <= 0 ? 100 : 100 * (double)took_ns / total;
    left = left < 0 ? 0 : left > 99.9 ? 99.9 : left;
    width = width < 0.1 ? 0.1 : width > 100 - left ? 100 - left : width;
    /* By hand: a locale may have a comma. */
    sh_text_addf(out, " x=\"%d.%02d%%\" width=\"%d.%02d%%\"", (int)left, (int)(left * 100) % 100,
                 (int)width, (int)(width * 100) % 100);
}

static void add_title(sh_text *out, const char *name, const char *outcome, int64_t duration_ns)
{
    sh_text_addf(out, "<title>");
    tool_escape_text(out, name);
    sh_text_addf(out, "%s%s, ", *outcome == '\0' ? "" : ": ", outcome);
    tool_page_add_duration(out, duration_ns);
    sh_text_addf(out, "</title>");
}

static void add_attempt(tool_page_state *page, sh_text *out, const tool_report_attempt *attempt)
{
    char name[48];
    if (attempt->number == 0)
        return;
    (void)snprintf(name, sizeof name, "attempt %" PRId64, attempt->number);
    sh_text_addf(out, "<g>");
    add_title(out, name, tool_outcome_word(attempt->outcome), attempt->duration_ns);
    sh_text_addf(out, "<rect class=\"%s\" y=\"1\" height=\"%d\"", tool_page_class(attempt->outcome),
                 ATTEMPT_HEIGHT);
    add_span(out, page, attempt->began_ns, attempt->duration_ns);
    sh_text_addf(out, "/></g>\n");
}

/* The script names it and makes it a link: 10,000 of those would take long. */
static void add_command(tool_page_state *page, sh_text *out, tool_lanes *lanes,
                        const tool_report_item *item)
{
    if (item->state == TOOL_COMMAND_LISTED)
        return;
    sh_text_addf(out, "<rect data-c=\"%zu\" class=\"%s\" y=\"%d\" height=\"%d\"",
                 (size_t)(item - page->report->items), tool_page_command_class(item),
                 ATTEMPT_HEIGHT + 3 + LANE_HEIGHT * tool_lane_for(lanes, item, MOST_LANES),
                 LANE_HEIGHT - 2);
    add_span(out, page, item->began_ns, item->duration_ns);
    sh_text_addf(out, "/>");
}

static bool has_bar(const tool_report_item *item)
{
    return item->kind == TOOL_ITEM_COMMAND || item->kind == TOOL_ITEM_EACH;
}

static void add_row(tool_page_state *page, size_t number)
{
    const tool_report *report = page->report;
    const tool_report_stage *stage = &report->stages[number];
    sh_text *out = page->out;
    sh_text bars = {0};
    tool_lanes lanes = {0};
    for (size_t at = stage->first_attempt; at != TOOL_NONE; at = report->attempts[at].next) {
        add_attempt(page, &bars, &report->attempts[at]);
        for (size_t i = report->attempts[at].first_item; i != TOOL_NONE;
             i = report->items[i].next) {
            if (has_bar(&report->items[i]))
                add_command(page, &bars, &lanes, &report->items[i]);
        }
    }
    sh_text_addf(out, "<div class=\"row\"><a class=\"name %s\" href=\"#s%zu\">",
                 tool_page_class(stage->outcome), number);
    tool_escape_text(out, *stage->name == '\0' ? "(outside of stages)" : stage->name);
    sh_text_addf(out, "</a><svg height=\"%d\" role=\"group\" aria-label=\"",
                 ATTEMPT_HEIGHT + 3 + LANE_HEIGHT * (lanes.count > 0 ? lanes.count : 1));
    tool_escape_attribute(out, stage->name);
    sh_text_addf(out, "\">\n%s</svg></div>\n", sh_text_of(&bars));
    sh_text_free(&bars);
}

static void add_axis(tool_page_state *page)
{
    const int64_t total_ns = page->report->record->digest.duration_ns;
    sh_text_addf(page->out,
                 "<div class=\"row axis\" aria-hidden=\"true\"><span class=\"name\"></span><div>");
    char text[TOOL_MOMENT_SIZE];
    for (int i = 0; i <= TICKS; i++) {
        sh_text_addf(page->out, "<span style=\"left:%d%%\">", 100 * i / TICKS);
        sh_text_addf(page->out, "%s</span>",
                     i == 0 ? "0" : tool_duration_text(total_ns / TICKS * i, text));
    }
    sh_text_addf(page->out, "</div></div>\n");
}

/* Whether a stage has an attempt or a command to be drawn. */
static bool is_drawn(const tool_report *report, const tool_report_stage *stage)
{
    for (size_t at = stage->first_attempt; at != TOOL_NONE; at = report->attempts[at].next) {
        if (report->attempts[at].number > 0)
            return true;
        for (size_t i = report->attempts[at].first_item; i != TOOL_NONE;
             i = report->items[i].next) {
            if (has_bar(&report->items[i]))
                return true;
        }
    }
    return false;
}

void tool_page_add_timeline(tool_page_state *page)
{
    size_t rows = 0, left_out = 0;
    sh_text_addf(
        page->out,
        "<section id=\"timeline\" aria-labelledby=\"timeline-title\">\n"
        "<h2 id=\"timeline-title\">Timeline</h2>\n"
        "<p class=\"tools zoom\" hidden><button type=\"button\" data-zoom=\"2\">Zoom in</button>\n"
        "<button type=\"button\" data-zoom=\"0.5\">Zoom out</button>\n"
        "<button type=\"button\" data-zoom=\"0\">All of it</button></p>\n"
        "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Timeline\"><div "
        "class=\"rows\">\n");
    add_axis(page);
    for (size_t i = 0; i < page->report->stage_count; i++) {
        if (!is_drawn(page->report, &page->report->stages[i]))
            continue;
        if (++rows <= MOST_ROWS)
            add_row(page, i);
        else
            left_out++;
    }
    sh_text_addf(page->out, "</div></div>\n");
    if (left_out > 0)
        sh_text_addf(page->out, "<p class=\"note\">%zu more stages are not drawn.</p>\n", left_out);
    sh_text_addf(page->out, "</section>\n");
}
