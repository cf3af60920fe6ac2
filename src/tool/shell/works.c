/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Background work of a function. */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "tool/shell/shell.h"

sh_work *sh_work_begin(sh_shell *shell, sh_frame *frame, const sh_request *request)
{
    sh_work *work = sh_alloc(sizeof *work);
    work->name = sh_copy(request->words[0]);
    work->function = (sh_function){.name = sh_copy(request->words[1]),
                                   .runs = sh_copy(request->words[1]),
                                   .where = request->where};
    work->call = *frame->call;
    work->frame =
        (sh_frame){.id = ++shell->frame_count, .function = &work->function, .call = &work->call};
    /* At the end: work is awaited in the order in which it began. */
    sh_work **link = &frame->works;
    while (*link != NULL)
        link = &(*link)->next;
    *link = work;
    return work;
}

sh_work *sh_work_find(const sh_frame *frame, const char *name)
{
    sh_work *found = NULL;
    for (sh_work *work = frame->works; work != NULL; work = work->next) {
        if (strcmp(work->name, name) == 0)
            found = work; /* a later one may reuse the name of one that was awaited */
    }
    return found;
}

bool sh_work_goes_on(const sh_work *work)
{
    const pid_t pid = (pid_t)work->frame.pid;
    return !work->frame.done && (pid == 0 || kill(pid, 0) == 0 || errno == EPERM);
}

bool sh_any_work_goes_on(const sh_frame *frame)
{
    for (; frame != NULL; frame = frame->outer) {
        for (const sh_work *work = frame->works; work != NULL; work = work->next) {
            if (sh_work_goes_on(work))
                return true;
        }
    }
    return false;
}

void sh_work_cancel(sh_work *work)
{
    work->is_cancelled = true;
    sh_begin_ending(&work->frame);
    sh_end_rest(&work->frame);
}

staged_status sh_work_end(sh_shell *shell, sh_work *work, int exit_code)
{
    work->frame.done = true;
    work->frame.exit_code = exit_code;
    return work->is_cancelled ? STAGED_OK : sh_judge(shell, &work->frame);
}

static void free_work(sh_work *work)
{
    sh_frame_free(&work->frame);
    free(work->name);
    free(work->function.name);
    free(work->function.runs);
    free(work);
}

void sh_work_forget(sh_frame *frame, sh_work *work)
{
    sh_work **link = &frame->works;
    while (*link != work)
        link = &(*link)->next;
    *link = work->next;
    free_work(work);
}

void sh_end_works(sh_frame *frame)
{
    /* Ask all of them to end before waiting for the first one. */
    for (sh_work *work = frame->works; work != NULL; work = work->next) {
        if (!work->frame.done)
            sh_begin_ending(&work->frame);
    }
    while (frame->works != NULL) {
        sh_work *work = frame->works;
        frame->works = work->next;
        if (!work->frame.done)
            sh_end_rest(&work->frame);
        free_work(work);
    }
}

void sh_frame_free(sh_frame *frame)
{
    sh_end_works(frame);
    sh_stop_commands(frame);
    char *failure, *text;
    sh_end_commands(frame, 0, frame->exit_code, &failure, &text);
    free(failure);
    free(text);
    sh_keep_failed(frame, 0, 0, NULL, NULL);
    sh_forget_untold(frame);
    free(frame->jobs);
    staged_family_free(frame->family);
    sh_trouble_free(&frame->trouble);
    sh_trouble_free(&frame->said);
}
