/* SPDX-License-Identifier: BSD-3-Clause */
#include "script/face/window.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory/grow.h"
#include "base/system/duration.h"
#include "console/framework.h"
#include "script/record/told.h"
#include "script/state/events.h"

/* About how long people watch a script before they turn to something else. */
static const double default_notify_after_s = 30;

static const char title_variable[] = "STAGED_TITLE";
static const char notify_variable[] = "STAGED_NOTIFY";
static const char none[] = "none";

typedef struct window {
    staged_script *script;
    bool has_title;
    double notify_after_s; /* negative: never */
    stg_told told[2];
    /* The names of the running stages, the innermost last. */
    char **stages;
    size_t count, capacity;
} window;

/* ---- The title ---- */

static void show(window *w, int64_t attempt)
{
    if (!w->has_title)
        return;
    stg_buf title = {0};
    stg_buf_add_text(&title, w->script->title.stem);
    if (w->count > 0 && w->stages[w->count - 1] != NULL)
        stg_buf_addf(&title, ": %s", w->stages[w->count - 1]);
    if (attempt > 1)
        stg_buf_addf(&title, " (attempt %" PRId64 ")", attempt);
    if (stg_buf_status(&title) == STAGED_OK)
        stg_console_set_title(w->script->console, stg_buf_text(&title));
    stg_buf_free(&title);
}

static void begin_stage(window *w, const char *name)
{
    if (!stg_grow(&w->stages, &w->capacity, w->count + 1, sizeof w->stages[0]))
        return;
    w->stages[w->count++] = strdup(name);
}

static void end_stage(window *w)
{
    if (w->count > 0)
        free(w->stages[--w->count]);
}

/* ---- The end ---- */

static const char *words_of(staged_outcome outcome)
{
    return outcome == STAGED_OUTCOME_PASSED ? "succeeded" : "failed";
}

/* An operator who has interrupted the script is present. */
static void call_operator(const window *w, const staged_event *event)
{
    enum { PRECISION_NS = 1000000000 };
    char took[STG_SECONDS_TEXT_SIZE];
    if (w->notify_after_s < 0 || event->outcome == STAGED_OUTCOME_INTERRUPTED ||
        (double)event->duration_ns / 1e9 < w->notify_after_s)
        return;
    stg_buf words = {0};
    stg_buf_addf(&words, "%s %s after %s s", w->script->title.stem, words_of(event->outcome),
                 stg_seconds_text(event->duration_ns / PRECISION_NS * PRECISION_NS, took));
    if (stg_buf_status(&words) == STAGED_OK)
        stg_console_call(w->script->console, stg_buf_text(&words));
    stg_buf_free(&words);
}

/* ---- The choices of the author and the user ---- */

static bool is_said(const char *value, const char *word)
{
    return value != NULL && strcmp(value, word) == 0;
}

static bool says_nothing(const char *value)
{
    return value == NULL || *value == '\0';
}

static bool is_in_ci(void)
{
    const char *ci = getenv("CI");
    return ci != NULL && *ci != '\0' && strcmp(ci, "0") != 0 && strcmp(ci, "false") != 0;
}

static bool wants_title(staged_choice authors)
{
    const char *users = getenv(title_variable);
    if (is_said(users, none) || is_said(users, "yes"))
        return is_said(users, "yes");
    return authors != STAGED_NO;
}

/* Reads seconds, or "none"; false: neither. */
static bool read_seconds(const char *text, double *seconds)
{
    char *end;
    *seconds = -1;
    if (strcmp(text, none) == 0)
        return true;
    *seconds = strtod(text, &end);
    return end != text && *end == '\0' && *seconds >= 0;
}

static double seconds_of(double authors)
{
    const char *users = getenv(notify_variable);
    double seconds;
    if (!says_nothing(users) && read_seconds(users, &seconds))
        return seconds;
    return authors == 0 || isnan(authors) ? default_notify_after_s : authors;
}

/* Must run before the variables are overwritten. */
static void tell_unknown(staged_script *script)
{
    const char *title = getenv(title_variable);
    const char *seconds = getenv(notify_variable);
    double number;
    if (!says_nothing(title) && !is_said(title, none) && !is_said(title, "yes"))
        (void)staged_log_at(
            script, NULL, "[yellow]STAGED_TITLE:[/] '%s' is neither yes nor none, and is ignored.",
            title);
    if (!says_nothing(seconds) && !read_seconds(seconds, &number))
        (void)staged_log_at(script, NULL,
                            "[yellow]STAGED_NOTIFY:[/] '%s' is neither a number of seconds nor "
                            "none, and is ignored.",
                            seconds);
}

/* ---- Events ---- */

static void begin(window *w)
{
    tell_unknown(w->script);
    stg_tell_commands(&w->told[0], title_variable, none);
    stg_tell_commands(&w->told[1], notify_variable, none);
    show(w, 0);
}

static void end(window *w)
{
    if (w->has_title)
        stg_console_give_title_back(w->script->console);
    for (size_t i = 0; i < 2; i++)
        stg_tell_commands_no_more(&w->told[i]);
}

static void notify(void *context, const staged_event *event)
{
    window *w = context;
    switch (event->kind) {
    case STAGED_EVENT_SCRIPT_BEGIN:
        begin(w);
        break;
    case STAGED_EVENT_STAGE_BEGIN:
        begin_stage(w, event->stage);
        if (event->selected)
            show(w, 0);
        break;
    case STAGED_EVENT_ATTEMPT_BEGIN:
        if (event->attempt > 1)
            show(w, event->attempt);
        break;
    case STAGED_EVENT_STAGE_END:
        end_stage(w);
        /* The next stage begins at once, unless there is an outer stage. */
        if (w->count > 0)
            show(w, 0);
        break;
    case STAGED_EVENT_SCRIPT_END:
        call_operator(w, event);
        break;
    default:
        break;
    }
}

static void release(void *context)
{
    window *w = context;
    end(w);
    while (w->count > 0)
        end_stage(w);
    free(w->stages);
    free(w);
}

/* ---- The observer ---- */

staged_status stg_window_add(staged_script *script, const staged_script_options *options)
{
    if (!stg_console_has_window(script->console) || is_in_ci())
        return STAGED_OK;
    const bool has_title = wants_title(options->window_title);
    const double notify_after_s = seconds_of(options->notify_after_s);
    if (!has_title && notify_after_s < 0)
        return STAGED_OK;
    window *w = calloc(1, sizeof *w);
    if (w == NULL)
        return STAGED_NO_MEMORY;
    *w = (window){.script = script, .has_title = has_title, .notify_after_s = notify_after_s};
    return staged_script_add_observer(script, STAGED_OPTIONS(staged_observer, .notify = notify,
                                                             .context = w, .release = release));
}
