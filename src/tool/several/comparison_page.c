/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The page of two runs that are compared: what comparison.html has in braces. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "tool/page_comparison.h"
#include "tool/record/json.h"
#include "tool/record/moment.h"
#include "tool/report/escape.h"
#include "tool/report/page.h"
#include "tool/several/pages.h"

/* A page of more rows opens slowly, and nobody reads them. */
enum { MOST_ITEMS = 2000 };

/* ---- Both runs ---- */

static const char *script_of(const tool_record *record)
{
    return record->digest.script == NULL ? "run" : record->digest.script;
}

static void add_title(sh_text *out, const tool_comparison *c)
{
    tool_escape_text(out, script_of(c->records[0]));
    if (strcmp(script_of(c->records[0]), script_of(c->records[1])) != 0) {
        sh_text_addf(out, " and ");
        tool_escape_text(out, script_of(c->records[1]));
    }
    sh_text_addf(out, ": two runs compared");
}

static void add_run(sh_text *out, const tool_record *record, char letter)
{
    const tool_digest *digest = &record->digest;
    char moment[TOOL_MOMENT_SIZE];
    sh_text text = {0};
    sh_text_addf(out, "<div class=\"run\">\n<h2>%c ", letter);
    tool_page_add_outcome(out, tool_run_outcome_name(digest->outcome));
    sh_text_addf(out, " <span>");
    tool_page_add_link(out, record->folder, "", digest->id == NULL ? "record" : digest->id);
    sh_text_addf(out, "</span></h2>\n<pre class=\"facts\">");
    tool_page_add_fact(out, "Began", tool_moment_text(digest->began_ns, true, moment));
    tool_several_add_duration(&text, digest->duration_ns);
    sh_text_addf(&text, "%s", digest->has_ended ? "" : " until the last event");
    tool_page_add_fact(out, "Took", sh_text_of(&text));
    sh_text_clear(&text);
    tool_record_add_runner(&text, record);
    tool_page_add_fact(out, "By", sh_text_of(&text));
    tool_page_add_fact(out, "Commit",
                       tool_json_text(json_object_get(record->run, "git"), "commit", NULL));
    tool_page_add_fact(out, "Arguments", digest->arguments);
    sh_text_addf(out, "</pre>\n");
    if (digest->message != NULL && *digest->message != '\0') {
        sh_text_addf(out, "<p class=\"message %s\">",
                     tool_page_class(tool_run_outcome_name(digest->outcome)));
        tool_escape_text(out, digest->message);
        sh_text_addf(out, "</p>\n");
    }
    sh_text_addf(out, "</div>\n");
    sh_text_free(&text);
}

static void add_head(sh_text *out, const tool_comparison *c)
{
    sh_text_addf(out, "<h1>");
    add_title(out, c);
    sh_text_addf(out, "</h1>\n<div class=\"both\">\n");
    add_run(out, c->records[0], 'A');
    add_run(out, c->records[1], 'B');
    sh_text_addf(out, "</div>\n");
}

/* ---- Differences ---- */

/* How many bytes both have in common at the beginning, or before those at the end, without a
 * character that is cut. */
static size_t common_begin(const char *a, const char *b)
{
    size_t length = 0;
    while (a[length] != '\0' && a[length] == b[length])
        length++;
    while (length > 0 && ((a[length] & 0xc0) == 0x80 || (b[length] & 0xc0) == 0x80))
        length--;
    return length;
}

static size_t common_end(const char *a, const char *b, size_t begin)
{
    const size_t a_length = strlen(a), b_length = strlen(b);
    size_t length = 0;
    while (begin + length < a_length && begin + length < b_length &&
           a[a_length - length - 1] == b[b_length - length - 1])
        length++;
    while (length > 0 && (a[a_length - length] & 0xc0) == 0x80)
        length--;
    return length;
}

/* Adds a text; what differs from the other one is marked. */
static void add_value(sh_text *out, const char *text, const char *other)
{
    if (text == NULL) {
        sh_text_addf(out, "<td class=\"none\">(none)</td>");
        return;
    }
    const size_t length = strlen(text);
    const size_t begin = other == NULL ? 0 : common_begin(text, other);
    const size_t end = other == NULL ? 0 : common_end(text, other, begin);
    sh_text_addf(out, "<td><code>");
    tool_escape(out, text, begin);
    sh_text_addf(out, "<mark>");
    tool_escape(out, text + begin, length - begin - end);
    sh_text_addf(out, "</mark>");
    tool_escape(out, text + length - end, end);
    sh_text_addf(out, "</code></td>");
}

static void begin_table(sh_text *out)
{
    sh_text_addf(out, "<table class=\"differences\">\n<thead><tr><td></td>"
                      "<th scope=\"col\">A</th><th scope=\"col\">B</th></tr></thead>\n<tbody>\n");
}

static void begin_row(sh_text *out, const char *name)
{
    sh_text_addf(out, "<tr><th scope=\"row\">");
    tool_escape_text(out, name);
    sh_text_addf(out, "</th>");
}

static size_t add_differences(sh_text *out, const tool_differences *all)
{
    if (all->count == 0)
        return 0;
    begin_table(out);
    for (size_t i = 0; i < all->count; i++) {
        const tool_difference *difference = &all->items[i];
        begin_row(out, difference->name);
        add_value(out, difference->texts[0], difference->texts[1]);
        add_value(out, difference->texts[1], difference->texts[0]);
        sh_text_addf(out, "</tr>\n");
    }
    sh_text_addf(out, "</tbody>\n</table>\n");
    return all->count;
}

/* Adds an outcome in its colour, which its first word decides: "passed (attempt 2)". */
static void add_outcome(sh_text *out, const char *text)
{
    char *word = sh_copy(text == NULL ? "" : text);
    word[strcspn(word, " ")] = '\0';
    sh_text_addf(out, "<td><span class=\"word %s\">", tool_page_class(word));
    tool_escape_text(out, text == NULL ? "–" : text);
    sh_text_addf(out, "</span></td>");
    free(word);
}

static size_t add_outcomes(sh_text *out, const tool_comparison *c)
{
    if (c->outcomes.count == 0)
        return 0;
    begin_table(out);
    for (size_t i = 0; i < c->outcomes.count; i++) {
        begin_row(out, c->outcomes.items[i].name);
        add_outcome(out, c->outcomes.items[i].texts[0]);
        add_outcome(out, c->outcomes.items[i].texts[1]);
        sh_text_addf(out, "</tr>\n");
    }
    sh_text_addf(out,
                 "</tbody>\n</table>\n<p class=\"note\">–: did not run, or did not end.</p>\n");
    return c->outcomes.count;
}

static size_t add_items(sh_text *out, const tool_comparison *c)
{
    const tool_differences *items = &c->items;
    if (items->count == 0)
        return 0;
    begin_table(out);
    for (size_t i = 0; i < items->count && i < MOST_ITEMS; i++) {
        begin_row(out, items->items[i].name);
        add_outcome(out, items->items[i].texts[0]);
        add_outcome(out, items->items[i].texts[1]);
        sh_text_addf(out, "</tr>\n");
    }
    sh_text_addf(out, "</tbody>\n</table>\n");
    if (items->count > MOST_ITEMS)
        sh_text_addf(out, "<p class=\"note\">%zu more are not shown.</p>\n",
                     items->count - MOST_ITEMS);
    return items->count;
}

static size_t add_ran(sh_text *out, const tool_comparison *c)
{
    return add_differences(out, &c->ran);
}

static size_t add_arguments(sh_text *out, const tool_comparison *c)
{
    return add_differences(out, &c->arguments);
}

static size_t add_environment(sh_text *out, const tool_comparison *c)
{
    return add_differences(out, &c->environment);
}

/* ---- All sections ---- */

/* The sections; an own name stands in a list of them. */
static const struct {
    const char *id;
    const char *heading;
    const char *name;
    size_t (*add)(sh_text *out, const tool_comparison *c);
} sections[] = {
    {"outcomes", "Outcomes", "outcomes", add_outcomes},
    {"items", "Items", "items", add_items},
    {"ran", "What ran, and where", "what ran, and where", add_ran},
    {"arguments", "Arguments", "arguments", add_arguments},
    {"environment", "Environment", "environment", add_environment},
    {"commands", "Commands", "commands", tool_comparison_add_commands},
    {"output", "Output", "output", tool_comparison_add_outputs},
    {"durations", "Durations", "durations", tool_comparison_add_durations},
};
enum { SECTION_COUNT = sizeof sections / sizeof sections[0] };

/* Whether a section can be the same in both runs: that of items needs some. */
static bool is_there(const tool_comparison *c, size_t section)
{
    return sections[section].add != add_items || c->records[0]->eaches.count > 0 ||
           c->records[1]->eaches.count > 0;
}

static void add_list(sh_text *out, const tool_comparison *c, const sh_text *inside,
                     const size_t *counts)
{
    size_t listed = 0;
    for (size_t i = 0; i < SECTION_COUNT; i++) {
        if (counts[i] > 0)
            sh_text_addf(out, "%s<a href=\"#%s\">%s</a> (%zu)",
                         listed++ == 0 ? "<p class=\"counts\">They differ in " : ", ",
                         sections[i].id, sections[i].name, counts[i]);
    }
    sh_text_addf(out, listed == 0 ? "<p class=\"counts\">They do not differ.</p>\n" : ".</p>\n");
    listed = 0;
    for (size_t i = 0; i < SECTION_COUNT; i++) {
        if (inside[i].length == 0 && is_there(c, i))
            sh_text_addf(out, "%s%s", listed++ == 0 ? "<p class=\"note\">The same in both: " : ", ",
                         sections[i].name);
    }
    sh_text_addf(out, listed == 0 ? "" : ".</p>\n");
}

static void add_sections(sh_text *out, const tool_comparison *c)
{
    sh_text inside[SECTION_COUNT] = {{0}};
    size_t counts[SECTION_COUNT];
    for (size_t i = 0; i < SECTION_COUNT; i++)
        counts[i] = sections[i].add(&inside[i], c);
    add_list(out, c, inside, counts);
    for (size_t i = 0; i < SECTION_COUNT; i++) {
        if (inside[i].length > 0) {
            tool_page_begin_section(out, sections[i].id, sections[i].heading);
            sh_text_add(out, inside[i].bytes, inside[i].length);
            sh_text_addf(out, "</section>\n");
        }
        sh_text_free(&inside[i]);
    }
}

void tool_comparison_html(sh_text *out, const tool_comparison *comparison)
{
    static const struct {
        const char *name;
        void (*add)(sh_text *out, const tool_comparison *c);
    } parts[] = {{"{{title}}", add_title}, {"{{head}}", add_head}, {"{{sections}}", add_sections}};
    const char *at = (const char *)tool_page_comparison;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        at = tool_page_until(out, at, parts[i].name);
        parts[i].add(out, comparison);
    }
    sh_text_addf(out, "%s", at);
}
