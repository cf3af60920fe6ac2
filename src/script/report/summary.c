/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The summary of a run.  Source: staged-script, print_script_execution_summary. */
#include <stdlib.h>
#include <string.h>

#include "base/memory/grow.h"
#include "script/arguments/arguments.h"
#include "script/command/interrupt.h"
#include "script/log/command_text.h"
#include "script/log/log.h"
#include "script/log/masked_markup.h"
#include "script/log/tell.h"
#include "script/recording/expectation.h"
#include "script/report/command_list.h"
#include "script/report/summary.h"
#include "script/report/timing_table.h"
#include "script/stage/call.h"
#include "script/state/attributes.h"
#include "script/state/bugs.h"
#include "script/state/mask.h"
#include "script/state/stage_state.h"

/* ---- Sections ---- */

void stg_sections_free(stg_sections *sections)
{
    for (size_t i = 0; i < sections->count; i++) {
        free(sections->items[i].heading);
        staged_renderable_free(sections->items[i].content);
    }
    free(sections->items);
    *sections = (stg_sections){0};
}

static stg_section *find(const stg_sections *sections, const char *heading)
{
    for (size_t i = 0; i < sections->count; i++) {
        if (strcmp(sections->items[i].heading, heading) == 0)
            return &sections->items[i];
    }
    return NULL;
}

/* Sets a section; a new one is inserted at `place`. */
static staged_status set(stg_sections *sections, const char *heading, staged_renderable *content,
                         size_t place)
{
    stg_section *old = find(sections, heading);
    char *copy = old == NULL ? strdup(heading) : old->heading;
    if (content == NULL || copy == NULL ||
        !stg_grow(&sections->items, &sections->capacity, sections->count + 1,
                  sizeof sections->items[0])) {
        staged_renderable_free(content);
        if (old == NULL)
            free(copy);
        return STAGED_NO_MEMORY;
    }
    if (old != NULL) {
        staged_renderable_free(old->content);
        old->content = content;
        return STAGED_OK;
    }
    memmove(sections->items + place + 1, sections->items + place,
            (sections->count - place) * sizeof sections->items[0]);
    sections->items[place] = (stg_section){.heading = copy, .content = content};
    sections->count++;
    return STAGED_OK;
}

staged_status staged_summary_set_section_take(staged_script *script, const char *heading,
                                              staged_renderable *content)
{
    if (heading == NULL) {
        staged_renderable_free(content);
        return stg_need_text(script, NULL, heading, "the heading of a section of the summary");
    }
    return set(&script->sections, heading, content, script->sections.count);
}

staged_status staged_summary_set_section_v(staged_script *script, const char *heading,
                                           const char *format, va_list values)
{
    STAGED_TRY(stg_need_text(script, NULL, format, "the format of a section of the summary"));
    return staged_summary_set_section_take(script, heading,
                                           stg_log_markup_v(script, "", format, values));
}

staged_status staged_summary_set_section_list(staged_script *script, const char *heading,
                                              const char *format, const char *const *texts,
                                              size_t count)
{
    STAGED_TRY(stg_need_text(script, NULL, format, "the format of a section of the summary"));
    return staged_summary_set_section_take(script, heading,
                                           stg_log_markup_list(script, "", format, texts, count));
}

staged_status staged_summary_set_section_text(staged_script *script, const char *heading,
                                              const char *text)
{
    STAGED_TRY(stg_need_text(script, NULL, text, "the text of a section of the summary"));
    return staged_summary_set_section_take(script, heading, stg_log_text(script, "", text));
}

staged_status staged_summary_set_section(staged_script *script, const char *heading,
                                         const char *format, ...)
{
    va_list values;
    va_start(values, format);
    const staged_status status = staged_summary_set_section_v(script, heading, format, values);
    va_end(values);
    return status;
}

/* ---- The sections that every summary has ---- */

static staged_renderable *ran_the_following(staged_script *script)
{
    char *line = stg_effective_command_line(script, 4);
    staged_renderable *content =
        line == NULL ? NULL : stg_command_text_new(&(stg_command_text_options){.command = line});
    free(line);
    return content;
}

static staged_renderable *commands_executed(staged_script *script)
{
    return stg_history_list(&script->history);
}

static staged_renderable *timing_results(staged_script *script)
{
    return stg_timing_table(script);
}

/* Adds the stages that were allowed to fail, and did. */
static void add_allowed_failures(const staged_script *script, stg_buf *names)
{
    for (size_t i = 0; i < script->stage_count; i++) {
        const stg_stage *stage = &script->stages[i];
        if (stage->declaration->may_fail &&
            (stage->outcome == STAGED_OUTCOME_FAILED || stage->outcome == STAGED_OUTCOME_ABANDONED))
            stg_buf_addf(names, "%s'%s'", names->length == 0 ? "" : ", ", stage->name);
    }
}

static staged_renderable *script_result(staged_script *script)
{
    if (script->run->interrupt != 0)
        return staged_markup_new("[bold red]Interrupted");
    stg_buf allowed = {0};
    add_allowed_failures(script, &allowed);
    const char *names = stg_buf_text(&allowed);
    staged_renderable *content = NULL;
    if (!staged_script_success(script))
        content = staged_markup_new("[bold red]Failure");
    else if (allowed.length == 0 && script->run->unheeded == 0)
        content = staged_markup_new("[bold green]Success");
    else if (script->run->unheeded == 0)
        content = staged_markup_new("[bold green]Success[/], although %s failed (allowed)", names);
    else
        content = staged_markup_new(
            "[bold green]Success[/], although %s%s%u %s failed; see the log", names,
            allowed.length == 0 ? "" : " failed (allowed) and ", script->run->unheeded,
            script->run->unheeded == 1 ? "command" : "commands");
    stg_buf_free(&allowed);
    return content;
}

typedef struct default_section {
    const char *heading;
    staged_renderable *(*make)(staged_script *script);
} default_section;

static const char result_heading[] = "Script result";
/* Adds what only some runs have, before their result. */
static staged_status add_remarks(staged_script *script, size_t *place)
{
    static const char heading[] = "Remarks";
    staged_renderable *remarks =
        find(&script->sections, heading) == NULL ? stg_remarks(script) : NULL;
    return remarks == NULL ? STAGED_OK : set(&script->sections, heading, remarks, (*place)++);
}

static const default_section defaults[] = {
    {"Ran the following", ran_the_following},
    {"Commands executed", commands_executed},
    {"Timing results", timing_results},
    {result_heading, script_result},
};

/* They come first; sections that the author has set under the same headings stay. */
staged_status stg_summary_defaults(staged_script *script)
{
    /* A run that is not fully known cannot be called a success. */
    if (script->history.failed || script->timings.status == STAGED_NO_MEMORY)
        script->run->failed = true;
    size_t place = 0;
    for (size_t i = 0; i < sizeof defaults / sizeof defaults[0]; i++) {
        if (strcmp(defaults[i].heading, result_heading) == 0)
            STAGED_TRY(add_remarks(script, &place));
        if (find(&script->sections, defaults[i].heading) != NULL)
            continue;
        STAGED_TRY(set(&script->sections, defaults[i].heading, defaults[i].make(script), place));
        place++;
    }
    return STAGED_OK;
}

/* ---- Printing ---- */

/* A section, whose content is taken over. */
static staged_renderable *below_heading(staged_script *script, const char *heading,
                                        staged_renderable *content)
{
    const staged_padding_options padding = {
        .size = sizeof padding, .pad = {.given = true, .top = 1, .bottom = 1, .left = 4}};
    staged_renderable *all = staged_render_group_new();
    const staged_status status =
        staged_render_group_add(all, stg_log_markup(script, "➤ %s:", heading));
    if (staged_render_group_add(all, staged_padding_new(&padding, content)) == STAGED_OK &&
        status == STAGED_OK)
        return all;
    staged_renderable_free(all);
    return NULL;
}

/* Puts all sections with their headings into one drawing, which owns them from then on. */
static staged_status put_together(staged_script *script, staged_renderable *all)
{
    staged_status status = STAGED_OK;
    for (size_t i = 0; i < script->sections.count; i++) {
        stg_section *section = &script->sections.items[i];
        staged_renderable *whole = below_heading(script, section->heading, section->content);
        section->content = NULL;
        const staged_status added = staged_render_group_add(all, whole);
        if (added == STAGED_OK)
            section->drawn = whole;
        else
            status = added;
    }
    return status;
}

static void log_result_as_it_is_now(staged_script *script)
{
    const staged_location nowhere = {0};
    (void)stg_log_taken(script, &nowhere,
                        below_heading(script, result_heading, script_result(script)));
}

/* A section that cannot be drawn must not hide the others, and is a failure: the result comes last,
 * and includes it. */
static staged_status log_one_by_one(staged_script *script)
{
    const staged_location nowhere = {0};
    staged_status first_failure = STAGED_OK;
    for (size_t i = 0; i < script->sections.count; i++) {
        const stg_section *section = &script->sections.items[i];
        if (strcmp(section->heading, result_heading) == 0)
            continue;
        const staged_status status = staged_log_renderable_at(script, &nowhere, section->drawn);
        if (status == STAGED_OK)
            continue;
        stg_buf what = {0};
        stg_buf_addf(&what, "The section '%s' of the summary", section->heading);
        stg_note(script, status, stg_buf_text(&what));
        stg_buf_free(&what);
        if (first_failure == STAGED_OK)
            first_failure = status;
    }
    log_result_as_it_is_now(script);
    return first_failure;
}

/* If the hook failed, shows what it has collected, with what every summary has. */
static staged_status log_sections(staged_script *script, staged_status collected)
{
    if (collected != STAGED_OK) {
        stg_note(script, collected, "The summary");
        STAGED_TRY(stg_summary_defaults(script));
    }
    staged_renderable *all = staged_render_group_new();
    staged_status status = put_together(script, all);
    const staged_location nowhere = {0};
    if (status == STAGED_OK && collected == STAGED_OK)
        status = staged_log_renderable_at(script, &nowhere, all);
    if (status != STAGED_OK || collected != STAGED_OK)
        status = log_one_by_one(script);
    staged_renderable_free(all);
    return collected != STAGED_OK ? collected : status;
}

/* The place gets a line of its own: beside the sections a long file name would leave so little room
 * that durations would be cut. */
static void log_place(staged_script *script)
{
    const staged_location where = stg_script_location(script);
    (void)stg_log_taken(script, &where, staged_text_new(NULL, ""));
}

staged_status staged_script_print_summary(staged_script *script)
{
    script->summary_printed = true;
    staged_status collected = stg_call_hook(script, STAGED_HOOK_SUMMARY, NULL);
    if (stg_notice_signal(script))
        collected = STAGED_INTERRUPTED;
    staged_console_rule(script->console, NULL, "%s Script Execution Summary", script->title.name);
    log_place(script);
    const staged_status status = log_sections(script, collected);
    staged_console_rule(script->console, NULL, "End %s Script Execution Summary",
                        script->title.name);
    stg_sections_free(&script->sections);
    return status;
}
