/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The commands of two runs, and how long their stages took. */
#include <inttypes.h>
#include <stdlib.h>

#include "tool/record/json.h"
#include "tool/record/moment.h"
#include "tool/report/escape.h"
#include "tool/report/page.h"
#include "tool/several/pages.h"

/* A page of more rows opens slowly, and nobody reads them. */
enum { MOST_ROWS = 2000 };

/* ---- Commands ---- */

/* The table while it is written.
 *   same  how many commands that are the same came last */
typedef struct rows {
    sh_text *out;
    const tool_comparison *comparison;
    size_t same;
    size_t differences;
} rows;

static void end_same(rows *all)
{
    if (all->same > 0 && all->differences <= MOST_ROWS)
        sh_text_addf(
            all->out,
            "<tr class=\"same\"><td></td><td colspan=\"4\">%zu command%s the same</td></tr>\n",
            all->same, all->same == 1 ? " is" : "s are");
    all->same = 0;
}

/* Adds how a command of one of the runs ended. */
static void add_end(sh_text *out, const tool_command *command)
{
    char *result = tool_command_result(command);
    const bool has_passed = command->end != NULL && *result == '\0';
    sh_text_addf(out, "<td class=\"end %s\">",
                 has_passed             ? "good"
                 : command->end == NULL ? "odd"
                                        : "bad");
    tool_escape_text(out, command->end == NULL ? "did not end" : has_passed ? "passed" : result);
    sh_text_addf(out, "</td>");
    free(result);
}

static void add_stage(sh_text *out, const tool_command *command)
{
    const char *stage = tool_json_text(command->begin, "stage", "");
    const int64_t attempt = tool_json_int(command->begin, "attempt", 0);
    sh_text_addf(out, "<td class=\"stage-of\">");
    tool_escape_text(out, stage);
    if (attempt > 1)
        sh_text_addf(out, ", attempt %" PRId64, attempt);
    sh_text_addf(out, "</td>");
}

static void take_command(void *context, char side, size_t a, size_t b)
{
    static const struct {
        char side;
        const char *class, *symbol, *title;
    } marks[] = {{'-', "bad", "−", "only A"},
                 {'+', "good", "+", "only B"},
                 {'~', "late", "≠", "ended differently"}};
    rows *all = context;
    const size_t mark = side == '-' ? 0 : side == '+' ? 1 : 2;
    const tool_comparison *c = all->comparison;
    if (side == ' ') {
        all->same++;
        return;
    }
    end_same(all);
    if (++all->differences > MOST_ROWS)
        return;
    sh_text_addf(all->out,
                 "<tr><td><i role=\"img\" class=\"mark %s\" title=\"%s\">%s</i></td><td><code>",
                 marks[mark].class, marks[mark].title, marks[mark].symbol);
    tool_escape_text(all->out, side == '+' ? c->words[1][b] : c->words[0][a]);
    sh_text_addf(all->out, "</code></td>");
    add_stage(all->out, side == '+' ? &c->records[1]->commands[b] : &c->records[0]->commands[a]);
    if (side == '+')
        sh_text_addf(all->out, "<td></td>");
    else
        add_end(all->out, &c->records[0]->commands[a]);
    if (side == '-')
        sh_text_addf(all->out, "<td></td>");
    else
        add_end(all->out, &c->records[1]->commands[b]);
    sh_text_addf(all->out, "</tr>\n");
}

size_t tool_comparison_add_commands(sh_text *out, const tool_comparison *comparison)
{
    sh_text inside = {0};
    rows all = {.out = &inside, .comparison = comparison};
    tool_comparison_match(comparison, take_command, &all);
    end_same(&all);
    if (all.differences > 0) {
        sh_text_addf(out,
                     "<p class=\"note\">−: only A ran it; +: only B did; ≠: both did, and it "
                     "ended differently.</p>\n<table class=\"changes\">\n<thead><tr>"
                     "<td></td><th scope=\"col\">Command</th><th "
                     "scope=\"col\">Stage</th><th scope=\"col\">A</th><th scope=\"col\">B</th>"
                     "</tr></thead>\n<tbody>\n%s</tbody>\n</table>\n",
                     sh_text_of(&inside));
        if (all.differences > MOST_ROWS)
            sh_text_addf(out, "<p class=\"note\">%zu more differences are not shown.</p>\n",
                         all.differences - MOST_ROWS);
    }
    sh_text_free(&inside);
    return all.differences;
}

/* ---- Durations ---- */

static void add_bar(sh_text *out, int64_t duration_ns, int64_t most_ns, bool is_first)
{
    const int64_t part =
        most_ns <= 0 ? 0 : (int64_t)(10000 * (double)duration_ns / (double)most_ns);
    sh_text_addf(out, "<rect class=\"%s\" x=\"0\" y=\"%d\" height=\"7\" width=\"",
                 is_first ? "none" : "busy", is_first ? 1 : 10);
    tool_several_add_percent(out, part < 20 ? 20 : part);
    sh_text_addf(out, "\"/>");
}

static void add_change(sh_text *out, const tool_durations *durations)
{
    const double a = (double)durations->durations_ns[0], b = (double)durations->durations_ns[1];
    if (durations->is_notable)
        sh_text_addf(out, "<b class=\"late\">%s ", b > a ? "▲" : "▼");
    if (a > 0 && b > 10 * a)
        sh_text_addf(out, "%.0f times as long", b / a);
    else if (a > 0)
        sh_text_addf(out, "%+.0f %%", 100 * (b - a) / a);
    if (durations->is_notable)
        sh_text_addf(out, "</b>");
}

size_t tool_comparison_add_durations(sh_text *out, const tool_comparison *comparison)
{
    int64_t most_ns = 0;
    size_t notable = 0;
    for (size_t i = 0; i < comparison->duration_count; i++) {
        for (size_t side = 0; side < 2; side++) {
            const int64_t duration_ns = comparison->durations[i].durations_ns[side];
            most_ns = duration_ns > most_ns ? duration_ns : most_ns;
        }
        notable += comparison->durations[i].is_notable;
    }
    sh_text_addf(out,
                 "<p class=\"note\">▲ and ▼: more than twice, or less than half as long. <span "
                 "class=\"of-bars\">The upper bar is A, the lower B.</span></p>\n<table "
                 "class=\"durations\">\n<thead><tr><th scope=\"col\">Stage</th><th "
                 "scope=\"col\">A</th><th scope=\"col\">B</th><th scope=\"col\">Change</th>"
                 "<td></td></tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < comparison->duration_count; i++) {
        const tool_durations *durations = &comparison->durations[i];
        sh_text_addf(out, "<tr><th scope=\"row\">");
        tool_escape_text(out, durations->name);
        sh_text_addf(out, "</th>");
        for (size_t side = 0; side < 2; side++) {
            sh_text_addf(out, "<td>");
            tool_several_add_duration(out, durations->durations_ns[side]);
            sh_text_addf(out, "</td>");
        }
        sh_text_addf(out, "<td>");
        add_change(out, durations);
        sh_text_addf(out, "</td><td><svg height=\"18\" aria-hidden=\"true\">");
        add_bar(out, durations->durations_ns[0], most_ns, true);
        add_bar(out, durations->durations_ns[1], most_ns, false);
        sh_text_addf(out, "</svg></td></tr>\n");
    }
    sh_text_addf(out, "</tbody>\n</table>\n");
    return notable;
}
