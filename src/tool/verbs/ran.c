/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Commands of `run` and `ask` while they run, and what bash reports of them. */
#include <stdlib.h>
#include <string.h>

#include <staged/words.h>

#include "tool/verbs/asked.h"

/* ---- Their beginning ---- */

static char *text_of_words(char *const *words)
{
    sh_text text = {0};
    for (; *words != NULL; words++) {
        char *word = staged_word_quote(*words);
        sh_text_addf(&text, "%s%s", text.length > 0 ? " " : "", word == NULL ? "?" : word);
        free(word);
    }
    return text.bytes == NULL ? sh_copy("") : text.bytes;
}

sh_command *sh_add_command(sh_shell *shell, sh_asked *asked, staged_outside_command *outside)
{
    const sh_request *request = asked->request;
    sh_frame *frame = sh_find_frame(shell, request->frame);
    if (frame == NULL)
        frame = shell->frame;
    sh_command *command = sh_alloc(sizeof *command);
    *command = (sh_command){.next = frame->commands,
                            .pid = request->pid,
                            .outside = outside,
                            .text = text_of_words((char *const *)(uintptr_t)asked->options.argv),
                            .expected_codes = asked->codes};
    asked->codes = NULL;
    frame->commands = command;
    return command;
}

/* ---- Their end ---- */

static bool is_expected(const int *codes, int exit_code)
{
    if (codes == NULL)
        return exit_code == 0;
    for (; *codes >= 0; codes++) {
        if (*codes == exit_code)
            return true;
    }
    return false;
}

/* The status of `run`: 0 for an expected code, 124 after a timeout, 125 if a place failed. */
enum { TIMED_OUT = 124, PLACE_FAILED = 125, SIGNALLED = 128 };

static int code_here(const sh_command *command, int exit_code)
{
    if (command->timed_out)
        return TIMED_OUT;
    if (is_expected(command->expected_codes, exit_code))
        return 0;
    return exit_code == 0 ? 1 : exit_code;
}

static bool has_place_failed(const staged_completed_process *done)
{
    return done->place != NULL && done->place->failure != STAGED_PLACE_OK;
}

static int code_there(const staged_completed_process *done)
{
    if (done->timed_out)
        return TIMED_OUT;
    if (has_place_failed(done))
        return PLACE_FAILED;
    if (done->expected)
        return 0;
    if (done->exit_code < 0)
        return SIGNALLED - done->exit_code;
    return done->exit_code == 0 ? 1 : done->exit_code;
}

/* Tells the process that asks why its place has failed, in the words of records. */
static void tell_place_failure(sh_shell *shell, const staged_completed_process *done)
{
    sh_text text = {0};
    sh_text_addf(&text, "place_failure=%s", staged_place_failure_name(done->place->failure));
    sh_answer_eval(shell, sh_text_of(&text));
    sh_text_free(&text);
}

static char *text_for_log(const sh_command *command, const staged_completed_process *done)
{
    sh_text text = {0};
    sh_text_addf(&text, "On %s:  %s", staged_outside_command_place(command->outside),
                 staged_completed_process_error(done));
    char *copy = sh_copy(sh_text_of(&text));
    sh_text_free(&text);
    return copy;
}

int sh_end_command(sh_shell *shell, const sh_request *request, int exit_code)
{
    sh_frame *frame = sh_find_frame(shell, request->frame);
    sh_command *command = frame == NULL ? NULL : sh_command_of(frame, request->pid);
    if (command == NULL)
        return exit_code;
    const staged_completed_process *there = sh_judge_command(command, exit_code);
    const int code = there == NULL ? code_here(command, exit_code) : code_there(there);
    const bool has_failed = there != NULL && has_place_failed(there);
    const bool may_pass = has_failed && there->place->may_pass;
    if (has_failed) {
        tell_place_failure(shell, there);
        sh_keep_untold(frame, &request->where, text_for_log(command, there));
    }
    char *failure, *text;
    sh_end_commands(frame, request->pid, exit_code, &failure, &text);
    sh_keep_failed(frame, request->pid, code, failure, text);
    frame->failed_at_place = may_pass;
    return code;
}

/* Ends the command of the process that asks.  Returns the status of `run`. */
static int end_command(sh_shell *shell, const sh_request *request)
{
    return sh_end_command(shell, request, request->word_count == 0 ? 0 : atoi(request->words[0]));
}

/* The command ended without ending the function: it succeeded, or the author checks its status. */
void sh_verb_ran(sh_shell *shell, const sh_request *request)
{
    (void)end_command(shell, request);
}

/* The same, but replies once its output has been recorded. */
void sh_verb_ran_recorded(sh_shell *shell, const sh_request *request)
{
    (void)end_command(shell, request);
    sh_answer(shell, 0);
}

void sh_verb_ran_apart(sh_shell *shell, const sh_request *request)
{
    sh_answer(shell, end_command(shell, request));
}

/* Adopts the subshell of a command that runs in one.  The word is the process that asked for it. */
void sh_verb_started(sh_shell *shell, const sh_request *request)
{
    sh_frame *frame = sh_find_frame(shell, request->frame);
    const int64_t asker = request->word_count == 0 ? 0 : strtoll(request->words[0], NULL, 10);
    sh_command *command = frame == NULL ? NULL : sh_command_of(frame, asker);
    if (command != NULL)
        command->family = staged_family_adopt(request->pid);
    sh_answer(shell, 0);
}
