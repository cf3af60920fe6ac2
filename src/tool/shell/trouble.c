/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What went wrong in a function, and what follows from it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tool/shell/shell.h"

/* The exit status by which a function asks for another attempt: EX_TEMPFAIL of sysexits.h. */
enum { ASKS_FOR_RETRY = 75 };

void sh_trouble_free(sh_trouble *trouble)
{
    for (size_t i = 0; i < trouble->stack_count; i++)
        free(trouble->stack[i].function);
    free(trouble->stack);
    free(trouble->command);
    free(trouble->failure);
    free(trouble->reason);
    *trouble = (sh_trouble){0};
}

/* ---- One failure, many reports ---- */

/* An entry of the call stack, counted from the outermost. */
static const sh_stack_entry *entry_from_end(const sh_trouble *trouble, size_t distance)
{
    return distance < trouble->stack_count ? &trouble->stack[trouble->stack_count - 1 - distance]
                                           : NULL;
}

/* Whether a command contains others, one of which may have been reported before it. */
static bool holds_others(const char *command)
{
    return strpbrk(command, "({`|\n") != NULL;
}

/* Bash reports a failure again on its way up, in each subshell and in each function that uses
 * `set +e`. */
static bool is_on_its_way_up(const sh_trouble *first, const sh_trouble *second)
{
    if (first->kind == SH_TROUBLE_NONE || first->exit_code != second->exit_code)
        return false;
    /* The status of a job is that of `wait`. */
    if (first->kind == SH_TROUBLE_JOB)
        return true;
    if (second->depth > first->depth ||
        (second->depth == first->depth && second->stack_count >= first->stack_count &&
         first->kind == SH_TROUBLE_COMMAND))
        return false;
    if (second->stack_count == 0 || second->stack_count > first->stack_count)
        return first->stack_count == 0;
    const sh_stack_entry *below = entry_from_end(first, second->stack_count - 1);
    return below->where.line == second->stack[0].where.line || holds_others(second->command);
}

/* Bash reports a failed verb, too, with the complete call stack. */
static bool is_of_same_verb(const sh_trouble *first, const sh_trouble *second)
{
    return first->kind == SH_TROUBLE_INHERITED && first->pid == second->pid &&
           first->exit_code == second->exit_code && first->stack_count > 0 &&
           second->stack_count > first->stack_count &&
           first->stack[0].where.line == second->stack[0].where.line &&
           strcmp(first->stack[0].function, second->stack[0].function) == 0;
}

static void exchange_stacks(sh_trouble *a, sh_trouble *b)
{
    sh_stack_entry *stack = a->stack;
    const size_t count = a->stack_count;
    a->stack = b->stack;
    a->stack_count = b->stack_count;
    b->stack = stack;
    b->stack_count = count;
}

void sh_trouble_take_stack(sh_frame *frame, sh_trouble *trouble)
{
    if (frame->said.pid == trouble->pid && frame->said.stack_count > 0)
        exchange_stacks(&frame->said, trouble);
    sh_trouble_free(&frame->said);
}

void sh_trouble_set(sh_frame *frame, sh_trouble *trouble)
{
    if (trouble->kind == SH_TROUBLE_COMMAND && is_of_same_verb(&frame->trouble, trouble)) {
        exchange_stacks(&frame->trouble, trouble);
        sh_trouble_free(trouble);
        return;
    }
    if (trouble->kind == SH_TROUBLE_COMMAND && is_on_its_way_up(&frame->trouble, trouble)) {
        sh_trouble_free(trouble);
        return;
    }
    sh_trouble_free(&frame->trouble);
    frame->trouble = *trouble;
    *trouble = (sh_trouble){0};
}

/* ---- What follows from it ---- */

/* Whether the function runs in a phase within the retry loop.  A method of the author counts as the
 * place that calls it. */
static bool may_be_retried(const sh_shell *shell, const sh_frame *frame)
{
    while (frame->outer != NULL && sh_find_method(&shell->source, frame->call->method))
        frame = frame->outer;
    static const char *const hooks[] = {STAGED_HOOK_BEGIN_STAGE, STAGED_HOOK_BODY,
                                        STAGED_HOOK_SKIP_STAGE, STAGED_HOOK_END_STAGE};
    for (size_t i = 0; i < sizeof hooks / sizeof hooks[0]; i++) {
        if (strcmp(frame->call->method, hooks[i]) == 0)
            return true;
    }
    return false;
}

static const staged_location *place_of(const sh_frame *frame)
{
    const sh_trouble *trouble = &frame->trouble;
    return trouble->stack_count > 0 ? &trouble->stack[0].where : &frame->function->where;
}

/* Adds the call stack; nothing for a single function. */
static void add_stack(const sh_trouble *trouble, sh_text *details)
{
    for (size_t i = 0; trouble->stack_count > 1 && i < trouble->stack_count; i++) {
        const staged_location *where = &trouble->stack[i].where;
        sh_text_addf(details, "%s%s %s, %s:%d", i == 0 ? "" : "\n", i == 0 ? "in" : "called by",
                     trouble->stack[i].function, where->file, where->line);
    }
}

/* Bash reports a signal as this plus its number. */
enum { SIGNALLED = 128, HIGHEST_SIGNAL = 64 };

static bool is_signal(int exit_code)
{
    return exit_code > SIGNALLED && exit_code <= SIGNALLED + HIGHEST_SIGNAL;
}

static void describe_exit(int exit_code, sh_text *text)
{
    if (is_signal(exit_code))
        sh_text_addf(text, "killed by signal %d", exit_code - SIGNALLED);
    else
        sh_text_addf(text, "exit code %d", exit_code);
}

static staged_status fail_by_command(sh_shell *shell, const sh_frame *frame)
{
    const sh_trouble *trouble = &frame->trouble;
    sh_text failure = {0};
    sh_text details = {0};
    if (trouble->kind == SH_TROUBLE_JOB)
        sh_text_addf(&failure, "background job: ");
    if (trouble->failure != NULL)
        sh_text_addf(&failure, "%s", trouble->failure);
    else
        describe_exit(trouble->exit_code, &failure);
    /* Authors know where they ask for another attempt. */
    if (trouble->kind != SH_TROUBLE_RETRY)
        add_stack(trouble, &details);
    if (trouble->is_of_place)
        staged_script_note_place_failure(shell->script);
    const staged_status status =
        staged_fail_command_at(shell->script, place_of(frame), sh_text_of(&failure),
                               trouble->command, sh_text_of(&details));
    sh_text_free(&failure);
    sh_text_free(&details);
    return status;
}

static staged_status fail_by_exit(sh_shell *shell, const sh_frame *frame)
{
    if (is_signal(frame->exit_code))
        return staged_fail_at(shell->script, &frame->function->where, "%s was killed by signal %d",
                              frame->function->name, frame->exit_code - SIGNALLED);
    return staged_fail_at(shell->script, &frame->function->where, "%s exited with status %d",
                          frame->function->name, frame->exit_code);
}

static staged_status fail(sh_shell *shell, const sh_frame *frame)
{
    const sh_trouble *trouble = &frame->trouble;
    switch (trouble->kind) {
    case SH_TROUBLE_FAIL:
        return staged_fail_at(shell->script, place_of(frame), "%s", trouble->reason);
    case SH_TROUBLE_INHERITED:
        return trouble->status;
    case SH_TROUBLE_FINISH:
        return staged_exit(shell->script, trouble->exit_status);
    case SH_TROUBLE_COMMAND:
    case SH_TROUBLE_JOB:
        return fail_by_command(shell, frame);
    default:
        return fail_by_exit(shell, frame);
    }
}

static staged_status ask_for_retry(sh_shell *shell, const sh_frame *frame)
{
    const sh_trouble *trouble = &frame->trouble;
    if (trouble->kind == SH_TROUBLE_RETRY && *trouble->reason != '\0')
        return staged_retry_at(shell->script, place_of(frame), "%s", trouble->reason);
    if (trouble->kind == SH_TROUBLE_COMMAND || trouble->failure != NULL)
        (void)!fail_by_command(shell, frame);
    return STAGED_RETRY;
}

/* Whether the function's own process ended it by a verb. */
static bool has_last_word(const sh_frame *frame)
{
    const sh_trouble *trouble = &frame->trouble;
    return trouble->kind != SH_TROUBLE_NONE && trouble->kind != SH_TROUBLE_COMMAND &&
           trouble->kind != SH_TROUBLE_INHERITED && trouble->pid == frame->pid;
}

/* If the exit code is not the reported one, something else has ended the function. */
static void forget_other_trouble(sh_frame *frame)
{
    if (frame->trouble.kind == SH_TROUBLE_COMMAND && frame->trouble.exit_code != frame->exit_code)
        sh_trouble_free(&frame->trouble);
}

staged_status sh_judge(sh_shell *shell, sh_frame *frame)
{
    if (frame->interrupted)
        return STAGED_INTERRUPTED;
    if (frame->too_late)
        return staged_fail_at(shell->script, &frame->function->where, "%s was ended",
                              frame->function->name);
    if (!frame->done)
        return staged_fail_at(shell->script, &frame->function->where,
                              "bash has ended, with status %d", shell->bash.exit_code);
    forget_other_trouble(frame);
    if (frame->exit_code == 0 && !has_last_word(frame)) {
        sh_tell_untold(shell, frame);
        return STAGED_OK;
    }
    const bool wants_retry =
        frame->trouble.kind == SH_TROUBLE_RETRY || frame->exit_code == ASKS_FOR_RETRY;
    if (wants_retry && frame->trouble.kind != SH_TROUBLE_INHERITED && may_be_retried(shell, frame))
        return ask_for_retry(shell, frame);
    if (wants_retry && frame->trouble.kind == SH_TROUBLE_RETRY)
        return staged_fail_at(shell->script, place_of(frame),
                              "'retry' works in the phases of an attempt, not in '%s'",
                              frame->function->name);
    return fail(shell, frame);
}

char *sh_trouble_text(const sh_frame *frame)
{
    const sh_trouble *trouble = &frame->trouble;
    const bool has_reason = trouble->kind == SH_TROUBLE_FAIL || trouble->kind == SH_TROUBLE_RETRY ||
                            trouble->kind == SH_TROUBLE_INHERITED;
    if (has_reason && trouble->reason != NULL && *trouble->reason != '\0')
        return sh_copy(trouble->reason);
    if (trouble->command == NULL || trouble->exit_code != frame->exit_code)
        return NULL;
    sh_text text = {0};
    if (trouble->failure != NULL)
        sh_text_addf(&text, "%s", trouble->failure);
    else
        describe_exit(trouble->exit_code, &text);
    sh_text_addf(&text, ": %s", trouble->command);
    return text.bytes;
}
