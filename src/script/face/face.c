/* SPDX-License-Identifier: BSD-3-Clause */
#include "script/face/face.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory/grow.h"
#include "script/face/choice.h"
#include "script/face/github.h"
#include "script/face/gitlab.h"
#include "script/face/step_summary.h"
#include "script/record/told.h"
#include "script/recording/shown.h"
#include "script/state/events.h"

/* GitHub shows no more annotations of each kind per step. */
enum { MOST_OF_A_KIND = 10 };

/* A running stage, on top of those whose phases run it. */
typedef struct face_stage {
    char *name; /* NULL: out of memory */
    int64_t attempt;
    char *reason; /* why the last attempt did not pass; NULL: none */
    staged_location where;
    bool has_group;
    size_t section; /* its number */
} face_stage;

typedef struct face {
    staged_script *script;
    bool is_on; /* the script has begun */
    staged_ci kind;
    stg_github github;
    stg_gitlab gitlab;
    size_t sections; /* how many have begun */
    face_stage *stages;
    size_t count, capacity;
    size_t errors, warnings; /* how many there were */
    bool group_is_over;      /* the open group's stage has ended */
    stg_step_summary summary;
    stg_told told; /* tells scripts run by commands that their marks would be text in this log */
} face;

/* ---- Annotations ---- */

static void annotate(face *f, const char *kind, size_t *count, const staged_location *where,
                     const char *title, const char *message)
{
    if (++*count <= MOST_OF_A_KIND)
        stg_github_annotate(&f->github,
                            &(stg_annotation){.kind = kind,
                                              .where = *where,
                                              .title = title,
                                              .message = *message == '\0' ? title : message});
}

static void tell_retry(face *f, const face_stage *stage)
{
    stg_buf title = {0};
    stg_buf_addf(&title, "Stage '%s' is retried after attempt %" PRId64,
                 stage->name == NULL ? "" : stage->name, stage->attempt);
    annotate(f, "warning", &f->warnings, &stage->where, stg_buf_text(&title),
             stage->reason == NULL ? "" : stage->reason);
    stg_buf_free(&title);
}

static const char *verb_of(staged_outcome outcome)
{
    switch (outcome) {
    case STAGED_OUTCOME_FAILED:
        return "failed";
    case STAGED_OUTCOME_ABANDONED:
        return "failed in every attempt";
    case STAGED_OUTCOME_INTERRUPTED:
        return "was interrupted";
    default:
        return NULL;
    }
}

static void tell_failure(face *f, const staged_event *event)
{
    const char *verb = verb_of(event->outcome);
    if (verb == NULL)
        return;
    stg_buf title = {0};
    stg_buf_addf(&title, "Stage '%s' %s", event->stage, verb);
    if (event->may_fail)
        annotate(f, "warning", &f->warnings, &event->where, stg_buf_text(&title), event->message);
    else
        annotate(f, "error", &f->errors, &event->where, stg_buf_text(&title), event->message);
    stg_buf_free(&title);
}

/* Says how many annotations were left out. */
static void tell_rest(face *f)
{
    const size_t errors = f->errors > MOST_OF_A_KIND ? f->errors - MOST_OF_A_KIND : 0;
    const size_t warnings = f->warnings > MOST_OF_A_KIND ? f->warnings - MOST_OF_A_KIND : 0;
    if (errors + warnings == 0)
        return;
    char message[128];
    (void)snprintf(message, sizeof message, "%zu more errors and %zu more warnings are in the log.",
                   errors, warnings);
    stg_github_annotate(
        &f->github,
        &(stg_annotation){.kind = "notice", .title = f->script->title.name, .message = message});
}

/* ---- Events ---- */

/* Lets workflow commands through again, for the program that runs this one. */
static void leave(face *f)
{
    if (!f->is_on)
        return;
    f->is_on = false;
    if (f->kind == STAGED_CI_GITHUB)
        stg_github_end(&f->github);
    stg_tell_commands_no_more(&f->told);
}

static face_stage *top(const face *f)
{
    return f->count == 0 ? NULL : &f->stages[f->count - 1];
}

static void free_stage(face_stage *stage)
{
    free(stage->name);
    free(stage->reason);
    *stage = (face_stage){0};
}

static void begin_stage(face *f, const staged_event *event)
{
    if (!stg_grow(&f->stages, &f->capacity, f->count + 1, sizeof f->stages[0])) {
        leave(f);
        return;
    }
    f->stages[f->count++] = (face_stage){.name = strdup(event->stage)};
    /* A skipped stage has nothing to fold. */
    if (!event->selected)
        return;
    f->group_is_over = false;
    top(f)->has_group = true;
    top(f)->section = ++f->sections;
    if (f->kind == STAGED_CI_GITHUB)
        stg_github_begin_group(&f->github, event->stage);
    else
        stg_gitlab_begin_section(&f->gitlab, event, f->sections);
}

/* Groups cannot be nested: begins a new one for the outer stage. */
static void go_on_outside(face *f)
{
    stg_buf title = {0};
    const face_stage *outside = top(f);
    stg_buf_addf(&title, "%s (continued)", outside->name == NULL ? "" : outside->name);
    stg_github_begin_group(&f->github, stg_buf_text(&title));
    stg_buf_free(&title);
}

/* Sections can be nested. */
static void end_section(face *f, const staged_event *event)
{
    if (f->count == 0)
        return;
    if (top(f)->has_group)
        stg_gitlab_end_section(&f->gitlab, event, top(f)->section);
    free_stage(&f->stages[--f->count]);
}

static void end_group(face *f, const staged_event *event)
{
    if (f->count == 0)
        return;
    const bool is_good =
        event->outcome == STAGED_OUTCOME_PASSED || event->outcome == STAGED_OUTCOME_SKIPPED;
    stg_step_summary_add(&f->summary, event, top(f)->attempt);
    tell_failure(f, event);
    const bool had_group = top(f)->has_group;
    free_stage(&f->stages[--f->count]);
    if (!had_group)
        return;
    if (!is_good)
        stg_github_leave_group(&f->github);
    if (f->count > 0)
        go_on_outside(f);
    else
        /* The group ends when the next one begins, unless something is logged in between: a
         * separate end would add lines to the log. */
        f->group_is_over = is_good;
}

static void begin_attempt(face *f, const staged_event *event)
{
    face_stage *stage = top(f);
    if (stage == NULL)
        return;
    if (event->attempt > 1 && f->kind == STAGED_CI_GITHUB)
        tell_retry(f, stage);
    stage->attempt = event->attempt;
    free(stage->reason);
    stage->reason = NULL;
}

static void end_attempt(face *f, const staged_event *event)
{
    face_stage *stage = top(f);
    if (stage == NULL)
        return;
    free(stage->reason);
    stage->reason = strdup(event->message);
    stage->where = event->where;
}

static void begin(face *f)
{
    if (f->is_on)
        return;
    f->is_on = f->kind == STAGED_CI_GITHUB ? stg_github_begin(&f->github, f->script->console)
                                           : stg_gitlab_begin(&f->gitlab, f->script->console) &&
                                                 stg_defuse_marks(f->script);
    if (f->is_on)
        stg_tell_commands(&f->told, "STAGED_CI", "none");
}

static void end(face *f, const staged_event *event)
{
    const char *path = getenv("GITHUB_STEP_SUMMARY");
    tell_rest(f);
    if (path != NULL && *path != '\0')
        (void)stg_step_summary_write(&f->summary, path, f->script->title.name, event);
}

static void notify(void *context, const staged_event *event)
{
    face *f = context;
    if (event->kind == STAGED_EVENT_SCRIPT_BEGIN)
        begin(f);
    if (!f->is_on)
        return;
    if (f->group_is_over && (event->kind != STAGED_EVENT_STAGE_BEGIN || !event->selected)) {
        f->group_is_over = false;
        stg_github_end_group(&f->github);
    }
    switch (event->kind) {
    case STAGED_EVENT_STAGE_BEGIN:
        begin_stage(f, event);
        break;
    case STAGED_EVENT_ATTEMPT_BEGIN:
        begin_attempt(f, event);
        break;
    case STAGED_EVENT_ATTEMPT_END:
        end_attempt(f, event);
        break;
    case STAGED_EVENT_STAGE_END:
        if (f->kind == STAGED_CI_GITHUB)
            end_group(f, event);
        else
            end_section(f, event);
        break;
    case STAGED_EVENT_SCRIPT_END:
        if (f->kind == STAGED_CI_GITHUB)
            end(f, event);
        break;
    default:
        break;
    }
}

/* Called when everything is over, including clean-up hooks. */
static void release(void *context)
{
    face *f = context;
    leave(f);
    while (f->count > 0)
        free_stage(&f->stages[--f->count]);
    free(f->stages);
    stg_step_summary_free(&f->summary);
    free(f);
}

staged_status stg_face_add(staged_script *script, staged_ci wanted)
{
    const char *unknown;
    const staged_ci kind = stg_face_choice(script->console, wanted, &unknown);
    if (kind == STAGED_CI_NONE)
        return STAGED_OK;
    face *f = calloc(1, sizeof *f);
    if (f == NULL)
        return STAGED_NO_MEMORY;
    f->script = script;
    f->kind = kind;
    return staged_script_add_observer(
        script, STAGED_OPTIONS(staged_observer, .notify = notify, .context = f, .release = release,
                               .wants_logs = kind == STAGED_CI_GITHUB));
}

void stg_face_tell_unknown(staged_script *script)
{
    const char *unknown;
    (void)stg_face_choice(script->console, STAGED_CI_NONE, &unknown);
    if (unknown != NULL)
        (void)staged_log_at(
            script, NULL,
            "[yellow]STAGED_CI:[/] '%s' is not github, gitlab or none, and is ignored.", unknown);
}
