/* SPDX-License-Identifier: BSD-3-Clause
 *
 * How long runs and their stages took: a drawing each, with a bar a run.
 *
 * Places along the line are in per cent, so that a drawing fits each window without a script. */
#include <inttypes.h>
#include <string.h>

#include "tool/record/moment.h"
#include "tool/report/escape.h"
#include "tool/report/page.h"
#include "tool/several/pages.h"

/* Of a drawing, in pixels: the lines for arrows, for the bars, and for symbols; how many bars there
 * is room for at least, as a few would be very wide; and how many there may be for symbols to be
 * told from each other. */
enum { TOP = 12, BARS = 64, BOTTOM = 14, FEWEST_BARS = 20, MOST_SYMBOLS = 60 };
/* A bar that is higher than so many times the third quartile is cut, where so many were measured:
 * all others would be too low to be compared. */
enum { MOST_TIMES = 2, FEWEST = 6 };

/* A drawing: of the runs as a whole, or of a stage.
 *   figures  NULL: none passed
 *   most_ns  what the highest bar stands for */
typedef struct chart {
    const tool_history *history;
    const char *name;
    size_t stage; /* TOOL_NONE: the whole */
    const tool_figures *figures;
    int64_t most_ns;
} chart;

/* A bar.  Returns false where the stage did not run. */
static bool bar_of(const chart *c, size_t run, tool_mark *mark, int64_t *duration_ns)
{
    const tool_row *row = &c->history->runs.items[run];
    if (c->stage == TOOL_NONE) {
        *mark = tool_mark_of_run(row);
        *duration_ns = row->duration_ns;
        return true;
    }
    const tool_cell *cell = tool_history_cell(c->history, run, c->stage);
    *mark = tool_mark_of_cell(row, cell);
    *duration_ns = cell->duration_ns;
    return cell->outcome != NULL && !cell->is_earlier && strcmp(mark->word, "skipped") != 0;
}

static size_t count_bars(chart *c)
{
    size_t count = 0;
    tool_mark mark;
    int64_t duration_ns;
    c->most_ns = 0;
    for (size_t run = 0; run < c->history->runs.count; run++) {
        if (!bar_of(c, run, &mark, &duration_ns))
            continue;
        count++;
        c->most_ns = duration_ns > c->most_ns ? duration_ns : c->most_ns;
    }
    if (c->figures != NULL && c->figures->series.count >= FEWEST) {
        const int64_t enough_ns = MOST_TIMES * tool_series_quantile(&c->figures->series, 0.75);
        c->most_ns = enough_ns > 0 && c->most_ns > enough_ns ? enough_ns : c->most_ns;
    }
    return count;
}

static void add_bar(sh_text *out, const chart *c, size_t run)
{
    const int64_t count = (int64_t)c->history->runs.count;
    const int64_t room = count < FEWEST_BARS ? FEWEST_BARS : count;
    const int64_t place = count - 1 - (int64_t)run;
    tool_mark mark;
    int64_t duration_ns;
    char moment[TOOL_MOMENT_SIZE];
    if (!bar_of(c, run, &mark, &duration_ns))
        return;
    const bool is_cut = duration_ns > c->most_ns;
    int64_t height = c->most_ns == 0 ? 0 : BARS * (is_cut ? c->most_ns : duration_ns) / c->most_ns;
    height = height < 1 ? 1 : height;
    sh_text_addf(out, "<g class=\"%s%s\"><title>%s: %s, ", mark.class,
                 strcmp(mark.class, "good") == 0 || strcmp(mark.class, "late") == 0 ? "" : " open",
                 tool_moment_text(c->history->runs.items[run].began_ns, false, moment), mark.word);
    tool_several_add_duration(out, duration_ns);
    sh_text_addf(out, "</title><rect x=\"");
    tool_several_add_percent(out, (10000 * place + 1000) / room);
    sh_text_addf(out, "\" width=\"");
    tool_several_add_percent(out, 8000 / room);
    sh_text_addf(out, "\" y=\"%" PRId64 "\" height=\"%" PRId64 "\"/>", TOP + BARS - height, height);
    if (is_cut || (count <= MOST_SYMBOLS && strcmp(mark.word, "passed") != 0)) {
        sh_text_addf(out, "<text x=\"");
        tool_several_add_percent(out, (10000 * place + 5000) / room);
        sh_text_addf(out, "\" y=\"%d\">%s</text>", is_cut ? TOP - 3 : TOP + BARS + BOTTOM - 3,
                     is_cut ? "↑" : mark.symbol);
    }
    sh_text_addf(out, "</g>\n");
}

static void add_caption(sh_text *out, const chart *c)
{
    double trend;
    sh_text_addf(out, "<figcaption><b>");
    tool_escape_text(out, c->name);
    sh_text_addf(out, "</b> <span>");
    if (c->figures != NULL && c->figures->series.count > 0) {
        sh_text_addf(out, "median ");
        tool_several_add_duration(out, tool_series_quantile(&c->figures->series, 0.5));
        sh_text_addf(out, ", p95 ");
        tool_several_add_duration(out, tool_series_quantile(&c->figures->series, 0.95));
        if (tool_series_trend(&c->figures->series, &trend))
            sh_text_addf(out, ", %+.0f %%", 100 * trend);
    } else {
        sh_text_addf(out, "none passed");
    }
    sh_text_addf(out, "</span></figcaption>\n");
}

static void add_median(sh_text *out, const chart *c)
{
    if (c->figures == NULL || c->figures->series.count == 0 || c->most_ns == 0)
        return;
    const int64_t median_ns = tool_series_quantile(&c->figures->series, 0.5);
    const int64_t y = TOP + BARS - BARS * median_ns / c->most_ns;
    sh_text_addf(out,
                 "<line class=\"median\" x1=\"0\" x2=\"100%%\" y1=\"%" PRId64 "\" y2=\"%" PRId64
                 "\"/>\n",
                 y, y);
}

static void add_chart(sh_text *out, chart c)
{
    const size_t count = count_bars(&c);
    if (count == 0)
        return;
    sh_text_addf(out, "<figure>\n");
    add_caption(out, &c);
    sh_text_addf(out, "<div class=\"plot\"><span class=\"scale\" aria-hidden=\"true\"><span>");
    tool_several_add_duration(out, c.most_ns);
    sh_text_addf(out, "</span><span>0</span></span>\n<svg height=\"%d\" role=\"img\" aria-label=\"",
                 TOP + BARS + BOTTOM);
    tool_escape_attribute(out, c.name);
    sh_text_addf(out, ": durations of %zu run%s, up to ", count, count == 1 ? "" : "s");
    tool_several_add_duration(out, c.most_ns);
    sh_text_addf(out, "\">\n");
    for (size_t run = c.history->runs.count; run > 0; run--)
        add_bar(out, &c, run - 1);
    add_median(out, &c);
    sh_text_addf(out, "<line class=\"base\" x1=\"0\" x2=\"100%%\" y1=\"%d\" y2=\"%d\"/>\n",
                 TOP + BARS, TOP + BARS);
    sh_text_addf(out, "</svg></div>\n</figure>\n");
}

void tool_history_add_charts(sh_text *out, const tool_history *history)
{
    tool_page_begin_section(out, "durations", "Durations");
    sh_text_addf(out, "<p class=\"note\">A bar is a run, the earliest on the left. Filled: passed; "
                      "only its outline: did not pass. The dashed line is the median of those that "
                      "passed; ↑ is on bars that are longer than there is room for.</p>\n"
                      "<div class=\"charts\">\n");
    add_chart(out, (chart){.history = history,
                           .name = "The whole run",
                           .stage = TOOL_NONE,
                           .figures = &history->whole.items[0]});
    for (size_t name = 0; name < history->name_count; name++)
        add_chart(out, (chart){.history = history,
                               .name = history->names[name],
                               .stage = name,
                               .figures = tool_history_figures(history, name)});
    sh_text_addf(out, "</div>\n</section>\n");
}
