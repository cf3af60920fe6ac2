/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Items of `each`.  Functions run in subshells of the process that asks for it, which starts them
 * and waits for them; programs are run by the library. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <staged/signals.h>

#include "tool/shell/shell.h"

/* How often to check for processes that have ended silently, such as by SIGKILL. */
static const double look_s = 0.05;

/* The content of a slot.
 *   work      NULL: nothing
 *   is_asked  bash has been asked to wait for its end */
struct sh_item {
    sh_work *work;
    bool is_asked;
    bool has_ended;
    int exit_code;
};

static void wake(const sh_each *each)
{
    (void)!write(each->shell->bash.wake.write_end, ".", 1);
}

static bool is_gone(int64_t pid)
{
    return kill((pid_t)pid, 0) != 0 && errno == ESRCH;
}

/* Whether a process has ended, even if bash has not noticed: it only notices when it is active. */
static bool has_died(int64_t pid)
{
    char text[512];
    (void)snprintf(text, sizeof text, "/proc/%lld/stat", (long long)pid);
    FILE *file = fopen(text, "r");
    if (file == NULL)
        return is_gone(pid);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    (void)fclose(file);
    /* The name before it may contain brackets. */
    const char *name_end = strrchr(text, ')');
    return name_end != NULL && name_end[1] == ' ' && strchr("ZX", name_end[2]) != NULL;
}

/* Whether the process that asked still exists. */
static bool is_there(const sh_each *each)
{
    return each->shell->bash.pid != 0 && !each->frame->done && !is_gone(each->pid);
}

static void look_for_signal(sh_each *each)
{
    struct pollfd signal = {.fd = staged_signals_descriptor(), .events = POLLIN};
    each->saw_signal = each->saw_signal || poll(&signal, 1, 0) > 0;
}

/* ---- What the library asks of us ---- */

static void ask_for_end(sh_each *each, sh_item *item)
{
    item->is_asked = true;
    wake(each);
}

static staged_status wait_a_while(void *context, double seconds)
{
    sh_each *each = context;
    sh_serve_a_while(each->shell, seconds < look_s ? seconds : look_s, !each->saw_signal);
    look_for_signal(each);
    for (size_t i = 0; i < each->item_count; i++) {
        sh_item *item = &each->items[i];
        if (item->work != NULL && !item->is_asked && item->work->frame.pid != 0 &&
            has_died(item->work->frame.pid))
            ask_for_end(each, item);
    }
    return is_there(each) ? STAGED_OK : STAGED_FAILED;
}

static void add_start(const sh_work *work, const char *const *words, const char *output_path,
                      const char *error_path, sh_text *text)
{
    sh_text_addf(text, "_staged_work=%u _staged_words=(", work->frame.id);
    for (; *words != NULL; words++) {
        sh_text_add(text, " ", 1);
        sh_text_add_word(text, *words);
    }
    sh_text_addf(text, ") _staged_outputs=(");
    sh_text_add_word(text, output_path);
    sh_text_add(text, " ", 1);
    sh_text_add_word(text, error_path == NULL ? output_path : error_path);
    sh_text_addf(text, ")\n");
}

static staged_status start(void *context, size_t slot, const char *const *words,
                           const char *output_path, const char *error_path)
{
    sh_each *each = context;
    for (; each->item_count <= slot; each->item_count++) {
        each->items = sh_grown(each->items, each->item_count, sizeof *each->items);
        each->items[each->item_count] = (sh_item){0};
    }
    char *names[] = {(char *)(uintptr_t) "", (char *)(uintptr_t)words[0], NULL};
    const sh_request of_item = {.where = each->where, .words = names, .word_count = 2};
    sh_work *work = sh_work_begin(each->shell, each->frame, &of_item);
    work->frame.is_item = true;
    each->items[slot] = (sh_item){.work = work};
    add_start(work, words, output_path, error_path, &each->next);
    each->starting = work;
    each->was_told = each->has_failed = false;
    wake(each);
    while (work->frame.pid == 0 && !each->has_failed && is_there(each)) {
        sh_serve_a_while(each->shell, look_s, false);
        /* The item may have ended before it could report anything. */
        if (each->was_told && work->frame.pid == 0)
            wake(each);
    }
    each->starting = NULL;
    if (work->frame.pid != 0)
        return STAGED_OK;
    sh_text_clear(&each->next);
    each->items[slot] = (sh_item){0};
    sh_work_forget(each->frame, work);
    return staged_fail_at(each->shell->script, &each->where,
                          is_there(each) ? "the shell cannot begin a process"
                                         : "the shell has ended");
}

static size_t send_signal(void *context, size_t slot, int number)
{
    const sh_each *each = context;
    const sh_item *item = &each->items[slot];
    if (item->work == NULL || item->work->frame.family == NULL)
        return 0;
    if (number != 0)
        sh_stop_commands(&item->work->frame);
    return staged_family_signal(item->work->frame.family, number);
}

/* Bash reports a signal as this plus its number. */
static int code_of(const sh_item *item)
{
    enum { SIGNALLED = 128, HIGHEST_SIGNAL = 64 };
    const sh_trouble *trouble = &item->work->frame.trouble;
    const int code = item->exit_code;
    if (trouble->kind == SH_TROUBLE_FINISH)
        return trouble->exit_status;
    return code > SIGNALLED && code <= SIGNALLED + HIGHEST_SIGNAL ? SIGNALLED - code : code;
}

/* If the process that started an item is gone, nobody can tell how it ended. */
static bool has_ended(void *context, size_t slot, int *exit_code, char **failure)
{
    sh_each *each = context;
    sh_item *item = &each->items[slot];
    if (!item->has_ended && !is_there(each) && send_signal(each, slot, 0) == 0) {
        item->has_ended = true;
        item->exit_code = 1;
    }
    if (!item->has_ended)
        return false;
    sh_frame *frame = &item->work->frame;
    frame->done = true;
    frame->exit_code = item->exit_code;
    *exit_code = code_of(item);
    *failure = *exit_code == 0 ? NULL : sh_trouble_text(frame);
    sh_work_forget(each->frame, item->work);
    *item = (sh_item){0};
    return true;
}

void sh_each_run(sh_each *each, bool is_function)
{
    const sh_bash *bash = &each->shell->bash;
    const int descriptors[] = {bash->up.read_end, bash->shown[0].read_end, bash->shown[1].read_end};
    staged_item_runner runner = {.size = sizeof runner,
                                 .context = each,
                                 .descriptors = descriptors,
                                 .descriptor_count = sizeof descriptors / sizeof descriptors[0],
                                 .wait = wait_a_while};
    if (is_function) {
        runner.start = start;
        runner.has_ended = has_ended;
        runner.signal = send_signal;
    }
    each->frame->is_each = true;
    each->status = staged_each_through(each->shell->script, &each->options, &runner);
    each->frame->is_each = false;
    each->is_over = true;
    wake(each);
}

/* ---- What bash reports, and is to do ---- */

static sh_item *item_of(const sh_each *each, int64_t pid)
{
    for (size_t i = 0; i < each->item_count; i++) {
        sh_item *item = &each->items[i];
        if (item->work != NULL && item->work->frame.pid == pid)
            return item;
    }
    return NULL;
}

void sh_each_left(sh_each *each, const sh_request *request)
{
    sh_item *item = item_of(each, request->pid);
    if (item != NULL && !item->is_asked)
        ask_for_end(each, item);
}

/* Notes the process of the starting item, as bash knows it; 0: none. */
static void note_start(sh_each *each, int64_t pid)
{
    if (each->starting == NULL || !each->was_told || each->starting->frame.pid != 0)
        return;
    each->has_failed = pid == 0;
    if (pid != 0 && has_died(pid))
        each->starting->frame.pid = pid;
}

const char *sh_each_next(sh_each *each, const sh_request *request)
{
    if (request->word_count > 0)
        note_start(each, strtoll(request->words[0], NULL, 10));
    for (size_t i = 1; i + 1 < request->word_count; i += 2) {
        sh_item *item = item_of(each, strtoll(request->words[i], NULL, 10));
        if (item == NULL)
            continue;
        item->has_ended = true;
        item->exit_code = atoi(request->words[i + 1]);
    }
    sh_text *text = &each->surroundings.told;
    sh_text_clear(text);
    sh_text_addf(text, "%s_staged_ended=(", sh_text_of(&each->next));
    for (size_t i = 0; i < each->item_count; i++) {
        const sh_item *item = &each->items[i];
        if (item->work != NULL && item->is_asked && !item->has_ended)
            sh_text_addf(text, " %lld", (long long)item->work->frame.pid);
    }
    sh_text_addf(text, ")");
    each->was_told = each->was_told || each->next.length > 0;
    sh_text_clear(&each->next);
    return sh_text_of(text);
}

void sh_each_free(sh_each *each)
{
    if (each == NULL)
        return;
    if (each->options.reads)
        (void)close(each->options.descriptor);
    sh_list_free(&each->own);
    sh_list_free(&each->surroundings.environment);
    sh_list_free(&each->surroundings.without);
    free(each->surroundings.directory);
    sh_text_free(&each->surroundings.told);
    sh_text_free(&each->next);
    free(each->items);
    free(each);
}
