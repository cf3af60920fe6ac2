/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The verbs of stages and hooks. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <staged/renderable.h>
#include <staged/waiting.h>

#include "tool/verbs/verb.h"

enum { ASKS_FOR_RETRY = 75 };

/* ---- Saying something ---- */

/* Replies with the status of `call`, which logs `f`. */
#define SAY(call)                                                                                  \
    do {                                                                                           \
        sh_format f;                                                                               \
        if (sh_format_words(shell, request, first, &f))                                            \
            sh_fail_verb(shell, request, (call));                                                  \
        sh_format_free(&f);                                                                        \
    } while (0)

static void log_line(sh_shell *shell, const sh_request *request)
{
    const size_t first = 0;
    SAY(staged_log_at(shell->script, &request->where, sh_text_of(&f.format), SH_VALUES(&f)));
}

/* `VERB --NAME VALUE ...`: the value, and where the words go on; NULL: it is not given. */
static const char *take_option(const sh_request *request, const char *name, size_t *first)
{
    const bool is_given = request->word_count > 1 && strcmp(request->words[0], name) == 0;
    *first = is_given ? 2 : 0;
    return is_given ? request->words[1] : NULL;
}

static void log_heading(sh_shell *shell, const sh_request *request)
{
    size_t first;
    const char *color = take_option(request, "--color", &first);
    SAY(staged_log_heading_at(shell->script, &request->where, color, sh_text_of(&f.format),
                              SH_VALUES(&f)));
}

static staged_status log_panel(sh_shell *shell, const sh_request *request, const char *title,
                               const sh_format *f)
{
    staged_renderable *panel =
        staged_panel_new(STAGED_OPTIONS(staged_panel_options, .title = title),
                         staged_markup_new(sh_text_of(&f->format), SH_VALUES(f)));
    const staged_status status = staged_log_renderable_at(shell->script, &request->where, panel);
    staged_renderable_free(panel);
    return status;
}

static void panel_verb(sh_shell *shell, const sh_request *request)
{
    size_t first;
    const char *title = take_option(request, "--title", &first);
    SAY(log_panel(shell, request, title, &f));
}

static void section(sh_shell *shell, const sh_request *request)
{
    if (request->word_count < 2) {
        sh_bad_verb(shell, request, "section needs a heading and a text");
        return;
    }
    const size_t first = 1;
    SAY(staged_summary_set_section(shell->script, request->words[0], sh_text_of(&f.format),
                                   SH_VALUES(&f)));
}

/* ---- Ending the function ---- */

/* The text of a format and its values, as it is: a reason is no markup. */
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

static void retry(sh_shell *shell, const sh_request *request)
{
    leave_with_reason(shell, request, SH_TROUBLE_RETRY, ASKS_FOR_RETRY);
}

static void fail(sh_shell *shell, const sh_request *request)
{
    if (request->word_count == 0)
        sh_bad_verb(shell, request, "fail needs a reason");
    else
        leave_with_reason(shell, request, SH_TROUBLE_FAIL, 1);
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

/* Whether the process that asks is part of the innermost call: only that may call on. */
static sh_frame *calling_frame(sh_shell *shell, const sh_request *request)
{
    if (shell->frame->id == request->frame)
        return shell->frame;
    sh_bad_verb(shell, request, "'%s' cannot be used beside another function that runs",
                request->verb);
    return NULL;
}

/* Replies with the result of the call, unless nobody awaits it any more. */
static void answer_call(sh_shell *shell, const sh_request *request, const sh_frame *frame,
                        staged_status status)
{
    if (!frame->done)
        sh_fail_verb(shell, request, status);
}

static void call_on(sh_shell *shell, const sh_request *request,
                    staged_status (*function)(staged_call *))
{
    sh_frame *frame = calling_frame(shell, request);
    if (frame != NULL)
        answer_call(shell, request, frame, function(frame->call));
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

/* The words outlive the request, whose memory the next one takes. */
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
    sh_frame *frame = calling_frame(shell, request);
    if (frame == NULL)
        return;
    if (request->word_count == 0 || !sh_find_method(&shell->source, request->words[0])) {
        sh_bad_verb(shell, request, "call needs a method that `method NAME` declares");
        return;
    }
    const char **words = copy_words(request->words);
    const staged_status status =
        staged_script_call_at(shell->script, &request->where, words[0], words + 1);
    answer_call(shell, request, frame, status);
    free_words(words);
}

static void run_stage(sh_shell *shell, const sh_request *request)
{
    sh_frame *frame = calling_frame(shell, request);
    if (frame == NULL)
        return;
    char *stage = sh_copy(request->word_count == 0 ? "" : request->words[0]);
    answer_call(shell, request, frame, staged_stage_run_at(shell->script, &request->where, stage));
    free(stage);
}

/* `run_script FILE WORDS...` */
static void run_script(sh_shell *shell, const sh_request *request)
{
    sh_frame *frame = calling_frame(shell, request);
    if (frame == NULL)
        return;
    if (request->word_count == 0 || *request->words[0] == '\0') {
        sh_bad_verb(shell, request, "run_script needs the name of a file");
        return;
    }
    char *path = sh_path_beside(request->where.file, request->words[0]);
    const char **words = copy_words(request->words);
    if (access(path, R_OK) != 0)
        sh_bad_verb(shell, request, "cannot read '%s', which it runs", path);
    else
        answer_call(shell, request, frame, shell->run_inner(shell, request, path, words + 1));
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

/* A word that has to be a number of seconds; negative: that was answered. */
static double seconds_of(sh_shell *shell, const sh_request *request, size_t number)
{
    char *end = NULL;
    const double seconds = number < request->word_count ? strtod(request->words[number], &end) : -1;
    if (end != NULL && *end == '\0' && end != request->words[number] && seconds >= 0)
        return seconds;
    sh_bad_verb(shell, request, "%s needs a number of seconds", request->verb);
    return -1;
}

static void deadline(sh_shell *shell, const sh_request *request)
{
    const double seconds = seconds_of(shell, request, 0);
    if (seconds >= 0)
        sh_fail_verb(shell, request, staged_script_set_deadline(shell->script, seconds));
}

static void time_limit(sh_shell *shell, const sh_request *request)
{
    const double seconds = seconds_of(shell, request, 1);
    if (seconds >= 0)
        sh_fail_verb(shell, request,
                     staged_stage_set_time_limit_at(shell->script, &request->where,
                                                    request->words[0], seconds));
}

static void success(sh_shell *shell, const sh_request *request)
{
    const char *word = request->word_count == 1 ? request->words[0] : "";
    if (strcmp(word, "true") != 0 && strcmp(word, "false") != 0) {
        sh_bad_verb(shell, request, "success is set with `success true` or `success false`");
        return;
    }
    staged_script_set_success(shell->script, strcmp(word, "true") == 0);
    sh_answer(shell, 0);
}

/* ---- Waiting ---- */

static void pause_verb(sh_shell *shell, const sh_request *request)
{
    const double seconds = seconds_of(shell, request, 0);
    if (seconds < 0)
        return;
    if (request->word_count == 1) {
        sh_fail_verb(shell, request,
                     staged_pause_at(shell->script, &request->where, seconds, "%s", ""));
        return;
    }
    const size_t first = 1;
    SAY(staged_pause_at(shell->script, &request->where, seconds, sh_text_of(&f.format),
                        SH_VALUES(&f)));
}

static const staged_argument_options poll_arguments[] = {
    {.size = sizeof(staged_argument_options), .flags = "what"},
    {.size = sizeof(staged_argument_options), .flags = "--interval", .type = STAGED_ARG_FLOAT},
    {.size = sizeof(staged_argument_options), .flags = "--timeout", .type = STAGED_ARG_FLOAT},
    {.size = sizeof(staged_argument_options),
     .flags = "condition",
     .nargs = STAGED_NARGS_COMMAND_AND_REST},
};

typedef struct polled {
    sh_shell *shell;
    const char *const *words;
} polled;

static staged_status look(staged_script *script, void *context)
{
    const polled *condition = context;
    (void)script;
    return sh_call_condition(condition->shell, condition->words[0], condition->words + 1);
}

static void poll_verb(sh_shell *shell, const sh_request *request)
{
    sh_frame *frame = calling_frame(shell, request);
    if (frame == NULL)
        return;
    staged_namespace *words = sh_read_words(shell, request, poll_arguments,
                                            sizeof poll_arguments / sizeof poll_arguments[0]);
    if (words == NULL)
        return;
    polled condition = {.shell = shell, .words = staged_namespace_list(words, "condition")};
    const staged_status status = staged_poll_with(
        shell->script,
        STAGED_OPTIONS(
            staged_poll_options, .what = staged_namespace_text(words, "what"), .condition = look,
            .context = &condition, .interval_s = staged_namespace_float(words, "interval"),
            .timeout_s = staged_namespace_float(words, "timeout"), .where = request->where));
    answer_call(shell, request, frame, status);
    staged_namespace_free(words);
}

/* ---- Names and secrets ---- */

/* Sets a variable of the process that asks. */
static void answer_variable(sh_shell *shell, const char *name, const char *value)
{
    sh_text text = {0};
    sh_text_addf(&text, "%s=", name);
    sh_text_add_word(&text, value);
    sh_answer_eval(shell, sh_text_of(&text));
    sh_answer(shell, 0);
    sh_text_free(&text);
}

static void unique_directory(sh_shell *shell, const sh_request *request)
{
    if (request->word_count != 2) {
        sh_bad_verb(shell, request, "unique_directory needs a variable and a prefix");
        return;
    }
    const char *path = NULL;
    const staged_status status = staged_unique_directory(shell->script, request->words[1], &path);
    if (status == STAGED_OK)
        answer_variable(shell, request->words[0], path == NULL ? "" : path);
    else
        sh_fail_verb(shell, request, status);
}

const sh_verb sh_running_verbs[] = {
    {"log", log_line, SH_WHILE_RUNNING},
    {"heading", log_heading, SH_WHILE_RUNNING},
    {"panel", panel_verb, SH_WHILE_RUNNING},
    {"section", section, SH_WHILE_RUNNING},
    {"retry", retry, SH_WHILE_RUNNING},
    {"fail", fail, SH_WHILE_RUNNING},
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
    {"pause", pause_verb, SH_WHILE_RUNNING},
    {"poll", poll_verb, SH_WHILE_RUNNING},
    {"unique_directory", unique_directory, SH_WHILE_RUNNING},
    {"run", sh_verb_run, SH_WHILE_RUNNING},
    {"ask", sh_verb_ask, SH_WHILE_RUNNING},
    {"background", sh_verb_background, SH_WHILE_RUNNING},
    {"await", sh_verb_await, SH_WHILE_RUNNING},
    {"running", sh_verb_running, SH_WHILE_RUNNING},
    {"confirm", sh_verb_confirm, SH_WHILE_RUNNING},
    {"prompt", sh_verb_prompt, SH_WHILE_RUNNING},
    {"table", sh_verb_table, SH_WHILE_RUNNING},
    {"secret", sh_verb_secret, SH_ALWAYS},
    {"env_file", sh_verb_env_file, SH_WHILE_READ},
    {0},
};
