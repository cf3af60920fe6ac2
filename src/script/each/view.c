/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The view of an each: its progress, and how it went. */

#include <staged/renderable.h>

#include "script/each/arrays.h"
#include "script/each/job.h"
#include "script/log/log.h"

/* How often the log of a run without a terminal says how far all is. */
#define BETWEEN_LINES_NS INT64_C(30000000000)

static size_t ended(const stg_each *each)
{
    return each->result->passed + each->result->failed;
}

static double seconds_since(const stg_each *each)
{
    return (double)(stg_each_now_ns(each) - each->began_ns) / 1e9;
}

/* "12 of 1000, 2 failed, 34.0/s". */
static void add_state(const stg_each *each, stg_buf *text)
{
    const double elapsed_s = seconds_since(each);
    stg_buf_addf(text, "%zu", ended(each) + each->result->earlier);
    if (each->items.total >= 0)
        stg_buf_addf(text, " of %lld", (long long)each->items.total);
    if (each->result->failed > 0)
        stg_buf_addf(text, ", %zu failed", each->result->failed);
    if (elapsed_s > 0)
        stg_buf_addf(text, ", %.1f/s", (double)ended(each) / elapsed_s);
    if (each->arrays != NULL && each->arrays->running == 0 && each->arrays->reason.length > 0)
        stg_buf_addf(text, ", waits %s", stg_buf_text(&each->arrays->reason));
}

/* At the same rate; nothing while that is not known. */
static void add_time_left(const stg_each *each, stg_buf *text)
{
    const int64_t left = each->items.total - (int64_t)(ended(each) + each->result->earlier);
    if (each->items.total < 0 || ended(each) == 0 || left <= 0)
        return;
    stg_buf_addf(text, ", %.0f s left", seconds_since(each) / (double)ended(each) * (double)left);
}

void stg_each_view_begin(stg_each *each)
{
    static const staged_progress_column columns[] = {
        STAGED_PROGRESS_DESCRIPTION, STAGED_PROGRESS_BAR, STAGED_PROGRESS_PERCENTAGE,
        STAGED_PROGRESS_REMAINING, STAGED_PROGRESS_END};
    stg_each_view *view = &each->view;
    view->next_ns = each->began_ns + BETWEEN_LINES_NS;
    if (!staged_console_is_terminal(each->script->console))
        return;
    view->progress = staged_progress_new(each->script->console,
                                         STAGED_OPTIONS(staged_progress_options, .columns = columns,
                                                        .bar_width = 20, .transient = true,
                                                        .clock = each->script->clock));
    if (view->progress != NULL)
        view->task = staged_progress_add_task_text(
            view->progress, STAGED_OPTIONS(staged_task_options, .total = (double)each->items.total),
            each->name);
    view->next_ns = each->began_ns;
}

/* Drawing waits for the next refresh, and so does making what is drawn. */
static void show(stg_each *each, const char *state)
{
    stg_each_view *view = &each->view;
    /* Below the log's time column. */
    (void)staged_progress_describe(view->progress, view->task, "           %s:  %s", each->name,
                                   state);
    staged_progress_set_completed(view->progress, view->task,
                                  (double)(ended(each) + each->result->earlier));
}

void stg_each_view_update(stg_each *each)
{
    stg_each_view *view = &each->view;
    const int64_t between_shown_ns = 50000000;
    const int64_t now_ns = stg_each_now_ns(each);
    if (now_ns < view->next_ns)
        return;
    stg_buf state = {0};
    add_state(each, &state);
    if (view->progress != NULL) {
        view->next_ns = now_ns + between_shown_ns;
        show(each, stg_buf_text(&state));
    } else {
        view->next_ns = now_ns + BETWEEN_LINES_NS;
        add_time_left(each, &state);
        (void)staged_log_at(each->script, &each->options->where, "%s:  %s", each->name,
                            stg_buf_text(&state));
    }
    stg_buf_free(&state);
}

void stg_each_view_end(stg_each *each)
{
    staged_progress_free(each->view.progress);
    each->view.progress = NULL;
}

/* ---- At the end ---- */

static staged_status add_failure(const stg_each *each, staged_renderable *table,
                                 const staged_failed_item *failed)
{
    char duration[32];
    stg_buf name = {0};
    stg_each_add_item(each, &name, failed->item);
    (void)staged_duration_text(failed->duration_ns, duration, sizeof duration);
    staged_renderable *cells[] = {
        staged_text_new(NULL, stg_buf_text(&name)), staged_text_new(NULL, failed->failure),
        staged_markup_new("%lld", (long long)failed->attempts), staged_text_new(NULL, duration)};
    stg_buf_free(&name);
    return staged_table_add_row(table, NULL, cells, sizeof cells / sizeof cells[0]);
}

static staged_renderable *table_of_failures(const stg_each *each)
{
    const staged_each_result *result = each->result;
    staged_renderable *table =
        staged_table_new(STAGED_OPTIONS(staged_table_options, .box = STAGED_BOX_SIMPLE));
    static const char *const headers[] = {"Item", "Failure", "Attempts", "Duration"};
    staged_status status = STAGED_OK;
    for (size_t i = 0; i < sizeof headers / sizeof headers[0] && status == STAGED_OK; i++)
        status = staged_table_add_column(
            table, STAGED_OPTIONS(staged_column_options, .header = headers[i],
                                  .justify = i == 2 ? STAGED_JUSTIFY_RIGHT : STAGED_JUSTIFY_DEFAULT,
                                  .overflow = STAGED_OVERFLOW_FOLD));
    for (size_t i = 0; i < result->listed && status == STAGED_OK; i++)
        status = add_failure(each, table, &result->failures[i]);
    if (status == STAGED_OK)
        return table;
    staged_renderable_free(table);
    return NULL;
}

static void log_failures(stg_each *each)
{
    const staged_each_result *result = each->result;
    staged_renderable *table = table_of_failures(each);
    if (table != NULL)
        (void)stg_log_taken(each->script, &each->options->where, table);
    if (result->failed > result->listed)
        (void)staged_log_at(each->script, &each->options->where, "... and %zu more.",
                            result->failed - result->listed);
}

static void add_rest(const stg_each *each, stg_buf *text)
{
    const staged_each_result *result = each->result;
    if (result->not_run > 0)
        stg_buf_addf(text, ", %zu not run", result->not_run);
    else if (!each->is_drained && each->items.total < 0)
        stg_buf_add_text(text, ", further items not run");
}

void stg_each_tell(stg_each *each)
{
    const staged_each_result *result = each->result;
    const double seconds = (double)result->duration_ns / 1e9;
    stg_buf text = {0};
    stg_buf_addf(&text, "%zu passed", result->passed);
    if (result->earlier > 0)
        stg_buf_addf(&text, ", %zu had passed before", result->earlier);
    if (result->failed > 0)
        stg_buf_addf(&text, ", %zu failed", result->failed);
    add_rest(each, &text);
    stg_buf_addf(&text, " in %.1f s", seconds);
    if (result->failed > 0)
        log_failures(each);
    (void)staged_log_at(each->script, &each->options->where, "%s:  %s.", each->name,
                        stg_buf_text(&text));
    stg_buf_free(&text);
}
