/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The tasks of a progress display and the operations on them.  progress_table.c draws them. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/failure/options.h"
#include "base/memory/grow.h"
#include "base/memory/search.h"
#include "console/device/console_impl.h"
#include "console/live/progress.h"

static const staged_progress_column default_columns[] = {
    STAGED_PROGRESS_DESCRIPTION, STAGED_PROGRESS_BAR, STAGED_PROGRESS_PERCENTAGE,
    STAGED_PROGRESS_REMAINING, STAGED_PROGRESS_END};

static int64_t now_ns(const staged_progress *progress)
{
    return progress->clock->monotonic_ns(progress->clock->context);
}

static bool copy_columns(staged_progress *progress, const staged_progress_options *options)
{
    const staged_progress_column *kinds =
        options->columns == NULL ? default_columns : options->columns;
    const staged_own_column *own = options->own_columns;
    size_t count = 0;
    while (kinds[count] != STAGED_PROGRESS_END)
        count++;
    progress->columns = calloc(count + 1, sizeof *progress->columns);
    if (progress->columns == NULL)
        return false;
    for (size_t i = 0; i < count; i++) {
        progress->columns[i].kind = kinds[i];
        if (kinds[i] == STAGED_PROGRESS_OWN && own != NULL)
            progress->columns[i].own = *own++;
    }
    progress->column_count = count;
    return true;
}

static void clear_row(stg_progress_row *row)
{
    staged_renderable_free(row->description);
    stg_task_free(&row->task);
}

static void release(staged_progress *progress)
{
    for (size_t i = 0; i < progress->row_count; i++)
        clear_row(&progress->rows[i]);
    free(progress->rows);
    free(progress->columns);
    free(progress->spinner);
    pthread_mutex_destroy(&progress->lock);
    free(progress);
}

staged_progress *staged_progress_new(staged_console *console,
                                     const staged_progress_options *options)
{
    staged_progress_options own;
    const char *problem = STG_READ_OPTIONS(&own, options, staged_progress_options);
    if (problem != NULL) {
        stg_console_refuse_options(console, problem);
        return NULL;
    }
    const char *spinner = own.spinner == NULL ? "dots" : own.spinner;
    staged_progress *progress = staged_spinner_exists(spinner) ? calloc(1, sizeof *progress) : NULL;
    if (progress == NULL)
        return NULL;
    pthread_mutex_init(&progress->lock, NULL);
    progress->console = console;
    progress->clock = own.clock == NULL ? staged_clock_system() : own.clock;
    progress->start_ns = now_ns(progress);
    progress->bar_width = own.bar_width == 0 ? 40 : own.bar_width;
    progress->expand = own.expand;
    progress->spinner = strdup(spinner);
    const staged_live_options live = {
        .size = sizeof live,
        .refresh_per_second = own.refresh_per_second == 0 ? 10 : own.refresh_per_second,
        .transient = own.transient,
    };
    if (progress->spinner != NULL && copy_columns(progress, &own))
        progress->live = staged_live_new(console, &live, stg_progress_item_new(progress));
    if (progress->live != NULL)
        return progress;
    release(progress);
    return NULL;
}

void staged_progress_free(staged_progress *progress)
{
    if (progress == NULL)
        return;
    staged_live_free(progress->live);
    release(progress);
}

staged_status staged_progress_refresh(staged_progress *progress)
{
    return staged_live_refresh(progress->live);
}

bool staged_progress_finished(staged_progress *progress)
{
    pthread_mutex_lock(&progress->lock);
    bool finished = true;
    for (size_t i = 0; i < progress->row_count; i++)
        finished = finished && progress->rows[i].task.finished;
    pthread_mutex_unlock(&progress->lock);
    return finished;
}

static staged_task add_row(staged_progress *progress, const staged_task_options *options,
                           staged_renderable *description)
{
    if (!stg_grow(&progress->rows, &progress->row_capacity, progress->row_count + 1,
                  sizeof *progress->rows))
        return 0;
    stg_progress_row *row = &progress->rows[progress->row_count++];
    *row = (stg_progress_row){
        .id = ++progress->last_id,
        .description = description,
        .hidden = options->hidden,
    };
    stg_task_init(&row->task, options->total == 0 ? -1 : options->total, options->completed);
    if (!options->waits)
        stg_task_start(&row->task, now_ns(progress));
    return row->id;
}

staged_task stg_progress_add(staged_progress *progress, const staged_task_options *options,
                             staged_renderable *description)
{
    staged_task_options own;
    const char *problem = STG_READ_OPTIONS(&own, options, staged_task_options);
    if (problem != NULL) {
        stg_console_refuse_options(progress->console, problem);
        staged_renderable_free(description);
        return 0;
    }
    if (description == NULL)
        return 0;
    pthread_mutex_lock(&progress->lock);
    const staged_task id = add_row(progress, &own, description);
    pthread_mutex_unlock(&progress->lock);
    if (id == 0)
        staged_renderable_free(description);
    else
        (void)staged_live_refresh(progress->live);
    return id;
}

staged_task staged_progress_add_task_v(staged_progress *progress,
                                       const staged_task_options *options, const char *format,
                                       va_list values)
{
    return stg_progress_add(progress, options, staged_markup_new_v(format, values));
}

staged_task staged_progress_add_task_text(staged_progress *progress,
                                          const staged_task_options *options, const char *text)
{
    return stg_progress_add(progress, options, staged_text_new(NULL, text));
}

staged_task staged_progress_add_task(staged_progress *progress, const staged_task_options *options,
                                     const char *format, ...)
{
    va_list values;
    va_start(values, format);
    const staged_task id = staged_progress_add_task_v(progress, options, format, values);
    va_end(values);
    return id;
}

static bool is_before(const void *row, const void *id)
{
    return ((const stg_progress_row *)row)->id < *(const staged_task *)id;
}

/* Locks, and finds the row of a task; NULL, without the lock, if there is none. */
static stg_progress_row *lock_row(staged_progress *progress, staged_task id)
{
    pthread_mutex_lock(&progress->lock);
    /* Ids are in rising order. */
    const size_t at =
        stg_search(progress->rows, progress->row_count, sizeof *progress->rows, is_before, &id);
    if (at < progress->row_count && progress->rows[at].id == id)
        return &progress->rows[at];
    pthread_mutex_unlock(&progress->lock);
    return NULL;
}

static void unlock(staged_progress *progress)
{
    pthread_mutex_unlock(&progress->lock);
}

void staged_progress_advance(staged_progress *progress, staged_task task, double steps)
{
    stg_progress_row *row = lock_row(progress, task);
    if (row == NULL)
        return;
    stg_task_advance(&row->task, steps, now_ns(progress));
    unlock(progress);
}

void staged_progress_set_completed(staged_progress *progress, staged_task task, double completed)
{
    stg_progress_row *row = lock_row(progress, task);
    if (row == NULL)
        return;
    stg_task_set_completed(&row->task, completed, now_ns(progress));
    unlock(progress);
}

void staged_progress_set_total(staged_progress *progress, staged_task task, double total)
{
    stg_progress_row *row = lock_row(progress, task);
    if (row == NULL)
        return;
    stg_task_set_total(&row->task, total, now_ns(progress));
    unlock(progress);
}

void staged_progress_show(staged_progress *progress, staged_task task, bool visible)
{
    stg_progress_row *row = lock_row(progress, task);
    if (row == NULL)
        return;
    row->hidden = !visible;
    unlock(progress);
}

void staged_progress_start(staged_progress *progress, staged_task task)
{
    stg_progress_row *row = lock_row(progress, task);
    if (row == NULL)
        return;
    stg_task_start(&row->task, now_ns(progress));
    unlock(progress);
}

void staged_progress_stop(staged_progress *progress, staged_task task)
{
    stg_progress_row *row = lock_row(progress, task);
    if (row == NULL)
        return;
    stg_task_stop(&row->task, now_ns(progress));
    unlock(progress);
}

void staged_progress_reset(staged_progress *progress, staged_task task)
{
    stg_progress_row *row = lock_row(progress, task);
    if (row == NULL)
        return;
    stg_task_reset(&row->task, now_ns(progress));
    unlock(progress);
}

void staged_progress_remove(staged_progress *progress, staged_task task)
{
    stg_progress_row *row = lock_row(progress, task);
    if (row == NULL)
        return;
    clear_row(row);
    progress->row_count--;
    const size_t behind = progress->row_count - (size_t)(row - progress->rows);
    memmove(row, row + 1, behind * sizeof *row);
    unlock(progress);
}

static staged_status describe(staged_progress *progress, staged_task task,
                              staged_renderable *description)
{
    if (description == NULL)
        return STAGED_NO_MEMORY;
    stg_progress_row *row = lock_row(progress, task);
    if (row == NULL) {
        staged_renderable_free(description);
        return STAGED_OK;
    }
    staged_renderable_free(row->description);
    row->description = description;
    unlock(progress);
    return STAGED_OK;
}

staged_status staged_progress_describe_v(staged_progress *progress, staged_task task,
                                         const char *format, va_list values)
{
    return describe(progress, task, staged_markup_new_v(format, values));
}

staged_status staged_progress_describe_text(staged_progress *progress, staged_task task,
                                            const char *text)
{
    return describe(progress, task, staged_text_new(NULL, text));
}

staged_status staged_progress_describe(staged_progress *progress, staged_task task,
                                       const char *format, ...)
{
    va_list values;
    va_start(values, format);
    const staged_status status = staged_progress_describe_v(progress, task, format, values);
    va_end(values);
    return status;
}
