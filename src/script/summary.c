/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The summary of a run.  Source: staged-script, print_script_execution_summary. */
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "script/object.h"

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

/* Sets a section; a new one goes to `place`. */
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
    sections->items[place] = (stg_section){copy, content};
    sections->count++;
    return STAGED_OK;
}

staged_status staged_summary_renderable(staged_script *script, const char *heading,
                                        staged_renderable *content)
{
    return set(&script->sections, heading, content, script->sections.count);
}

staged_status staged_summary_section(staged_script *script, const char *heading, const char *format,
                                     ...)
{
    va_list values;
    va_start(values, format);
    staged_renderable *content = stg_vmarkup(script, format, values);
    va_end(values);
    return staged_summary_renderable(script, heading, content);
}

/* ---- The sections that every summary has ---- */

static staged_renderable *ran_the_following(staged_script *script)
{
    char *line = script->args == NULL ? strdup(script->name)
                                      : staged_parser_command_line(script->parser, script->args, 4);
    staged_renderable *content = line == NULL ? NULL : stg_markup(script, "%s", line);
    free(line);
    return content;
}

static staged_renderable *commands_executed(staged_script *script)
{
    stg_buf text = {0};
    stg_history_add_list(&script->history, &text);
    staged_renderable *content =
        stg_buf_status(&text) == STAGED_OK ? stg_markup(script, "%s", stg_buf_text(&text)) : NULL;
    stg_buf_free(&text);
    return content;
}

static staged_renderable *timing_results(staged_script *script)
{
    return stg_timing_table(script);
}

/* What was allowed to fail, and did. */
static void add_allowed_failures(const staged_script *script, stg_buf *names)
{
    for (size_t i = 0; i < script->stages.count; i++) {
        const stg_stage *stage = &script->stages.items[i];
        if (stage->declaration->options.may_fail &&
            (stage->outcome == STAGED_OUTCOME_FAILED || stage->outcome == STAGED_OUTCOME_ABANDONED))
            stg_buf_addf(names, "%s'%s'", names->length == 0 ? "" : ", ", stage->name);
    }
}

static staged_renderable *script_result(staged_script *script)
{
    if (script->top->interrupt != 0)
        return staged_markup_new("[bold red]Interrupted");
    stg_buf allowed = {0};
    add_allowed_failures(script, &allowed);
    const char *names = stg_buf_text(&allowed);
    staged_renderable *content = NULL;
    if (!staged_success(script))
        content = staged_markup_new("[bold red]Failure");
    else if (allowed.length == 0)
        content = staged_markup_new("[bold green]Success");
    else
        content = staged_markup_new("[bold green]Success[/], although %s failed, as it may", names);
    stg_buf_free(&allowed);
    return content;
}

typedef struct default_section {
    const char *heading;
    staged_renderable *(*make)(staged_script *script);
} default_section;

static const default_section defaults[] = {
    {"Ran the following", ran_the_following},
    {"Commands executed", commands_executed},
    {"Timing results", timing_results},
    {"Script result", script_result},
};

/* They come first; what the author has set under the same heading stays. */
staged_status stg_summary_defaults(staged_script *script)
{
    /* What is not known in full cannot be called a success. */
    if (script->history.failed || script->timings.status == STAGED_NO_MEMORY)
        script->failed = true;
    size_t place = 0;
    for (size_t i = 0; i < sizeof defaults / sizeof defaults[0]; i++) {
        if (find(&script->sections, defaults[i].heading) != NULL)
            continue;
        STAGED_TRY(set(&script->sections, defaults[i].heading, defaults[i].make(script), place));
        place++;
    }
    return STAGED_OK;
}

/* ---- Printing ---- */

static staged_renderable *all_sections(staged_script *script)
{
    staged_renderable *all = staged_render_group_new();
    staged_status status = STAGED_OK;
    for (size_t i = 0; i < script->sections.count && status == STAGED_OK; i++) {
        stg_section *section = &script->sections.items[i];
        const staged_padding_options padding = {
            .pad = {.given = true, .top = 1, .bottom = 1, .left = 4}};
        status = staged_render_group_add(all, stg_markup(script, "➤ %s:", section->heading));
        if (status != STAGED_OK)
            break;
        status = staged_render_group_add(all, staged_padding_new(&padding, section->content));
        section->content = NULL;
    }
    if (status == STAGED_OK)
        return all;
    staged_renderable_free(all);
    return NULL;
}

/* A section that cannot be drawn, or a hook that failed, must not hide what was run: then what
 * every summary has is shown, with the result as it is now. */
static staged_status log_sections(staged_script *script, staged_status collected)
{
    const staged_location nowhere = {0};
    staged_status status = collected;
    if (collected == STAGED_OK)
        status = staged_log_renderable_at(script, &nowhere, all_sections(script));
    if (status == STAGED_OK)
        return STAGED_OK;
    stg_note(script, status, "The summary");
    stg_sections_free(&script->sections);
    STAGED_TRY(stg_summary_defaults(script));
    STAGED_TRY(staged_log_renderable_at(script, &nowhere, all_sections(script)));
    return status;
}

/* The place has a line of its own: beside the sections a long file name would leave so little room
 * that durations were cut. */
static void log_place(staged_script *script)
{
    const staged_location where = stg_script_location(script);
    (void)staged_log_renderable_at(script, &where, staged_text_new(NULL, ""));
}

staged_status staged_print_summary(staged_script *script)
{
    script->summary_printed = true;
    const staged_status collected = stg_call_hook(script, STAGED_SUMMARY, NULL);
    staged_console_rule(script->console, NULL, "%s Script Execution Summary", script->name);
    log_place(script);
    const staged_status status = log_sections(script, collected);
    staged_console_rule(script->console, NULL, "End %s Script Execution Summary", script->name);
    stg_sections_free(&script->sections);
    return status;
}
