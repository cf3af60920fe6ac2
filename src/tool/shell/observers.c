/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Functions that observe events.  Events that happen while nobody waits for a reply are passed on
 * as soon as somebody does. */
#include <stdlib.h>
#include <string.h>

#include <staged/events.h>

#include "tool/shell/shell.h"

static const char *name_of_kind(staged_event_kind kind)
{
    switch (kind) {
    case STAGED_EVENT_SCRIPT_BEGIN:
        return "script_begin";
    case STAGED_EVENT_STAGE_BEGIN:
        return "stage_begin";
    case STAGED_EVENT_ATTEMPT_BEGIN:
        return "attempt_begin";
    case STAGED_EVENT_COMMAND_BEGIN:
        return "command_begin";
    case STAGED_EVENT_COMMAND_END:
        return "command_end";
    case STAGED_EVENT_ATTEMPT_END:
        return "attempt_end";
    case STAGED_EVENT_STAGE_END:
        return "stage_end";
    case STAGED_EVENT_SCRIPT_END:
        return "script_end";
    default:
        return NULL;
    }
}

static const char *name_of_outcome(staged_outcome outcome)
{
    switch (outcome) {
    case STAGED_OUTCOME_PASSED:
        return "passed";
    case STAGED_OUTCOME_SKIPPED:
        return "skipped";
    case STAGED_OUTCOME_RETRYING:
        return "retrying";
    case STAGED_OUTCOME_ABANDONED:
        return "abandoned";
    case STAGED_OUTCOME_FAILED:
        return "failed";
    case STAGED_OUTCOME_EXITED:
        return "exited";
    case STAGED_OUTCOME_INTERRUPTED:
        return "interrupted";
    default:
        return "";
    }
}

static void add_member(sh_text *text, const char *name, const char *value)
{
    sh_text_addf(text, " [%s]=", name);
    sh_text_add_word(text, value == NULL ? "" : value);
}

/* Stores an event as an assignment for the shell. */
static void notify(void *context, const staged_event *event)
{
    sh_shell *shell = context;
    const char *kind = name_of_kind(event->kind);
    if (shell->observer_count == 0 || kind == NULL || shell->tells_events)
        return;
    sh_text text = {0};
    sh_text_addf(&text, "declare -gA event=(");
    add_member(&text, "kind", kind);
    add_member(&text, "stage", event->stage);
    add_member(&text, "outcome", name_of_outcome(event->outcome));
    add_member(&text, "command", event->command);
    add_member(&text, "message", event->message);
    sh_text_addf(&text, " [attempt]=%lld [duration]=%.6f [status]=%d)\n", (long long)event->attempt,
                 (double)event->duration_ns / 1e9, event->exit_status);
    shell->events = sh_grown(shell->events, shell->event_count, sizeof *shell->events);
    shell->events[shell->event_count++] = text.bytes;
}

/* The last moment at which the script's settings for output are known.  Everything that it started
 * has ended. */
static void show_rest(void *context)
{
    sh_shell *shell = context;
    shell->script = shell->observed;
    sh_show_output(shell, true);
    shell->script = NULL;
}

staged_status sh_add_observer(sh_shell *shell, staged_script *script)
{
    shell->observed = script;
    return staged_script_add_observer(
        script,
        STAGED_OPTIONS(staged_observer, .notify = notify, .context = shell, .release = show_rest));
}
