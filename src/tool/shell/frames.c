/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Calls of the author's functions: begun, watched, ended. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <staged/signals.h>

#include "tool/shell/verb.h"

/* How long what runs has to end by itself, and how often to look whether it has. */
static const double grace_s = 5;
static const double look_s = 0.02;

sh_frame *sh_find_frame(const sh_shell *shell, unsigned id)
{
    sh_frame *frame = shell->frame;
    while (frame != NULL && frame->id != id)
        frame = frame->outer;
    return frame;
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
    frame->kill_s = sh_now() + grace_s;
    signal_frame(frame, SIGTERM);
}

static void kill_if_due(sh_frame *frame)
{
    if (frame->kill_s == 0 || sh_now() < frame->kill_s)
        return;
    frame->killed = true;
    signal_frame(frame, SIGKILL);
}

/* Only the innermost call is ended: those that wait for it are next. */
void sh_watch_frames(sh_shell *shell, bool signal_is_due)
{
    sh_frame *frame = shell->frame;
    if (frame == NULL || frame->done)
        return;
    if (signal_is_due)
        frame->interrupted = true;
    else if (staged_script_time_left(shell->script) <= 0)
        frame->too_late = true;
    if (frame->interrupted || frame->too_late)
        sh_begin_ending(frame);
    sh_watch_commands(frame);
    kill_if_due(frame);
}

double sh_next_look(const sh_shell *shell)
{
    const sh_frame *frame = shell->frame;
    if (frame == NULL || shell->script == NULL)
        return 1;
    if (frame->kill_s != 0)
        return look_s;
    double next_s = staged_script_time_left(shell->script);
    for (const sh_command *command = frame->commands; command != NULL; command = command->next) {
        const double until_s = command->kill_s != 0 ? sh_now() + look_s : command->until_s;
        if (until_s > 0 && until_s - sh_now() < next_s)
            next_s = until_s - sh_now();
    }
    return next_s < 0 ? 0 : next_s;
}

/* What a call that is being ended has left running, children that ignore SIGTERM say, ends too. */
static void end_rest(sh_frame *frame)
{
    if (frame->kill_s == 0 || frame->family == NULL)
        return;
    while (staged_family_signal(frame->family, 0) > 0) {
        kill_if_due(frame);
        (void)usleep((useconds_t)(look_s * 1e6));
        if (frame->killed && sh_now() > frame->kill_s + grace_s)
            return;
    }
}

/* ---- Beginning ---- */

static void add_assignment(sh_text *text, const char *name, const char *value)
{
    sh_text_addf(text, "%s=", name);
    sh_text_add_word(text, value);
    sh_text_add(text, "\n", 1);
}

/* What is evaluated before the function runs, in its own process. */
static void add_setup(const sh_shell *shell, const sh_frame *frame, sh_text *text)
{
    const staged_call *call = frame->call;
    sh_add_redirection(shell, text);
    sh_text_addf(text, "_staged_frame=%u\n_staged_function=%s\n", frame->id, frame->function->runs);
    add_assignment(text, "stage", call->stage);
    add_assignment(text, "heading", call->heading);
    sh_text_addf(text, "_staged_words=(");
    for (const char *const *word = call->argument; word != NULL && *word != NULL; word++) {
        sh_text_add(text, " ", 1);
        sh_text_add_word(text, *word);
    }
    sh_text_add(text, ")\n", 2);
}

static void free_frame(sh_frame *frame)
{
    char *failure, *text;
    sh_end_commands(frame, 0, frame->exit_code, &failure, &text);
    free(failure);
    free(text);
    sh_keep_failed(frame, 0, 0, NULL, NULL);
    free(frame->jobs);
    staged_family_free(frame->family);
    sh_trouble_free(&frame->trouble);
}

/* Calls a function for the shell that waits for an answer, and serves it until that has ended. */
static void call_function(sh_shell *shell, sh_frame *frame, const char *event)
{
    const unsigned version = shell->version;
    shell->frame = frame;
    sh_text setup = {0};
    sh_text_addf(&setup, "%s", event);
    add_setup(shell, frame, &setup);
    sh_bash_answer(&shell->bash, 'c', sh_text_of(&setup));
    sh_text_free(&setup);
    sh_serve(shell, &frame->done);
    end_rest(frame);
    if (frame->done && !frame->abandoned)
        sh_news_tell(shell, version);
}

staged_status sh_trampoline(staged_call *call)
{
    sh_shell *shell = staged_script_user(call->script);
    sh_frame frame = {
        .outer = shell->frame, .id = ++shell->frame_count, .function = call->context, .call = call};
    sh_tell_events(shell, call->script);
    staged_script *outer_script = shell->script;
    shell->script = call->script;
    (void)staged_console_flush(staged_script_console(call->script));
    call_function(shell, &frame, "");
    const staged_status status = sh_judge(shell, &frame);
    shell->frame = frame.outer;
    shell->script = outer_script;
    free_frame(&frame);
    return status;
}

staged_status sh_call_condition(sh_shell *shell, const char *name, const char *const *words)
{
    const sh_function function = {.name = (char *)(uintptr_t)name, .runs = (char *)(uintptr_t)name};
    staged_call call = *shell->frame->call;
    call.argument = (void *)(uintptr_t)words;
    sh_frame frame = {
        .outer = shell->frame, .id = ++shell->frame_count, .function = &function, .call = &call};
    call_function(shell, &frame, "");
    const sh_trouble_kind kind = frame.trouble.kind;
    const bool holds = frame.done && frame.exit_code == 0;
    const bool is_over = frame.interrupted || frame.too_late || !frame.done ||
                         kind == SH_TROUBLE_FAIL || kind == SH_TROUBLE_FINISH ||
                         kind == SH_TROUBLE_INHERITED;
    const staged_status status = holds     ? STAGED_OK
                                 : is_over ? sh_judge(shell, &frame)
                                           : STAGED_RETRY;
    shell->frame = frame.outer;
    free_frame(&frame);
    return status;
}

/* What becomes of it is of no consequence to what it observes. */
void sh_call_observer(sh_shell *shell, const char *name, const char *event)
{
    const sh_function function = {.name = (char *)(uintptr_t)name, .runs = (char *)(uintptr_t)name};
    staged_call call = {.script = shell->script, .method = "", .stage = "", .heading = ""};
    sh_frame frame = {
        .outer = shell->frame, .id = ++shell->frame_count, .function = &function, .call = &call};
    call_function(shell, &frame, event);
    shell->frame = frame.outer;
    free_frame(&frame);
}
