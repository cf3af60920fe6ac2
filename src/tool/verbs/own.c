/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Reports of the prelude itself: how functions begin, fail and end, and what a file contains. */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "tool/verbs/declaring.h"

/* ---- Calls ---- */

/* A function's process is about to begin: adopts it, to find later what it starts. */
static void entered(sh_shell *shell, const sh_request *request)
{
    sh_frame *frame = sh_find_frame(shell, request->frame);
    if (frame != NULL && frame->family == NULL) {
        frame->pid = request->pid;
        frame->family = staged_family_adopt(request->pid);
        if (frame->kill_s != 0 && frame->family != NULL)
            (void)staged_family_signal(frame->family, SIGTERM);
    }
    /* Background work of a function that has already ended has no purpose. */
    if (frame == NULL)
        sh_answer_exit(shell, 1);
    else
        sh_answer(shell, 0);
}

/* The caller of a function reports that it has ended.  Calls within it are over, too, if its
 * process was killed while waiting for them. */
static void returned(sh_shell *shell, const sh_request *request)
{
    sh_frame *frame = shell->frame;
    for (; frame != NULL; frame = sh_waiting_frame(frame)) {
        const sh_frame *waiting = sh_waiting_frame(frame);
        frame->done = true;
        frame->exit_code = atoi(request->words[0]);
        /* The process that asked for the outer call is not part of that. */
        if (request->frame == (waiting == NULL ? 0 : waiting->id))
            return;
        frame->abandoned = true;
        sh_begin_ending(frame);
    }
}

/* A function that another file overrides runs under another name: bash does not know its place. */
static void name_entry(const sh_shell *shell, const char *name, sh_stack_entry *entry)
{
    const sh_function *function = sh_find_renamed(&shell->source, name);
    entry->function = sh_copy(function == NULL ? name : function->name);
    if (function != NULL)
        entry->where = function->where;
}

static void add_stack(const sh_shell *shell, char *const *words, size_t count, sh_trouble *trouble)
{
    enum { WORDS_OF_ENTRY = 3 };
    trouble->stack_count = count / WORDS_OF_ENTRY;
    trouble->stack = sh_alloc((trouble->stack_count + 1) * sizeof *trouble->stack);
    for (size_t i = 0; i < trouble->stack_count; i++) {
        char *const *word = words + WORDS_OF_ENTRY * i;
        sh_stack_entry *entry = &trouble->stack[i];
        entry->where = sh_keep_place(&(staged_location){.file = word[2], .line = atoi(word[1])});
        name_entry(shell, word[0], entry);
    }
}

/* A command failed, and its process ends. */
static void failed(sh_shell *shell, const sh_request *request)
{
    sh_frame *frame = sh_find_frame(shell, request->frame);
    if (frame == NULL || request->word_count < 2)
        return;
    sh_trouble trouble = {.kind = SH_TROUBLE_COMMAND,
                          .exit_code = atoi(request->words[0]),
                          .depth = request->depth,
                          .pid = request->pid};
    add_stack(shell, request->words + 2, request->word_count - 2, &trouble);
    sh_end_commands(frame, request->pid, trouble.exit_code, &trouble.failure, &trouble.command);
    if (trouble.command == NULL)
        sh_take_failed(frame, &trouble);
    if (trouble.command == NULL)
        trouble.command = sh_copy(request->words[1]);
    sh_trouble_set(frame, &trouble);
}

/* A verb is about to end the function. */
static void stack(sh_shell *shell, const sh_request *request)
{
    sh_frame *frame = sh_find_frame(shell, request->frame);
    if (frame == NULL)
        return;
    sh_trouble_free(&frame->said);
    frame->said.pid = request->pid;
    add_stack(shell, request->words, request->word_count, &frame->said);
}

/* ---- Jobs ---- */

/* Where the process id is in a line of the builtin `jobs -l`, which may be about a further process
 * of a job: "[1]+  4711 Exit 1                  make check".  NULL: there is none. */
static const char *find_pid(const char *line, size_t length)
{
    size_t at = 0;
    if (length > 0 && line[0] == '[')
        at = strcspn(line, "]") + 1;
    at += strspn(line + at, "+- ");
    return at < length && line[at] >= '0' && line[at] <= '9' ? line + at : NULL;
}

/* The command of a job in that list. */
static char *command_of_job(const char *list, const char *pid)
{
    enum { WIDTH_OF_STATE = 24 };
    for (const char *line = list; line != NULL && *line != '\0';) {
        const size_t length = strcspn(line, "\n");
        const char *at = find_pid(line, length);
        const size_t digits = strlen(pid);
        const size_t before =
            at == NULL ? length : (size_t)(at - line) + digits + 1 + WIDTH_OF_STATE;
        if (before < length && strncmp(at, pid, digits) == 0 && at[digits] == ' ') {
            char *command = sh_copy(line + before + strspn(line + before, " "));
            command[strcspn(command, "\n")] = '\0';
            return command;
        }
        line += length + (line[length] == '\n');
    }
    return sh_copy("a job");
}

static bool is_running(int64_t pid)
{
    return kill((pid_t)pid, 0) == 0 || errno == EPERM;
}

/* Names the processes in a list of jobs, for the shell to wait for. */
static void jobs(sh_shell *shell, const sh_request *request)
{
    sh_frame *frame = sh_find_frame(shell, request->frame);
    const bool ended_alone = strcmp(request->words[0], "ended") == 0;
    const char *list = sh_text_of(sh_take_raw(shell));
    sh_text pids = {0};
    sh_text_addf(&pids, "_staged_jobs=(");
    for (const char *line = list; *line != '\0';) {
        const size_t length = strcspn(line, "\n");
        const char *at = find_pid(line, length);
        const long long pid = at == NULL ? 0 : strtoll(at, NULL, 10);
        if (pid > 0 && !(ended_alone && is_running(pid)))
            sh_text_addf(&pids, " %lld", pid);
        line += length + (line[length] == '\n');
    }
    sh_text_addf(&pids, ")");
    if (frame != NULL) {
        free(frame->jobs);
        frame->jobs = sh_copy(list);
    }
    sh_answer_eval(shell, sh_text_of(&pids));
    sh_answer(shell, 0);
    sh_text_free(&pids);
}

/* A job of a function failed.  At the function's end nothing else will report it; otherwise the
 * status of `wait` does, whose place is given. */
static void job(sh_shell *shell, const sh_request *request)
{
    sh_frame *frame = sh_find_frame(shell, request->frame);
    if (frame == NULL || request->word_count < 2)
        return;
    const int exit_code = atoi(request->words[0]);
    const int64_t pid = strtoll(request->words[1], NULL, 10);
    sh_trouble *last = &frame->trouble;
    if (last->kind == SH_TROUBLE_COMMAND && last->pid == pid) {
        last->kind = SH_TROUBLE_JOB;
        last->exit_code = exit_code;
    } else {
        sh_trouble trouble = {.kind = SH_TROUBLE_JOB, .exit_code = exit_code};
        trouble.command = command_of_job(frame->jobs, request->words[1]);
        add_stack(shell, request->words + 2, request->word_count - 2, &trouble);
        sh_trouble_set(frame, &trouble);
    }
    frame->trouble.pid = request->word_count == 2 ? frame->pid : 0;
}

/* ---- The file ---- */

static void ready(sh_shell *shell, const sh_request *request)
{
    (void)request;
    /* The first call of a function is the reply. */
    shell->is_read = true;
}

static void left(sh_shell *shell, const sh_request *request)
{
    shell->ended_early = true;
    shell->left_status = atoi(request->words[0]);
    shell->left_line = request->word_count > 1 ? atoi(request->words[1]) : 0;
}

static void too_old(sh_shell *shell, const sh_request *request)
{
    shell->too_old = sh_copy(request->words[0]);
    sh_answer_exit(shell, 1);
}

static void unparsed(sh_shell *shell, const sh_request *request)
{
    (void)request;
    if (sh_tell_unparsed(shell))
        sh_answer_exit(shell, 1);
    else
        sh_answer(shell, 0);
}

/* Adds methods that have the names of verbs. */
static void add_methods(const sh_file *file, sh_text *names)
{
    for (size_t i = 0; i < file->method_count; i++) {
        if (sh_prelude_has(file->methods[i])) {
            sh_text_add(names, " ", 1);
            sh_text_add_word(names, file->methods[i]);
        }
    }
}

/* Receives the author's functions, one per line; replies with their names, to get their places. */
static void functions(sh_shell *shell, const sh_request *request)
{
    (void)request;
    char *list = sh_copy(sh_text_of(sh_take_raw(shell)));
    sh_text names = {0};
    sh_text_addf(&names, "_staged_names=(");
    char *at = list;
    for (const char *name; (name = sh_next_function(&at)) != NULL;) {
        sh_text_add(&names, " ", 1);
        sh_text_add_word(&names, name);
    }
    free(list);
    add_methods(sh_source_file(&shell->source), &names);
    sh_text_addf(&names, ")");
    sh_answer_eval(shell, sh_text_of(&names));
    sh_answer(shell, 0);
    sh_text_free(&names);
}

/* The name declared by a line of the builtin `local`, which is cut after it; NULL: none. */
static const char *declared_name(char *line)
{
    static const char declare[] = "declare -";
    if (strncmp(line, declare, sizeof declare - 1) == 0) {
        line += strcspn(line + sizeof declare - 1, " ") + sizeof declare - 1;
        line += strspn(line, " ");
    }
    line[strcspn(line, "=")] = '\0';
    return sh_is_name(line) && strncmp(line, "_staged_", strlen("_staged_")) != 0 ? line : NULL;
}

/* Adds the names declared by such lines; values may contain newlines, but an extra name does no
 * harm. */
static void add_declared(sh_text *names, char *list, bool without_value)
{
    for (char *line = strtok(list, "\n"); line != NULL; line = strtok(NULL, "\n")) {
        if (without_value && strchr(line, '=') != NULL)
            continue;
        const char *name = declared_name(line);
        if (name != NULL)
            sh_text_addf(names, " %s", name);
    }
}

/* Receives what an extended file has declared, one per line; after a NUL, all variables, of which
 * those without a value are needed. */
static void locals(sh_shell *shell, const sh_request *request)
{
    (void)request;
    const sh_text *raw = sh_take_raw(shell);
    const size_t first = strlen(sh_text_of(raw));
    char *list = sh_copy(sh_text_of(raw));
    char *rest = sh_copy(first < raw->length ? sh_text_of(raw) + first + 1 : "");
    sh_text names = {0};
    sh_text_addf(&names, "_staged_names=(");
    add_declared(&names, list, false);
    add_declared(&names, rest, true);
    free(list);
    free(rest);
    sh_text_addf(&names, ")");
    sh_answer_eval(shell, sh_text_of(&names));
    sh_answer(shell, 0);
    sh_text_free(&names);
}

/* Receives their declarations, each terminated by NUL. */
static void globals(sh_shell *shell, const sh_request *request)
{
    (void)request;
    const sh_text *raw = sh_take_raw(shell);
    const char *end = sh_text_of(raw) + raw->length;
    for (const char *at = sh_text_of(raw); at < end; at += strlen(at) + 1) {
        sh_text text = {0};
        if (sh_add_global(&text, at))
            sh_answer_eval(shell, sh_text_of(&text));
        sh_text_free(&text);
    }
    sh_answer(shell, 0);
}

static void shared(sh_shell *shell, const sh_request *request)
{
    sh_news_take(shell, sh_find_frame(shell, request->frame));
    sh_answer(shell, 0);
}

/* A conversion function's result. */
static void converted(sh_shell *shell, const sh_request *request)
{
    free(shell->converted);
    shell->converted = sh_copy(request->word_count == 0 ? "" : request->words[0]);
}

const sh_verb sh_own_verbs[] = {
    {"converted", converted, SH_WHILE_RUNNING},
    {"entered", entered, SH_WHILE_RUNNING},
    {"returned", returned, SH_WHILE_RUNNING},
    {"stack", stack, SH_WHILE_RUNNING},
    {"failed", failed, SH_WHILE_RUNNING},
    {"run_there", sh_verb_run_there, SH_WHILE_RUNNING},
    {"ask_there", sh_verb_ask_there, SH_WHILE_RUNNING},
    {"ran", sh_verb_ran, SH_WHILE_RUNNING},
    {"ran_recorded", sh_verb_ran_recorded, SH_WHILE_RUNNING},
    {"ran_apart", sh_verb_ran_apart, SH_WHILE_RUNNING},
    {"started", sh_verb_started, SH_WHILE_RUNNING},
    {"awaited", sh_verb_awaited, SH_WHILE_RUNNING},
    {"each_run", sh_verb_each_run, SH_WHILE_RUNNING},
    {"each_next", sh_verb_each_next, SH_WHILE_RUNNING},
    {"item_left", sh_verb_item_left, SH_WHILE_RUNNING},
    {"cancel_works", sh_verb_cancel_works, SH_WHILE_RUNNING},
    {"job", job, SH_WHILE_RUNNING},
    {"jobs", jobs, SH_WHILE_RUNNING},
    {"shared", shared, SH_WHILE_RUNNING},
    {"missing", sh_verb_missing, SH_ALWAYS},
    {"ready", ready, SH_WHILE_READ},
    {"left", left, SH_WHILE_READ},
    {"too_old", too_old, SH_WHILE_READ},
    {"unparsed", unparsed, SH_WHILE_READ},
    {"functions", functions, SH_WHILE_READ},
    {"locals", locals, SH_WHILE_READ},
    {"globals", globals, SH_WHILE_READ},
    {"places", sh_verb_places, SH_WHILE_READ},
    {0},
};
