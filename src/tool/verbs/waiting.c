/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The verbs that wait. */
#include <staged/renderable.h>
#include <staged/waiting.h>

#include "tool/verbs/verb.h"

void sh_verb_pause(sh_shell *shell, const sh_request *request)
{
    const double seconds = sh_seconds_of(shell, request, 0);
    if (seconds < 0)
        return;
    if (request->word_count == 1) {
        sh_fail_verb(shell, request,
                     staged_pause_text(shell->script, &request->where, seconds, ""));
        return;
    }
    sh_format f;
    if (sh_format_words(shell, request, 1, &f))
        sh_fail_verb(shell, request,
                     staged_pause_at(shell->script, &request->where, seconds, sh_text_of(&f.format),
                                     SH_VALUES(&f)));
    sh_format_free(&f);
}

static const staged_argument_options poll_arguments[] = {
    {.size = sizeof(staged_argument_options), .flags = "what", .metavar = "WHAT"},
    {.size = sizeof(staged_argument_options), .flags = "--interval", .type = STAGED_ARG_FLOAT},
    {.size = sizeof(staged_argument_options), .flags = "--timeout", .type = STAGED_ARG_FLOAT},
    {.size = sizeof(staged_argument_options), .flags = "--show"},
    {.size = sizeof(staged_argument_options),
     .flags = "condition",
     .metavar = "COMMAND",
     .nargs = STAGED_NARGS_COMMAND_AND_REST},
};

typedef struct polled {
    sh_shell *shell;
    const char *const *words;
    const char *show; /* a function; NULL: none */
} polled;

static staged_status look(staged_script *script, void *context)
{
    const polled *condition = context;
    (void)script;
    return sh_call_condition(condition->shell, condition->words[0], condition->words + 1);
}

/* Shows what the function logs; a function that fails shows nothing. */
static staged_renderable *show(staged_script *script, void *context)
{
    const polled *condition = context;
    sh_shell *shell = condition->shell;
    (void)script;
    shell->picture = staged_render_group_new();
    const bool good = sh_call_to_show(shell, condition->show);
    staged_renderable *picture = shell->picture;
    shell->picture = NULL;
    if (good)
        return picture;
    staged_renderable_free(picture);
    return NULL;
}

void sh_verb_poll(sh_shell *shell, const sh_request *request)
{
    sh_frame *frame = sh_calling_frame(shell, request);
    if (frame == NULL)
        return;
    staged_namespace *words = sh_read_words(shell, request, poll_arguments,
                                            sizeof poll_arguments / sizeof poll_arguments[0]);
    if (words == NULL)
        return;
    polled condition = {.shell = shell,
                        .words = staged_namespace_list(words, "condition"),
                        .show = staged_namespace_text(words, "show")};
    const staged_status status = staged_poll_with(
        shell->script,
        STAGED_OPTIONS(staged_poll_options, .what = staged_namespace_text(words, "what"),
                       .condition = look, .context = &condition,
                       .interval_s = staged_namespace_float(words, "interval"),
                       .timeout_s = staged_namespace_float(words, "timeout"),
                       .show = condition.show == NULL ? NULL : show, .where = request->where));
    /* The status says whether the wait timed out; any other failure of the wait ends the
     * function. */
    if (status == STAGED_OK || status == STAGED_TIMED_OUT)
        sh_answer_call(shell, request, frame, status);
    else if (!frame->done)
        sh_answer_exit(shell, sh_keep_failure(shell, request, status));
    staged_namespace_free(words);
}
