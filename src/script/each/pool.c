/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The pool of items that run at the same time: begins them, waits for their ends, and ends them all
 * when something stops the each. */
#include <stdlib.h>
#include <string.h>

#include "base/memory/grow.h"
#include "base/system/duration.h"
#include "process/framework.h"
#include "script/command/begun_command.h"
#include "script/command/time_limit.h"
#include "script/each/job.h"
#include "script/state/fail.h"

/* How often all that is seen of it is brought up to date, at least. */
#define LONGEST_WAIT_NS INT64_C(1000000000)

static void stop(stg_each *each, stg_each_stop why)
{
    if (each->stop == STG_STOP_NONE)
        each->stop = why;
}

/* ---- Words ---- */

static bool add_word(stg_buf *text, const char *word, const char *item)
{
    static const char mark[] = "{}";
    bool has_mark = false;
    for (const char *found; (found = strstr(word, mark)) != NULL; word = found + strlen(mark)) {
        stg_buf_add(text, word, (size_t)(found - word));
        stg_buf_add_text(text, item);
        has_mark = true;
    }
    stg_buf_add_text(text, word);
    stg_buf_add_char(text, '\0');
    return has_mark;
}

/* The words of the template with the item in them: one piece of memory, in which `text` follows
 * the list. */
static const char *const *put_in(const char *const *words, const char *item, stg_buf *text)
{
    size_t count = 0;
    bool has_mark = false;
    for (; words[count] != NULL; count++)
        has_mark = add_word(text, words[count], item) || has_mark;
    if (!has_mark) {
        stg_buf_add_text(text, item);
        stg_buf_add_char(text, '\0');
        count++;
    }
    const char **list = stg_buf_status(text) == STAGED_OK ? calloc(count + 1, sizeof *list) : NULL;
    const char *at = text->data;
    for (size_t i = 0; list != NULL && i < count; i++) {
        list[i] = at;
        at += strlen(at) + 1;
    }
    return list;
}

/* ---- Attempts ---- */

static void describe(stg_each *each, stg_job *job)
{
    if (job->is_cut) {
        stg_buf_clear(&job->failure);
        stg_buf_add_text(&job->failure,
                         each->stop == STG_STOP_SIGNAL ? "interrupted" : "ended with all others");
        return;
    }
    if (job->failure.length > 0)
        return;
    if (job->done == NULL && job->status != STAGED_NO_MEMORY && job->status != STAGED_OK)
        stg_buf_add_text(&job->failure, stg_error_text(&stg_failure_here(each->script)->error));
    else
        stg_describe_failure(&job->failure, job->status, job->done);
    if (job->failure.length == 0)
        stg_buf_add_text(&job->failure, "it did not begin");
}

static bool has_passed(const stg_job *job)
{
    return job->done != NULL && job->done->expected && job->status == STAGED_OK;
}

static void free_slot(stg_each *each, stg_job *job)
{
    each->slots[job->slot] = NULL;
    each->running--;
}

static void finish(stg_each *each, stg_job *job)
{
    job->state = STG_JOB_OVER;
    /* In an array it waits for others, which is not its own. */
    if (each->runner->collect == NULL)
        job->duration_ns = stg_each_now_ns(each) - job->began_ns;
    job->has_passed = has_passed(job) && !job->is_cut;
    if (!job->has_passed)
        describe(each, job);
    free_slot(each, job);
    each->held++;
}

/* Whether its place failed, and not for the first times only: that is no attempt. */
static bool is_attempt(const stg_job *job)
{
    return !job->is_lost || !job->may_pass || job->lost > STG_MOST_LOST;
}

/* An attempt has ended. */
static void end_attempt(stg_each *each, stg_job *job)
{
    const int64_t recovery_ns = INT64_C(1000000000);
    const bool counts = is_attempt(job);
    const bool again = !has_passed(job) && !job->is_cut && each->stop == STG_STOP_NONE &&
                       (!counts || job->attempts < each->options->attempts);
    if (!again) {
        finish(each, job);
        return;
    }
    job->attempts -= !counts;
    staged_completed_process_free(job->done);
    job->done = NULL;
    stg_buf_clear(&job->failure);
    job->state = STG_JOB_PAUSES;
    job->due_ns = stg_each_now_ns(each) + stg_seconds_ns(each->options->delay_s);
    if (!counts)
        job->due_ns += recovery_ns;
}

/* What all attempts print is one output. */
static bool open_spool(stg_each *each, stg_job *job)
{
    if (job->spool.files[0] >= 0 || each->runner->collect != NULL)
        return true;
    const int error =
        stg_spool_open(&job->spool, each->joins_outputs, each->runner == &stg_outsiders);
    if (error == 0)
        return true;
    stg_buf_addf(&job->failure, "cannot create a file for its output: %s", strerror(error));
    return false;
}

/* What the author says of it holds for all items. */
static void fail_to_make_words(stg_each *each, stg_job *job)
{
    job->status = STAGED_NO_MEMORY;
    if (each->options->make_words == NULL)
        return;
    const char *reason = stg_error_text(&stg_failure_here(each->script)->error);
    stg_buf_add_text(&job->failure, reason);
    stg_error_set(&each->error, STAGED_FAILED, "%s", reason);
    stop(each, STG_STOP_ITEMS);
}

static void start_attempt(stg_each *each, stg_job *job)
{
    const staged_each_options *options = each->options;
    stg_buf text = {0};
    const char *const *made = NULL;
    const char *const *words;
    job->state = STG_JOB_RUNS;
    job->is_lost = false;
    job->attempts++;
    if (options->make_words != NULL)
        words = options->make_words(each->script, job->item, options->context);
    else
        words = made = put_in(options->words, job->item, &text);
    if (words == NULL) {
        fail_to_make_words(each, job);
        end_attempt(each, job);
    } else if (!open_spool(each, job) || !each->runner->start(each, job, words)) {
        end_attempt(each, job);
    }
    free((void *)(uintptr_t)made);
    stg_buf_free(&text);
}

/* ---- Items ---- */

/* Room for one more; false: out of memory. */
static bool find_slot(stg_each *each, size_t *slot)
{
    for (*slot = 0; *slot < each->slot_count; ++*slot) {
        if (each->slots[*slot] == NULL)
            return true;
    }
    size_t capacity = each->slot_capacity;
    staged_process **processes =
        realloc(each->processes, (each->slot_count + 1) * sizeof *processes);
    if (processes == NULL)
        return false;
    each->processes = processes;
    const bool grown = stg_grow(&each->slots, &capacity, each->slot_count + 1, sizeof *each->slots);
    each->slot_capacity = capacity;
    each->slot_count += grown;
    return grown;
}

static bool begin_item(stg_each *each, const char *item)
{
    size_t slot;
    stg_job *job = calloc(1, sizeof *job);
    char *copy = strdup(item);
    if (job == NULL || copy == NULL || !find_slot(each, &slot)) {
        free(job);
        free(copy);
        stg_error_set(&each->error, STAGED_NO_MEMORY, "out of memory");
        stop(each, STG_STOP_ITEMS);
        return false;
    }
    *job = (stg_job){.item = copy,
                     .index = each->taken - 1,
                     .slot = slot,
                     .began_ns = stg_each_now_ns(each),
                     .spool = {.files = {-1, -1}}};
    stg_job **last = &each->first;
    while (*last != NULL)
        last = &(*last)->next;
    *last = job;
    each->slots[slot] = job;
    each->running++;
    start_attempt(each, job);
    return true;
}

/* Begins the next item, or passes one over that had passed before.  Returns false if there is none
 * now. */
static bool take_item(stg_each *each)
{
    const char *item = NULL;
    switch (stg_items_take(&each->items, &item, &each->error)) {
    case STG_NEXT_ITEM:
        break;
    case STG_NEXT_LATER:
        each->waits_for_items = true;
        return false;
    case STG_NEXT_NONE:
        each->is_drained = true;
        return false;
    case STG_NEXT_FAILED:
        stop(each, STG_STOP_ITEMS);
        return false;
    }
    each->taken++;
    if (stg_each_is_earlier(each, item)) {
        stg_each_note_earlier(each, item, each->taken - 1);
        return true;
    }
    return begin_item(each, item);
}

static void settle(stg_each *each);

/* An output in the file of a task costs nothing while it waits. */
static size_t most_held(const stg_each *each)
{
    return each->runner->collect == NULL ? STG_MOST_HELD : each->window;
}

static void begin_items(stg_each *each)
{
    each->waits_for_items = false;
    while (each->stop == STG_STOP_NONE && !each->is_drained && stg_signals_due() == 0 &&
           each->running < each->window && each->held < most_held(each) && take_item(each)) {
        settle(each);
        /* A place may take a while to be reached. */
        if (each->place != NULL)
            stg_each_view_update(each);
    }
}

/* ---- Ends ---- */

/* Takes what can be shown now off the list of those that were begun. */
static void settle(stg_each *each)
{
    for (stg_job **link = &each->first; *link != NULL && each->held > 0;) {
        stg_job *job = *link;
        if (job->state != STG_JOB_OVER) {
            if (each->options->keep_order)
                return;
            link = &job->next;
            continue;
        }
        *link = job->next;
        each->held--;
        stg_each_settle(each, job);
    }
}

static bool are_too_many(const stg_each *each)
{
    enum { LEAST_ENDED = 10 };
    const staged_each_options *options = each->options;
    const size_t failed = each->result->failed;
    if (options->halt_failures > 0 && failed >= options->halt_failures)
        return true;
    if (options->halt_percent <= 0 || failed == 0)
        return false;
    const double ended = (double)(each->result->passed + failed);
    const double all = each->items.total >= 0 ? (double)each->items.total : ended;
    return (each->items.total >= 0 || ended >= LEAST_ENDED) &&
           (double)failed * 100 >= options->halt_percent * all;
}

static void end_all(stg_each *each)
{
    const int signal = each->stop == STG_STOP_SIGNAL ? stg_signals_due() : 0;
    for (size_t i = 0; i < each->slot_count; i++) {
        stg_job *job = each->slots[i];
        if (job == NULL || job->is_cut)
            continue;
        job->is_cut = true;
        if (job->state == STG_JOB_PAUSES)
            finish(each, job);
        else
            each->runner->end(each, job, signal);
    }
}

/* What stops all. */
static void heed(stg_each *each)
{
    if (stg_signals_due() != 0)
        stop(each, STG_STOP_SIGNAL);
    else if (stg_time_left_ns(each->script) == 0)
        stop(each, STG_STOP_TIME);
    else if (are_too_many(each))
        stop(each, STG_STOP_FAILURES);
    if (each->stop != STG_STOP_NONE)
        end_all(each);
}

static void look_at_all(stg_each *each)
{
    for (size_t i = 0; i < each->slot_count; i++) {
        stg_job *job = each->slots[i];
        if (job == NULL)
            continue;
        if (job->state == STG_JOB_PAUSES && stg_each_now_ns(each) >= job->due_ns)
            start_attempt(each, job);
        else if (job->state == STG_JOB_RUNS && each->runner->has_ended(each, job))
            end_attempt(each, job);
    }
}

static int64_t wait_ns(const stg_each *each)
{
    int64_t wait = LONGEST_WAIT_NS;
    const int64_t left_ns = stg_time_left_ns(each->script);
    if (each->stop == STG_STOP_NONE && left_ns < wait)
        wait = left_ns;
    for (size_t i = 0; i < each->slot_count; i++) {
        const stg_job *job = each->slots[i];
        if (job == NULL || job->state != STG_JOB_PAUSES)
            continue;
        const int64_t pause = job->due_ns - stg_each_now_ns(each);
        wait = pause < 0 ? 0 : pause < wait ? pause : wait;
    }
    return wait;
}

static bool goes_on(const stg_each *each)
{
    return each->running > 0 || (each->stop == STG_STOP_NONE && !each->is_drained);
}

void stg_each_run(stg_each *each)
{
    heed(each);
    begin_items(each);
    while (goes_on(each)) {
        const bool wants_items = each->waits_for_items && each->stop == STG_STOP_NONE;
        if (!each->runner->wait(each, wait_ns(each), wants_items ? each->items.fd : -1))
            stop(each, STG_STOP_RUNNER);
        look_at_all(each);
        settle(each);
        heed(each);
        settle(each);
        begin_items(each);
        settle(each);
        stg_each_view_update(each);
    }
    settle(each);
}
