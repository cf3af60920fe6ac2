/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Keeps shared variables for a run that resumes this one. */
#include <stdlib.h>
#include <string.h>

#include <staged/bridge.h>
#include <staged/events.h>
#include <staged/kept.h>

#include "tool/shell/shell.h"

/* ---- Keeping ---- */

static bool has_secret(const sh_shell *shell, const char *text)
{
    if (shell->secrets == NULL)
        return false;
    char *masked = staged_secrets_mask(shell->secrets, text, strlen(text), NULL);
    const bool has = masked == NULL || strcmp(masked, text) != 0;
    free(masked);
    return has;
}

/* Says once that a variable will not be restored in a run that resumes this one. */
static void tell_unkept(sh_shell *shell, const char *name)
{
    for (size_t i = 0; i < shell->unkept_count; i++) {
        if (strcmp(shell->unkept[i], name) == 0)
            return;
    }
    shell->unkept = sh_grown(shell->unkept, shell->unkept_count, sizeof *shell->unkept);
    shell->unkept[shell->unkept_count++] = sh_copy(name);
    (void)staged_log_at(shell->keeper, NULL,
                        "[yellow]Not kept:[/]  the variable '%s' contains a secret, and would not "
                        "be set in a run that resumes this one.",
                        name);
}

static bool is_shared(const sh_shell *shell, const char *name)
{
    for (size_t i = 0; i < shell->shared_count; i++) {
        if (strcmp(shell->shared[i], name) == 0)
            return true;
    }
    return false;
}

static void keep_all(sh_shell *shell)
{
    for (size_t i = 0; i < shell->news_count; i++) {
        const sh_news *news = &shell->news[i];
        if (!is_shared(shell, news->name))
            continue;
        const char *text = news->text;
        if (has_secret(shell, text)) {
            tell_unkept(shell, news->name);
            text = NULL;
        }
        if (staged_keep_at(shell->keeper, NULL, news->name, text) != STAGED_OK)
            staged_forget_failure(shell->keeper);
    }
}

/* A stage that always runs will do so again; and without a record nothing can be resumed. */
static bool is_final(const sh_shell *shell, const staged_event *event)
{
    const sh_stage *stage = sh_find_stage(&shell->source, event->stage);
    return event->outcome == STAGED_OUTCOME_PASSED && !event->earlier &&
           (stage == NULL || !stage->row.always) && staged_script_keeps_output(shell->keeper);
}

static void notify(void *context, const staged_event *event)
{
    sh_shell *shell = context;
    if (event->kind == STAGED_EVENT_STAGE_BEGIN)
        shell->keeper_depth++;
    if (event->kind == STAGED_EVENT_STAGE_END && --shell->keeper_depth == 0 &&
        is_final(shell, event))
        keep_all(shell);
}

staged_status sh_keep_shared(sh_shell *shell, staged_script *script)
{
    /* What an inner script does is part of a stage of the outer one. */
    if (shell->before != NULL || shell->shared_count == 0)
        return STAGED_OK;
    shell->keeper = script;
    return staged_script_add_observer(
        script, STAGED_OPTIONS(staged_observer, .notify = notify, .context = shell));
}

/* ---- The run that resumes it ---- */

void sh_restore_shared(sh_shell *shell, const staged_script *script)
{
    for (size_t i = 0; shell->keeper == script && i < shell->shared_count; i++) {
        const char *text = staged_script_kept(script, shell->shared[i]);
        if (text != NULL)
            sh_news_set(shell, shell->shared[i], text);
    }
}
