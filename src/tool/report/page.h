/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The parts of the pages that `staged report --html` writes. */
#ifndef TOOL_REPORT_PAGE_H
#define TOOL_REPORT_PAGE_H

#include "tool/report/model.h"

/* A page while it is written.
 *   room  how many bytes of output it may still show: one that is too long opens slowly */
typedef struct tool_page_state {
    sh_text *out;
    const tool_report *report;
    size_t room;
} tool_page_state;

/* The class of the style sheet for an outcome: "good", "bad", "late", "odd" or "none". */
const char *tool_page_class(const char *outcome);
/* The same for a command. */
const char *tool_page_command_class(const tool_report_item *item);
/* Adds an outcome in its colour. */
void tool_page_add_outcome(sh_text *out, const char *outcome);
/* Adds a duration as the terminal's tables have it. */
void tool_page_add_duration(sh_text *out, int64_t duration_ns);

/* Adds what is known of a command besides its words, and the last of its output.
 *   most  how many bytes of that */
void tool_page_add_command(tool_page_state *page, const tool_report_item *item, size_t most);
/* Adds each: what became of its items, those that failed first, with the last of their output. */
void tool_page_add_each(tool_page_state *page, const tool_report_item *item);
/* Adds what was kept of an item's output, if there is any. */
void tool_page_add_output(tool_page_state *page, const tool_report_item *item, size_t most);
/* Adds a line of what is known: its name and its value; none for an empty one. */
void tool_page_add_fact(sh_text *out, const char *name, const char *value);

/* Begins a section, which has to be closed. */
void tool_page_begin_section(sh_text *out, const char *id, const char *heading);
/* Adds a link to a file in a folder of a record. */
void tool_page_add_link(sh_text *out, const char *folder, const char *file, const char *text);
/* Adds what a page has before a name in braces, which it must have.
 *   at  the rest of the page so far
 * Returns the rest from then on. */
const char *tool_page_until(sh_text *out, const char *at, const char *name);

/* Adds the section that shows when stages, attempts and commands ran. */
void tool_page_add_timeline(tool_page_state *page);

#endif
