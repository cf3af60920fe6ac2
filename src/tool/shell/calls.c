/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Calls the author's functions. */
#include <stdlib.h>
#include <string.h>

#include "tool/shell/shell.h"

static void add_assignment(sh_text *text, const char *name, const char *value)
{
    sh_text_addf(text, "%s=", name);
    sh_text_add_word(text, value);
    sh_text_add(text, "\n", 1);
}

/* Whether it starts something independent, such as a stage run by `main`: a failure in it does not
 * name the caller. */
static bool stands_alone(const sh_frame *frame)
{
    return frame->outer == NULL || strcmp(frame->outer->call->stage, frame->call->stage) != 0;
}

/* These variables were set when the script began, which is after bash did: they make scripts run by
 * the function leave marks for CI systems, the window and reports to this one. */
static void add_told(sh_text *text)
{
    static const char *const names[] = {"STAGED_CI", "STAGED_TITLE", "STAGED_NOTIFY",
                                        "STAGED_REPORTS"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *value = getenv(names[i]);
        if (value == NULL)
            continue;
        sh_text_addf(text, "export ");
        add_assignment(text, names[i], value);
    }
}

/* Adds what the function's own process evaluates before the function runs. */
static void add_setup(const sh_shell *shell, const sh_frame *frame, sh_text *text)
{
    const staged_call *call = frame->call;
    sh_add_redirection(shell, text);
    add_told(text);
    sh_text_addf(text, "_staged_frame=%u\n_staged_function=%s\n", frame->id, frame->function->runs);
    if (staged_script_keeps_output(shell->script))
        sh_text_addf(text, "_staged_records=1\n");
    if (stands_alone(frame))
        sh_text_addf(text, "_staged_outside=${#FUNCNAME[@]}\n");
    add_assignment(text, "stage", call->stage);
    add_assignment(text, "heading", call->heading);
    sh_text_addf(text, "_staged_words=(");
    for (const char *const *word = call->argument; word != NULL && *word != NULL; word++) {
        sh_text_add(text, " ", 1);
        sh_text_add_word(text, *word);
    }
    sh_text_add(text, ")\n", 2);
}

/* Calls a function on behalf of the shell that waits for an answer, and serves it until it has
 * ended. */
static void call_function(sh_shell *shell, sh_frame *frame, const char *event)
{
    const unsigned started_at = shell->version;
    sh_frame *waiting = sh_waiting_frame(frame);
    frame->heard = started_at;
    shell->frame = frame;
    sh_begin_to_keep(shell);
    /* Processes that were killed meanwhile have taken their news with them. */
    if (waiting != frame->outer)
        sh_news_tell(shell, waiting == NULL ? 0 : waiting->heard, waiting);
    sh_text setup = {0};
    sh_text_addf(&setup, "%s", event);
    add_setup(shell, frame, &setup);
    sh_bash_answer(&shell->bash, 'c', sh_text_of(&setup));
    sh_text_free(&setup);
    sh_serve(shell, &frame->done);
    sh_heed_signal(frame);
    sh_end_rest(frame);
    sh_end_works(frame);
    if (frame->done && !frame->abandoned)
        sh_news_tell(shell, started_at, waiting);
}

/* An observer's result does not affect what it observes. */
static void call_observer(sh_shell *shell, const char *name, const char *event)
{
    const sh_function function = {.name = (char *)(uintptr_t)name, .runs = (char *)(uintptr_t)name};
    staged_call call = {.script = shell->script, .method = "", .stage = "", .heading = ""};
    sh_frame frame = {
        .outer = shell->frame, .id = ++shell->frame_count, .function = &function, .call = &call};
    call_function(shell, &frame, event);
    shell->frame = frame.outer;
    sh_frame_free(&frame);
}

void sh_tell_events(sh_shell *shell, staged_script *script)
{
    if (shell->event_count == 0 || shell->tells_events || script == NULL)
        return;
    staged_script *before = shell->script;
    shell->script = script;
    shell->tells_events = true;
    for (size_t i = 0; i < shell->event_count; i++) {
        for (size_t k = 0; k < shell->observer_count; k++)
            call_observer(shell, shell->observers[k], shell->events[i]);
        free(shell->events[i]);
    }
    shell->event_count = 0;
    shell->tells_events = false;
    shell->script = before;
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
    sh_frame_free(&frame);
    return status;
}

bool sh_call_check(sh_shell *shell, const char *name, const char *answer, char **reason)
{
    const sh_function function = {.name = (char *)(uintptr_t)name, .runs = (char *)(uintptr_t)name};
    const char *const words[] = {answer, NULL};
    staged_call call = *shell->frame->call;
    call.argument = (void *)(uintptr_t)words;
    sh_frame frame = {
        .outer = shell->frame, .id = ++shell->frame_count, .function = &function, .call = &call};
    call_function(shell, &frame, "");
    const bool holds = frame.done && frame.exit_code == 0;
    if (frame.trouble.kind == SH_TROUBLE_FAIL)
        *reason = sh_copy(frame.trouble.reason);
    shell->frame = frame.outer;
    sh_frame_free(&frame);
    return holds;
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
    sh_frame_free(&frame);
    return status;
}

bool sh_call_to_show(sh_shell *shell, const char *name)
{
    const sh_function function = {.name = (char *)(uintptr_t)name, .runs = (char *)(uintptr_t)name};
    staged_call call = *shell->frame->call;
    call.argument = NULL;
    sh_frame frame = {.outer = shell->frame,
                      .id = ++shell->frame_count,
                      .function = &function,
                      .call = &call,
                      .is_aside = true};
    call_function(shell, &frame, "");
    const bool good = frame.done && frame.exit_code == 0;
    shell->frame = frame.outer;
    sh_frame_free(&frame);
    return good;
}

staged_status sh_call_conversion(sh_shell *shell, staged_script *script, const char *name,
                                 const char *word, char **value, char **reason)
{
    static char convert[] = "_staged_convert";
    const sh_function function = {.name = convert, .runs = convert};
    const char *const words[] = {name, word, NULL};
    staged_call call = {.script = script,
                        .method = "",
                        .stage = "",
                        .heading = "",
                        .argument = (void *)(uintptr_t)words};
    sh_frame frame = {
        .outer = shell->frame, .id = ++shell->frame_count, .function = &function, .call = &call};
    staged_script *outer_script = shell->script;
    shell->script = script;
    call_function(shell, &frame, "");
    staged_status status = STAGED_BAD_INPUT;
    if (frame.interrupted || !frame.done)
        status = sh_judge(shell, &frame);
    else if (frame.exit_code == 0)
        status = STAGED_OK;
    *value = shell->converted == NULL ? sh_copy("") : shell->converted;
    shell->converted = NULL;
    *reason = frame.trouble.reason == NULL ? NULL : sh_copy(frame.trouble.reason);
    shell->frame = frame.outer;
    shell->script = outer_script;
    sh_frame_free(&frame);
    return status;
}
