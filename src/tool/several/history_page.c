/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The page of the last runs of a script: what history.html has in braces. */
#include <inttypes.h>
#include <stdio.h>

#include "tool/page_history.h"
#include "tool/record/moment.h"
#include "tool/report/escape.h"
#include "tool/report/page.h"
#include "tool/several/pages.h"

/* ---- The head ---- */

static void add_title(sh_text *out, const tool_history *history)
{
    tool_escape_text(out, history->script);
    if (history->runs.count == 1)
        sh_text_addf(out, ": the last run");
    else
        sh_text_addf(out, ": the last %zu runs", history->runs.count);
}

static size_t count_flaky(const tool_history *history)
{
    size_t count = 0;
    for (size_t i = 0; i < history->stages.count; i++)
        count += history->stages.items[i].flaky > 0;
    return count;
}

/* Adds a part of a whole, in per cent, too. */
static void add_part(sh_text *out, int64_t part, int64_t whole)
{
    sh_text_addf(out, " (%.0f %%)", whole == 0 ? 0.0 : 100 * (double)part / (double)whole);
}

static void add_head(sh_text *out, const tool_history *history)
{
    const tool_figures *whole = &history->whole.items[0];
    const size_t flaky = count_flaky(history);
    const tool_row *latest = &history->runs.items[0];
    const tool_row *first = &history->runs.items[history->runs.count - 1];
    char moment[TOOL_MOMENT_SIZE];
    sh_text text = {0};
    sh_text_addf(out, "<h1>");
    tool_escape_text(out, history->script);
    if (history->total > (int64_t)history->runs.count)
        sh_text_addf(out, " <small>the last %zu of %" PRId64 " runs</small></h1>\n",
                     history->runs.count, history->total);
    else
        sh_text_addf(out, " <small>%zu run%s</small></h1>\n", history->runs.count,
                     history->runs.count == 1 ? "" : "s");
    sh_text_addf(out, "<p class=\"counts\">%" PRId64 " of %" PRId64 " runs that ended passed",
                 whole->passed, whole->ended);
    add_part(out, whole->passed, whole->ended);
    sh_text_addf(out, "; %zu stage%s flaky</p>\n<pre class=\"facts\">", flaky,
                 flaky == 1 ? " is" : "s are");
    sh_text_addf(&text, "%s, ", tool_moment_text(latest->began_ns, true, moment));
    sh_text_addf(&text, "%s", tool_run_outcome_name(latest->outcome));
    tool_page_add_fact(out, "Latest", sh_text_of(&text));
    tool_page_add_fact(out, "Earliest", tool_moment_text(first->began_ns, true, moment));
    tool_page_add_fact(out, "Script", latest->path);
    sh_text_clear(&text);
    sh_text_addf(&text, "%s/%s", history->folder, history->script);
    tool_page_add_fact(out, "Records", sh_text_of(&text));
    sh_text_addf(out, "</pre>\n");
    sh_text_free(&text);
}

/* ---- Flaky stages ---- */

static void add_flaky_stage(sh_text *out, const tool_history *history, size_t name)
{
    const tool_figures *figures = tool_history_figures(history, name);
    size_t run = 0;
    if (figures == NULL || figures->flaky == 0)
        return;
    while (run + 1 < history->runs.count &&
           !tool_cell_is_flaky(tool_history_cell(history, run, name)))
        run++;
    sh_text_addf(out, "<li><b class=\"late\">↻ ");
    tool_escape_text(out, history->names[name]);
    sh_text_addf(out, "</b> passed only after a retry in %" PRId64 " of %" PRId64 " runs",
                 figures->flaky, figures->ended);
    add_part(out, figures->flaky, figures->ended);
    sh_text_addf(out, ", the last time in <a href=\"#r%zu\">", run);
    tool_escape_text(out, history->runs.items[run].id);
    sh_text_addf(out, "</a></li>\n");
}

static void add_flaky(sh_text *out, const tool_history *history)
{
    tool_page_begin_section(out, "flaky", "Flaky stages");
    if (count_flaky(history) == 0) {
        sh_text_addf(out, "<p class=\"note\">No stage passed only after a retry.</p>\n");
    } else {
        sh_text_addf(out, "<ul>\n");
        for (size_t name = 0; name < history->name_count; name++)
            add_flaky_stage(out, history, name);
        sh_text_addf(out, "</ul>\n");
    }
    sh_text_addf(out, "</section>\n");
}

/* ---- Figures ---- */

static void add_quantile(sh_text *out, const tool_figures *figures, double part)
{
    sh_text_addf(out, "<td>");
    if (figures->series.count > 0)
        tool_several_add_duration(out, tool_series_quantile(&figures->series, part));
    sh_text_addf(out, "</td>");
}

static void add_figures_of(sh_text *out, const char *name, const tool_figures *figures)
{
    double trend;
    sh_text_addf(out, "<tr><th scope=\"row\">");
    tool_escape_text(out, name);
    sh_text_addf(out, "</th><td>%" PRId64 "</td><td>", figures->runs);
    if (figures->ended > 0)
        sh_text_addf(out, "<span class=\"%s\">%.0f %%</span>",
                     figures->passed < figures->ended ? "bad" : "good",
                     100 * (double)figures->passed / (double)figures->ended);
    sh_text_addf(out, "</td><td>");
    if (figures->flaky > 0)
        sh_text_addf(out, "<span class=\"late\">%" PRId64 "</span>", figures->flaky);
    sh_text_addf(out, "</td>");
    add_quantile(out, figures, 0.5);
    add_quantile(out, figures, 0.95);
    sh_text_addf(out, "<td>");
    if (tool_series_trend(&figures->series, &trend))
        sh_text_addf(out, "%+.0f %%", 100 * trend);
    sh_text_addf(out, "</td></tr>\n");
}

static void add_figures(sh_text *out, const tool_history *history)
{
    static const char *const headers[] = {"Stage",  "Runs", "Passed", "Retried",
                                          "Median", "p95",  "Trend"};
    tool_page_begin_section(out, "figures", "Figures");
    sh_text_addf(out, "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Figures\">"
                      "<table class=\"figures\">\n<thead><tr>");
    for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++)
        sh_text_addf(out, "<th scope=\"col\">%s</th>", headers[i]);
    sh_text_addf(out, "</tr></thead>\n<tbody>\n");
    for (size_t name = 0; name < history->name_count; name++) {
        const tool_figures *figures = tool_history_figures(history, name);
        if (figures != NULL)
            add_figures_of(out, history->names[name], figures);
    }
    sh_text_addf(out, "</tbody>\n<tfoot>\n");
    add_figures_of(out, "The whole run", &history->whole.items[0]);
    sh_text_addf(out,
                 "</tfoot>\n</table></div>\n<p class=\"note\">Passed: of those that ended. "
                 "Retried: passed only after a retry. Median and 95th percentile of the durations "
                 "of those that passed; trend: the later half against the earlier, from six on. As "
                 "<code>staged stats</code>.</p>\n</section>\n");
}

void tool_history_html(sh_text *out, const tool_history *history)
{
    static const struct {
        const char *name;
        void (*add)(sh_text *out, const tool_history *history);
    } parts[] = {{"{{title}}", add_title},
                 {"{{head}}", add_head},
                 {"{{flaky}}", add_flaky},
                 {"{{figures}}", add_figures},
                 {"{{charts}}", tool_history_add_charts},
                 {"{{grid}}", tool_history_add_grid}};
    const char *at = (const char *)tool_page_history;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        at = tool_page_until(out, at, parts[i].name);
        parts[i].add(out, history);
    }
    sh_text_addf(out, "%s", at);
}
