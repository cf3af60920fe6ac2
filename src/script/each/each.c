/* SPDX-License-Identifier: BSD-3-Clause
 *
 * An each, from its options to its result. */
#include <staged/each.h>

#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/failure/options.h"
#include "process/framework.h"
#include "script/each/job.h"
#include "script/log/log.h"
#include "script/recording/recorder.h"
#include "script/state/attributes.h"
#include "script/state/bugs.h"
#include "script/state/events.h"
#include "script/state/fail.h"
#include "script/state/mask.h"
#include "script/state/owner.h"

/* ---- Options ---- */

static staged_status check_items(staged_script *script, const staged_each_options *options)
{
    const int kinds = (options->items != NULL) + (options->file != NULL) + options->reads;
    if (kinds != 1)
        return stg_bug(script, &options->where,
                       "give the items of an each as `.items`, `.file`, or `.descriptor` with "
                       "`.reads`");
    return STAGED_OK;
}

static staged_status check_options(staged_script *script, const staged_each_options *options)
{
    const bool has_words = options->words != NULL && options->words[0] != NULL;
    if (has_words == (options->make_words != NULL))
        return stg_bug(script, &options->where,
                       "give the command of an each either as `.words` or as `.make_words`");
    STAGED_TRY(check_items(script, options));
    if (isnan(options->delay_s) || isnan(options->timeout_s) || isnan(options->halt_percent))
        return stg_bug(script, &options->where,
                       "the seconds and percents of an each must be numbers, not NaN");
    if (options->attempts < 0 || options->delay_s < 0 || options->halt_percent < 0)
        return stg_bug(script, &options->where,
                       "the attempts, delays and percents of an each must not be negative");
    return STAGED_OK;
}

static size_t processors(void)
{
    const long count = sysconf(_SC_NPROCESSORS_ONLN);
    return count < 1 ? 1 : (size_t)count;
}

/* The words as a line; of a function, its name says all. */
static char *text_of(const staged_each_options *options)
{
    stg_buf text = {0};
    size_t count = 0;
    while (options->words != NULL && options->words[count] != NULL)
        count++;
    if (count > 0)
        stg_show_words(&text, options->words, count);
    return stg_buf_take(&text);
}

/* Adds "12 items", or other words where their number is not known. */
static void add_items(const stg_each *each, const char *unless_known, stg_buf *text)
{
    const long long total = each->items.total;
    if (total >= 0)
        stg_buf_addf(text, "%lld item%s", total, total == 1 ? "" : "s");
    else
        stg_buf_add_text(text, unless_known);
}

/* ---- A dry run ---- */

static staged_status show_only(stg_each *each)
{
    const staged_each_options *options = each->options;
    stg_buf source = {0}, text = {0};
    stg_buf_addf(&source, "the items of %s", options->file == NULL ? "the input" : options->file);
    add_items(each, stg_buf_text(&source), &text);
    stg_buf_free(&source);
    if (each->place != NULL)
        stg_buf_addf(&text, " on %s", each->place_name);
    if (each->jobs > 0)
        stg_buf_addf(&text, ", %zu at a time", each->jobs);
    const staged_status status = staged_log_dry_run_at(
        each->script, &options->where, 0, "Would run %s:  %s", stg_buf_text(&text),
        *each->template == '\0' ? each->name : each->template);
    stg_buf_free(&text);
    return status;
}

/* ---- A run ---- */

static bool is_same_file(int a, int b)
{
    struct stat of_a, of_b;
    return fstat(a, &of_a) == 0 && fstat(b, &of_b) == 0 && of_a.st_dev == of_b.st_dev &&
           of_a.st_ino == of_b.st_ino;
}

/* Its number among those of the attempt. */
static int64_t next_number(staged_script *script)
{
    stg_frame *frame = ((staged_script *)(uintptr_t)stg_at_a_stage(script))->frame;
    if (frame->each_attempt != frame->attempt.number)
        frame->each_count = 0;
    frame->each_attempt = frame->attempt.number;
    return ++frame->each_count;
}

/* A comment: a line for each item would be none that anybody reads. */
static staged_status list_command(const stg_each *each)
{
    stg_buf comment = {0};
    stg_buf_addf(&comment, "# For each item of %s%s%s:  %s", each->name,
                 each->place == NULL ? "" : " on ", each->place == NULL ? "" : each->place_name,
                 *each->template == '\0' ? "its own command" : each->template);
    for (size_t i = 0; i < comment.length; i++) {
        if (comment.data[i] == '\n')
            comment.data[i] = ' ';
    }
    staged_status status = stg_buf_status(&comment);
    if (status == STAGED_OK)
        status = staged_script_add_command(each->script, stg_buf_text(&comment));
    stg_buf_free(&comment);
    return status;
}

static void emit_begin(stg_each *each)
{
    staged_event event = {.kind = STAGED_EVENT_EACH_BEGIN,
                          .command = each->template,
                          .each = &each->state,
                          .place = each->place_name,
                          .where = each->options->where};
    stg_emit(each->script, &event);
}

static void emit_end(stg_each *each)
{
    const staged_each_result *result = each->result;
    each->state.passed = (int64_t)result->passed;
    each->state.earlier = (int64_t)result->earlier;
    each->state.failed = (int64_t)result->failed;
    each->state.not_run = (int64_t)result->not_run;
    each->state.left = each->left.length == 0 ? NULL : stg_buf_text(&each->left);
    staged_event event = {.kind = STAGED_EVENT_EACH_END,
                          .outcome = each->stop == STG_STOP_SIGNAL ? STAGED_OUTCOME_INTERRUPTED
                                     : each->stop != STG_STOP_NONE || result->failed > 0
                                         ? STAGED_OUTCOME_FAILED
                                         : STAGED_OUTCOME_PASSED,
                          .duration_ns = result->duration_ns,
                          .each = &each->state,
                          .where = each->options->where};
    stg_emit(each->script, &event);
    stg_recorder_tell(each->script);
}

/* What runs here shows itself at once; elsewhere it may take a while. */
static void tell_place(const stg_each *each)
{
    if (each->place == NULL)
        return;
    stg_buf text = {0};
    add_items(each, "its items, as they come", &text);
    (void)staged_log_at(each->script, &each->options->where, "Executing %s on %s:  %s", each->name,
                        each->place_name, stg_buf_text(&text));
    (void)staged_console_flush(each->script->console);
    stg_buf_free(&text);
}

/* Arrays come to items in no order. */
static void tell_unbegun(const stg_each *each)
{
    stg_buf name = {0};
    stg_each_add_item(each, &name, each->name_of_first);
    (void)staged_log_at(each->script, &each->options->where,
                        "[yellow]Not run:[/]  '%s' and others.", stg_buf_text(&name));
    stg_buf_free(&name);
}

/* From which item on nothing was run. */
static void tell_rest(stg_each *each)
{
    const char *item = NULL;
    if (each->unbegun > 0) {
        tell_unbegun(each);
        return;
    }
    if (each->stop == STG_STOP_ITEMS || each->is_drained ||
        stg_items_take(&each->items, &item, &each->error) != STG_NEXT_ITEM)
        return;
    stg_buf name = {0};
    stg_add_masked_name(each->script, &name, item);
    (void)staged_log_at(each->script, &each->options->where,
                        "[yellow]Not run:[/]  the items from '%s' on.", stg_buf_text(&name));
    stg_buf_free(&name);
}

static void run_all(stg_each *each)
{
    staged_each_result *result = each->result;
    each->null_input = open("/dev/null", O_RDONLY | O_CLOEXEC);
    each->began_ns = stg_each_now_ns(each);
    stg_keeping_begin_pieces(each->script, &each->keeping);
    emit_begin(each);
    tell_place(each);
    stg_each_view_begin(each);
    stg_each_run(each);
    stg_each_close_place(each);
    stg_each_view_end(each);
    if (each->items.total > each->taken)
        result->not_run = (size_t)(each->items.total - each->taken);
    result->not_run += each->unbegun;
    result->duration_ns = stg_each_now_ns(each) - each->began_ns;
    emit_end(each);
    if (each->is_drained && each->stop == STG_STOP_NONE)
        stg_each_forget_earlier(each);
    stg_keeping_release(&each->keeping);
    stg_each_tell(each);
    tell_rest(each);
    if (each->null_input >= 0)
        (void)close(each->null_input);
}

/* A report has what failed the stage, but not the table in the log. */
static staged_status fail_for_items(stg_each *each)
{
    const staged_each_result *result = each->result;
    const size_t all = result->passed + result->earlier + result->failed + result->not_run;
    stg_buf first = {0};
    if (result->listed > 0) {
        stg_buf_add_text(&first, "; first '");
        stg_add_masked_name(each->script, &first, result->failures[0].item);
        stg_buf_addf(&first, "':  %s", result->failures[0].failure);
    }
    const staged_status status = staged_fail_at(
        each->script, &each->options->where, "%s:  %zu of %zu item%s failed%s%s", each->name,
        result->failed, all, all == 1 ? "" : "s",
        each->stop == STG_STOP_FAILURES ? ", which is the limit" : "", stg_buf_text(&first));
    stg_buf_free(&first);
    return status;
}

static staged_status judge(stg_each *each)
{
    staged_script *script = each->script;
    const staged_each_options *options = each->options;
    const staged_each_result *result = each->result;
    if (each->stop == STG_STOP_SIGNAL)
        return STAGED_INTERRUPTED;
    if (each->stop == STG_STOP_ITEMS || each->error.status != STAGED_OK)
        return staged_fail_at(script, &options->where, "%s:  %s", each->name,
                              stg_error_text(&each->error));
    if (each->stop == STG_STOP_TIME || each->stop == STG_STOP_RUNNER)
        return staged_fail_at(script, &options->where, "%s was ended, with %zu items passed",
                              each->name, result->passed);
    if (result->failed == 0 || options->check == STAGED_NO)
        return STAGED_OK;
    return fail_for_items(each);
}

static staged_status make_result(stg_each *each)
{
    stg_lock(each->script);
    each->result = stg_arena_alloc(&each->script->texts, sizeof *each->result);
    stg_unlock(each->script);
    return each->result == NULL ? STAGED_NO_MEMORY : STAGED_OK;
}

static staged_status run_or_show(stg_each *each)
{
    const staged_each_options *options = each->options;
    STAGED_TRY(stg_each_find_place(each));
    const staged_status opened = stg_items_open(&each->items, options, &each->error);
    /* An earlier stage would have made the file. */
    if (stg_is_dry_run(each->script))
        return show_only(each);
    if (opened != STAGED_OK)
        return staged_fail_at(each->script, &options->where, "%s", stg_error_text(&each->error));
    STAGED_TRY(make_result(each));
    STAGED_TRY(list_command(each));
    each->state = (staged_each_state){.name = each->name,
                                      .number = next_number(each->script),
                                      .jobs = (int64_t)each->jobs,
                                      .total = each->items.total};
    each->joins_outputs = is_same_file(STDOUT_FILENO, STDERR_FILENO);
    STAGED_TRY(stg_each_take_over(each));
    STAGED_TRY(stg_each_open_place(each));
    run_all(each);
    if (options->result != NULL)
        *options->result = each->result;
    return judge(each);
}

static void release(stg_each *each)
{
    stg_each_close_place(each);
    for (size_t i = 0; i < each->earlier_count; i++)
        free(each->earlier[i]);
    free(each->earlier);
    stg_items_close(&each->items);
    stg_error_free(&each->error);
    free(each->slots);
    free(each->processes);
    free(each->name);
    free(each->name_of_first);
    stg_buf_free(&each->left);
    free(each->template);
}

static char *masked_and_freed(const staged_script *script, char *text)
{
    char *masked = text == NULL ? NULL : stg_masked(script, text);
    free(text);
    return masked;
}

static staged_status run(staged_script *script, staged_each_options *options,
                         const staged_item_runner *through)
{
    const char *name = options->name != NULL    ? options->name
                       : options->words == NULL ? "items"
                                                : options->words[0];
    if (options->attempts == 0)
        options->attempts = 1;
    stg_each each = {.script = script,
                     .options = options,
                     .runner =
                         through == NULL || through->start == NULL ? &stg_programs : &stg_outsiders,
                     .through = through,
                     .name = stg_masked(script, name),
                     .template = masked_and_freed(script, text_of(options)),
                     .jobs = options->jobs == 0 ? processors() : options->jobs,
                     .items = {.fd = -1}};
    const staged_status status =
        each.name == NULL || each.template == NULL ? STAGED_NO_MEMORY : run_or_show(&each);
    release(&each);
    return status;
}

static staged_status read_and_run(staged_script *script, const staged_each_options *given,
                                  const staged_item_runner *through)
{
    staged_each_options own;
    staged_process_options process;
    STAGED_TRY(stg_refuse_options(script, STG_READ_OPTIONS(&own, given, staged_each_options)));
    STAGED_TRY(stg_refuse_options(script,
                                  STG_READ_OPTIONS(&process, own.process, staged_process_options)));
    own.process = &process;
    if (own.result != NULL)
        *own.result = NULL;
    STAGED_TRY(check_options(script, &own));
    STAGED_TRY(stg_only_owner(script, "staged_each"));
    return run(script, &own, through);
}

staged_status staged_each_with(staged_script *script, const staged_each_options *options)
{
    return read_and_run(script, options, NULL);
}

staged_status staged_each_through(staged_script *script, const staged_each_options *options,
                                  const staged_item_runner *runner)
{
    staged_item_runner own;
    STAGED_TRY(stg_refuse_options(script, STG_READ_OPTIONS(&own, runner, staged_item_runner)));
    const bool starts = own.start != NULL;
    if (own.wait == NULL || (starts && (own.has_ended == NULL || own.signal == NULL)))
        return stg_bug(script, NULL, "what runs items lacks a function");
    return read_and_run(script, options, &own);
}

/* ---- The result ---- */

size_t staged_each_result_passed(const staged_each_result *result)
{
    return result->passed;
}

size_t staged_each_result_earlier(const staged_each_result *result)
{
    return result->earlier;
}

size_t staged_each_result_failed(const staged_each_result *result)
{
    return result->failed;
}

size_t staged_each_result_not_run(const staged_each_result *result)
{
    return result->not_run;
}

int64_t staged_each_result_duration_ns(const staged_each_result *result)
{
    return result->duration_ns;
}

const staged_failed_item *staged_each_result_failure(const staged_each_result *result, size_t index)
{
    return index < result->listed ? &result->failures[index] : NULL;
}
