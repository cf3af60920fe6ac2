/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Items that are over: shown, recorded, counted. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <staged/live.h>

#include "base/system/duration.h"
#include "process/framework.h"
#include "record/framework.h"
#include "script/each/job.h"
#include "script/recording/resume.h"
#include "script/recording/shown.h"
#include "script/state/events.h"
#include "script/state/mask.h"
#include "script/state/owner.h"

void stg_job_free(stg_job *job)
{
    staged_completed_process_free(job->done);
    staged_process_free(job->process);
    stg_place_job_free(job->place_job);
    stg_spool_close(&job->spool);
    free(job->parts);
    stg_buf_free(&job->failure);
    free(job->item);
    free(job);
}

/* ---- What it printed ---- */

typedef struct showing {
    stg_each *each;
    staged_output which;
    bool is_shown;
} showing;

static void take_bytes(void *context, const char *bytes, size_t length)
{
    showing *s = context;
    stg_keeping_add(&s->each->keeping, bytes, length);
    /* Who reads it may have left. */
    s->is_shown = s->is_shown && stg_show_printed(s->each->script, s->which, bytes, length);
}

static void show_output(stg_each *each, const stg_job *job, bool is_shown)
{
    staged_console *console = each->script->console;
    if (is_shown) {
        (void)staged_console_pause(console);
        (void)staged_console_flush(console);
    }
    for (int i = 0; i < 2; i++) {
        showing s = {.each = each,
                     .which = i == 0 ? STAGED_OUTPUT_STDOUT : STAGED_OUTPUT_STDERR,
                     .is_shown = is_shown};
        if (job->spool.files[i] >= 0)
            stg_show_file(job->spool.files[i], each->script->run->secrets, take_bytes, &s);
    }
    if (is_shown)
        (void)staged_console_resume(console);
}

/* ---- What is said of it ---- */

void stg_each_add_item(const stg_each *each, stg_buf *out, const char *item)
{
    if (*item == '\0')
        stg_buf_add_text(out, "''");
    else
        stg_add_masked_name(each->script, out, item);
}

static void log_name(stg_each *each, const stg_job *job)
{
    stg_buf name = {0};
    stg_each_add_item(each, &name, job->item);
    (void)staged_log_at(each->script, &each->options->where, "%s", stg_buf_text(&name));
    stg_buf_free(&name);
}

static void log_failure(stg_each *each, const stg_job *job)
{
    stg_buf name = {0};
    stg_each_add_item(each, &name, job->item);
    char attempts[48] = "";
    if (job->attempts > 1)
        (void)snprintf(attempts, sizeof attempts, " (%lld attempts)", (long long)job->attempts);
    (void)staged_log_at(each->script, &each->options->where, "[bold red]%s[/] failed:  %s%s",
                        stg_buf_text(&name), stg_buf_text(&job->failure), attempts);
    stg_buf_free(&name);
}

/* Keeps one of the first failures for the author; out of memory, it is only counted. */
static void list_failure(stg_each *each, const stg_job *job, const char *masked)
{
    staged_each_result *result = each->result;
    if (result->listed == STG_MOST_FAILURES)
        return;
    char *failure = stg_masked(each->script, stg_buf_text(&job->failure));
    stg_lock(each->script);
    staged_failed_item *listed = &result->failures[result->listed];
    *listed = (staged_failed_item){
        .item = stg_arena_text(&each->script->texts, masked == NULL ? "?" : masked),
        .index = (size_t)job->index,
        .attempts = job->attempts,
        .exit_code = job->done == NULL ? 0 : job->done->exit_code,
        .timed_out = job->done != NULL && job->done->timed_out,
        .duration_ns = job->duration_ns,
        .failure = stg_arena_text(&each->script->texts, failure == NULL ? "?" : failure)};
    if (listed->item != NULL && listed->failure != NULL)
        result->listed++;
    stg_unlock(each->script);
    free(failure);
}

static void emit(stg_each *each, const char *item, const char *masked, staged_event *event)
{
    staged_each_state *state = &each->state;
    state->item = masked == NULL ? "?" : masked;
    state->is_hidden = masked == NULL || strcmp(masked, item) != 0;
    event->kind = STAGED_EVENT_ITEM;
    event->each = state;
    event->where = each->options->where;
    stg_emit(each->script, event);
    state->item = NULL;
}

/* Output of an item that prints something stands below its name. */
static void show(stg_each *each, const stg_job *job, bool has_passed)
{
    const bool has_output = stg_spool_length(&job->spool) > 0;
    const bool is_shown = has_output && !(has_passed && each->options->quiet);
    if (is_shown && has_passed)
        log_name(each, job);
    if (!has_passed && !(job->is_cut && !has_output) && each->result->failed <= STG_MOST_FAILURES)
        log_failure(each, job);
    if (has_output)
        show_output(each, job, is_shown);
}

/* It is as if it had not been taken. */
static void note_unbegun(stg_each *each, stg_job *job)
{
    if (each->unbegun++ == 0 || job->index < each->first_unbegun) {
        free(each->name_of_first);
        each->name_of_first = job->item;
        each->first_unbegun = job->index;
        job->item = NULL;
    }
    stg_job_free(job);
}

void stg_each_settle(stg_each *each, stg_job *job)
{
    if (each->runner->collect != NULL && job->is_cut && !job->has_begun) {
        note_unbegun(each, job);
        return;
    }
    if (each->runner->collect != NULL)
        each->runner->collect(each, job);
    const bool has_passed = job->has_passed;
    each->result->passed += has_passed;
    each->result->failed += !has_passed;
    stg_keeping_begin_piece(&each->keeping);
    show(each, job, has_passed);
    char *masked = stg_masked(each->script, job->item);
    char *failure = stg_masked(each->script, stg_buf_text(&job->failure));
    if (!has_passed)
        list_failure(each, job, masked);
    staged_event event = {.outcome = has_passed    ? STAGED_OUTCOME_PASSED
                                     : job->is_cut ? STAGED_OUTCOME_INTERRUPTED
                                                   : STAGED_OUTCOME_FAILED,
                          .duration_ns = job->duration_ns,
                          .process = job->done,
                          .message = failure};
    each->state.index = job->index;
    each->state.attempts = job->attempts;
    stg_keeping_end(&each->keeping, &event);
    emit(each, job->item, masked, &event);
    free(masked);
    free(failure);
    stg_job_free(job);
}

/* ---- What had passed before ---- */

static const stg_past *past_of(const stg_each *each)
{
    const stg_resumed *resumed = each->script->run->resumed;
    return resumed == NULL ? NULL : resumed->past;
}

bool stg_each_is_earlier(stg_each *each, const char *item)
{
    const stg_past *past = past_of(each);
    if (past == NULL)
        return false;
    char *masked = stg_masked(each->script, item);
    const char *stage = stg_frame_stage(stg_at_a_stage(each->script)->frame);
    /* What is masked looks the same for different items. */
    const bool is_earlier = masked != NULL && strcmp(masked, item) == 0 &&
                            stg_past_take_item(past, stage, each->state.number, item);
    free(masked);
    return is_earlier;
}

void stg_each_note_earlier(stg_each *each, const char *item, int64_t index)
{
    staged_event event = {.outcome = STAGED_OUTCOME_PASSED, .earlier = true};
    each->result->earlier++;
    each->state.index = index;
    each->state.attempts = 0;
    emit(each, item, item, &event);
}
