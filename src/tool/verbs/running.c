/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The verbs of stages and hooks. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tool/verbs/verb.h"

enum { ASKS_FOR_RETRY = 75 };

/* ---- Ending the function ---- */

/* The text of a format with its values, unchanged: a reason is not markup. */
static char *plain_text(const sh_format *f)
{
    sh_text text = {0};
    sh_text_print(&text, sh_text_of(&f->format), SH_VALUES(f));
    return text.bytes == NULL ? sh_copy("") : text.bytes;
}

static void leave(sh_shell *shell, const sh_request *request, sh_trouble *trouble)
{
    sh_frame *frame = sh_find_frame(shell, request->frame);
    if (frame == NULL) {
        sh_answer_exit(shell, trouble->exit_code);
        sh_trouble_free(trouble);
        return;
    }
    sh_trouble_of_request(request, trouble);
    sh_trouble_take_stack(frame, trouble);
    const int exit_code = trouble->exit_code;
    sh_trouble_set(frame, trouble);
    sh_answer_exit(shell, exit_code);
}

static void leave_with_reason(sh_shell *shell, const sh_request *request, sh_trouble_kind kind,
                              int exit_code)
{
    sh_trouble trouble = {.kind = kind, .exit_code = exit_code};
    sh_format f = {0};
    if (request->word_count > 0 && !sh_format_words(shell, request, 0, &f)) {
        sh_format_free(&f);
        return;
    }
    trouble.reason = plain_text(&f);
    sh_format_free(&f);
    leave(shell, request, &trouble);
}

/* Without a reason, takes that of the command that has just failed. */
static void retry(sh_shell *shell, const sh_request *request)
{
    sh_frame *frame = sh_find_frame(shell, request->frame);
    if (request->word_count == 0 && frame != NULL && frame->failed_pid == request->pid) {
        sh_trouble trouble = {.kind = SH_TROUBLE_RETRY,
                              .exit_code = ASKS_FOR_RETRY,
                              .failure = frame->failed_how,
                              .command = frame->failed_command,
                              .reason = sh_copy("")};
        frame->failed_how = frame->failed_command = NULL;
        frame->failed_pid = 0;
        leave(shell, request, &trouble);
        return;
    }
    leave_with_reason(shell, request, SH_TROUBLE_RETRY, ASKS_FOR_RETRY);
}

static void fail(sh_shell *shell, const sh_request *request)
{
    if (request->word_count == 0)
        sh_bad_verb(shell, request, "fail needs a reason");
    else
        leave_with_reason(shell, request, SH_TROUBLE_FAIL, 1);
}

/* Rejects the command line, and shows the help, too. */
static void fail_usage(sh_shell *shell, const sh_request *request)
{
    sh_format f;
    if (sh_format_words(shell, request, 0, &f)) {
        sh_trouble trouble = {.kind = SH_TROUBLE_INHERITED, .exit_code = 1};
        trouble.status = staged_fail_usage(shell->script, sh_text_of(&f.format), SH_VALUES(&f));
        leave(shell, request, &trouble);
    }
    sh_format_free(&f);
}

static void finish(sh_shell *shell, const sh_request *request)
{
    char *end = NULL;
    const long status = request->word_count == 0 ? 0 : strtol(request->words[0], &end, 10);
    if (request->word_count > 1 || (end != NULL && (*end != '\0' || status < 0 || status > 255))) {
        sh_bad_verb(shell, request, "finish takes an exit status between 0 and 255");
        return;
    }
    sh_trouble trouble = {.kind = SH_TROUBLE_FINISH,
                          .exit_status = (int)status,
                          .exit_code = status == 0 ? 1 : (int)status};
    leave(shell, request, &trouble);
}

/* ---- Calling on ---- */

static void call_on(sh_shell *shell, const sh_request *request,
                    staged_status (*function)(staged_call *))
{
    sh_frame *frame = sh_calling_frame(shell, request);
    if (frame != NULL)
        sh_answer_call(shell, request, frame, function(frame->call));
}

static void super(sh_shell *shell, const sh_request *request)
{
    call_on(shell, request, staged_super);
}

static void general(sh_shell *shell, const sh_request *request)
{
    call_on(shell, request, staged_general);
}

static void super_general(sh_shell *shell, const sh_request *request)
{
    call_on(shell, request, staged_super_general);
}

/* Copies the words: the next request reuses the memory of this one. */
static const char **copy_words(char *const *words)
{
    size_t count = 0;
    while (words[count] != NULL)
        count++;
    const char **copies = sh_alloc((count + 1) * sizeof *copies);
    for (size_t i = 0; i < count; i++)
        copies[i] = sh_copy(words[i]);
    return copies;
}

static void free_words(const char **words)
{
    for (size_t i = 0; words[i] != NULL; i++)
        free((void *)(uintptr_t)words[i]);
    free(words);
}

static void call_method(sh_shell *shell, const sh_request *request)
{
    sh_frame *frame = sh_calling_frame(shell, request);
    if (frame == NULL)
        return;
    if (request->word_count == 0 || !sh_find_method(&shell->source, request->words[0])) {
        sh_bad_verb(shell, request, "call needs a method that `method NAME` declares");
        return;
    }
    const char **words = copy_words(request->words);
    const staged_status status =
        staged_script_call_at(shell->script, &request->where, words[0], words + 1);
    sh_answer_call(shell, request, frame, status);
    free_words(words);
}

static void run_stage(sh_shell *shell, const sh_request *request)
{
    sh_frame *frame = sh_calling_frame(shell, request);
    if (frame == NULL)
        return;
    char *stage = sh_copy(request->word_count == 0 ? "" : request->words[0]);
    sh_answer_call(shell, request, frame,
                   staged_stage_run_at(shell->script, &request->where, stage));
    free(stage);
}

/* `run_script FILE WORDS...` */
static void run_script(sh_shell *shell, const sh_request *request)
{
    sh_frame *frame = sh_calling_frame(shell, request);
    if (frame == NULL)
        return;
    if (request->word_count == 0 || *request->words[0] == '\0') {
        sh_bad_verb(shell, request, "run_script needs the name of a file");
        return;
    }
    char *path = sh_path_beside(request->where.file, request->words[0]);
    const char **words = copy_words(request->words);
    if (access(path, R_OK) != 0)
        sh_bad_verb(shell, request, "cannot read '%s', which it runs: %s", path, strerror(errno));
    else
        sh_answer_call(shell, request, frame, shell->run_inner(shell, request, path, words + 1));
    free_words(words);
    free(path);
}

/* ---- Stages ---- */

static void select_stages(sh_shell *shell, const sh_request *request, bool selected)
{
    staged_status status = STAGED_OK;
    for (size_t i = 0; i < request->word_count && status == STAGED_OK; i++)
        status =
            staged_stage_select_at(shell->script, &request->where, request->words[i], selected);
    sh_fail_verb(shell, request, status);
}

static void select_verb(sh_shell *shell, const sh_request *request)
{
    select_stages(shell, request, true);
}

static void unselect(sh_shell *shell, const sh_request *request)
{
    select_stages(shell, request, false);
}

static void selected(sh_shell *shell, const sh_request *request)
{
    if (request->word_count != 1 || sh_find_stage(&shell->source, request->words[0]) == NULL)
        sh_bad_verb(shell, request, "selected needs the name of a stage");
    else
        sh_answer(shell,
                  !staged_stage_is_selected_at(shell->script, &request->where, request->words[0]));
}

static void skip_rest(sh_shell *shell, const sh_request *request)
{
    (void)request;
    staged_script_skip_rest(shell->script);
    sh_answer(shell, 0);
}

static void deadline(sh_shell *shell, const sh_request *request)
{
    const double seconds = sh_seconds_of(shell, request, 0);
    if (seconds >= 0)
        sh_fail_verb(shell, request, staged_script_set_deadline(shell->script, seconds));
}

static void time_limit(sh_shell *shell, const sh_request *request)
{
    const double seconds = sh_seconds_of(shell, request, 1);
    if (seconds >= 0)
        sh_fail_verb(shell, request,
                     staged_stage_set_time_limit_at(shell->script, &request->where,
                                                    request->words[0], seconds));
}

static void success(sh_shell *shell, const sh_request *request)
{
    const char *word = request->word_count == 1 ? request->words[0] : "";
    if (request->word_count == 0) {
        sh_answer(shell, !staged_script_success(shell->script));
        return;
    }
    if (strcmp(word, "true") != 0 && strcmp(word, "false") != 0) {
        sh_bad_verb(shell, request,
                    "success is set with `success true` or `success false`, and asked for with "
                    "`success` alone");
        return;
    }
    staged_script_set_success(shell->script, strcmp(word, "true") == 0);
    sh_answer(shell, 0);
}

const sh_verb sh_running_verbs[] = {
    {"log", sh_verb_log, SH_WHILE_RUNNING},
    {"log_dry_run", sh_verb_log_dry_run, SH_WHILE_RUNNING},
    {"heading", sh_verb_heading, SH_WHILE_RUNNING},
    {"panel", sh_verb_panel, SH_WHILE_RUNNING},
    {"section", sh_verb_section, SH_WHILE_RUNNING},
    {"retry", retry, SH_WHILE_RUNNING},
    {"fail", fail, SH_WHILE_RUNNING},
    {"fail_usage", fail_usage, SH_WHILE_RUNNING},
    {"finish", finish, SH_WHILE_RUNNING},
    {"super", super, SH_WHILE_RUNNING},
    {"general", general, SH_WHILE_RUNNING},
    {"super_general", super_general, SH_WHILE_RUNNING},
    {"call", call_method, SH_WHILE_RUNNING},
    {"run_stage", run_stage, SH_WHILE_RUNNING},
    {"run_script", run_script, SH_WHILE_RUNNING},
    {"select_stage", select_verb, SH_WHILE_RUNNING},
    {"unselect_stage", unselect, SH_WHILE_RUNNING},
    {"selected", selected, SH_WHILE_RUNNING},
    {"skip_rest", skip_rest, SH_WHILE_RUNNING},
    {"deadline", deadline, SH_WHILE_RUNNING},
    {"time_limit", time_limit, SH_WHILE_RUNNING},
    {"success", success, SH_WHILE_RUNNING},
    {"pause", sh_verb_pause, SH_WHILE_RUNNING},
    {"poll", sh_verb_poll, SH_WHILE_RUNNING},
    {"unique_directory", sh_verb_unique_directory, SH_WHILE_RUNNING},
    {"unique_name", sh_verb_unique_name, SH_WHILE_RUNNING},
    {"set_argument", sh_verb_set_argument, SH_WHILE_RUNNING},
    {"run", sh_verb_run, SH_WHILE_RUNNING},
    {"ask", sh_verb_ask, SH_WHILE_RUNNING},
    {"background", sh_verb_background, SH_WHILE_RUNNING},
    {"await", sh_verb_await, SH_WHILE_RUNNING},
    {"each", sh_verb_each, SH_WHILE_RUNNING},
    {"running", sh_verb_running, SH_WHILE_RUNNING},
    {"confirm", sh_verb_confirm, SH_WHILE_RUNNING},
    {"prompt", sh_verb_prompt, SH_WHILE_RUNNING},
    {"table", sh_verb_table, SH_WHILE_RUNNING},
    {"show_json", sh_verb_show_json, SH_WHILE_RUNNING},
    {"show_diff", sh_verb_show_diff, SH_WHILE_RUNNING},
    {"secret", sh_verb_secret, SH_ALWAYS},
    {"env_file", sh_verb_env_file, SH_WHILE_READ},
    {0},
};
