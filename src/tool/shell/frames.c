/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Calls of the author's functions in progress: found, watched, ended. */
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <staged/signals.h>

#include "tool/common/clock.h"
#include "tool/shell/shell.h"

/* How long a function has to end by itself, and how often to check whether it has. */
static const double grace_s = 5;
static const double look_s = 0.02;

/* Searches a frame, its outer frames, and their background work. */
static sh_frame *find(sh_frame *frame, unsigned id)
{
    for (; frame != NULL; frame = frame->outer) {
        if (frame->id == id)
            return frame;
        for (sh_work *work = frame->works; work != NULL; work = work->next) {
            sh_frame *found = find(&work->frame, id);
            if (found != NULL)
                return found;
        }
    }
    return NULL;
}

sh_frame *sh_find_frame(const sh_shell *shell, unsigned id)
{
    return find(shell->frame, id);
}

sh_frame *sh_waiting_frame(const sh_frame *frame)
{
    sh_frame *outer = frame->outer;
    while (outer != NULL && outer->done)
        outer = outer->outer;
    return outer;
}

/* ---- Ending ---- */

static void signal_frame(const sh_frame *frame, int signal)
{
    if (frame->family != NULL)
        (void)staged_family_signal(frame->family, signal);
}

void sh_begin_ending(sh_frame *frame)
{
    if (frame->kill_s != 0)
        return;
    frame->kill_s = tool_now_s() + grace_s;
    sh_stop_commands(frame);
    signal_frame(frame, SIGTERM);
}

void sh_heed_signal(sh_frame *frame)
{
    struct pollfd signal = {.fd = staged_signals_descriptor(), .events = POLLIN};
    if (frame->exit_code == 0 || frame->interrupted || frame->is_aside ||
        poll(&signal, 1, 0) <= 0 || (signal.revents & POLLIN) == 0)
        return;
    frame->interrupted = true;
    sh_begin_ending(frame);
}

static void kill_if_due(sh_frame *frame)
{
    if (frame->kill_s == 0 || tool_now_s() < frame->kill_s)
        return;
    frame->killed = true;
    signal_frame(frame, SIGKILL);
}

/* Jobs and background work go on whichever function is the innermost. */
static void watch_all(sh_frame *frame)
{
    for (; frame != NULL; frame = frame->outer) {
        sh_watch_commands(frame);
        for (sh_work *work = frame->works; work != NULL; work = work->next)
            watch_all(&work->frame);
    }
}

/* Only the innermost call is ended; the calls that wait for it come next. */
void sh_watch_frames(sh_shell *shell, bool signal_is_due)
{
    sh_frame *frame = shell->frame;
    if (frame == NULL || frame->done)
        return;
    if (signal_is_due && !frame->is_aside && !frame->is_each)
        frame->interrupted = true;
    else if (!frame->is_each && staged_script_time_left(shell->script) <= 0)
        frame->too_late = true;
    if (frame->interrupted || frame->too_late)
        sh_begin_ending(frame);
    watch_all(frame);
    kill_if_due(frame);
}

/* When the next command of a frame is due, in seconds from now, but at most `next_s`. */
static double next_of_commands(const sh_frame *frame, double next_s)
{
    for (const sh_command *command = frame->commands; command != NULL; command = command->next) {
        const double until_s = command->kill_s != 0 ? tool_now_s() + look_s : command->until_s;
        if (until_s > 0 && until_s - tool_now_s() < next_s)
            next_s = until_s - tool_now_s();
    }
    return next_s;
}

static double next_of_all(const sh_frame *frame, double next_s)
{
    for (; frame != NULL; frame = frame->outer) {
        next_s = next_of_commands(frame, next_s);
        for (const sh_work *work = frame->works; work != NULL; work = work->next)
            next_s = next_of_all(&work->frame, next_s);
    }
    return next_s;
}

double sh_next_look(const sh_shell *shell)
{
    const sh_frame *frame = shell->frame;
    if (frame == NULL || shell->script == NULL)
        return 1;
    if (frame->kill_s != 0)
        return look_s;
    const double next_s = next_of_all(frame, staged_script_time_left(shell->script));
    return next_s < 0 ? 0 : next_s;
}

void sh_end_rest(sh_frame *frame)
{
    if (frame->kill_s == 0 || frame->family == NULL)
        return;
    while (staged_family_signal(frame->family, 0) > 0) {
        kill_if_due(frame);
        (void)usleep((useconds_t)(look_s * 1e6));
        if (frame->killed && tool_now_s() > frame->kill_s + grace_s)
            return;
    }
}
