/* SPDX-License-Identifier: BSD-3-Clause */
#include "tool/report/page.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include <staged/clock.h>

#include "tool/report/escape.h"

const char *tool_page_class(const char *outcome)
{
    static const struct {
        const char *outcome;
        const char *class;
    } classes[] = {{"passed", "good"}, {"earlier", "good"},  {"retrying", "late"},
                   {"failed", "bad"},  {"abandoned", "bad"}, {"interrupted", "bad"},
                   {"died", "odd"},    {"running", "busy"}};
    for (size_t i = 0; i < sizeof classes / sizeof classes[0]; i++) {
        if (strcmp(classes[i].outcome, outcome) == 0)
            return classes[i].class;
    }
    return "none";
}

const char *tool_page_command_class(const tool_report_item *item)
{
    static const char *const classes[] = {[TOOL_COMMAND_PASSED] = "good",
                                          [TOOL_COMMAND_FAILED] = "bad",
                                          [TOOL_COMMAND_OPEN] = "odd",
                                          [TOOL_COMMAND_LISTED] = "none"};
    return classes[item->state];
}

void tool_page_add_duration(sh_text *out, int64_t duration_ns)
{
    char text[STAGED_DURATION_TEXT_SIZE];
    sh_text_addf(out, "%s",
                 staged_duration_text(duration_ns < 0 ? 0 : duration_ns, text, sizeof text));
}

void tool_page_add_fact(sh_text *out, const char *name, const char *value)
{
    enum { NAME_WIDTH = 13 };
    if (value == NULL || *value == '\0')
        return;
    const int length = (int)strlen(name);
    sh_text_addf(out, "<b>%s</b>%*s", name, length < NAME_WIDTH ? NAME_WIDTH - length : 1, "");
    for (const char *newline; (newline = strchr(value, '\n')) != NULL; value = newline + 1) {
        tool_escape(out, value, (size_t)(newline - value));
        sh_text_addf(out, "\n%*s", NAME_WIDTH, "");
    }
    tool_escape_text(out, value);
    sh_text_addf(out, "\n");
}

void tool_page_add_outcome(sh_text *out, const char *outcome)
{
    sh_text_addf(out, "<span class=\"word %s\">", tool_page_class(outcome));
    tool_escape_text(out, tool_outcome_word(outcome));
    sh_text_addf(out, "</span>");
}

void tool_page_begin_section(sh_text *out, const char *id, const char *heading)
{
    sh_text_addf(out,
                 "<section id=\"%s\" aria-labelledby=\"%s-title\">\n<h2 id=\"%s-title\">%s</h2>\n",
                 id, id, id, heading);
}

void tool_page_add_link(sh_text *out, const char *folder, const char *file, const char *text)
{
    char absolute[PATH_MAX];
    sh_text path = {0};
    sh_text_addf(&path, "%s/%s", realpath(folder, absolute) == NULL ? folder : absolute, file);
    sh_text_addf(out, "<a href=\"file://");
    tool_escape_path(out, sh_text_of(&path));
    sh_text_addf(out, "\">");
    tool_escape_text(out, text);
    sh_text_addf(out, "</a>");
    sh_text_free(&path);
}

const char *tool_page_until(sh_text *out, const char *at, const char *name)
{
    const char *place = strstr(at, name);
    sh_text_add(out, at, (size_t)(place - at));
    return place + strlen(name);
}
