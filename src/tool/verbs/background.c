/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The verbs for background work. */
#include <stdlib.h>
#include <string.h>

#include "tool/verbs/verb.h"

/* Only the function's own process can wait for what it has started. */
static sh_frame *own_frame(sh_shell *shell, const sh_request *request)
{
    sh_frame *frame = sh_find_frame(shell, request->frame);
    if (frame != NULL && frame->pid == request->pid)
        return frame;
    sh_bad_verb(shell, request, "'%s' cannot be used in a subshell", request->verb);
    return NULL;
}

static sh_work *named_work(sh_shell *shell, const sh_request *request, const sh_frame *frame,
                           const char *name)
{
    sh_work *work = sh_work_find(frame, name);
    if (work == NULL)
        sh_bad_verb(shell, request, "%s: no background work of this function is called '%s'",
                    request->verb, name);
    return work;
}

void sh_verb_background(sh_shell *shell, const sh_request *request)
{
    sh_frame *frame = own_frame(shell, request);
    if (frame == NULL)
        return;
    if (request->word_count < 2 || *request->words[0] == '\0' || request->words[0][0] == '-') {
        sh_bad_verb(shell, request, "background needs a name and a command");
        return;
    }
    const sh_work *before = sh_work_find(frame, request->words[0]);
    if (before != NULL && !before->frame.done) {
        sh_bad_verb(shell, request, "background: '%s' has not been awaited yet", before->name);
        return;
    }
    sh_text text = {0};
    sh_text_addf(&text, "_staged_work=%u", sh_work_begin(shell, frame, request)->frame.id);
    sh_answer_eval(shell, sh_text_of(&text));
    sh_answer(shell, 0);
    sh_text_free(&text);
}

/* `await [--cancel] NAME...`: names the work that the shell must wait for. */
void sh_verb_await(sh_shell *shell, const sh_request *request)
{
    sh_frame *frame = own_frame(shell, request);
    if (frame == NULL)
        return;
    const bool cancels = request->word_count > 0 && strcmp(request->words[0], "--cancel") == 0;
    if (request->word_count <= (size_t)cancels) {
        sh_bad_verb(shell, request, "await needs the name of background work");
        return;
    }
    sh_text text = {0};
    sh_text_addf(&text, "_staged_names=(");
    for (size_t i = cancels; i < request->word_count; i++) {
        sh_work *work = named_work(shell, request, frame, request->words[i]);
        if (work == NULL) {
            sh_text_free(&text);
            return;
        }
        if (work->frame.done)
            continue;
        if (cancels)
            sh_work_cancel(work);
        sh_text_addf(&text, " ");
        sh_text_add_word(&text, work->name);
    }
    sh_text_addf(&text, ")");
    sh_answer_eval(shell, sh_text_of(&text));
    sh_answer(shell, 0);
    sh_text_free(&text);
}

/* The shell has waited for the work. */
void sh_verb_awaited(sh_shell *shell, const sh_request *request)
{
    const sh_frame *frame = sh_find_frame(shell, request->frame);
    sh_work *work = frame == NULL ? NULL : sh_work_find(frame, request->words[0]);
    if (work == NULL || request->word_count < 2)
        sh_answer(shell, 1);
    else
        sh_fail_verb(shell, request, sh_work_end(shell, work, atoi(request->words[1])));
}

/* A function that fails, or exits, does not wait for its work. */
void sh_verb_cancel_works(sh_shell *shell, const sh_request *request)
{
    sh_frame *frame = sh_find_frame(shell, request->frame);
    if (frame != NULL)
        sh_end_works(frame);
    sh_answer(shell, 0);
}

void sh_verb_running(sh_shell *shell, const sh_request *request)
{
    const sh_frame *frame = sh_find_frame(shell, request->frame);
    const sh_work *work = NULL;
    if (request->word_count != 1)
        sh_bad_verb(shell, request, "running needs the name of background work");
    else if (frame == NULL)
        sh_answer(shell, 1);
    else
        work = named_work(shell, request, frame, request->words[0]);
    if (work != NULL)
        sh_answer(shell, !sh_work_goes_on(work));
}
