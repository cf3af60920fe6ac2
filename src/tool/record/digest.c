/* SPDX-License-Identifier: BSD-3-Clause */
#include "tool/record/digest.h"

#include <stdlib.h>
#include <string.h>

#include "tool/record/brief.h"

static const struct {
    const char *name;
    const char *style;
} outcomes[TOOL_RUN_OUTCOME_COUNT] = {
    [TOOL_RUN_PASSED] = {"passed", "green"},
    [TOOL_RUN_FAILED] = {"failed", "bold red"},
    [TOOL_RUN_INTERRUPTED] = {"interrupted", "bold red"},
    [TOOL_RUN_DIED] = {"died", "bold magenta"},
    [TOOL_RUN_RUNNING] = {"running", "bold cyan"},
};

const char *tool_run_outcome_name(tool_run_outcome outcome)
{
    return outcomes[outcome].name;
}

const char *tool_run_outcome_style(tool_run_outcome outcome)
{
    return outcomes[outcome].style;
}

static void set(char **member, const char *text)
{
    free(*member);
    *member = text == NULL || *text == '\0' ? NULL : sh_copy(text);
}

static const char *text_or_empty(const char *text)
{
    return text == NULL ? "" : text;
}

/* ---- Kinds of events ---- */

static void take_run(tool_digest *d, const tool_brief *event)
{
    set(&d->script, event->script);
    set(&d->id, event->id);
    set(&d->path, event->path);
    set(&d->host, event->host);
    set(&d->resumes, event->resumes);
    set(&d->hash, event->hash);
    d->pid = tool_brief_value(event->pid, 0);
    d->began_ns = tool_brief_value(event->wall_ns, 0) - tool_brief_value(event->elapsed_ns, 0);
    d->has_begun = true;
    set(&d->arguments, sh_text_of(&event->words));
}

static tool_digest_stage *stage_of(tool_digest *d, const char *name)
{
    for (size_t i = d->stage_count; i > 0; i--) {
        if (strcmp(d->stages[i - 1].name, name) == 0)
            return &d->stages[i - 1];
    }
    d->stages = sh_grown(d->stages, d->stage_count, sizeof *d->stages);
    d->stages[d->stage_count] = (tool_digest_stage){.name = sh_copy(name), .outcome = sh_copy("")};
    return &d->stages[d->stage_count++];
}

static void take_stage_begin(tool_digest *d, const tool_brief *event)
{
    const char *name = text_or_empty(event->stage);
    (void)stage_of(d, name);
    set(&d->stage, name);
}

static bool is_bad(const char *outcome)
{
    return strcmp(outcome, "failed") == 0 || strcmp(outcome, "abandoned") == 0 ||
           strcmp(outcome, "interrupted") == 0;
}

static void take_stage_end(tool_digest *d, const tool_brief *event)
{
    tool_digest_stage *stage = stage_of(d, text_or_empty(event->stage));
    const char *outcome = text_or_empty(event->outcome);
    set(&stage->outcome, outcome);
    if (stage->outcome == NULL)
        stage->outcome = sh_copy("");
    stage->duration_ns += tool_brief_value(event->duration_ns, 0);
    stage->is_earlier = tool_brief_value(event->earlier, false);
    if (is_bad(outcome)) {
        set(&d->failed_stage, stage->name);
        set(&d->failed_command, d->command);
    }
    set(&d->stage, NULL);
    set(&d->command, NULL);
}

static void take_command_begin(tool_digest *d, const tool_brief *event)
{
    const char *command = text_or_empty(event->command);
    d->command_count++;
    d->command_number = tool_brief_value(event->number, 0);
    set(&d->command, command);
    sh_text_addf(&d->commands, "%s\n", command);
}

static void take_command_end(tool_digest *d, const tool_brief *event)
{
    if (tool_brief_value(event->number, 0) == d->command_number &&
        tool_brief_value(event->expected, tool_brief_value(event->exit_code, 1) == 0))
        set(&d->command, NULL);
}

/* It is where a run is, as a command is, but none of those: its number is another one's.  The list
 * of commands has it already. */
static void take_each_begin(tool_digest *d, const tool_brief *event)
{
    d->command_number = 0;
    set(&d->command, text_or_empty(event->command));
}

static void take_each_end(tool_digest *d, const tool_brief *event)
{
    if (d->command_number == 0 && strcmp(text_or_empty(event->outcome), "passed") == 0)
        set(&d->command, NULL);
}

static tool_run_outcome outcome_of_end(const tool_brief *event)
{
    const char *outcome = text_or_empty(event->outcome);
    if (strcmp(outcome, "interrupted") == 0)
        return TOOL_RUN_INTERRUPTED;
    if (strcmp(outcome, "passed") == 0)
        return TOOL_RUN_PASSED;
    if (*outcome == '\0' && tool_brief_value(event->exit_status, 1) == 0)
        return TOOL_RUN_PASSED;
    return TOOL_RUN_FAILED;
}

static void take_script_end(tool_digest *d, const tool_brief *event)
{
    d->has_ended = true;
    d->outcome = outcome_of_end(event);
    d->exit_status = tool_brief_value(event->exit_status, 0);
    d->duration_ns = tool_brief_value(event->elapsed_ns, tool_brief_value(event->duration_ns, 0));
    set(&d->message, event->message);
    if (d->outcome == TOOL_RUN_PASSED || d->failed_stage != NULL) {
        set(&d->stage, d->outcome == TOOL_RUN_PASSED ? NULL : d->failed_stage);
        set(&d->command, d->outcome == TOOL_RUN_PASSED ? NULL : d->failed_command);
    }
}

static const struct {
    const char *kind;
    void (*take)(tool_digest *digest, const tool_brief *event);
} kinds[] = {
    {"run", take_run},
    {"stage_begin", take_stage_begin},
    {"stage_end", take_stage_end},
    {"command_begin", take_command_begin},
    {"command_end", take_command_end},
    {"each_begin", take_each_begin},
    {"each_end", take_each_end},
    {"script_end", take_script_end},
};

static void take_attempt(tool_digest *d, const tool_brief *event)
{
    const char *name = text_or_empty(event->stage);
    tool_digest_stage *stage = *name == '\0' ? NULL : stage_of(d, name);
    const int64_t attempt = tool_brief_value(event->attempt, 0);
    if (stage != NULL && attempt > stage->attempts)
        stage->attempts = attempt;
}

/* ---- The whole ---- */

static void add_brief(tool_digest *digest, const tool_brief *event)
{
    const char *kind = text_or_empty(event->event);
    if (!digest->has_ended) {
        digest->last_ns = tool_brief_value(event->wall_ns, digest->last_ns);
        digest->duration_ns = tool_brief_value(event->elapsed_ns, digest->duration_ns);
    }
    take_attempt(digest, event);
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (strcmp(kinds[i].kind, kind) == 0)
            kinds[i].take(digest, event);
    }
}

void tool_digest_add(tool_digest *digest, const json_t *event)
{
    tool_brief brief = {0};
    tool_brief_take(&brief, event);
    add_brief(digest, &brief);
    tool_brief_free(&brief);
}

static bool wants(const char *kind)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (strcmp(kinds[i].kind, kind) == 0)
            return true;
    }
    return strcmp(kind, "attempt_end") == 0;
}

void tool_digest_end(tool_digest *digest, tool_life life)
{
    if (!digest->has_ended)
        digest->outcome = life == TOOL_LIFE_OVER ? TOOL_RUN_DIED : TOOL_RUN_RUNNING;
}

bool tool_digest_read(tool_digest *digest, const char *folder)
{
    tool_lines lines;
    tool_life life = TOOL_LIFE_UNKNOWN;
    *digest = (tool_digest){0};
    if (tool_lines_open(&lines, folder) != 0)
        return false;
    for (tool_brief event = {0}; tool_lines_next_brief(&lines, &event, wants);) {
        /* Before the rest is read: whatever a process wrote that has left is in there. */
        if (strcmp(event.event, "run") == 0 && !digest->has_begun)
            life = tool_lines_life_in_brief(&lines, &event);
        add_brief(digest, &event);
    }
    tool_digest_end(digest, life);
    tool_lines_close(&lines);
    return digest->has_begun;
}

void tool_digest_free(tool_digest *digest)
{
    char *const texts[] = {digest->script,    digest->id,           digest->path,
                           digest->host,      digest->resumes,      digest->hash,
                           digest->arguments, digest->stage,        digest->command,
                           digest->message,   digest->failed_stage, digest->failed_command};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        free(texts[i]);
    for (size_t i = 0; i < digest->stage_count; i++) {
        free(digest->stages[i].name);
        free(digest->stages[i].outcome);
    }
    free(digest->stages);
    sh_text_free(&digest->commands);
    *digest = (tool_digest){0};
}
