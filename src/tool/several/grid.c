/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What became of each stage in each run: a table with a row a run.  Symbols say so, and colours
 * only what they say. */
#include <string.h>

#include "tool/report/escape.h"
#include "tool/report/page.h"
#include "tool/several/pages.h"

/* Adds what the symbols mean, of those that are there. */
static void add_legend(sh_text *out, const tool_history *history)
{
    sh_text_addf(out, "<ul class=\"legend\">\n");
    for (const tool_mark *mark = tool_marks(); mark->word != NULL; mark++) {
        bool is_there = false;
        for (size_t run = 0; run < history->runs.count && !is_there; run++) {
            const tool_row *row = &history->runs.items[run];
            is_there = strcmp(tool_mark_of_run(row).word, mark->word) == 0;
            for (size_t name = 0; name < history->name_count && !is_there; name++)
                is_there =
                    strcmp(tool_mark_of_cell(row, tool_history_cell(history, run, name)).word,
                           mark->word) == 0;
        }
        if (is_there)
            sh_text_addf(out, "<li><span class=\"mark %s\">%s</span> %s</li>\n", mark->class,
                         mark->symbol, mark->word);
    }
    sh_text_addf(out, "</ul>\n");
}

static void add_cell(sh_text *out, const tool_history *history, size_t run, size_t name)
{
    const tool_cell *cell = tool_history_cell(history, run, name);
    const tool_mark mark = tool_mark_of_cell(&history->runs.items[run], cell);
    sh_text_addf(out, "<td><i role=\"img\" class=\"mark %s\" title=\"", mark.class);
    tool_escape_attribute(out, history->names[name]);
    sh_text_addf(out, ": %s", mark.word);
    if (cell->outcome != NULL && !cell->is_earlier && strcmp(mark.word, "skipped") != 0) {
        sh_text_addf(out, ", ");
        tool_several_add_duration(out, cell->duration_ns);
    }
    sh_text_addf(out, "\">%s</i></td>", mark.symbol);
}

static void add_row(sh_text *out, const tool_history *history, size_t run)
{
    const tool_row *row = &history->runs.items[run];
    const tool_mark mark = tool_mark_of_run(row);
    sh_text place = tool_row_place(row);
    sh_text folder = {0};
    sh_text_addf(&folder, "%s/%s", history->folder, row->stem);
    sh_text_addf(out, "<tr id=\"r%zu\"><th scope=\"row\">", run);
    tool_page_add_link(out, sh_text_of(&folder), row->id, row->id);
    sh_text_addf(out, "</th><td class=\"word %s\">%s <span>%s</span></td><td class=\"took\">",
                 mark.class, mark.symbol, mark.word);
    tool_several_add_duration(out, row->duration_ns);
    sh_text_addf(out, "</td>");
    for (size_t name = 0; name < history->name_count; name++)
        add_cell(out, history, run, name);
    sh_text_addf(out, "<td class=\"where\">");
    tool_escape_text(out, sh_text_of(&place));
    sh_text_addf(out, "</td></tr>\n");
    sh_text_free(&folder);
    sh_text_free(&place);
}

void tool_history_add_grid(sh_text *out, const tool_history *history)
{
    tool_page_begin_section(out, "runs", "Runs");
    add_legend(out, history);
    sh_text_addf(out, "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Runs\">"
                      "<table class=\"grid\">\n<thead><tr><th scope=\"col\">Run</th>"
                      "<th scope=\"col\" class=\"word\"><span>Outcome</span></th>"
                      "<th scope=\"col\" class=\"took\">Took</th>");
    for (size_t name = 0; name < history->name_count; name++) {
        sh_text_addf(out, "<th scope=\"col\" class=\"stage-name\"><span>");
        tool_escape_text(out, history->names[name]);
        sh_text_addf(out, "</span></th>");
    }
    sh_text_addf(out, "<th scope=\"col\">Where</th></tr></thead>\n<tbody>\n");
    for (size_t run = 0; run < history->runs.count; run++)
        add_row(out, history, run);
    sh_text_addf(out, "</tbody>\n</table></div>\n"
                      "<p class=\"note\">The latest first; each leads to its record, where that "
                      "is. <code>staged report RUN --html</code> makes a page of one.</p>\n"
                      "</section>\n");
}
